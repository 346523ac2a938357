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


def scale(width: float, height: float) -> float:
    """How many pixels a point is drawn as, on a page so many points wide and high."""
    wanted = max(_DPI / _POINTS, _LEAST / max(width, height, 1.0))
    pixels = width * height * wanted**2
    return wanted * min(1.0, math.sqrt(MOST_PIXELS / max(pixels, 1.0)))
