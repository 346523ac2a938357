"""What to show of a hit instead of snippets: its matches, or whole sentences.

A `Cut` is a function that chooses the pieces to show of a found article.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from heapq import nlargest
from itertools import islice
from typing import NamedTuple

from lsq.hit import Snippet, StoredArticle
from lsq.query import Query
from lsq.search.snippets import apart, piece
from lsq.search.snippets.highlighting import occurrences, spans
from lsq.search.snippets.rounding import SENTENCE_END

Cut = Callable[[StoredArticle, Query], tuple[Snippet, ...]]

_SENTENCE_END = re.compile(rf"(?:{SENTENCE_END.pattern})\s*")


class _Sentences(NamedTuple):
    """Adjacent sentences, and the parts of the query that they show.

    Attributes:
        first: the number of the first of them, from 0.
        after: the number of the one after the last.
        sought: the strings that occur in them.
    """

    first: int
    after: int
    sought: frozenset[str]


def matches(most: int | None = None) -> Cut:
    """A `Cut` that shows the matches themselves, in the order of the text.

    If terms must occur together, the match is the whole sentence or paragraph, or the shortest
    range. A query of filters has no matches to show.

    Args:
        most: the maximum number; None for all.
    """
    return partial(_matches, most)


def sentences(around: int, most: int | None) -> Cut:
    """A `Cut` that shows the sentence of each match, with some sentences before and after it.

    Matches whose sentences meet are shown together. Of an article without matches, the beginning
    is shown.

    Args:
        around: how many sentences before and after.
        most: the maximum number of pieces, those that show the most terms first; None for all, in
            the order of the text.
    """
    return partial(_sentences, around, most)


def _matches(most: int | None, found: StoredArticle, query: Query) -> tuple[Snippet, ...]:
    found.text_between(0, found.length)  # restores the text at once, not for each match
    every = islice(apart(spans(found, query)), most)
    return tuple(piece(found, one.start, one.end, [one]) for one in every)


def _sentences(
    around: int, most: int | None, found: StoredArticle, query: Query
) -> tuple[Snippet, ...]:
    text = found.text_between(0, found.length)
    starts = _starts(text)
    marked = occurrences(found, query)
    pieces: list[_Sentences] = []
    for one in marked:
        first = max(bisect_right(starts, one.start) - 1 - around, 0)
        after = min(bisect_right(starts, one.end - 1) + around, len(starts))
        if pieces and first <= pieces[-1].after:
            sought = pieces[-1].sought | {one.sought}
            pieces[-1] = _Sentences(pieces[-1].first, max(after, pieces[-1].after), sought)
        else:
            pieces.append(_Sentences(first, after, frozenset([one.sought])))
    best = pieces
    if most is not None:
        best = nlargest(most, pieces, key=lambda one: sum(map(len, one.sought)))
    ends = [*starts[1:], len(text)]
    ranges = [(starts[one.first], ends[one.after - 1]) for one in best] or [
        (starts[0], ends[min(around, len(ends) - 1)])
    ]
    return tuple(
        piece(found, start, start + len(text[start:end].rstrip()), marked) for start, end in ranges
    )


def _starts(text: str) -> list[int]:
    """Where the sentences of a text begin, ascending; at least one."""
    first = len(text) - len(text.lstrip())
    ends = (end.end() for end in _SENTENCE_END.finditer(text, first))
    return [first, *(end for end in ends if end < len(text))]
