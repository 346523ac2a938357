"""The recogniser: RapidOCR with the models in its wheel. Only here, and offline.

Source: rapidocr 3.10, `rapidocr.main.RapidOCR`, `config.yaml`; PP-OCRv6's small models.
"""

from functools import cache
from typing import Any

import numpy as np
from rapidocr import RapidOCR

from lsq.readers.ocr.kinds import Picture, Recognition, TextLine
from lsq.readers.ocr.rules import rules_of

# A picture is made neither larger nor smaller by the library, which would make a strip as
# high as a page: whoever draws it chooses its size.
_LONGEST_SIDE = 1 << 15


# A page is upside down if the library turns more of its lines than not.
_TURNED = "180"


class _Library(RapidOCR):
    """The library, which keeps for itself which lines it has turned.

    Attributes:
        turned: how many lines of the last picture were upside down, less those that were not.
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
            # Lines in one batch are filled up to the longest of them: by themselves they
            # take a third less time.
            "Rec.rec_batch_num": 1,
        }
    )


def recognise(picture: Picture, threads: int) -> Recognition:
    """What stands on a picture; raises whatever the library does."""
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
    """The page turned by half a turn; its lines say what they said."""
    width, height = page.width, page.height
    lines = []
    for line in page.lines:
        # The first corner is where the text begins, which is the opposite one now.
        corners = [*line.corners[4:], *line.corners[:4]]
        turned = ((height if at % 2 else width) - value for at, value in enumerate(corners))
        lines.append(line._replace(corners=tuple(turned)))
    rules = tuple(
        (width - right, height - bottom, width - left, height - top)
        for left, top, right, bottom in page.rules
    )
    return Recognition(width, height, tuple(lines), rules)


def _stops(text: str, corners: tuple[float, ...], words: Any) -> tuple[float, ...]:
    """Where the characters are: the library gives a box for each, or for none."""
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
