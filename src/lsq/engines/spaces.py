"""Pack the white space that squeezing drops from a text, and restore the text with it.

Each dropped character is a 32-bit little-endian number: four times its position in the squeezed
text, plus 0 for a line feed, 1 for a space beside a line feed, 3 for another space.
"""

import sys
from array import array
from bisect import bisect
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Final

from lsq.text.fold import split_at_dropped_space

_CHARACTERS: Final = ("\n", " ", "", " ")
_LINE_FEED, _BESIDE, _, _ALONE = range(4)
# Most runs of white space are one character.
_SINGLE: Final = {"\n": _LINE_FEED, " ": _ALONE}


def squeezed_of(folded: str) -> tuple[str, bytes]:
    """The squeezed text of a text, and the spaces that squeezing drops."""
    pieces, runs = split_at_dropped_space(folded)
    places = [place << 2 for place in accumulate(map(len, pieces))]
    spaces = array("I")
    for place, space in zip(places, runs, strict=False):
        if (kind := _SINGLE.get(space)) is not None:
            spaces.append(place | kind)
        else:
            kind = _BESIDE if "\n" in space else _ALONE
            spaces.extend([place | (_LINE_FEED if char == "\n" else kind) for char in space])
    return "".join(pieces), swapped(spaces).tobytes()


def unsqueezed(squeezed: str, spaces: bytes) -> str:
    """The text of which `squeezed_of` returned these."""
    return _with(squeezed, unpacked(spaces))


def lined(squeezed: str, spaces: bytes) -> str:
    """The text with each line squeezed separately."""
    kept = [space for space in unpacked(spaces) if space & _ALONE != _ALONE]
    return _with(squeezed, kept)


def first_line(text: bytes, spaces: bytes) -> str:
    """The first line of a folded text, which is the title of an article.

    Args:
        text: squeezed, in UTF-8.
        spaces: what squeezing dropped.
    """
    kept = unpacked(spaces)
    feeds = (space >> 2 for space in kept if space & _ALONE == _LINE_FEED)
    end = next(feeds, len(text))
    # No character takes more than four bytes.
    squeezed = text[: 4 * end].decode("utf-8", "ignore")[:end].partition("\n")[0]
    inside = [space for space in kept if space >> 2 < len(squeezed)]
    return _with(squeezed, inside)


def are_within_lines(ranges: Iterable[tuple[int, int]], spaces: bytes) -> bool:
    """Whether the lined text has no white space that the squeezed one lacks in these ranges."""
    kept = unpacked(spaces)
    for start, end in ranges:
        number = bisect(kept, start << 2 | _ALONE)
        while number < len(kept) and kept[number] >> 2 < end:
            if kept[number] & _ALONE != _ALONE:
                return False
            number += 1
    return True


def space_places(spaces: bytes) -> list[int]:
    """How many characters of the squeezed text come before each space, ascending."""
    return [space >> 2 for space in unpacked(spaces)]


def lines_at(spaces: bytes) -> Callable[[int], tuple[int, int | None]]:
    """Make a function that returns the start and end of the line around a position.

    Positions are in the squeezed text; the end is None for the end of the text. Only dropped line
    feeds count. Each call reads the spaces of the line, so call it once per line.
    """
    kept = unpacked(spaces)

    def line(place: int) -> tuple[int, int | None]:
        first = after = bisect(kept, place << 2 | _ALONE)
        while first and kept[first - 1] & _ALONE != _LINE_FEED:
            first -= 1
        while after < len(kept) and kept[after] & _ALONE != _LINE_FEED:
            after += 1
        start = kept[first - 1] >> 2 if first else 0
        return start, kept[after] >> 2 if after < len(kept) else None

    return line


class Spaces:
    """Converts positions between a text and its squeezed form, and restores ranges of the text.

    Args:
        packed: the white space that squeezing dropped.
    """

    __slots__ = ("_spaces",)

    def __init__(self, packed: bytes) -> None:
        self._spaces = unpacked(packed)

    def restored(self, squeezed: str, start: int, end: int) -> tuple[int, str]:
        """A range of the text, and its start in the squeezed text.

        Args:
            squeezed: the squeezed text, or its first `end` characters.
            start: where in the text the range begins.
            end: where it ends.
        """
        spaces = self._spaces
        number = self._dropped_before(start)
        low = at = start - number
        pieces: list[str] = []
        while number < len(spaces) and ((place := spaces[number] >> 2) + number) < end:
            pieces += squeezed[at:place], _CHARACTERS[spaces[number] & 3]
            at = place
            number += 1
        pieces.append(squeezed[at : end - number])
        return low, "".join(pieces)

    def offset(self, place: int) -> int:
        """The position in the text of a position in the squeezed text."""
        return place + bisect(self._spaces, place << 2 | _ALONE)

    def offsets(self, places: Iterable[int]) -> list[int]:
        """The same for many."""
        spaces = self._spaces
        return [place + bisect(spaces, place << 2 | _ALONE) for place in places]

    def place(self, offset: int) -> int:
        """The position in the squeezed text of a position in the text."""
        return offset - self._dropped_before(offset)

    def line_feeds(self, squeezed: str) -> list[int]:
        """The positions of the line feeds in the text, ascending."""
        feeds = [
            (space >> 2) + number
            for number, space in enumerate(self._spaces)
            if space & _ALONE == _LINE_FEED
        ]
        if "\n" in squeezed:  # line feeds between two Latin words
            kept = (at for at, char in enumerate(squeezed) if char == "\n")
            feeds = sorted([*feeds, *map(self.offset, kept)])
        return feeds

    def lined(self, squeezed: str) -> tuple[str, list[int]]:
        """The lined text, and its position for each space of the text that it lacks."""
        kept = [space for space in self._spaces if space & _ALONE != _ALONE]
        dropped: list[int] = []
        alone = 0
        for number, space in enumerate(self._spaces):
            if space & _ALONE == _ALONE:
                dropped.append((space >> 2) + number - alone)
                alone += 1
        return _with(squeezed, kept), dropped

    def _dropped_before(self, offset: int) -> int:
        """How many characters before a position in the text were dropped."""
        spaces = self._spaces
        low, high = 0, min(offset, len(spaces))
        while low < high:
            middle = (low + high) // 2
            # The n-th dropped character has n dropped ones before it in the text.
            if (spaces[middle] >> 2) + middle < offset:
                low = middle + 1
            else:
                high = middle
        return low


def _with(squeezed: str, spaces: Iterable[int]) -> str:
    """The squeezed text with these spaces in it."""
    pieces: list[str] = []
    at = 0
    for space in spaces:
        place = space >> 2
        pieces += squeezed[at:place], _CHARACTERS[space & 3]
        at = place
    pieces.append(squeezed[at:])
    return "".join(pieces)


def unpacked(spaces: bytes) -> "array[int]":
    """The numbers of the spaces."""
    return swapped(array("I", spaces))


def swapped(numbers: "array[int]") -> "array[int]":
    """Convert numbers between this machine's byte order and little-endian."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
