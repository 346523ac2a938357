"""The ruling lines of a picture: long and thin strokes, level or upright, a little askew.

A stroke that is not quite level is a stair of level pieces; what `sheets` straightens is
joined to a line again.
"""

from typing import Any

import cv2
import numpy as np

# In parts of the longer side of the picture: a stroke shorter than that may be a character's.
_SHORTEST = 1 / 40
# Likewise, what is thicker is no line; at least so many pixels.
_THICKEST = 1 / 300
_THIN = 4
# Strokes that one line is broken into have gaps up to so many pixels.
_GAP = 5
# A picture with more has a pattern, not lines.
_MOST = 400


def rules_of(pixels: Any) -> tuple[tuple[float, float, float, float], ...]:
    """The ruling lines: left, top, right, bottom of each, in pixels.

    Args:
        pixels: an array of rows of pixels of blue, green, red.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    # Black where it is darker than around it: shadows on a photograph are not.
    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15
    )
    side = max(grey.shape)
    length = max(24, int(side * _SHORTEST))
    thick = max(_THIN, int(side * _THICKEST))
    found: list[tuple[float, float, float, float]] = []
    for is_level in (True, False):
        shape = (length, 1) if is_level else (1, length)
        strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape[::-1], np.uint8))
        closing = (_GAP, 3) if is_level else (3, _GAP)
        strokes = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones(closing[::-1], np.uint8))
        count, _, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
        if count > _MOST:
            continue
        for left, top, width, height, area in stats[1:].tolist():
            longer, other = (width, height) if is_level else (height, width)
            # Askew, it is as high as it rises, but no thicker.
            if longer >= length and area <= thick * longer and other <= thick + longer / 20:
                found.append((left, top, left + width, top + height))
    return tuple(found)
