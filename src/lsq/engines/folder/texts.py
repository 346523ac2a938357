"""The folded texts of a segment in one file, for literals to be looked for in.

A file `<segment>.text` beside the store's own, in little-endian:

    texts     in UTF-8, a NUL after each
    starts    where each text starts, and where the last one ends, in 64 bits
    sums      the checksum of each text, in 64 bits
    trailer   the checksum of all texts, that of the file's name and of what else
              stands here, a mark

Looking for a literal reads the texts from start to end, and so is complete by
construction. It reads a window at a time, so the memory it takes does not grow with the
index. Where the system has the file in memory, 58 MB are read in 7 ms; StringZilla then
looks through them in 1, where `bytes.find`, which stands in where StringZilla is missing,
takes 7 for ten ideographs, and 31 for two.

A text that is read is held to its checksum, and the first time that all are read, they
are to theirs: 1 ms for 58 MB, where `zlib.crc32` would take 10.

The name is one that the store counts as the segment's and deletes with it. A
file for a segment rather than one for the index, appended to for ever: so a text is
published, merged and thrown away with its postings, by the same commit.
"""

import os
import struct
from array import array
from bisect import bisect_right
from threading import Lock
from typing import TYPE_CHECKING, Self

from xxhash import xxh3_64, xxh3_64_intdigest

from lsq.disk import create, flush, look
from lsq.engines.folder.damage import DamageError
from lsq.engines.folder.sealed import CHECKSUM, checksum_of, little_endian, numbers
from lsq.text.find import find

if TYPE_CHECKING:
    from lsq.engines.folder.store import SegmentInfo

# In bytes; more is no faster.
WINDOW = 1 << 20

_MARK = b"lsq text"
_TRAILER = struct.Struct("<QQ8s")


class TextWriter:
    """Writes texts to the file at `unfinished`, until `close` gives it its name."""

    def __init__(self, unfinished: str) -> None:
        self._path = unfinished
        self._file = create(unfinished)  # `close` or `abandon` closes it
        self._starts = array("Q", [0])
        self._sums = array("Q")
        self._sum = xxh3_64()  # of all texts

    def add(self, text: bytes) -> None:
        """Add the text of the next document, in which there is no NUL."""
        text += b"\0"
        self._file.write(text)
        self._starts.append(self._starts[-1] + len(text))
        self._sums.append(xxh3_64_intdigest(text))
        self._sum.update(text)

    def close(self, path: str) -> None:
        """Bring the file to the disk, whole, and call it `path`."""
        tables = little_endian(self._starts) + little_endian(self._sums)
        whole = self._sum.intdigest()
        checksum = checksum_of(os.path.basename(path), tables, whole)
        self._file.write(tables + _TRAILER.pack(whole, checksum, _MARK))
        self._file.flush()
        flush(self._file.fileno())
        self._file.close()
        os.rename(self._path, path)

    def abandon(self) -> None:
        """Close and delete the file."""
        self._file.close()
        if os.path.exists(self._path):
            os.unlink(self._path)


class Texts:
    """The texts of the `count` documents of a segment, in the file at `path`.

    Args:
        path: the file; it stays open, so it can be read even when it is deleted.
        count: how many documents there are.
        window: how much is read at once, in bytes.

    Raises:
        OSError: it cannot be read.
        DamageError: it is not as it was written; so does every method.
    """

    def __init__(self, path: str, count: int, window: int = WINDOW) -> None:
        self._path = path
        self._window = window
        self._lock = Lock()  # of the place in the file
        self._file = look(path)  # `close` closes it
        try:
            self._open(count)
        except BaseException:
            self._file.close()
            raise
        self._good = False  # whether all texts have been checked

    def __getitem__(self, number: int) -> bytes:
        """The text of a document, in UTF-8."""
        if not 0 <= number < len(self._sums):
            raise DamageError(f"{self._path}: there is no document {number}")
        start = self._starts[number]
        text = self._read(start, self._starts[number + 1] - start)
        if xxh3_64_intdigest(text) != self._sums[number]:
            raise DamageError(f"{self._path}: the text of document {number} is damaged")
        return text[:-1]

    def size(self, number: int) -> int:
        """How long the text of a document is, in bytes."""
        return self._starts[number + 1] - 1 - self._starts[number]

    def containing(self, sought: bytes) -> list[int]:
        """The numbers of the documents, ascending, whose text contains `sought`."""
        # In UTF-8 no character's bytes occur inside another's: bytes compare as text.
        found: list[int] = []
        base = have = 0  # where in the file the view begins, and how much it holds
        skip = 0  # where the document after the last one found begins
        whole = xxh3_64()
        buffer = bytearray(self._window + len(sought))
        with self._lock, memoryview(buffer) as view:
            self._file.seek(0)
            while base + have < self._end and (got := self._file.readinto(view[have:])):
                got = min(got, self._end - base - have)
                if not self._good:
                    whole.update(view[have : have + got])
                have += got
                at = find(buffer, sought, max(0, skip - base), have)
                while at >= 0:
                    found.append(bisect_right(self._starts, base + at) - 1)
                    skip = self._starts[found[-1] + 1]
                    at = find(buffer, sought, skip - base, have)
                kept = min(have, len(sought) - 1)  # what may begin here and end further on
                view[:kept] = view[have - kept : have]
                base, have = base + have - kept, kept
            self._good = self._good or whole.intdigest() == self._sum
        if not self._good:
            raise DamageError(f"{self._path}: the texts are damaged")
        return found

    def count(self, number: int, sought: bytes) -> int:
        """How often `sought` occurs in the text of a document."""
        return self[number].count(sought)

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _open(self, count: int) -> None:
        """Read where the texts start, and the sums."""
        starts, sums = 8 * (count + 1), CHECKSUM * count
        size = starts + sums + _TRAILER.size
        self._end = self._file.seek(0, os.SEEK_END) - size
        if self._end < 0:
            raise DamageError(f"{self._path}: too short for the texts of {count} documents")
        name, read = os.path.basename(self._path), self._read(self._end, size)
        if len(read) < size:
            raise DamageError(f"{self._path}: shorter than it was a moment ago")
        tables, trailer = read[: starts + sums], read[starts + sums :]
        self._sum, checksum, mark = _TRAILER.unpack(trailer)
        if mark != _MARK or checksum != checksum_of(name, tables, self._sum):
            raise DamageError(f"{self._path}: its checksums are damaged, or another file's")
        self._starts = numbers(tables[:starts])
        self._sums = numbers(tables[starts:])

    def _read(self, start: int, size: int) -> bytes:
        with self._lock:
            self._file.seek(start)
            return self._file.read(size) or b""


def text_file(folder: str, segment: str) -> str:
    """The file of the segment of that name in `folder`."""
    return os.path.join(folder, f"{segment}.text")


def open_texts(folder: str, segment: "SegmentInfo") -> Texts:
    """The texts of a segment in `folder`."""
    return Texts(text_file(folder, segment.name), segment.documents)
