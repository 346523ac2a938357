"""Files with checksums: a read returns what was written, or raises an error.

The content of a file, which Whoosh reads as if the file ended there, is followed by

    table     the checksum of each block of the content, as a rule of 4096 bytes
    trailer   the length of the content, the checksum of name, table and length, a mark

in 64-bit little-endian numbers. A block is verified when it is first read, so a search pays only
for what it reads. The file's name is in the checksum, so that a file under the name of another is
detected. The checksums, XXH3 in 64 bits, do not protect against forgery.
"""

import os
import struct
import sys
from array import array
from typing import Final

from xxhash import xxh3_64_intdigest

from lsq.disk import PieceFile, change
from lsq.engines.folder.damage import DamageError

BLOCK: Final = 4096
# How many blocks are cached: 8 MB.
KEPT: Final = 2048
# A read of at most this many new blocks is cached.
FEW: Final = 2
# The size of a checksum, in bytes.
CHECKSUM: Final = 8
_MARK = b"lsq seal"
_TRAILER = struct.Struct("<QQ8s")


def seal(path: str, name: str | None = None, block: int = BLOCK) -> None:
    """Add checksums to a file.

    Args:
        path: the file.
        name: the name that it will get, if it differs.
        block: the number of bytes per checksum.
    """
    table = array("Q")
    with change(path) as file:
        while content := file.read(block):
            table.append(xxh3_64_intdigest(content))
        size = file.tell()
        checksums = little_endian(table)
        checksum = checksum_of(name or os.path.basename(path), checksums, size)
        file.write(checksums + _TRAILER.pack(size, checksum, _MARK))


class Sealed:
    """A sealed file, open for reading.

    Args:
        path: the file.
        file: the same file, if it is open.
        block: as for `seal`.
        kept: how many blocks are cached.

    Attributes:
        size: the size of the content, in bytes.

    Raises:
        OSError: it cannot be read.
        DamageError: it is not as it was written; so does every method.
    """

    def __init__(
        self, path: str, file: PieceFile | None = None, block: int = BLOCK, kept: int = KEPT
    ) -> None:
        self._path = path
        self._block_size = block
        self._kept = kept
        self._blocks: dict[int, bytes] = {}  # verified, by number
        self._file = file or PieceFile(path)
        try:
            self.size, self._table = self._opened()
        except BaseException:
            self._file.close()
            raise

    def read(self, start: int, size: int) -> bytes:
        """Read `size` bytes of the content from `start` on."""
        end = start + size
        if not 0 <= start <= end <= self.size:
            raise DamageError(f"{self._path}: there are no bytes {start} to {end}")
        if not size:
            return b""
        number = start // self._block_size
        first = number * self._block_size
        if end <= first + self._block_size:
            return self._block(number)[start - first : end - first]
        stop = -(-end // self._block_size)
        parts: list[bytes] = []
        while number < stop and (block := self._blocks.get(number)) is not None:
            parts.append(block)
            number += 1
        if number < stop:  # the rest is not cached: read it at once
            parts.append(self._verified(number, stop))
            if stop - number <= FEW:
                self._keep(number, parts[-1])
        return b"".join(parts)[start - first : end - first]

    def forget(self) -> None:
        """Free the memory of what was read; it can be read again."""
        self._blocks.clear()

    def close(self) -> None:
        self._file.close()
        self._blocks.clear()

    def _block(self, number: int) -> bytes:
        block = self._blocks.get(number)
        if block is None:
            block = self._verified(number, number + 1)
            self._keep(number, block)
        return block

    def _keep(self, number: int, content: bytes) -> None:
        """Cache the blocks of which this is the content, from `number` on."""
        size = self._block_size
        for at in range(0, len(content), size):
            if len(self._blocks) >= self._kept:
                self._blocks.clear()
            self._blocks[number + at // size] = content[at : at + size]

    def _verified(self, first: int, stop: int) -> bytes:
        """Read the blocks from `first` to before `stop`, and verify them."""
        start = first * self._block_size
        content = self._file.read(start, max(0, min(stop * self._block_size, self.size) - start))
        for number in range(first, stop):
            at = number * self._block_size - start
            if xxh3_64_intdigest(content[at : at + self._block_size]) != self._table[number]:
                place = f"{start + at} and {start + at + self._block_size}"
                raise DamageError(f"{self._path}: damaged between {place}")
        return content

    def _opened(self) -> "tuple[int, array[int]]":
        """The length of the content, and the checksums of its blocks."""
        end = self._file.size() - _TRAILER.size
        if end < 0:
            raise DamageError(f"{self._path}: too short")
        trailer = self._file.read(end, _TRAILER.size)
        if len(trailer) < _TRAILER.size:
            raise DamageError(f"{self._path}: too short")
        size, checksum, mark = _TRAILER.unpack(trailer)
        length = CHECKSUM * -(-size // self._block_size)
        if mark != _MARK or size + length != end:
            raise DamageError(f"{self._path}: its end is damaged")
        checksums = self._file.read(size, length)
        if checksum != checksum_of(os.path.basename(self._path), checksums, size):
            raise DamageError(f"{self._path}: its checksums are damaged, or another file's")
        return size, numbers(checksums)


def little_endian(values: "array[int]") -> bytes:
    """The bytes of the numbers, as they are written."""
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
    """The checksum of a file's name, table and length."""
    return xxh3_64_intdigest(b"%d %b %b" % (number, name.encode(), table))
