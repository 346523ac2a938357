"""Recognise text with RapidOCR, offline with the models in its wheel, and lines with OpenCV.

Ruling lines are long thin strokes, horizontal or vertical, maybe skewed. A skewed stroke consists
of many pieces, which `page` rotates and joins.

Source: rapidocr 3.10, `rapidocr.main.RapidOCR`, `config.yaml`; PP-OCRv6's small models.
"""

import os
from functools import cache
from typing import Any

import cv2
import numpy as np
from rapidocr import RapidOCR

from lsq.readers.ocr import Picture, Recognition, TextLine

# Large enough that the library does not scale pictures; the caller has.
_LONGEST_SIDE = 1 << 15

# The label of lines that are upside down.
_TURNED = "180"
# The minimum length of a line, as a share of the longer side; shorter strokes may be characters.
_SHORTEST = 1 / 40
# The maximum thickness of a line, likewise; but at least _THIN pixels.
_THICKEST = 1 / 300
_THIN = 4
# The maximum gap between the strokes of a broken line, in pixels.
_GAP = 5
# The maximum number of lines; more are a pattern.
_MOST = 400


class _Library(RapidOCR):
    """RapidOCR with a count of the lines that it has turned.

    Attributes:
        turned: the number of lines of the last picture upside down, minus the others.
    """

    turned = 0

    def cls_and_rotate(self, img: Any) -> Any:
        """Turn the lines that are upside down."""
        found = super().cls_and_rotate(img)
        _, about = found
        labels = [label for label, _ in about.cls_res or ()]
        self.turned = 2 * labels.count(_TURNED) - len(labels)
        return found


@cache
def _engine(threads: int) -> Any:
    # onnxruntime since 1.32 reports its use to its maker, and keeps files for that in the user's
    # cache and the temporary folder. It asks this when it is imported, which the next line does.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    return _Library(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": _LONGEST_SIDE,
            "Det.limit_type": "max",
            "Det.limit_side_len": _LONGEST_SIDE,
            "Global.return_word_box": True,
            "Global.return_single_char_box": True,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            # Lines in a batch are padded to the longest: one by one takes a third less time.
            "Rec.rec_batch_num": 1,
        }
    )


def recognise(picture: Picture, threads: int) -> Recognition:
    """Recognise a picture; raises any exception of the library."""
    pixels = np.frombuffer(picture.data, np.uint8).reshape(picture.height, picture.width, 3)
    library = _engine(threads)
    library.turned = 0
    found = library(pixels)
    lines = []
    if found.txts:
        for text, corners, words in zip(found.txts, found.boxes, found.word_results, strict=True):
            sides = tuple(round(float(value), 1) for value in np.asarray(corners).reshape(8))
            lines.append(TextLine(text, sides, _stops(text, sides, words)))
    page = Recognition(picture.width, picture.height, tuple(lines), rules_of(pixels))
    return upside_down(page) if library.turned > 0 else page


def upside_down(page: Recognition) -> Recognition:
    """Turn the coordinates of a page by 180 degrees."""
    width, height = page.width, page.height
    lines = []
    for line in page.lines:
        # The first corner is where the text begins: now the opposite one.
        corners = [*line.corners[4:], *line.corners[:4]]
        turned = ((height if at % 2 else width) - value for at, value in enumerate(corners))
        lines.append(line._replace(corners=tuple(turned)))
    rules = tuple(
        (width - right, height - bottom, width - left, height - top)
        for left, top, right, bottom in page.rules
    )
    return Recognition(width, height, tuple(lines), rules)


def _stops(text: str, corners: tuple[float, ...], words: Any) -> tuple[float, ...]:
    """The positions of the characters; empty if the library does not return a box for each."""
    if len(words) != len(text):
        return ()
    x, y = corners[0], corners[1]
    stops: list[float] = []
    for (_, _, box), char in zip(words, text, strict=True):
        if words[len(stops)][0] != char:
            return ()
        middle = np.asarray(box).mean(axis=0)
        stops.append(round(float(np.hypot(middle[0] - x, middle[1] - y)), 1))
    return tuple(stops)


def rules_of(pixels: Any) -> tuple[tuple[float, float, float, float], ...]:
    """Find the ruling lines: left, top, right, bottom of each, in pixels.

    Args:
        pixels: an array of rows of pixels of blue, green, red.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    # Adaptive, as photographs have shadows.
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
            # A skewed stroke has a higher box, but is not thicker.
            if longer >= length and area <= thick * longer and other <= thick + longer / 20:
                found.append((left, top, left + width, top + height))
    return tuple(found)
