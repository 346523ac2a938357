"""The white space that squeezing drops from a text, and the text with it again.

Every character of it is a 32-bit little-endian number: four times its place in the squeezed
text, and one more for a space than for a line feed, three more for a space of a run without
a line feed.
"""

import sys
from array import array
from bisect import bisect
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Final

from lsq.text.fold import parted_at_space

_CHARACTERS: Final = ("\n", " ", "", " ")
_LINE_FEED, _BESIDE, _, _ALONE = range(4)
# Most runs of white space are one character.
_SINGLE: Final = {"\n": _LINE_FEED, " ": _ALONE}


def squeezed_of(folded: str) -> tuple[str, bytes]:
    """The squeezed text of a text, and the spaces that squeezing drops."""
    pieces, runs = parted_at_space(folded)
    places = [place << 2 for place in accumulate(map(len, pieces))]
    spaces = array("I")
    for place, space in zip(places, runs, strict=False):
        if (kind := _SINGLE.get(space)) is not None:
            spaces.append(place | kind)
        else:
            among = _BESIDE if "\n" in space else _ALONE
            spaces.extend([place | (_LINE_FEED if char == "\n" else among) for char in space])
    return "".join(pieces), swapped(spaces).tobytes()


def unsqueezed(squeezed: str, spaces: bytes) -> str:
    """The text that `squeezed_of` was given."""
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
    """Whether each of these ranges of a squeezed text is one of the lined text as well."""
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
    """Tells of a place in the squeezed text where the line that has it begins and ends.

    As far as line feeds were dropped; None for the end of the text. To be asked of each line
    once: it looks at every space between two line feeds.
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
    """The spaces of a text: what of it is where before squeezing.

    Args:
        packed: what squeezing dropped.
    """

    __slots__ = ("_spaces",)

    def __init__(self, packed: bytes) -> None:
        self._spaces = unpacked(packed)

    def restored(self, squeezed: str, start: int, end: int) -> tuple[int, str]:
        """A range of the text, and where it begins in the squeezed one.

        Args:
            squeezed: that, of which nothing after its first `end` characters is looked at.
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
        """Where in the text a character of the squeezed one stands."""
        return place + bisect(self._spaces, place << 2 | _ALONE)

    def offsets(self, places: Iterable[int]) -> list[int]:
        """The same for many."""
        spaces = self._spaces
        return [place + bisect(spaces, place << 2 | _ALONE) for place in places]

    def place(self, offset: int) -> int:
        """How many characters of the squeezed text stand before one of the text."""
        return offset - self._dropped_before(offset)

    def line_feeds(self, squeezed: str) -> list[int]:
        """Where in the text its line feeds stand, ascending."""
        feeds = [
            (space >> 2) + number
            for number, space in enumerate(self._spaces)
            if space & _ALONE == _LINE_FEED
        ]
        if "\n" in squeezed:  # those between two words of letters
            kept = (at for at, char in enumerate(squeezed) if char == "\n")
            feeds = sorted([*feeds, *map(self.offset, kept)])
        return feeds

    def lined(self, squeezed: str) -> tuple[str, list[int]]:
        """The text with each line squeezed; how many of its characters precede each dropped."""
        kept = [space for space in self._spaces if space & _ALONE != _ALONE]
        dropped: list[int] = []
        alone = 0
        for number, space in enumerate(self._spaces):
            if space & _ALONE == _ALONE:
                dropped.append((space >> 2) + number - alone)
                alone += 1
        return _with(squeezed, kept), dropped

    def _dropped_before(self, offset: int) -> int:
        """How many characters before one of the text were dropped."""
        spaces = self._spaces
        low, high = 0, min(offset, len(spaces))
        while low < high:
            middle = (low + high) // 2
            # The n-th that was dropped stands in the text where n before it were dropped too.
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
    """Numbers of this machine as little-endian ones, or back."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
