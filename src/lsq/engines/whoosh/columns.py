"""Read the columns of a segment in Whoosh's format: numbers or bytes, by document number."""

import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from lsq.engines.folder.damage import DamageError
from lsq.engines.folder.sealed import Sealed

# How many values of a column are read one by one, before the starts of all are read.
_ONE_BY_ONE = 100


class PackedFile(NamedTuple):
    """A file that is a part of another."""

    packed: Sealed
    start: int
    size: int

    def read(self, at: int, size: int) -> bytes:
        if at < 0 or at + size > self.size:
            raise DamageError(f"there are no bytes {at} to {at + size}")
        return self.packed.read(self.start + at, size)


class BytesColumn:
    """A column of bytes.

    A few values are read by their stored starts, if Whoosh has stored these; for more, the starts
    of all are read.
    """

    def __init__(self, file: PackedFile, count: int) -> None:
        self._file = file
        self._count = count
        self._left = _ONE_BY_ONE
        end = file.size - 1
        code = file.read(end, 1).decode()
        self._listed: _Numbers | None = None
        if code == "X":
            end -= 2
            code, starts_code = map(chr, file.read(end, 2))
            end -= count * array(starts_code).itemsize
            self._listed = _Numbers(file, end, starts_code)
        self._lengths = _Numbers(file, end - count * array(code).itemsize, code)

    def __getitem__(self, number: int) -> bytes:
        if self._listed is None or not self._left:
            starts = self._starts
            start = starts[number]
            return self._file.read(start, starts[number + 1] - start)
        if not 0 <= number < self._count:
            raise DamageError(f"there is no document {number}")
        self._left -= 1
        return self._file.read(self._listed.one(number), self._lengths.one(number))

    @cached_property
    def _starts(self) -> "array[int]":
        """Where each value starts, and where the last one ends."""
        if self._listed is None or not self._count:
            return array("Q", accumulate(self._lengths.all(self._count), initial=0))
        starts = self._listed.all(self._count)
        end = starts[-1] + self._lengths.one(self._count - 1)
        try:
            starts.append(end)
        except OverflowError:
            starts = array("Q", (*starts, end))
        return starts

    def sizes(self) -> "array[int]":
        """The sizes of all values, in bytes."""
        return self._lengths.all(self._count)

    def containing(self, sought: bytes) -> Iterator[int]:
        """The numbers, ascending, of the values that contain `sought`, which is not empty."""
        values = self._file.read(0, self._starts[-1])
        at = values.find(sought)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            end = self._starts[number + 1]
            if at + len(sought) <= end:
                yield number
                at = values.find(sought, end)
            else:  # it begins in one value and ends in another
                at = values.find(sought, at + 1)


class _Numbers(NamedTuple):
    """Consecutive numbers in a file, of a type as `array` names it."""

    file: PackedFile
    start: int
    code: str

    def one(self, number: int) -> int:
        packed = struct.Struct(f"!{self.code}")
        value: int = packed.unpack(self.file.read(self.start + number * packed.size, packed.size))[
            0
        ]
        return value

    def all(self, count: int) -> "array[int]":
        return numbers_of(self.code, self.file.read(self.start, count * array(self.code).itemsize))


def numbers_of(code: str, content: bytes) -> "array[int]":
    """Big-endian numbers of a type as `array` names it."""
    numbers = array(code, content)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
