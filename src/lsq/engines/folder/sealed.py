"""Files that carry checksums: whoever reads one gets what was written, or an error.

After a file's content, which Whoosh reads as if nothing came after it, stand

    table     the checksum of every 4096 bytes of the content, in order
    trailer   how long the content is, the checksum of name, table and that length, a mark

in 64-bit little-endian numbers. A block is checked when something in it is read for the
first time, so a search pays for what it reads alone. The name is that of the file: one
that stands in the place of another is damage as well. A checksum is XXH3 in 64 bits,
which is no help against somebody who means to deceive.
"""

import mmap
import os
import struct
import sys
from array import array
from typing import Final

from xxhash import xxh3_64_intdigest

from lsq.disk import change

BLOCK: Final = 4096
CHECKSUM: Final = 8  # bytes
_MARK = b"lsq seal"
_TRAILER = struct.Struct("<QQ8s")


def seal(path: str, name: str | None = None) -> None:
    """Add to a file what tells damage; it gets `name`, if that is not its name yet."""
    table = array("Q")
    with change(path) as file:
        while block := file.read(BLOCK):
            table.append(xxh3_64_intdigest(block))
        size = file.tell()
        checksums = little_endian(table)
        checksum = checksum_of(name or os.path.basename(path), checksums, size)
        file.write(checksums + _TRAILER.pack(size, checksum, _MARK))


class Sealed:
    """A file that `seal` has sealed, mapped into memory and read where it lies.

    Attributes:
        size: of the content, in bytes.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not as it was written; so does every method.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        with open(path, "rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            self.size, self._table = self._opened()
        except BaseException:
            self._map.close()
            raise
        self._good = bytearray(len(self._table))  # which blocks have been checked

    def read(self, start: int, size: int) -> bytes:
        """So many bytes of the content, from `start` on."""
        return self.checked(start, size)[start : start + size]

    def checked(self, start: int, size: int) -> mmap.mmap:
        """The content, of which these bytes have been checked and no others may be read."""
        if not 0 <= start <= start + size <= self.size:
            raise ValueError(f"{self._path}: there are no bytes {start} to {start + size}")
        for number in range(start // BLOCK, (start + size + BLOCK - 1) // BLOCK):
            if not self._good[number]:
                self._check(number)
        return self._map

    def forget(self) -> None:
        """Let go of the memory that is taken by what was read; it can be read again."""
        if sys.platform != "win32":  # which takes it back by itself
            self._map.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        self._map.close()

    def _opened(self) -> "tuple[int, array[int]]":
        """How long the content is, and the checksums of its blocks."""
        end = len(self._map) - _TRAILER.size
        if end < 0:
            raise ValueError(f"{self._path}: too short")
        size, checksum, mark = _TRAILER.unpack_from(self._map, end)
        length = CHECKSUM * -(-size // BLOCK)
        if mark != _MARK or size + length != end:
            raise ValueError(f"{self._path}: does not end as it did")
        checksums = self._map[size:end]
        if checksum != checksum_of(os.path.basename(self._path), checksums, size):
            raise ValueError(f"{self._path}: its checksums are damaged, or another file's")
        return size, numbers(checksums)

    def _check(self, number: int) -> None:
        start = number * BLOCK
        block = self._map[start : min(start + BLOCK, self.size)]
        if xxh3_64_intdigest(block) != self._table[number]:
            raise ValueError(f"{self._path}: damaged between {start} and {start + BLOCK}")
        self._good[number] = True


def little_endian(values: "array[int]") -> bytes:
    """The numbers as they are written."""
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values.tobytes()


def numbers(written: bytes) -> "array[int]":
    """The numbers that `little_endian` wrote."""
    values = array("Q", written)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def checksum_of(name: str, table: bytes, number: int) -> int:
    """The checksum of what is known of the file of that name: a table and a number."""
    return xxh3_64_intdigest(b"%d %b %b" % (number, name.encode(), table))
