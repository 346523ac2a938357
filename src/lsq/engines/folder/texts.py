"""The folded texts of a segment in one file, in which literals are searched.

The file `<segment>.text` is sealed (`lsq.engines.folder.sealed`) with a checksum per 8 KB, and has,
in little-endian:

    texts     in UTF-8, with a NUL after each
    starts    the start of each text, and the end of the last one, in 64 bits
    sum       the checksum of all texts, in 64 bits

If there is enough text, a file of signatures beside it (`lsq.engines.folder.signatures`) narrows a
search to the pieces of the texts that may contain the literal. Otherwise, or if too many pieces
remain, all texts are read, a window at a time, so that memory does not grow with the index. From
the system's cache, 58 MB are read in 7 ms. StringZilla scans them in 1 ms; `bytes.find`, the
fallback, takes 7 for ten ideographs, and 31 for two.

Every read is verified. The checksum of all texts is verified when all are first read: 1 ms for
58 MB, where `zlib.crc32` would take 10. Checksums are for pieces of the file, not for texts, so
opening a segment takes the same for any number of texts.

The store deletes the file with the segment, by its name. With a file per segment, rather than one
that only grows, a text is published, merged and deleted by the same commit as its postings.
"""

import os
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, Self

from xxhash import xxh3_64

from lsq.disk import PieceFile, create, sync
from lsq.engines.folder.damage import DamageError
from lsq.engines.folder.sealed import CHECKSUM, Sealed, little_endian, numbers, seal
from lsq.engines.folder.signatures import PIECE, Signatures, SignatureWriter, signature_file
from lsq.text.find import count, find

if TYPE_CHECKING:
    from lsq.engines.folder.store import SegmentInfo
    from lsq.query.anchor import Anchor

# In bytes; larger windows are not faster.
WINDOW = 1 << 20
# Of all bytes: a larger share than this is not read a few documents at a time.
_MOST: Final = 0.6
# Cached pieces: most texts are read in the order of the file.
_KEPT: Final = 64


class TextWriter:
    """Writes texts, and their signatures, to new files in a folder, until `close` names them.

    Args:
        folder: the folder.
        name: what their names begin with until then.
        unfinished: what these end with.
    """

    def __init__(self, folder: str, name: str, unfinished: str) -> None:
        self._folder = folder
        self._path = os.path.join(folder, f"{name}{unfinished}")
        self._file = create(self._path)  # `close` or `abandon` closes it
        self._signatures = SignatureWriter(os.path.join(folder, f"{name}_{unfinished}"))
        self._starts = array("Q", [0])
        self._sum = xxh3_64()  # of all texts

    def add(self, text: bytes) -> None:
        """Add the text of the next document, in which there is no NUL."""
        text += b"\0"
        self._file.write(text)
        self._starts.append(self._starts[-1] + len(text))
        self._sum.update(text)
        self._signatures.add(text)

    def close(self, segment: str) -> None:
        """Sync the complete files to the disk, and name them as those of a segment."""
        path = text_file(self._folder, segment)
        self._starts.append(self._sum.intdigest())
        self._file.write(little_endian(self._starts))
        self._file.close()
        seal(self._path, os.path.basename(path), PIECE)
        sync(self._path)
        self._signatures.close(signature_file(self._folder, segment))
        os.rename(self._path, path)

    def abandon(self) -> None:
        """Close and delete the files."""
        self._signatures.abandon()
        self._file.close()
        if os.path.exists(self._path):
            os.unlink(self._path)


