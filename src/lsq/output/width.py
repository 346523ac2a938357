"""How wide a text is at a terminal.

Source: https://www.unicode.org/reports/tr11/ (East Asian Width). `rich` knows this as
well, but an error must not wait for rich. Terminals disagree about some characters;
of what they may take, here counts the most, so that no line becomes longer than it is
said to be: a sequence of emoji is as wide as its parts, a variation selector that
makes one of a sign takes a column, what this Python's Unicode does not know yet two.
"""

import unicodedata
from functools import lru_cache

EMOJI_SELECTOR = "\ufe0f"

# Of the characters that format, those that many terminals draw: the soft hyphen, and
# signs that enclose the digits after them (Unicode, Prepended_Concatenation_Mark).
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
