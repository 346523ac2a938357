"""Compute nearness: whether the terms occur in one sentence, in one paragraph, or scattered.

Matches that contain every run literally are sorted by the nearness of the runs; matches that
contain only the words, by the nearness of the words of each run. Nearness needs the texts, so
it is computed only for the best matches.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Final, TypeAlias

from lsq.query import And, Chunk, Literal, Query
from lsq.text import FOLDED_END
from lsq.text.find import count

# The values of nearness, the closest first.
SENTENCE, PARAGRAPH, SCATTERED = range(3)
NEARNESS: Final = ("sentence", "paragraph", "scattered")

# A text, folded and squeezed, in UTF-8; and a function that returns the start and end of the line
# around a position, by the line feeds that squeezing has dropped (`lsq.engines.spaces.lines_at`).
Text: TypeAlias = tuple[bytes, Callable[[int], tuple[int, int | None]]]
NearnessOf: TypeAlias = Callable[[Text], int]


def nearness_of_literals(query: Query) -> NearnessOf | None:
    """The nearness of a query's runs in a text that contains them all; None for a single run."""
    parts = query.parts if isinstance(query, And) else ()
    runs = tuple(part.text for part in parts if isinstance(part, Chunk | Literal))
    return partial(_nearness, [runs]) if len(runs) > 1 else None


def nearness_of_words(query: Query) -> NearnessOf | None:
    """The nearness of the words of each run in a text; None if each run is a single word."""
    groups = [run.words for run in _required(query) if len(run.words) > 1]
    return partial(_nearness, groups) if groups else None


def _required(query: Query) -> Iterator[Chunk]:
    """The runs that every match satisfies."""
    match query:
        case Chunk():
            yield query
        case And(parts):
            for part in parts:
                yield from _required(part)


def _nearness(groups: Sequence[tuple[str, ...]], text: Text) -> int:
    """The nearness of the group whose strings are farthest apart."""
    farthest = SENTENCE
    for strings in groups:
        farthest = max(farthest, _of_group(strings, text))
        if farthest == SCATTERED:
            break
    return farthest


def _of_group(strings: Sequence[str], text: Text) -> int:
    """The nearness of these strings; only paragraphs with the rarest of them are examined."""
    squeezed, line_at = text
    freq, rarest = min((count(squeezed, string.encode()), string) for string in strings)
    if not freq:
        return SCATTERED
    whole = squeezed.decode()
    closest = SCATTERED
    at = whole.find(rarest)
    while at >= 0:
        low, high = line_at(at)
        # Squeezing keeps line feeds between two Latin words.
        low = max(low, whole.rfind("\n", low, at) + 1)
        kept = whole.find("\n", at, high)
        high = kept if kept >= 0 else high
        paragraph = whole[low:high]
        if all(string in paragraph for string in strings):
            closest = PARAGRAPH
            if any(all(string in one for string in strings) for one in _sentences(paragraph)):
                return SENTENCE
        at = -1 if high is None else whole.find(rarest, high)
    return closest


def _sentences(paragraph: str) -> Iterator[str]:
    """The sentences of a paragraph."""
    start = 0
    for mark in _sentence_end().finditer(paragraph):
        yield paragraph[start : mark.end()]
        start = mark.end()
    yield paragraph[start:]


@cache
def _sentence_end() -> re.Pattern[str]:
    # Compiled when first needed: most queries need no nearness.
    return re.compile(FOLDED_END)
