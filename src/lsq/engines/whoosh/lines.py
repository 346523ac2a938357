"""Where a squeezed text had line feeds: so that its lines need not be kept twice.

Most line feeds still stand in the squeezed text. Those that stood between ideographs
do not, and are kept, with the spaces around them, as the place where each stood: a
32-bit little-endian number, twice the place in the squeezed text, and one more for a
space.
"""

import sys
from array import array

from lsq.fold import space_between_ideographs

_LINE_FEED = "\n"
_SPACE = 1


def dropped_line_feeds(folded: str) -> bytes:
    """What `lined` needs besides the squeezed text."""
    kept = array("I")
    dropped = 0
    for run in space_between_ideographs(folded):
        if _LINE_FEED in (space := run[0]):
            place = run.start() - dropped
            kept.extend([place << 1 | (char != _LINE_FEED) for char in space])
        dropped += len(space)
    return _swapped(kept).tobytes()


def lined(squeezed: str, kept: bytes) -> str:
    """The lined text: that of which each line was squeezed for itself."""
    if not kept:
        return squeezed
    pieces: list[str] = []
    start = 0
    for place in _swapped(array("I", kept)):
        pieces += squeezed[start : place >> 1], " " if place & _SPACE else _LINE_FEED
        start = place >> 1
    pieces.append(squeezed[start:])
    return "".join(pieces)


def _swapped(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
