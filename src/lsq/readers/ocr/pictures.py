"""What a recogniser is given, how large that is drawn, and what it gives. Knows no library."""

import math
from typing import NamedTuple

# Dots an inch: characters of 9 points are then 19 pixels high. At 200 recognition takes up
# to twice the time and is no better.
_DPI = 150
_POINTS = 72
# A page that is said to be small may be a large picture; its longer side has so many pixels.
_LEAST = 1240
# A million pixels take the library 250 MB.
MOST_PIXELS = 4_500_000

# The shorter side of a small picture has so many pixels, unless it were so many times as large.
_SHORTER, _TIMES = 736, 3.0


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


def fitting(width: int, height: int) -> tuple[int, int]:
    """How many pixels a picture of that size is made to have, across and down."""
    wanted = min(max(1.0, _SHORTER / min(width, height)), _TIMES)
    part = min(wanted, math.sqrt(MOST_PIXELS / (width * height)))
    return max(1, int(width * part)), max(1, int(height * part))


def scale(width: float, height: float) -> float:
    """How many pixels a point is drawn as, on a page so many points wide and high."""
    wanted = max(_DPI / _POINTS, _LEAST / max(width, height, 1.0))
    pixels = width * height * wanted**2
    return wanted * min(1.0, math.sqrt(MOST_PIXELS / max(pixels, 1.0)))
