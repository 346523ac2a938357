"""Read a segment in Whoosh's format: its terms, their posting lists, and its columns.

Whoosh packs the files of a segment into one, which is sealed and read without unpacking it. It
contains numbers, bytes, and pickles of tuples of numbers. The formats are those of the modules
`filedb.compound`, `filedb.filetables`, `columns` and `codec.whoosh3` of Whoosh 2.7.4; all numbers
are big-endian.
"""

import io
import os
import pickle
import struct
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from lsq.engines.folder.damage import UNPACKING, DamageError
from lsq.engines.folder.sealed import Sealed
from lsq.engines.folder.store import BYTES, COLUMNS, Postings, SegmentInfo
from lsq.engines.whoosh.columns import BytesColumn, PackedFile, numbers_of
from lsq.engines.whoosh.commit import load

if TYPE_CHECKING:
    from lsq.engines import Affixes

DIRECTORY = struct.Struct("!qi")
LENGTHS = struct.Struct("!ii")
INT = struct.Struct("!i")
# The entry of a word: whether its list is inline, its total frequency, its doc_freq, and bounds
# by which Whoosh's searcher skips documents.
TERM = struct.Struct("!BfIBBfII")
# The offset of the doc_freq in the entry.
_DOC_FREQ_OFFSET = struct.calcsize("!Bf")
# The indices of the doc_freq and of the first document in the unpacked entry.
_DOC_FREQ, _FIRST = 2, 6
EXTENT = struct.Struct("!qi")
# In bytes: the header of a term table is shorter, as a rule; the positions of terms follow it.
_ABOUT = 512
# In bytes: how much of the terms is read at a time.
_WINDOW = 1 << 16
# How many words are read at a time to search affixes: about a megabyte.
_MANY = 1 << 14
# The number of cached words: a search looks each of its words up several times.
_KEPT = 1000
# Smaller integers are exact in 32 bits of floating point.
_EXACT = 1 << 24
# The first bytes of a posting list.
MAGIC = b"W3Bl"


class SegmentFile:
    """An `lsq.engines.folder.store.SegmentReader` of Whoosh's files.

    Raises:
        OSError: they cannot be read.
        DamageError: they are not as they were written; so does every method.
    """

    def __init__(self, folder: str, segment: SegmentInfo) -> None:
        self._segment = segment
        self._known: dict[str, bytes | None] = {}
        self._packed = Sealed(segment_file(folder, segment.name))
        try:
            with UNPACKING:
                start, size = DIRECTORY.unpack(self._packed.read(0, DIRECTORY.size))
                self._places = load(io.BytesIO(self._packed.read(start, size)))
                self._terms = _TermTable(self._file(".trm"), "words")
                self._lists = self._file(".pst")
        except BaseException:
            self._packed.close()
            raise

    def column(self, name: str) -> "Sequence[int] | BytesColumn":
        kind = COLUMNS[name]
        with UNPACKING:
            file = self._file(f".{name}.col")
            if kind == BYTES:
                return BytesColumn(file, self._segment.documents)
            numbers = numbers_of(kind, file.read(0, file.size))
            # Whoosh does not write zeros at the end.
            numbers.extend([0] * (self._segment.documents - len(numbers)))
            return numbers

    def doc_freq(self, word: str) -> int:
        found = self._find(word)
        with UNPACKING:
            return int(TERM.unpack_from(found)[2]) if found else 0

    def postings(self, word: str) -> Iterator[Postings]:
        found = self._find(word)
        return self._blocks(found) if found else iter(())

    def named(self, name: str) -> Iterator[int]:
        sought = name.encode("utf-8", "replace")
        with UNPACKING:
            found = self._names.find(sought)
        for numbers, _ in self._blocks(found) if found else ():
            yield from numbers

    def paths(self, beginning: str) -> Iterator[tuple[str, list[int]]]:
        sought = beginning.encode("utf-8", "surrogatepass")
        with UNPACKING:  # entered once: there are many
            for path, found in self._paths.starting(sought):
                term = TERM.unpack_from(found)
                if term[_DOC_FREQ] == 1:  # most have one article
                    yield path.decode(), [term[_FIRST]]
                else:
                    blocks = self._blocks(found)
                    yield path.decode(), [number for numbers, _ in blocks for number in numbers]

    @cached_property
    def _names(self) -> "_TermTable":
        return _TermTable(self._file(".trm"), "names")

    @cached_property
    def _paths(self) -> "_TermTable":
        return _TermTable(self._file(".trm"), "path")

    def words(self) -> Iterator[tuple[bytes, Iterator[Postings]]]:
        """All words in UTF-8, sorted, each with its posting list."""
        for word, found in self._terms:
            yield word, self._blocks(found)

    def frequencies(self, affixes: "Affixes | None" = None) -> Iterator[tuple[bytes, int]]:
        for word, found in self._terms if affixes is None else self._terms.affixed(affixes):
            with UNPACKING:
                doc_freq = INT.unpack_from(found, _DOC_FREQ_OFFSET)[0]
            yield word, doc_freq

    def totals(self, deleted: frozenset[int]) -> Iterator[tuple[bytes, int]]:
        order = sorted(deleted)
        for word, found in self._terms:
            with UNPACKING:
                _, weight, *_, first, last = TERM.unpack_from(found)
            if weight < _EXACT and bisect_left(order, first) == bisect_right(order, last):
                yield word, int(weight)
                continue
            times = 0
            for numbers, weights in self._blocks(found):
                pairs = zip(numbers, weights, strict=True)
                times += int(sum(weight for number, weight in pairs if number not in deleted))
            if times:
                yield word, times

    def forget(self) -> None:
        self._packed.forget()

    def close(self) -> None:
        self._packed.close()

    def _find(self, word: str) -> bytes | None:
        """The entry of a word; cached."""
        if word not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            sought = word.encode()
            with UNPACKING:
                self._known[word] = self._terms.find(sought)
        return self._known[word]

    def _file(self, suffix: str) -> "PackedFile":
        place = self._places[self._segment.name + suffix]
        return PackedFile(self._packed, place["offset"], place["length"])

    def _blocks(self, found: bytes) -> Iterator[Postings]:
        with UNPACKING:
            inlined = found[0]
            if inlined:  # the list is in the file of terms
                numbers, weights, _ = load(io.BytesIO(found[TERM.size :]))
                postings = _postings(numbers, weights)
            else:
                at, _ = EXTENT.unpack_from(found, TERM.size)
                at += len(MAGIC)
        if inlined:
            yield postings
            return
        size = 1
        while size > 0:  # that of the last block is negative
            with UNPACKING:
                (size,) = INT.unpack(self._lists.read(at, INT.size))
                block = io.BytesIO(self._lists.read(at + INT.size, abs(size)))
                at += INT.size + abs(size)
                count, _, most, compressed, _, _ = load(block)
                data = block.read()
                gaps, weights, _ = load(io.BytesIO(zlib.decompress(data) if compressed else data))
                # Equal weights are written as one number, or as None if they are 1.
                same = weights is None or isinstance(weights, float)
                postings = _postings(accumulate(gaps), (most,) * count if same else tuple(weights))
            yield postings


