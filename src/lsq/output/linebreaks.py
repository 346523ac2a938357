"""Measure text in terminal columns, and break it into lines by Chinese rules.

A line may end between any two ideographs; words and numbers in other scripts stay whole. No line
begins with closing punctuation or ends with opening punctuation, unless nothing else fits (GB/T
15834-2011, 5.1; in Japan: kinsoku). Graphemes, such as a letter and its accents, stay whole.

Widths follow https://www.unicode.org/reports/tr11/ (East Asian Width). rich implements this too,
but printing an error must not wait for the import of rich. If terminals disagree, the larger
width counts, so that no line is wider than computed: a sequence of emoji is as wide as its parts,
a variation selector that makes an emoji takes one column, a character unknown to this Python's
Unicode two.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

EMOJI_SELECTOR = "\ufe0f"

# Format characters that many terminals draw: the soft hyphen, and marks that enclose the digits
# after them (Unicode, Prepended_Concatenation_Mark).
_DRAWN = frozenset(
    "\u00ad\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)


def width(text: str) -> int:
    """The width of `text` in columns: wide characters take two, combining ones none."""
    return sum(map(columns, text))


@lru_cache(maxsize=8192)
def columns(char: str) -> int:
    """The width of one character in columns: 0, 1 or 2."""
    if char in _DRAWN or char == EMOJI_SELECTOR:
        return 1
    category = unicodedata.category(char)
    if category in {"Cf", "Mn", "Me"} or unicodedata.combining(char):
        return 0
    return 2 if category == "Cn" or unicodedata.east_asian_width(char) in "WF" else 1


_NEVER_FIRST = frozenset("。，、；：？！．·・…）〕］｝】》〉」』〗”’％‰℃～－–-,.;:?!)]}%")
_NEVER_LAST = frozenset("（〔［｛【《〈「『〖“‘￥¥$([{")
_JOINER = "\u200d"
# In columns; a wider grapheme is broken. The widest real ones are emoji of families.
_MAX_GRAPHEME = 16
# Non-breaking spaces.
_FIXED = frozenset("\u00a0\u2007\u202f")


def wrap(text: str, width: int, first: int | None = None) -> list[tuple[int, int]]:
    """Break a text into lines, and return their ranges.

    Args:
        text: one line, without control characters.
        width: the maximum width of a line in columns; at least 2.
        first: the maximum width of the first line, if it differs.

    Returns:
        Ranges of characters, ascending, without the spaces at their ends; at least
        one, which is empty for an empty text.
    """
    lines: list[tuple[int, int]] = []
    room = width if first is None else first
    begin = 0  # the start of the line
    used = 0  # its width so far
    possible = 0  # the last position where it may end; `begin` for none
    before = ""  # the first character of the last grapheme
    for start, end, wide in _graphemes(text):
        char = text[start]
        is_space = _is_space(text[start:end])
        if before and not is_space and _may_break(before, char):
            possible = start
        while used + wide > room and start > begin and not is_space:
            cut = possible if possible > begin else start
            lines.append(_trimmed(text, begin, cut))
            begin = possible = cut
            used = sum(map(columns, text[begin:start]))
            room = width
        if start == begin and lines and is_space:
            begin = possible = end  # a continued line does not begin with a space
        else:
            used += wide
        before = char
    lines.append(_trimmed(text, begin, len(text)))
    return lines


def _graphemes(text: str) -> Iterator[tuple[int, int, int]]:
    """The start, the end and the width in columns of each grapheme."""
    start = wide = 0
    for at, char in enumerate(text):
        more = columns(char)
        if at and not (_joins(text, start, at) and wide + more <= _MAX_GRAPHEME):
            yield start, at, wide
            start, wide = at, 0
        wide += more
    if text:
        yield start, len(text), wide


def _joins(text: str, start: int, at: int) -> bool:
    """Whether the character at `at` continues the grapheme that begins at `start`.

    Only the ends of a grapheme are examined: it may have as many marks as the text.
    """
    char = text[at]
    return (
        columns(char) == 0
        or text[at - 1] == _JOINER
        or char == EMOJI_SELECTOR
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones
        or (at == start + 1 and _is_flag(text[start]) and _is_flag(char))
    )


def _is_flag(char: str) -> bool:
    """Whether a character is a regional indicator; two of them make a flag."""
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two graphemes, given by their first characters."""
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if _is_space(before) or columns(before) == 2 or columns(after) == 2:  # noqa: PLR2004  # wide
        return True
    closed = before in _NEVER_FIRST and not before.isascii()
    return closed or (after in _NEVER_LAST and not after.isascii())


def _is_space(sign: str) -> bool:
    return sign.isspace() and sign not in _FIXED


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and _is_space(text[end - 1]):
        end -= 1
    return start, end
