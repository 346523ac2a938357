"""The folded texts of a segment in one file, for literals to be looked for in.

A file `<segment>.text` beside Whoosh's own: the texts in UTF-8, a NUL after each;
then where each starts, and where the last one ends, as 64-bit little-endian numbers.
`mmap.find` runs over it at the speed of memory, and is complete by construction.
The name is one that Whoosh counts as the segment's and deletes with it.

A file for a segment rather than one for the index, appended to for ever: so a text
is published, merged and thrown away with its postings, by the same commit.
"""

import os
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Self


class TextWriter:
    """Writes texts to the file at `unfinished`, until `close` gives it its name."""

    def __init__(self, unfinished: Path) -> None:
        self._path = unfinished
        self._file = unfinished.open("wb")
        self._starts = array("Q", [0])

    def add(self, text: bytes) -> None:
        """Add the text of the next document."""
        # A NUL is no character of text, and must not look like the end of one.
        text = text.replace(b"\0", b" ")
        self._file.write(text + b"\0")
        self._starts.append(self._starts[-1] + len(text) + 1)

    def close(self, path: Path) -> None:
        """Bring the file to the disk, whole, and call it `path`."""
        starts = array("Q", self._starts)
        if sys.byteorder == "big":
            starts.byteswap()
        self._file.write(starts.tobytes())
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._path.rename(path)

    def abandon(self) -> None:
        """Close and delete the file."""
        self._file.close()
        self._path.unlink(missing_ok=True)


class Texts:
    """The texts of the `count` documents of a segment, mapped from the file at `path`."""

    def __init__(self, path: Path, count: int) -> None:
        with path.open("rb") as file:
            self._map = mmap(file.fileno(), 0, access=ACCESS_READ)
        self._end = len(self._map) - 8 * (count + 1)
        self._starts = array("Q", self._map[self._end :])
        if sys.byteorder == "big":
            self._starts.byteswap()
        if self._starts[-1] != self._end:
            raise ValueError(f"{path}: the texts of {count} documents do not end at its end")

    def __getitem__(self, number: int) -> bytes:
        """The text of a document, in UTF-8."""
        return self._map[self._starts[number] : self._starts[number + 1] - 1]

    def size(self, number: int) -> int:
        """How long the text of a document is, in bytes."""
        return self._starts[number + 1] - 1 - self._starts[number]

    def containing(self, sought: bytes) -> Iterator[int]:
        """The numbers of the documents, ascending, whose text contains `sought`."""
        # In UTF-8 no character's bytes occur inside another's: bytes compare as text.
        at = self._map.find(sought, 0, self._end)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            at = self._map.find(sought, self._starts[number + 1], self._end)

    def count(self, number: int, sought: bytes) -> int:
        """How often `sought` occurs in the text of a document."""
        return self[number].count(sought)

    def close(self) -> None:
        self._map.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def text_file(folder: str, segment: Any) -> Path:
    """The file of a segment of Whoosh's in `folder`."""
    return Path(folder, f"{segment.segment_id()}.text")


def open_texts(folder: str, segment: Any) -> Texts:
    """The texts of a segment of Whoosh's in `folder`."""
    return Texts(text_file(folder, segment), segment.doc_count_all())
