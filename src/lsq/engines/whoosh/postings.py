"""Whole posting lists, in the format of Whoosh's own W3 codec.

Whoosh's writer takes 10 µs a posting, for it checks, buffers and measures each; here
a list is written at once, which takes a tenth of that. What is written, Whoosh's own
reader reads. The format is that of `whoosh.codec.whoosh3` in Whoosh 2.7.4; how often
a word occurs stands in a posting's weight, and there are no values.
"""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pickle import dumps
from zlib import compress

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3TermInfo
from whoosh.fields import FieldType
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.system import pack_ushort
from whoosh.util.numeric import length_to_byte

# Postings in a block; a reader unpacks a block at a time.
BLOCK = 1024
# Lists up to this length stand in the file of terms, without a block.
INLINE = 16
# Of zlib.
LEVEL = 1


class PostingsWriter:
    """Writes the posting lists of a segment, field by field, term by term, both sorted."""

    def __init__(self, storage: FileStorage, segment: object) -> None:
        self._writer = W3FieldWriter(W3Codec(), storage, segment)

    def start_field(self, name: str, field: FieldType) -> None:
        self._writer.start_field(name, field)

    def add(
        self,
        term: bytes,
        documents: Sequence[int],
        weights: Sequence[int],
        lengths: Sequence[int] | None = None,
    ) -> None:
        """Write the posting list of a term.

        Args:
            term: in UTF-8, greater than the one before it in the field.
            documents: the numbers of those that have it, ascending, at least one.
            weights: how often each of them has it.
            lengths: of the field in each of them, in words; None if it keeps none.
        """
        file: StructFile = self._writer._postfile
        info = W3TermInfo()
        info._weight = float(sum(weights))
        info._df = len(documents)
        info._minlength = min(lengths) if lengths else None
        info._maxlength = max(lengths) if lengths else 0
        info._maxweight = float(max(weights))
        info._minid, info._maxid = documents[0], documents[-1]
        if len(documents) <= INLINE:
            info.set_inlined(documents, weights, ())
        else:
            start = file.tell()
            file.write(WHOOSH3_HEADER_MAGIC)
            for low in range(0, len(documents), BLOCK):
                block = slice(low, low + BLOCK)
                last = low + BLOCK >= len(documents)
                _write_block(
                    file, documents[block], weights[block], lengths and lengths[block], last
                )
            info.set_extent(start, file.tell() - start)
        self._writer._tindex.add(pack_ushort(self._writer._fieldid) + term, info.to_bytes())

    def close(self) -> None:
        self._writer.close()


def _write_block(
    file: StructFile,
    documents: Sequence[int],
    weights: Sequence[int],
    lengths: Sequence[int] | None,
    last: bool,
) -> None:
    gaps = (documents[0], *(high - low for low, high in pairwise(documents)))
    top = max(weights)
    packed_weights: float | tuple[int, ...] | None
    if top == 1:
        packed_weights = None
    elif top == min(weights):
        packed_weights = float(top)
    else:
        packed_weights = tuple(weights)
    data = compress(dumps((gaps, packed_weights, None), 2), LEVEL)
    shortest = length_to_byte(min(lengths) if lengths else None)
    longest = length_to_byte(max(lengths) if lengths else 0)
    head = dumps((len(documents), documents[-1], float(top), LEVEL, shortest, longest), 2)
    size = len(head) + len(data)
    file.write_int(-size if last else size)
    file.write(head)
    file.write(data)


class PostingLists:
    """Posting lists gathered in memory, from documents in the order of their numbers."""

    def __init__(self) -> None:
        # For each term, number and weight in turn: an array a term, not an object a posting.
        self._lists: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self.size = 0

    def add(self, number: int, weights: dict[str, int]) -> None:
        """Add a document: its terms, and how often it has each."""
        lists = self._lists
        for term, weight in weights.items():
            one = lists[term]
            one.append(number)
            one.append(weight)
        self.size += len(weights)

    def write(self, writer: PostingsWriter, lengths: Sequence[int] | None = None) -> None:
        """Write all lists in order; `lengths` are those of all documents, by number."""
        for term in sorted(self._lists):
            one = self._lists[term]
            documents = one[::2]
            having = [lengths[number] for number in documents] if lengths else None
            writer.add(term.encode(), documents, one[1::2], having)
