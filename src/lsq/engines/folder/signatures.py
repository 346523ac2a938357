"""Signatures of character pairs: which pieces of a segment's texts may contain a string.

The texts, in the order of their file, are divided into pieces of `PIECE` bytes. A piece has a
column of `ROWS` bits. Each pair of adjacent UTF-16 units that begins in it, or in the next few
bytes, sets the bit of its hash. A piece in which a string begins therefore has the bits of all
of the string's first pairs. A piece with these bits need not contain the string, so it is
searched.

A sealed file `<segment>.signatures` (`lsq.engines.folder.sealed`) has the bits as rows, because
a search needs a few rows of all columns: for each tile of `TILE` columns, the rows of these
columns; the last tile has fewer columns. A row of a whole tile is one block of the sealed file,
so reading it verifies nothing else. With tiles, the memory for writing does not grow with the
texts.

A piece of Chinese text sets a sixth of its bits. The pairs of a piece are hashed at once, as
lanes of one large integer: 8 KB take 0.1 ms, without a library.

Sources: Faloutsos and Christodoulakis, "Signature files", 1984; the rows are the "bit slices"
of Roberts, "Partial-match retrieval via the method of superimposed codes", 1979.
"""

import os
from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import IO, Final

from lsq.disk import PieceFile, create, sync
from lsq.engines.folder.damage import DamageError
from lsq.engines.folder.sealed import Sealed, seal

# The suffix of the file's name.
SIGNATURES: Final = ".signatures"

_BITS: Final = 13
ROWS: Final = 1 << _BITS
# In bytes of UTF-8.
PIECE: Final = 8192
# The maximum number of units of a string that are looked up, and their size in text, in bytes.
_UNITS: Final = 32
_OVER: Final = 3 * _UNITS
# Columns of a tile: a row of it takes 4096 bytes.
TILE: Final = 32768
_BYTE: Final = 8
# In bytes: less text than this is scanned as fast without signatures.
LEAST = 4 << 20
# If more than one in this many pieces remains, scanning all is as fast.
MANY: Final = 8

# 16-bit lanes, more than a piece has units: all bits of a row number, and those of the second
# unit of a pair that are added to its upper and to its lower part.
_LANES = int.from_bytes(b"\1\0" * (PIECE + _OVER), "little")
_ALL, _UPPER, _LOWER = (_LANES * mask for mask in (ROWS - 1, (1 << _BITS - 6) - 1, 0x3F))


def rows_of(units: bytes) -> "Sequence[int]":
    """The rows of all pairs of adjacent units, in their order.

    Args:
        units: UTF-16, little-endian, at most as many as a piece has.
    """
    size = len(units) - 2
    if size < 2:  # noqa: PLR2004  # bytes of a unit: there is no pair
        return ()
    first = int.from_bytes(units, "little")
    second = first >> 16
    hashed = ((first ^ first >> 3) & _ALL) ^ (second & _UPPER) << 6 ^ (second >> _BITS - 6) & _LOWER
    # The lane of the last unit is not a pair.
    rows = array("H", hashed.to_bytes(size + 4, "little")[:size])
    if rows.itemsize != 2:  # noqa: PLR2004
        raise AssertionError("a short integer has another size here")
    return rows