class Texts:
    """The texts of the `count` documents of a segment.

    Args:
        path: their file; it stays open, so it can be read even when it is deleted.
        count: how many documents there are.
        signatures: the file of their signatures, or what would be its name if it were there.
        window: how much is read at a time, in bytes.

    Raises:
        OSError: a file cannot be read.
        DamageError: it is not as it was written; so does every method.
    """

    def __init__(
        self, path: str, count: int, signatures: str | None = None, window: int = WINDOW
    ) -> None:
        self._path = path
        self._window = window
        self._count = count
        self._file = PieceFile(path)
        self._signatures: Signatures | None = None
        try:
            self._sealed = Sealed(path, self._file, PIECE, _KEPT)
            self._end = self._sealed.size - CHECKSUM * (count + 2)
            if self._end < 0:
                raise DamageError(f"{path}: too short for the texts of {count} documents")
            if signatures is not None and os.path.lexists(signatures):
                self._signatures = Signatures(signatures, self._end)
        except BaseException:
            self.close()
            raise
        self._good = False  # whether all texts have been verified

    def __getitem__(self, number: int) -> bytes:
        """The text of a document, in UTF-8."""
        if not 0 <= number < self._count:
            raise DamageError(f"{self._path}: there is no document {number}")
        start, end = self._starts[number : number + 2]
        return self._sealed.read(start, end - 1 - start)

    def size(self, number: int) -> int:
        """The length of the text of a document, in bytes."""
        return self._starts[number + 1] - 1 - self._starts[number]

    def containing(self, sought: bytes, among: frozenset[int] | None = None) -> list[int]:
        """The numbers of the documents, ascending, whose text contains `sought`.

        Args:
            sought: the bytes to find.
            among: the documents that count; others with it may be given too. None for all.
        """
        # In UTF-8 no character's bytes occur inside another's: bytes compare as text.
        pieces = None if self._signatures is None else self._signatures.candidates(sought)
        if among is None:
            return self._in_all(sought) if pieces is None else self._in_pieces(sought, pieces)
        if pieces is not None:
            return self._in_pieces(sought, self._overlapping(pieces, among))
        if sum(map(self.size, among)) > self._end * _MOST:
            return self._in_all(sought)
        return self._in_some(sought, among)

    def _overlapping(self, pieces: Iterable[int], documents: frozenset[int]) -> Iterator[int]:
        """Those of these pieces in which any of these documents has a part."""
        for piece in pieces:
            start = piece * PIECE
            first = bisect_right(self._starts, start) - 1
            after = bisect_left(self._starts, min(start + PIECE, self._end), first)
            if not documents.isdisjoint(range(first, after)):
                yield piece

    def _in_some(self, sought: bytes, documents: Iterable[int]) -> list[int]:
        """Those of these documents, and of others read with them, with an occurrence."""
        found: list[int] = []
        for run, text in self.together(documents, self._window):
            start = self._starts[run[0]]
            at = find(text, sought)
            while at >= 0:
                found.append(bisect_right(self._starts, start + at) - 1)
                at = find(text, sought, self._starts[found[-1] + 1] - start)
        return found

    def anchored(self, anchor: "Anchor") -> list[int]:
        """The documents, ascending, whose text may contain a match with an anchor."""
        sought = anchor.sought
        pieces = None if self._signatures is None else self._signatures.candidates(sought)
        if pieces is None:
            return self._in_all(sought, anchor)
        return self._in_pieces(sought, pieces, anchor)

    def _in_pieces(
        self, sought: bytes, pieces: Iterable[int], anchor: "Anchor | None" = None
    ) -> list[int]:
        """The documents with an occurrence that begins in one of these pieces."""
        found: list[int] = []
        skip = 0  # where the document after the last one found begins
        beginnings = tuple(sought[:size] for size in range(1, len(sought)))
        for piece in pieces:
            start = piece * PIECE
            end = min(start + PIECE, self._end)
            if end <= skip:
                continue
            text = self._sealed.read(start, end - start)
            if text.endswith(beginnings):  # it may end in the next piece, which few take
                end = min(end + len(sought) - 1, self._end)
                text = self._sealed.read(start, end - start)
            at = find(text, sought, max(0, skip - start))
            while at >= 0:
                if anchor is not None and not anchor.may_be_at(text, at, len(text)):
                    at = find(text, sought, at + 1)
                    continue
                found.append(bisect_right(self._starts, start + at) - 1)
                skip = self._starts[found[-1] + 1]
                at = find(text, sought, skip - start) if skip < end else -1
        return found

    def _in_all(self, sought: bytes, anchor: "Anchor | None" = None) -> list[int]:
        found: list[int] = []
        base = have = 0  # where in the file the view begins, and its length
        skip = 0  # where the document after the last one found begins
        whole = xxh3_64()
        buffer = bytearray(self._window + len(sought))
        with memoryview(buffer) as view:
            while base + have < self._end and (
                got := self._file.read_into(base + have, view[have:])
            ):
                got = min(got, self._end - base - have)
                if not self._good:
                    whole.update(view[have : have + got])
                have += got
                at = find(buffer, sought, max(0, skip - base), have)
                while at >= 0:
                    if anchor is not None and not anchor.may_be_at(buffer, at, have):
                        at = find(buffer, sought, at + 1, have)
                        continue
                    found.append(bisect_right(self._starts, base + at) - 1)
                    skip = self._starts[found[-1] + 1]
                    at = find(buffer, sought, skip - base, have)
                kept = min(have, len(sought) - 1)  # an occurrence may begin here and end further on
                view[:kept] = view[have - kept : have]
                base, have = base + have - kept, kept
            self._good = self._good or whole.intdigest() == self._sum
        if not self._good:
            raise DamageError(f"{self._path}: the texts are damaged")
        return found

    def counts(self, documents: Iterable[int], sought: bytes) -> Iterator[tuple[int, int]]:
        """These documents, ascending, each with how often `sought` occurs in its text."""
        for run, content in self.together(documents, self._window):
            starts = self._starts[run[0] : run[-1] + 2]
            for number in run:
                start, end = starts[number - run[0]], starts[number - run[0] + 1]
                yield number, count(content, sought, start - starts[0], end - starts[0])

    def together(
        self, documents: Iterable[int], most: int
    ) -> Iterator[tuple[Sequence[int], bytes]]:
        """These documents, ascending, those that lie close together at once.

        Args:
            documents: their numbers.
            most: how many bytes are read at once, unless one text is larger.

        Yields:
            Some of them, and the texts of all from the first to the last of these, a NUL after
            each.
        """
        for run in self._runs(sorted(documents), most):
            start, end = self._starts[run[0]], self._starts[run[-1] + 1]
            yield run, self._sealed.read(start, end - start)

    def _runs(self, documents: Sequence[int], most: int) -> Iterator[Sequence[int]]:
        """Documents that lie close together, to be read at once."""
        first = 0
        for index, number in enumerate(documents):
            before = documents[index - 1] if index else number
            start, end = self._starts[before + 1], self._starts[number]
            whole = self._starts[number + 1] - self._starts[documents[first]]
            if index > first and (end - start > PIECE or whole > most):
                yield documents[first:index]
                first = index
        if documents:
            yield documents[first:]

    def forget(self) -> None:
        """Free the memory of what was read; it can be read again."""
        self._sealed.forget()

    def close(self) -> None:
        self._file.close()
        if self._signatures is not None:
            self._signatures.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @cached_property
    def _starts(self) -> "array[int]":
        # Not read when a segment is opened: there is one for each document.
        starts = numbers(self._sealed.read(self._end, CHECKSUM * (self._count + 1)))
        if starts[-1] != self._end:
            raise DamageError(f"{self._path}: not the texts of {self._count} documents")
        return starts

    @cached_property
    def _sum(self) -> int:
        """The checksum of all texts."""
        return numbers(self._sealed.read(self._sealed.size - CHECKSUM, CHECKSUM))[0]


def text_file(folder: str, segment: str) -> str:
    """The file of the segment of that name in `folder`."""
    return os.path.join(folder, f"{segment}.text")


def open_texts(folder: str, segment: "SegmentInfo") -> Texts:
    """The texts of a segment in `folder`."""
    name = segment.name
    return Texts(text_file(folder, name), segment.documents, signature_file(folder, name))
