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
from lsq.text import FOLDED_END
from lsq.text.find import find

# How close, the closest first.
SENTENCE, PARAGRAPH, SCATTERED = range(3)
NEARNESS: Final = ("sentence", "paragraph", "scattered")

# A text, folded and squeezed, in UTF-8, and what tells how many of its characters stand
# before each line feed that squeezing has dropped, ascending; called only where it matters.
Text: TypeAlias = tuple[bytes, Callable[[], Sequence[int]]]
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
    """How close together the strings of the group stand that stand the least so."""
    farthest = SENTENCE
    for strings in groups:
        farthest = max(farthest, _of_group(strings, text))
        if farthest == SCATTERED:
            break
    return farthest


def _of_group(strings: Sequence[str], text: Text) -> int:
    """How close together all of these strings stand."""
    squeezed, breaks = text
    closest = SCATTERED
    for start, end in _paragraphs([string.encode() for string in strings], squeezed):
        paragraph = squeezed[start:end].decode()
        # It may be several, between which a line feed was dropped.
        before = [0]
        if dropped := breaks():
            first = len(squeezed[:start].decode())
            before += [at - first for at in dropped if first < at < first + len(paragraph)]
        for low, high in pairwise([*before, len(paragraph)]):
            piece = paragraph[low:high]
            if all(string in piece for string in strings):
                closest = PARAGRAPH
                if any(all(string in one for string in strings) for one in _sentences(piece)):
                    return SENTENCE
    return closest


def _paragraphs(strings: Sequence[bytes], text: bytes) -> Iterator[tuple[int, int]]:
    """The paragraphs of a text, as far as line feeds stand in it, that contain all of these."""
    start = 0
    next_at = [-1] * len(strings)  # where each of them stands from there on
    while True:
        for number, string in enumerate(strings):
            if next_at[number] < start:
                next_at[number] = find(text, string, start)
                if next_at[number] < 0:
                    return
        # What contains all of them contains the last of these, or comes after it.
        last = max(next_at)
        start = text.rfind(b"\n", 0, last) + 1
        end = text.find(b"\n", last)
        end = len(text) if end < 0 else end
        if all(find(text, string, start, end) >= 0 for string in strings):
            yield start, end
        start = end + 1


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
