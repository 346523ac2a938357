"""How wide a text is at a terminal."""

import unicodedata


def width(text: str) -> int:
    """The width of `text` in columns: wide characters take two, combining ones none.

    Source: https://www.unicode.org/reports/tr11/ (East Asian Width). `rich` knows
    this as well, but an error must not wait for rich.
    """
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
