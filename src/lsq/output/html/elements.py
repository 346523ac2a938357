"""Build HTML from elements: text is escaped, and control characters are replaced.

Source: https://html.spec.whatwg.org/multipage/syntax.html
"""

import re
from collections.abc import Iterable
from html import escape
from typing import Final

from lsq.output.printable import sanitize

# The elements without an end tag that lsq uses.
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta"})
# Noncharacters, which a page may not contain.
_NONE: Final = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


class Html(str):
    """Markup. Any other string is text, and is escaped.

    Template engines recognise `__html__` and do not escape it again.
    """

    __slots__ = ()

    def __html__(self) -> str:
        return self


def escaped(text: str) -> Html:
    """Escape text for elements and attributes; return markup unchanged."""
    if isinstance(text, Html):
        return text
    return Html(escape(_NONE.sub("\ufffd", sanitize(text))))


def joined(*pieces: str | None) -> Html:
    """Join pieces, without None."""
    return Html("".join(escaped(piece) for piece in pieces if piece is not None))


def element(name: str, /, *content: str | None, **attributes: str | int | bool | None) -> Html:
    """An element.

    Args:
        name: its name.
        content: texts and markup; None is skipped.
        attributes: by name, with `_` for `-`, and `_` after a reserved word of Python. True is an
            attribute without a value; None and False are no attribute.
    """
    given = "".join(
        f" {_attribute(key)}" if value is True else f' {_attribute(key)}="{escaped(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Html(f"<{name}{given}>")
    return Html(f"<{name}{given}>{joined(*content)}</{name}>")


def marked(text: str, ranges: Iterable[tuple[int, int]]) -> Html:
    """Text with marked ranges, which are ascending and disjoint."""
    pieces: list[str] = []
    at = 0
    for start, end in ranges:
        pieces += text[at:start], element("mark", text[start:end])
        at = end
    return joined(*pieces, text[at:])


def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")