class _TermTable:
    """The words of one field with their entries: keys and values, sorted."""

    def __init__(self, file: PackedFile, field: str) -> None:
        self._file = file
        (size,) = INT.unpack(file.read(file.size - INT.size, INT.size))
        start = file.size - INT.size - size
        stream = io.BytesIO(file.read(start, min(size, _ABOUT)))
        try:
            about = load(stream)
        except (EOFError, pickle.UnpicklingError):  # the header is longer
            stream = io.BytesIO(file.read(start, size))
            about = load(stream)
        self._prefix = struct.pack("!H", about["fieldmap"][field])
        # Then follow the positions of the keys, in the order of the keys.
        self._count: int = about["indexlen"]
        self._place = struct.Struct("!" + about["indextype"])
        self._places = start + stream.tell()

    def find(self, word: bytes) -> bytes | None:
        """The entry of a word; raises what unpacking raises."""
        sought = self._prefix + word
        number = bisect_left(range(self._count), sought, key=self._key)
        if number == self._count:
            return None
        key, value = self._item(number)
        return value if key == sought else None

    def __iter__(self) -> Iterator[tuple[bytes, bytes]]:
        return self.starting(b"")

    def starting(self, beginning: bytes) -> Iterator[tuple[bytes, bytes]]:
        """The words with a prefix, sorted, with their entries."""
        sought = self._prefix + beginning
        with UNPACKING:
            first = bisect_left(range(self._count), sought, key=self._key)
            at = self._at(first) if first < self._count else 0
        # The items are consecutive, and read a window at a time.
        window, base = b"", at
        head, skipped = LENGTHS.size, len(self._prefix)
        with UNPACKING:  # entered once: there are many
            for _ in range(first, self._count):
                start = at - base
                if start + head > len(window):
                    window, base, start = self._window(at, head), at, 0
                key_size, value_size = LENGTHS.unpack_from(window, start)
                if key_size < 0 or value_size < 0:
                    raise DamageError("a negative length")
                size = head + key_size + value_size
                if start + size > len(window):
                    window, base, start = self._window(at, size), at, 0
                middle = start + head + key_size
                key = window[start + head : middle]
                if not key.startswith(sought):
                    return
                yield key[skipped:], window[middle : start + size]
                at += size

    def affixed(self, affixes: "Affixes") -> Iterator[tuple[bytes, bytes]]:
        """The words with any of these affixes, in no order, with their entries.

        They are searched in the packed bytes, so that only the found ones are unpacked.
        """
        from lsq.engines.whoosh.affixes import Window

        with UNPACKING:
            first = bisect_left(range(self._count), self._prefix, key=self._key)
        size, code = self._place.size, self._place.format[1:]
        for number in range(first, self._count, _MANY):
            count = min(_MANY, self._count - number)
            with UNPACKING:
                places = numbers_of(
                    code, self._file.read(self._places + number * size, count * size)
                )
                last = places[-1]
                end = last + LENGTHS.size + sum(LENGTHS.unpack(self._file.read(last, LENGTHS.size)))
                content = self._file.read(places[0], end - places[0])
                window = Window(content, places, self._prefix, LENGTHS)
                found = list(window.affixed(affixes))
            yield from found

    def _window(self, at: int, least: int) -> bytes:
        """The bytes at a position, at least this many."""
        return self._file.read(at, max(least, min(_WINDOW, self._file.size - at)))

    def _key(self, number: int) -> bytes:
        return self._item(number)[0]

    def _item(self, number: int) -> tuple[bytes, bytes]:
        read, at = self._file.read, self._at(number)
        key_size, value_size = LENGTHS.unpack(read(at, LENGTHS.size))
        item = read(at + LENGTHS.size, key_size + value_size)
        return item[:key_size], item[key_size:]

    def _at(self, number: int) -> int:
        """The position of a key in the file, with its value."""
        size = self._place.size
        return int(self._place.unpack(self._file.read(self._places + number * size, size))[0])


def segment_file(folder: str, segment: str) -> str:
    """The file of the segment of that name in `folder`."""
    return os.path.join(folder, f"{segment}.seg")


def _postings(numbers: Iterable[int], weights: Iterable[float]) -> Postings:
    postings = array("I", numbers), array("d", weights)
    if len(postings[0]) != len(postings[1]):
        raise DamageError("not as many weights as documents")
    return postings
