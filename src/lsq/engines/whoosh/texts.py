"""The folded texts of a segment in one file, for literals to be looked for in.

A file `<segment>.text` beside Whoosh's own: the texts in UTF-8, a NUL after each;
then where each starts, and where the last one ends, as 64-bit little-endian numbers.
Looking for a literal reads the file from its start to its end, and so is complete by
construction. It reads a window at a time: in a process that has just started that was
1.2 times as fast as one `mmap.find` (58 MB in 17 ms, where the system has the file in
memory), and the memory it takes does not grow with the index.

The name is one that Whoosh counts as the segment's and deletes with it. A
file for a segment rather than one for the index, appended to for ever: so a text is
published, merged and thrown away with its postings, by the same commit.
"""

import os
import sys
from array import array
from bisect import bisect_right
from threading import Lock
from typing import Self

from lsq.engines.whoosh.commit import Segment

# In bytes; more is no faster.
WINDOW = 1 << 20


class TextWriter:
    """Writes texts to the file at `unfinished`, until `close` gives it its name."""

    def __init__(self, unfinished: str) -> None:
        self._path = unfinished
        self._file = open(unfinished, "wb")  # noqa: SIM115  # `close` or `abandon` closes it
        self._starts = array("Q", [0])

    def add(self, text: bytes) -> None:
        """Add the text of the next document."""
        # A NUL is no character of text, and must not look like the end of one.
        text = text.replace(b"\0", b" ")
        self._file.write(text + b"\0")
        self._starts.append(self._starts[-1] + len(text) + 1)

    def close(self, path: str) -> None:
        """Bring the file to the disk, whole, and call it `path`."""
        starts = array("Q", self._starts)
        if sys.byteorder == "big":
            starts.byteswap()
        self._file.write(starts.tobytes())
        self._file.flush()
        os.fsync(self._file.fileno())
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
    """

    def __init__(self, path: str, count: int, window: int = WINDOW) -> None:
        self._window = window
        self._lock = Lock()  # of the place in the file
        self._file = open(path, "rb", buffering=0)  # noqa: SIM115  # `close` closes it
        try:
            self._end = self._file.seek(0, os.SEEK_END) - 8 * (count + 1)
            if self._end < 0:
                raise ValueError(f"{path}: too short for the texts of {count} documents")
            self._starts = array("Q", self._read(self._end, 8 * (count + 1)))
            if sys.byteorder == "big":
                self._starts.byteswap()
            if self._starts[-1] != self._end:
                raise ValueError(f"{path}: the texts of {count} documents do not end at its end")
        except BaseException:
            self._file.close()
            raise

    def __getitem__(self, number: int) -> bytes:
        """The text of a document, in UTF-8."""
        return self._read(self._starts[number], self.size(number))

    def size(self, number: int) -> int:
        """How long the text of a document is, in bytes."""
        return self._starts[number + 1] - 1 - self._starts[number]

    def containing(self, sought: bytes) -> list[int]:
        """The numbers of the documents, ascending, whose text contains `sought`."""
        # In UTF-8 no character's bytes occur inside another's: bytes compare as text.
        found: list[int] = []
        buffer = bytearray(self._window + len(sought))
        base = have = 0  # where in the file the buffer begins, and how much it holds
        skip = 0  # where the document after the last one found begins
        with self._lock, memoryview(buffer) as view:
            self._file.seek(0)
            while base + have < self._end and (got := self._file.readinto(view[have:])):
                have = min(have + got, self._end - base)
                at = buffer.find(sought, max(0, skip - base), have)
                while at >= 0:
                    found.append(bisect_right(self._starts, base + at) - 1)
                    skip = self._starts[found[-1] + 1]
                    at = buffer.find(sought, skip - base, have)
                kept = min(have, len(sought) - 1)  # what may begin here and end further on
                view[:kept] = view[have - kept : have]
                base, have = base + have - kept, kept
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

    def _read(self, start: int, size: int) -> bytes:
        with self._lock:
            self._file.seek(start)
            return self._file.read(size) or b""


def text_file(folder: str, segment: str) -> str:
    """The file of the segment of that name in `folder`."""
    return os.path.join(folder, f"{segment}.text")


def open_texts(folder: str, segment: Segment) -> Texts:
    """The texts of a segment in `folder`."""
    return Texts(text_file(folder, segment.name), segment.documents)
