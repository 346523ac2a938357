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


@cache
def _engine(threads: int) -> Any:
    return RapidOCR(
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
    found = _engine(threads)(pixels)
    lines = []
    if found.txts:
        for text, corners, words in zip(found.txts, found.boxes, found.word_results, strict=True):
            sides = tuple(round(float(value), 1) for value in np.asarray(corners).reshape(8))
            lines.append(TextLine(text, sides, _stops(text, sides, words)))
    return Recognition(picture.width, picture.height, tuple(lines), rules_of(pixels))


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
