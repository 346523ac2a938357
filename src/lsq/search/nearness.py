"""Compute nearness: whether the terms occur in one sentence, one paragraph, or neither.

Matches that contain every run come first if one sentence contains them all. Matches that
contain only the words come first if each run has its words in one sentence, then if it has them
in one paragraph. The texts decide this, so it is computed for the best matches alone.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Final, TypeAlias

from lsq.query import And, Chunk, Literal, Query
from lsq.text import FOLDED_END
from lsq.text.find import count

# How close, the closest first.
SENTENCE, PARAGRAPH, SCATTERED = range(3)
NEARNESS: Final = ("sentence", "paragraph", "scattered")

# A text, folded and squeezed, in UTF-8, and what tells of a place in it where the line that
# has it begins and ends, as far as squeezing has dropped line feeds (`lines_at` in
# `lsq.engines.spaces`).
Text: TypeAlias = tuple[bytes, Callable[[int], tuple[int, int | None]]]
Judge: TypeAlias = Callable[[Text], int]


def of_literals(query: Query) -> Judge | None:
    """Judges texts that contain every run; None where there is nothing to judge."""
    parts = query.parts if isinstance(query, And) else ()
    runs = tuple(part.text for part in parts if isinstance(part, Chunk | Literal))
    return partial(_nearness, [runs]) if len(runs) > 1 else None


def of_words(query: Query) -> Judge | None:
    """Judges texts that have the words of the runs; None where there is nothing to judge."""
    groups = [run.words for run in _required(query) if len(run.words) > 1]
    return partial(_nearness, groups) if groups else None


def _required(query: Query) -> Iterator[Chunk]:
    """The runs that every match has."""
    match query:
        case Chunk():
            yield query
        case And(parts):
            for part in parts:
                yield from _required(part)


def _nearness(groups: Sequence[tuple[str, ...]], text: Text) -> int:
    """The nearness of that group whose strings are farthest apart."""
    farthest = SENTENCE
    for strings in groups:
        farthest = max(farthest, _of_group(strings, text))
        if farthest == SCATTERED:
            break
    return farthest


def _of_group(strings: Sequence[str], text: Text) -> int:
    """How close together all of these strings stand."""
    squeezed, line_at = text
    times, rarest = min((count(squeezed, string.encode()), string) for string in strings)
    if not times:
        return SCATTERED
    whole = squeezed.decode()
    closest = SCATTERED
    at = whole.find(rarest)
    while at >= 0:
        # Of the line feeds, few were kept: those between two words of letters.
        low, high = line_at(at)
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
    # Compiled when first needed: most queries have nothing to judge.
    return re.compile(FOLDED_END)
