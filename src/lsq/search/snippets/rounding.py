"""Extend the range of a snippet to the ends of sentences, clauses or words near it."""

import re

from lsq.hit import StoredArticle
from lsq.text import PRINTED_END

SENTENCE_END = re.compile(PRINTED_END)
# In characters: more than the end marks, closing punctuation and spaces between two sentences.
BETWEEN = 16
# In characters: SPAN and two margins of ideographs are three lines at a terminal of 80 columns.
SPAN = 60
MARGIN = 30
# In characters: how much text before and after a range is examined for ends.
BEFORE = MARGIN + BETWEEN
AFTER = SPAN + MARGIN + 2 * BETWEEN

_CLAUSE_END = re.compile(r"[，,：:\s]+")


def rounded(found: StoredArticle, start: int, end: int) -> tuple[int, int]:
    """Extend a range to the ends of its sentence or clause, within the margins."""
    low, high = max(0, start - BEFORE), min(found.length, end + AFTER)
    first, after = _rounded_in(found.text_between(low, high), start - low, end - low)
    if low + after == high < found.length:  # a sentence end longer than BETWEEN
        return _rounded_in(found.text_between(0, found.length), start, end)
    return low + first, low + after


def _rounded_in(text: str, start: int, end: int) -> tuple[int, int]:
    room = MARGIN + SPAN - min(SPAN, end - start)
    start, end = _start_before(text, start), _end_after(text, end, room)
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _start_before(text: str, start: int) -> int:
    """Where the sentence begins, or else the first clause that begins within MARGIN."""
    low = max(0, start - MARGIN)
    if sentences := [match.end() for match in SENTENCE_END.finditer(text, low, start)]:
        return sentences[-1]
    if low == 0:
        return 0
    clause = _CLAUSE_END.search(text, low, start)
    return clause.end() if clause else _outside_word(text, low, start)


def _end_after(text: str, end: int, room: int) -> int:
    """Where the sentence ends, or else the last clause that ends within the margin."""
    high = min(len(text), end + room)
    if sentence := SENTENCE_END.search(text, end, high):
        whole = SENTENCE_END.match(text, sentence.start())
        return (whole or sentence).end()
    if high == len(text):
        return high
    clauses = [match.end() for match in _CLAUSE_END.finditer(text, end, high)]
    return clauses[-1] if clauses else _outside_word(text, high, end)


def _outside_word(text: str, cut: int, kept: int) -> int:
    """The position nearest to `cut`, towards `kept`, where no number or Latin word is cut."""
    at = cut
    while at != kept and _inside_word(text, at):
        at += 1 if cut < kept else -1
    return cut if at == kept else at


def _inside_word(text: str, at: int) -> bool:
    around = text[at - 1 : at + 1]
    return at > 0 and len(around) > 1 and around.isascii() and around.isalnum()