class SignatureWriter:
    """Writes the signatures of texts, as they come, to the file `unfinished`."""

    def __init__(self, unfinished: str) -> None:
        self._path = unfinished
        self._file: IO[bytes] | None = None
        self._pending = bytearray()  # bytes without a column yet
        self._total = 0
        self._columns: list[int] = []  # columns not packed into bytes yet: flags, a byte per row
        self._bytes: list[bytes] = []  # of eight columns each, a byte a row

    def add(self, text: bytes) -> None:
        """Add the text of the next document, with the bytes that follow it in the file."""
        self._pending += text
        self._total += len(text)
        if self._total >= LEAST:
            self._part(PIECE + _OVER)

    def close(self, path: str) -> None:
        """Sync the complete file and rename it to `path`, if there is enough text."""
        if self._total < LEAST:
            return
        self._part(1)
        if self._columns:
            self._pack()
        if self._bytes:
            self._end_tile()
        if self._file is not None:
            self._file.close()
            seal(self._path, os.path.basename(path))
            sync(self._path)
            os.rename(self._path, path)

    def abandon(self) -> None:
        """Close and delete the file."""
        if self._file is not None:
            self._file.close()
            if os.path.exists(self._path):
                os.unlink(self._path)

    def _part(self, least: int) -> None:
        """Make columns of the pending text, while there are this many bytes of it."""
        start, pending = 0, self._pending
        while len(pending) - start >= least:
            self._add_column(pending[start : start + PIECE + _OVER])
            start += PIECE
        del pending[:start]

    def _add_column(self, text: bytearray) -> None:
        # A character at the boundary of two pieces belongs to the first.
        flags = bytearray(ROWS)
        for row in rows_of(text.decode("utf-8", "ignore").encode("utf-16-le")):
            flags[row] = 1
        self._columns.append(int.from_bytes(flags, "little"))
        if len(self._columns) == _BYTE:
            self._pack()
        if len(self._bytes) == TILE // _BYTE:
            self._end_tile()

    def _pack(self) -> None:
        packed = 0
        for number, column in enumerate(self._columns):
            packed |= column << number
        self._bytes.append(packed.to_bytes(ROWS, "little"))
        self._columns.clear()

    def _end_tile(self) -> None:
        if self._file is None:
            self._file = create(self._path)  # `close` or `abandon` closes it
        tile = b"".join(self._bytes)
        self._bytes.clear()
        self._file.writelines(tile[row::ROWS] for row in range(ROWS))


class Signatures:
    """The signatures of the texts of a segment, in the file at `path`.

    Args:
        path: the file; it stays open, so it can be read even when it is deleted.
        size: of the texts, in bytes.

    Raises:
        OSError: it cannot be read.
        DamageError: it is not as it was written; so does every method.
    """

    def __init__(self, path: str, size: int) -> None:
        self._path = path
        self._file = PieceFile(path)
        self._count = -(-size // PIECE)  # of columns

    def candidates(self, sought: bytes) -> list[int] | None:
        """The pieces, ascending, in which `sought`, in UTF-8, may begin; None for too many."""
        units = sought.decode("utf-8", "replace").encode("utf-16-le")[: 2 * _UNITS]
        rows = frozenset(rows_of(units))
        if not rows:
            return None
        tiles = [self._having(rows, tile) for tile in range(-(-self._count // TILE))]
        if sum(map(int.bit_count, tiles)) * MANY > self._count:
            return None
        return [tile * TILE + bit for tile, bits in enumerate(tiles) for bit in _ones(bits)]

    def close(self) -> None:
        self._file.close()

    def _having(self, rows: Iterable[int], tile: int) -> int:
        """The columns of a tile that have all of these rows: a bit each."""
        width = -(-min(TILE, self._count - tile * TILE) // _BYTE)
        start = tile * ROWS * TILE // _BYTE
        columns = -1
        for row in rows:
            read = self._sealed.read(start + row * width, width)
            columns &= int.from_bytes(read, "little")
            if not columns:
                break
        return columns

    @cached_property
    def _sealed(self) -> Sealed:
        # Not every search looks for a string: the checksums are read by those that do.
        sealed = Sealed(self._path, self._file)
        whole, rest = divmod(self._count, TILE)
        if sealed.size != ROWS * (whole * TILE // _BYTE + -(-rest // _BYTE)):
            raise DamageError(f"{self._path}: not the signatures of so many texts")
        return sealed


def _ones(bits: int) -> Iterable[int]:
    """The positions of the set bits, ascending."""
    digits = f"{bits:b}"[::-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)


def signature_file(folder: str, segment: str) -> str:
    """The file of the segment of that name in `folder`."""
    return os.path.join(folder, f"{segment}{SIGNATURES}")
