"""Find words by their beginnings or endings in a part of Whoosh's sorted list of terms.

Unpacking 100,000 words takes a quarter of a second in Python, searching their bytes a few
milliseconds. Words with the same beginning are adjacent; an ending is searched in all bytes, and
counts where a word ends.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from struct import Struct

from lsq.engines import Affixes
from lsq.text.find import find


class Window:
    """Consecutive terms.

    Args:
        content: the terms: of each, the lengths of key and value, the key, the value.
        places: where each begins in the file, ascending.
        prefix: the prefix of the keys of the field.
        lengths: the format of the two lengths.
    """

    def __init__(
        self, content: bytes, places: "array[int]", prefix: bytes, lengths: Struct
    ) -> None:
        self._lengths = lengths
        self._content = content
        self._places = places
        self._prefix = prefix

    def affixed(self, affixes: Affixes) -> Iterator[tuple[bytes, bytes]]:
        """The words of the field with any of these affixes, each with its value."""
        numbers = set(self._with_beginnings(affixes.beginnings))
        for ending in affixes.endings:
            numbers.update(self._with_ending(_encoded(ending)))
        for number in numbers:
            start, middle, end = self._bounds(number)
            key = self._content[start:middle]
            if key.startswith(self._prefix):
                yield key[len(self._prefix) :], self._content[middle:end]

    def _with_beginnings(self, beginnings: tuple[str, ...]) -> Iterator[int]:
        """The numbers of the words that begin with any of these."""
        every, number = range(len(self._places)), 0
        for sought in sorted(self._prefix + _encoded(beginning) for beginning in beginnings):
            # Both are sorted, so the search continues after the previous beginning.
            number = bisect_left(every, sought, lo=number, key=self._key)
            for found in every[number:]:
                if not self._key(found).startswith(sought):
                    break
                yield found

    def _with_ending(self, ending: bytes) -> Iterator[int]:
        """The numbers of the words with this ending."""
        base = self._places[0]
        at = find(self._content, ending)
        while at >= 0:
            number = bisect_right(self._places, base + at) - 1
            start, middle, _ = self._bounds(number)
            if start + len(self._prefix) <= at and at + len(ending) == middle:
                yield number
            at = find(self._content, ending, at + 1)

    def _bounds(self, number: int) -> tuple[int, int, int]:
        """Where a key begins and ends, and where its value ends."""
        at = self._places[number] - self._places[0]
        key_size, value_size = self._lengths.unpack_from(self._content, at)
        start = at + self._lengths.size
        return start, start + key_size, start + key_size + value_size

    def _key(self, number: int) -> bytes:
        start, middle, _ = self._bounds(number)
        return self._content[start:middle]


def _encoded(affix: str) -> bytes:
    return affix.encode("utf-8", "replace")
