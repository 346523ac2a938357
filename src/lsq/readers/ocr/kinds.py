"""What a recogniser is given, and what it gives. Knows no library."""

from typing import NamedTuple


class Picture(NamedTuple):
    """The picture of a page.

    Attributes:
        width: in pixels.
        height: likewise.
        data: its rows from top to bottom; a pixel is three bytes: blue, green, red.
    """

    width: int
    height: int
    data: bytes


class TextLine(NamedTuple):
    """A line of text on a picture; lengths are in pixels.

    Attributes:
        text: what it says.
        corners: x and y of its corners in turn: where its first character begins at the
            top, where the last one ends at the top, then at the bottom, and back.
        stops: where its characters are, each the middle, from the line's beginning; empty
            if that is not known.
    """

    text: str
    corners: tuple[float, ...]
    stops: tuple[float, ...] = ()


class Recognition(NamedTuple):
    """What stands on a picture.

    Attributes:
        width: of the picture, in pixels.
        height: likewise.
        lines: its lines of text, in any order.
        rules: its ruling lines: left, top, right, bottom of each.
    """

    width: int
    height: int
    lines: tuple[TextLine, ...]
    rules: tuple[tuple[float, float, float, float], ...] = ()
