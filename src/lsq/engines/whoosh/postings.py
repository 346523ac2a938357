"""Write posting lists in bulk, in the format of Whoosh's W3 codec.

Whoosh's writer takes 10 µs per posting, as it checks, buffers and measures each. Here a list is
written at once, in a tenth of the time; Whoosh's reader can read it. The format is that of
`whoosh.codec.whoosh3` in Whoosh 2.7.4; the weight of a posting is the frequency of the word, and
there are no values.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import islice
from operator import sub
from pickle import dumps
from typing import Any
from zlib import compress

from lsq.engines.whoosh.library import (
    FileStorage,
    W3Codec,
    length_to_byte,
)
from lsq.engines.whoosh.segment_file import EXTENT, INT, MAGIC, TERM
from lsq.engines.whoosh.terms import TermsWriter

# Postings in a block; a reader unpacks a block at a time.
BLOCK = 1024
# Lists up to this length are stored in the file of terms, without a block.
INLINE = 16
# Of zlib.
LEVEL = 1


class PostingsWriter:
    """Writes the posting lists of a segment: fields and terms in sorted order."""

    def __init__(self, storage: FileStorage, segment: Any) -> None:
        self._terms = TermsWriter(segment.create_file(storage, W3Codec.TERMS_EXT))
        self._file = segment.create_file(storage, W3Codec.POSTS_EXT)
        self._at = 0
        self._field = b""

    def start_field(self, name: str, lengths: Sequence[int] = ()) -> None:
        """Start a field.

        Args:
            name: the name of the field.
            lengths: its length in each document, in words; empty if it has no lengths.
        """
        self._field = self._terms.start_field(name)
        # Whoosh's searcher skips blocks by these bounds; those of all documents are valid for
        # each block too.
        self._shortest = length_to_byte(min(lengths, default=None))
        self._longest = length_to_byte(max(lengths, default=0))

    def add(self, term: bytes, documents: Sequence[int], weights: Sequence[int]) -> None:
        """Write the posting list of a term.

        Args:
            term: in UTF-8, greater than the previous one in the field.
            documents: the numbers of the documents with it, ascending, at least one.
            weights: its frequency in each of them.
        """
        inlined = len(documents) <= INLINE
        if inlined:
            where = dumps((tuple(documents), tuple(weights), ()), 2)
        else:
            where = EXTENT.pack(self._at, self._write_list(documents, weights))
        known = TERM.pack(
            inlined,
            sum(weights),
            len(documents),
            self._shortest,
            self._longest,
            max(weights),
            documents[0],
            documents[-1],
        )
        self._terms.add(self._field + term, known + where)

    def close(self) -> None:
        try:
            self._terms.close()
        finally:
            self._file.close()

    def _write_list(self, documents: Sequence[int], weights: Sequence[int]) -> int:
        """Write a list, block by block; return its size in bytes."""
        pieces = [MAGIC]
        for low in range(0, len(documents), BLOCK):
            last = low + BLOCK >= len(documents)
            pieces += self._block(documents[low : low + BLOCK], weights[low : low + BLOCK], last)
        size = sum(map(len, pieces))
        self._file.write(b"".join(pieces))
        self._at += size
        return size

    def _block(
        self, documents: Sequence[int], weights: Sequence[int], last: bool
    ) -> tuple[bytes, bytes, bytes]:
        gaps = _small((documents[0], *map(sub, islice(documents, 1, None), documents)))
        top = max(weights)
        packed_weights: float | bytes | tuple[int, ...] | None
        if top == 1:
            packed_weights = None
        elif top == min(weights):
            packed_weights = float(top)
        else:
            packed_weights = _small(tuple(weights))
        data = compress(dumps((gaps, packed_weights, None), 3), LEVEL)
        bounds = (self._shortest, self._longest)
        head = dumps((len(documents), documents[-1], float(top), LEVEL, *bounds), 2)
        size = len(head) + len(data)
        return INT.pack(-size if last else size), head, data


def _small(numbers: tuple[int, ...]) -> bytes | tuple[int, ...]:
    """The numbers as bytes if each fits into one, which is half the size.

    Whoosh's reader accepts any iterable of numbers.
    """
    try:
        return bytes(numbers)
    except ValueError:
        return numbers


class PostingLists:
    """Posting lists in memory, built from documents in the order of their numbers."""

    def __init__(self) -> None:
        # One array per term, with number and weight in turn: less memory than objects.
        self._lists: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self.size = 0

    def add(self, number: int, terms: Collection[str], weights: Collection[int]) -> None:
        """Add a document: its terms, each once, and their frequencies."""
        lists = self._lists
        for term, weight in zip(terms, weights, strict=True):
            one = lists[term]
            one.append(number)
            one.append(weight)
        self.size += len(terms)

    def write(self, writer: PostingsWriter) -> None:
        """Write all lists, sorted by term."""
        for term in sorted(self._lists):
            one = self._lists[term]
            writer.add(term.encode(), one[::2], one[1::2])
