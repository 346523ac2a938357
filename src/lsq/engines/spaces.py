"""The white space that squeezing dropped from a text: so that the text is stored once.

Every character of it is kept as a 32-bit little-endian number: four times its place in
the squeezed text, and one more for a space than for a line feed, three more for a space
of a run without a line feed.
"""

import sys
from array import array
from itertools import accumulate
from typing import Final

from lsq.text.fold import parted_at_space

_CHARACTERS: Final = ("\n", " ", "", " ")
_LINE_FEED, _BESIDE, _, _ALONE = range(4)


def squeezed_of(folded: str) -> tuple[str, bytes]:
    """What `lsq.text.fold.squeeze` makes of a text, and the spaces that it drops."""
    pieces, runs = parted_at_space(folded)
    places = [place << 2 for place in accumulate(map(len, pieces))]
    spaces = array("I")
    for place, space in zip(places, runs, strict=False):
        if space == "\n":
            spaces.append(place)
        else:
            among = _BESIDE if "\n" in space else _ALONE
            spaces.extend([place | (_LINE_FEED if char == "\n" else among) for char in space])
    return "".join(pieces), _swapped(spaces).tobytes()


def unsqueezed(squeezed: str, spaces: bytes) -> str:
    """The text that `squeezed_of` was given."""
    return _with(squeezed, _swapped(array("I", spaces)))


def lined(squeezed: str, spaces: bytes) -> str:
    """The text of which each line was squeezed for itself."""
    kept = _swapped(array("I", spaces))
    return _with(squeezed, [space for space in kept if space & _ALONE != _ALONE])


def places(spaces: bytes) -> list[int]:
    """How many characters of the squeezed text stand before each of them, ascending."""
    return [space >> 2 for space in _swapped(array("I", spaces))]


def breaks(spaces: bytes) -> list[int]:
    """How many characters of the squeezed text stand before each line feed among them."""
    kept = _swapped(array("I", spaces))
    return [space >> 2 for space in kept if space & _ALONE == _LINE_FEED]


def _with(squeezed: str, spaces: "array[int] | list[int]") -> str:
    pieces: list[str] = []
    at = 0
    for space in spaces:
        place = space >> 2
        pieces += squeezed[at:place], _CHARACTERS[space & 3]
        at = place
    pieces.append(squeezed[at:])
    return "".join(pieces)


def _swapped(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
