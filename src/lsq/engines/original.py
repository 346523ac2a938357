"""A text as it was, from its squeezed form and the little in which that is not enough.

The folded and squeezed text is stored for literals to be looked for in. A second copy, as
the text is shown, would take half as much room again, and the time to pack it; so what is
stored of it is what differs.

*Spaces*: the white space that squeezing dropped. Every character of it is kept as a 32-bit
little-endian number: four times its place in the squeezed text, and one more for a space
than for a line feed, three more for a space of a run without a line feed.

*Differences* from a guess: that a comma was a full-width one, that quotes open and close in
turn. In 3,502 laws one character in 1,200 differs. Any text is given back as it was.
"""

import sys
from array import array
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, Final

from lsq.text.fold import parted_at_space

# The most frequent sign of those that are folded into one.
_GUESSES = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"}
# So many characters are compared at once.
_STRIDE = 64

# Pieces of a text, each after how many characters lie between it and the one before
# it: [gap, piece, gap, piece, …]; values that JSON knows.
Pieces = list[Any]


def differences(text: str, folded: str) -> Pieces:
    """The pieces of `text` that one would not guess from `folded`."""
    pieces: Pieces = []
    at = 0
    for start, end in _ranges(_guessed(folded), text):
        pieces += (start - at, text[start:end])
        at = end
    return pieces


def original(folded: str, pieces: Pieces) -> str:
    """The text that `differences` was given.

    Raises:
        ValueError, TypeError: the pieces are not such as that makes.
    """
    guess = _guessed(folded)
    made: list[str] = []
    at = 0
    for gap, piece in zip(pieces[::2], pieces[1::2], strict=True):
        made += (guess[at : at + gap], piece)
        at += gap + len(piece)
    made.append(guess[at:])
    return "".join(made)


def _guessed(folded: str) -> str:
    for sign, guess in _GUESSES.items():
        folded = folded.replace(sign, guess)
    if '"' not in folded:
        return folded
    pieces = folded.split('"')
    pieces[1::2] = [f"“{quoted}”" for quoted in pieces[1::2]]
    # Of an odd number of quotes, the last one opens nothing.
    return "".join(pieces) if len(pieces) % 2 else "".join(pieces)[:-1]


def _ranges(guess: str, text: str) -> Iterator[tuple[int, int]]:
    """The ranges, ascending, in which two texts of the same length differ."""
    for low in range(0, len(text), _STRIDE):
        high = min(low + _STRIDE, len(text))
        if guess[low:high] == text[low:high]:
            continue
        start = low
        for at in range(low, high):
            if guess[at] == text[at]:
                if start < at:
                    yield start, at
                start = at + 1
        if start < high:
            yield start, high


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
