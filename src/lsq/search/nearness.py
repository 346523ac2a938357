"""How close together what was asked for stands: in one sentence, one paragraph, or neither.

Of the matches that contain every run, those come first in which one sentence does; of those
that have but the words, those in which each run has its words in one sentence, then those in
which it has them in one paragraph. That is decided by looking at texts, and for the best
matches alone.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import Final, TypeAlias

from lsq.query import And, Chunk, Literal, Query
from lsq.text.sentences import FOLDED_END

# How close, the closest first.
SENTENCE, PARAGRAPH, SCATTERED = range(3)
NEARNESS: Final = ("sentence", "paragraph", "scattered")

# A text, folded and squeezed, and what tells how many of its characters stand before each
# line feed that squeezing has dropped, ascending; that is called only where it matters.
Text: TypeAlias = tuple[str, Callable[[], Sequence[int]]]
Judge: TypeAlias = Callable[[Text], int]

# Gives the range of the sentence, or paragraph, that a character of a text is in.
Unit: TypeAlias = Callable[[str, int], tuple[int, int]]


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
    """How close together the strings of the group stand that stand the least so."""
    farthest = SENTENCE
    for strings in groups:
        if farthest == SENTENCE and not _in_one(strings, text, _sentence):
            farthest = PARAGRAPH
        if farthest == PARAGRAPH and not _in_one(strings, text, _paragraph):
            return SCATTERED
    return farthest


def _in_one(strings: Sequence[str], text: Text, unit: Unit) -> bool:
    """Whether one sentence or paragraph contains all of the strings."""
    squeezed, breaks = text
    start = 0
    next_at = [-1] * len(strings)  # where each of them stands from there on
    while True:
        for number, string in enumerate(strings):
            if next_at[number] < start:
                next_at[number] = squeezed.find(string, start)
                if next_at[number] < 0:
                    return False
        # What contains all of them contains the last of these, or comes after it.
        start, end = unit(squeezed, max(next_at))
        if all(squeezed.find(string, start, end) >= 0 for string in strings):
            # It may be several, between which a line feed was dropped.
            ends = [each for each in breaks() if start < each < end]
            if not ends or any(
                all(squeezed.find(string, low, high) >= 0 for string in strings)
                for low, high in pairwise((start, *ends, end))
            ):
                return True
        start = end


def _paragraph(text: str, at: int) -> tuple[int, int]:
    """The range of the paragraph that the character at a place is in, its line feed included."""
    end = text.find("\n", at) + 1
    return text.rfind("\n", 0, at) + 1, end or len(text)


def _sentence(text: str, at: int) -> tuple[int, int]:
    """The range of its sentence."""
    start, last = _paragraph(text, at)
    # Compiled when first needed: most queries have nothing to judge.
    for mark in _sentence_end().finditer(text, start, last):
        if mark.end() > at:
            return start, mark.end()
        start = mark.end()
    return start, last


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(FOLDED_END)
