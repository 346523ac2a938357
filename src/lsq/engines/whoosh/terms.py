"""Write the terms of a segment in bulk, in the format of Whoosh's ordered hash files.

Whoosh's writer takes 6 µs per term: it asks the file for its position, writes each part
separately, and hashes by MD5. Here many terms are written at once, and hashed by CRC-32, which the
format allows; lsq's reader uses only their order. The format is that of
`whoosh.filedb.filetables` in Whoosh 2.7.4, with big-endian numbers:

    head       a mark, the kind of hash, two unused numbers
    terms      of each: the lengths of key and value, key, value
    tables     256 hash tables, by the last byte of the hash, with two slots per term: hash and
               position of each term, in the first free slot from (hash >> 8) % slots on
    directory  the position of each table, and its number of slots
    extras     a pickled dict; the positions of the terms, in the order of their keys
    size       the size of the extras, in bytes
"""

import struct
import sys
from array import array
from collections.abc import Iterator
from itertools import chain
from pickle import dumps
from typing import Any, Final
from zlib import crc32

from lsq.engines.whoosh.segment_file import DIRECTORY, INT, LENGTHS

_HEAD: Final = struct.pack("!4sBii", b"HSH3", 1, 0, 0)
_TABLES: Final = 256
# No term has the position 0.
_FREE: Final = (0, 0)
# In bytes: how much is buffered before it is written.
_GATHERED: Final = 1 << 20


class TermsWriter:
    """Writes terms, sorted by key, to a new file, which `close` closes.

    Args:
        file: a file of Whoosh's storage.
    """

    def __init__(self, file: Any) -> None:
        self._file = file
        self._gathered = bytearray(_HEAD)
        self._written = 0
        self._last = b""
        self._fields: dict[str, int] = {}
        self._hashes = array("I")
        self._places = array("Q")

    def start_field(self, name: str) -> bytes:
        """Start a field; return the prefix of the keys of its terms."""
        return struct.pack("!H", self._fields.setdefault(name, len(self._fields)))

    def add(self, key: bytes, value: bytes) -> None:
        """Add a term.

        Raises:
            ValueError: its key is not greater than the previous one.
        """
        if key <= self._last:
            raise ValueError(f"{key!r} cannot follow {self._last!r}")
        self._last = key
        self._hashes.append(crc32(key))
        gathered = self._gathered
        self._places.append(self._written + len(gathered))
        gathered += LENGTHS.pack(len(key), len(value)) + key + value
        if len(gathered) >= _GATHERED:
            self._flush()

    def close(self) -> None:
        """Write the hash tables and the directory, and close the file."""
        try:
            self._end()
        finally:
            self._file.close()

    def _end(self) -> None:
        directory = bytearray()
        for slots in self._tables():
            directory += DIRECTORY.pack(self._written + len(self._gathered), len(slots))
            self._gathered += struct.pack("!" + "Iq" * len(slots), *chain.from_iterable(slots))
        self._gathered += directory
        code = _code(max(self._places[-1:], default=0))
        about = {"fieldmap": self._fields, "indextype": code, "indexlen": len(self._places)}
        extras = dumps(about, 2) + _big_endian(array(code, self._places))
        self._gathered += extras + INT.pack(len(extras))
        self._flush()

    def _tables(self) -> Iterator[list[tuple[int, int]]]:
        tables: list[list[tuple[int, int]]] = [[] for _ in range(_TABLES)]
        for entry in zip(self._hashes, self._places, strict=True):
            tables[entry[0] % _TABLES].append(entry)
        for entries in tables:
            size = 2 * len(entries)
            slots = [_FREE] * size
            for entry in entries:
                at = (entry[0] >> 8) % size
                while slots[at] is not _FREE:
                    at = (at + 1) % size
                slots[at] = entry
            yield slots

    def _flush(self) -> None:
        self._file.write(bytes(self._gathered))
        self._written += len(self._gathered)
        self._gathered.clear()


def _code(most: int) -> str:
    """The smallest type of array that Whoosh supports for numbers up to `most`."""
    return next(
        code for code, bits in (("H", 16), ("i", 31), ("I", 32), ("q", 63)) if most < 1 << bits
    )


def _big_endian(numbers: "array[int]") -> bytes:
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers.tobytes()
