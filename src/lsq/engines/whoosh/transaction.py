"""Change the data of an index in a folder: write segments, then commit.

Segments are written and synced first. The commit renames one small file, Whoosh's table of
contents, which names them. A kill at any moment leaves the last commit intact; the next writer
deletes files that no commit names.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from math import log
from pathlib import Path
from typing import Any, Self

from lsq.disk import sync
from lsq.engines import Stamp
from lsq.engines.document import Document
from lsq.engines.folder.damage import translate_errors
from lsq.engines.folder.data import sweep_unfinished
from lsq.engines.folder.mark import Mark
from lsq.engines.folder.texts import open_texts
from lsq.engines.paths import stored_path
from lsq.engines.stamps import pack_stamp
from lsq.engines.whoosh.commit import (
    INDEX_NAME,
    PLAIN,
    described,
    load_contents,
    with_stamps,
)
from lsq.engines.whoosh.library import (
    SCHEMA,
    TOC,
    DurableStorage,
    FileStorage,
    W3Codec,
    W3Segment,
    clean_files,
)
from lsq.engines.whoosh.segments import SegmentWriter, merge

# How many postings are kept in memory before they are written as a segment and committed: those
# of 25 MB of laws, 8 bytes each and 400 per word. Workers continue meanwhile, so less is left to
# write in the end.
FLUSH = 1_000_000
# How many segments of similar size are merged into one: each word is rewritten log4(N) times.
MERGED = 4
# A segment is rewritten when this share of its text belongs to deleted documents.
DELETED = 1 / 3

# The classes in a commit, for a writer.
CLASSES = {
    ("whoosh.codec.whoosh3", "W3Segment"): W3Segment,
    ("whoosh.codec.whoosh3", "W3Codec"): W3Codec,
    **PLAIN,
}


class WhooshTransaction:
    """An `lsq.engines.folder.store.Transaction`, under the writer lock.

    Args:
        mark: names the data folder.
        location: the index folder; paths are stored relative to it.
        documents: returns the live documents of a file in the last commit.
    """

    def __init__(
        self, mark: Mark, location: str, documents: Callable[[str], Sequence[tuple[str, int]]]
    ) -> None:
        self.segmenter = mark.segmenter()
        self._storage = DurableStorage(mark.data)
        self._location = location
        # Cached, because the path of a file with one article is converted three times.
        self._stored = lru_cache(8)(partial(stored_path, location=location))
        # The segments are copies: a deletion is invisible to readers before the commit.
        self._generation, self._segments, self._stamps = load_contents(mark.data, CLASSES)
        self._old = {described(segment).name: segment for segment in self._segments}
        self._documents = documents
        self._dropped: set[str] = set()
        self._writer: SegmentWriter | None = None
        self._changed = False

    def replace(self, source: str, stamp: Stamp, documents: Iterable[Document]) -> None:
        self.drop(source)
        stored_source = self._stored(source)
        is_blank = True
        with translate_errors(self._location):
            for document in documents:
                is_blank = False
                if self._writer is None:
                    self._writer = SegmentWriter(self._storage)
                path = self._stored(document.path)
                self._writer.add(document, path, stored_source, stamp)
            if is_blank:
                self._stamps[stored_source.encode()] = pack_stamp(stamp)
            self._changed = True
            if self._writer and self._writer.postings >= FLUSH:
                self._end_segment()
                self._publish()

    def restamp(self, source: str, stamp: Stamp) -> None:
        # Segments do not change: the commit has the stamp until the segment is merged.
        self._stamps[self._stored(source).encode()] = pack_stamp(stamp)
        self._changed = True

    def drop(self, source: str) -> None:
        stored_source = self._stored(source)
        if self._stamps.pop(stored_source.encode(), None):
            self._changed = True
        if stored_source in self._dropped or not self._old:
            return
        self._dropped.add(stored_source)
        with translate_errors(self._location):
            for name, number in self._documents(stored_source):
                self._old[name].delete_document(number)
                self._changed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: object, *rest: object) -> None:
        """Commit, or after an error discard what is not committed."""
        try:
            if error is None:
                with translate_errors(self._location):
                    self._end_segment()
                    self._tidy()
                    self._publish()
        finally:
            self.segmenter.close()
            with translate_errors(self._location):
                try:
                    if self._writer:
                        self._writer.abandon()
                finally:
                    sweep_unfinished(self._storage.folder)

    def _end_segment(self) -> None:
        if self._writer:
            self._segments.append(self._writer.finish())
            self._writer = None

    def _tidy(self) -> None:
        while group := _to_merge(self._storage, self._segments):
            kept = [segment for segment in self._segments if segment not in group]
            alive = any(segment.deleted_count() < segment.doc_count_all() for segment in group)
            self._segments = [*kept, merge(self._storage, group, self._stamps)] if alive else kept
            self._changed = True

    def _publish(self) -> None:
        if not self._changed:
            return
        sync(Path(self._storage.folder))
        self._generation += 1
        self._storage.addition = with_stamps(self._stamps)
        TOC(SCHEMA, self._segments, self._generation).write(self._storage, INDEX_NAME)
        clean_files(self._storage, INDEX_NAME, self._generation, self._segments)
        self._changed = False


def _to_merge(storage: FileStorage, segments: list[Any]) -> list[Any]:
    """The segments to merge: one with much deleted text, or several of similar size."""
    sizes: dict[int, list[Any]] = {}
    for segment in segments:
        if segment.deleted_count() and _deleted_share(storage, segment) >= DELETED:
            return [segment]
        live = segment.doc_count_all() - segment.deleted_count()
        sizes.setdefault(int(log(live, MERGED) + 1e-9), []).append(segment)
    return next((similar for similar in sizes.values() if len(similar) >= MERGED), [])


def _deleted_share(storage: FileStorage, segment: Any) -> float:
    """The share of a segment's text that belongs to deleted documents."""
    with open_texts(storage.folder, described(segment)) as texts:
        sizes = [texts.size(number) + 1 for number in range(segment.doc_count_all())]
    wasted: int = sum(sizes[number] for number in segment.deleted_docs())
    return wasted / sum(sizes)
