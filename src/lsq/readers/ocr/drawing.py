"""How large the picture of a page is drawn that is to be recognised."""

import math

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
