"""Write segments from documents, or by merging other segments.

A new segment is invisible to readers until a commit names it.
"""

import heapq
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from lsq.disk import sync
from lsq.engines import Stamp
from lsq.engines.bm25 import length_to_norm
from lsq.engines.document import Document
from lsq.engines.folder.damage import UNPACKING
from lsq.engines.folder.sealed import seal
from lsq.engines.folder.store import COLUMNS, UNFINISHED, Postings
from lsq.engines.folder.texts import TextWriter, open_texts
from lsq.engines.stamps import pack_stamp
from lsq.engines.whoosh.commit import INDEX_NAME, described
from lsq.engines.whoosh.library import SCHEMA, FileStorage, W3Codec
from lsq.engines.whoosh.postings import PostingLists, PostingsWriter
from lsq.engines.whoosh.segment_file import SegmentFile, segment_file
from lsq.query.keys import name_key, names_of

# How many words of a segment are read before their memory is freed.
FORGET = 1000


class SegmentWriter:
    """A segment being written to the storage of an index."""

    def __init__(self, storage: FileStorage) -> None:
        codec = W3Codec()
        self.segment = codec.new_segment(storage, INDEX_NAME)
        self._storage = storage
        self._columns = codec.per_document_writer(storage, self.segment)
        # Without the index name as prefix, so that Whoosh does not pack it into the segment.
        self._texts = TextWriter(storage.folder, self.segment.segid, UNFINISHED)
        self._names = PostingLists()
        self._paths = PostingLists()
        self._words = PostingLists()
        self.lengths = array("I")

    @property
    def postings(self) -> int:
        """The number of postings in memory."""
        return self._words.size

    def add(self, document: Document, path: str, source: str, stamp: Stamp) -> None:
        """Add a document, with the stored forms of its path and its file."""
        number = len(self.lengths)
        words = document.words.split("\0") if document.words else []
        self._words.add(number, words, document.counts)
        values = {
            "path": path.encode(),
            "ordinal": document.ordinal,
            "source": source.encode(),
            "stamp": pack_stamp(stamp),
            "length": document.length,
            "norm": length_to_norm(document.length),
        }
        self.add_row(values | document.columns, document.text)

    def add_row(self, values: dict[str, Any], text: bytes) -> None:
        """Add a document's columns and text, without its words."""
        number = len(self.lengths)
        self._columns.start_doc(number)
        for name in COLUMNS:
            self._columns.add_column_value(name, SCHEMA[name].column_type, values[name])
        self._columns.add_field("words", SCHEMA["words"], None, values["length"])
        self._columns.finish_doc()
        names = names_of(values["title"].decode(), values["number"].decode())
        keys = set(map(name_key, names))
        self._names.add(number, keys, [1] * len(keys))
        self._paths.add(number, [values["path"].decode()], [1])
        self._texts.add(text)
        self.lengths.append(values["length"])

    def finish(
        self, merged: Iterator[tuple[bytes, Sequence[int], Sequence[int]]] | None = None
    ) -> Any:
        """Write the rest, and sync the segment to the disk.

        Args:
            merged: the sorted posting lists of the words, if documents were added by `add_row`.

        Returns:
            The segment, an object of Whoosh.
        """
        self.segment.set_doc_count(len(self.lengths))
        self._columns.close()
        with closing(PostingsWriter(self._storage, self.segment)) as writer:
            writer.start_field("names")
            self._names.write(writer)
            writer.start_field("path")
            self._paths.write(writer)
            writer.start_field("words", self.lengths)
            if merged is None:
                self._words.write(writer)
            else:
                for word, numbers, weights in merged:
                    writer.add(word, numbers, weights)
        self.segment.create_compound_file(self._storage)
        folder, name = self._storage.folder, self.segment.segment_id()
        packed = segment_file(folder, name)
        seal(packed)
        sync(Path(packed))
        self._texts.close(name)
        return self.segment

    def abandon(self) -> None:
        """Delete what was written so far."""
        self._texts.abandon()
        with suppress(Exception):  # Whoosh raises this if it has closed it itself
            self._columns._cols._temp.close()
        for name in self.segment.list_files(self._storage):
            Path(self._storage.folder, name).unlink(missing_ok=True)


def merge(storage: FileStorage, segments: Sequence[Any], stamps: dict[bytes, bytes]) -> Any:
    """Merge segments into one, without their deleted documents.

    Lists are merged term by term, so memory does not grow with the segments.

    Args:
        storage: that of the index.
        segments: the segments to merge.
        stamps: stamps that replace those of documents, by source; used ones are removed.
    """
    writer = SegmentWriter(storage)
    sources: list[tuple[SegmentFile, dict[int, int]]] = []
    restamped: set[bytes] = set()
    opened = ExitStack()
    try:
        for segment in segments:
            named = described(segment)
            file = opened.enter_context(closing(SegmentFile(storage.folder, named)))
            texts = opened.enter_context(open_texts(storage.folder, named))
            columns: dict[str, Any] = {name: file.column(name) for name in COLUMNS}
            numbers: dict[int, int] = {}
            for number in range(named.documents):
                if number in named.deleted:
                    continue
                numbers[number] = len(writer.lengths)
                values = {name: column[number] for name, column in columns.items()}
                with UNPACKING:
                    values["path"].decode()
                if (source := values["source"]) in stamps:
                    values["stamp"] = stamps[source]
                    restamped.add(source)
                writer.add_row(values, texts[number])
            sources.append((file, numbers))
            file.forget()
            texts.forget()
        merged = writer.finish(_merged(sources))
    except BaseException:
        writer.abandon()
        raise
    finally:
        opened.close()
    for source in restamped:  # all documents of a file are in one segment
        del stamps[source]
    return merged


def _merged(
    sources: Iterable[tuple[SegmentFile, dict[int, int]]],
) -> Iterator[tuple[bytes, Sequence[int], Sequence[int]]]:
    """The posting lists of all words in all segments, sorted, with their new numbers."""
    streams = [_words(file, new) for file, new in sources]
    by_word = itemgetter(0)
    for word, holders in groupby(heapq.merge(*streams, key=by_word), key=by_word):
        numbers, weights = array("I"), array("I")
        for _, new, postings in holders:
            for old_numbers, old_weights in postings:
                for old, weight in zip(old_numbers, old_weights, strict=True):
                    if old in new:
                        numbers.append(new[old])
                        weights.append(int(weight))
        if numbers:
            yield word, numbers, weights


def _words(
    file: SegmentFile, new: dict[int, int]
) -> Iterator[tuple[bytes, dict[int, int], Iterator[Postings]]]:
    """All words of a segment, sorted, each with its posting list and the new numbers."""
    for count, (word, postings) in enumerate(file.words()):
        if count % FORGET == 0:
            file.forget()
        yield word, new, postings
