"""One state of an index, open for reading: that of one commit."""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from lsq.engines.folder.damage import UNPACKING
from lsq.engines.folder.snapshot_segment import Segment

if TYPE_CHECKING:
    from lsq.engines.folder.store import Store

# Looking up the documents of one file takes as long as reading the files of this many documents.
_LOOKUP = 50
# How many files are looked up one by one even if there are few documents.
_FEW = 20

_TRIES = 20
_PAUSE = 0.05  # seconds


class Snapshot:
    """The last commit in a folder of data, when it was opened.

    Args:
        folder: of the data.
        store: what keeps its postings.

    Attributes:
        segments: in the order of their documents.
        stamps: packed stamps by stored path: of files without articles, and stamps that replace
            those in the articles' columns.

    Raises:
        OSError: it cannot be read.
    """

    def __init__(self, folder: str, store: "Store") -> None:
        self.segments: list[Segment] = []
        self.stamps: dict[bytes, bytes] = {}
        self._lookups = 0
        self._open(folder, store)

    @classmethod
    def empty(cls) -> Self:
        """A snapshot of nothing."""
        new = cls.__new__(cls)
        new.segments, new.stamps, new._lookups = [], {}, 0
        return new

    def _open(self, folder: str, store: "Store") -> None:
        for remaining in reversed(range(_TRIES)):
            try:
                commit = store.read_commit(folder)
                self.stamps = commit.stamps
                first = 0
                for info in commit.segments:
                    self.segments.append(Segment(folder, info, first, store))
                    first += info.documents
                return
            except FileNotFoundError:
                # A newer commit has just deleted files that this one names.
                self.close()
                if not remaining:
                    raise
                time.sleep(_PAUSE)
            except BaseException:
                self.close()
                raise

    def begin(self) -> None:
        """Begin another query; without this call, results are cached until this is closed."""
        for segment in self.segments:
            segment.begin()

    @property
    def max_doc(self) -> int:
        """How many documents there are, those deleted but still in the files included."""
        return sum(segment.info.documents for segment in self.segments)

    @property
    def count(self) -> int:
        """How many documents there are."""
        return self.max_doc - sum(len(segment.info.deleted) for segment in self.segments)

    @cached_property
    def total_length(self) -> int:
        """The number of words in all documents of `max_doc`."""
        return sum(segment.info.total_length for segment in self.segments)

    def doc_freq(self, *words: str) -> int:
        """How many documents of `max_doc` have all of these words."""
        return sum(segment.doc_freq(words) for segment in self.segments)

    def packed_stamps(
        self, is_wanted: Callable[[bytes], bool] = lambda _: True
    ) -> dict[bytes, bytes]:
        """The packed stamps of all files, or of those that are wanted, by stored path."""
        found: dict[bytes, bytes] = {}
        for segment in self.segments:
            stamps, sources = segment.column("stamp"), segment.column("source")
            for number in segment.numbers():
                stamp = stamps[number]
                if is_wanted(stamp) and (source := sources[number]) not in self.stamps:
                    found[source] = stamp
        newer = ((source, stamp) for source, stamp in self.stamps.items() if is_wanted(stamp))
        return found | dict(newer)

    def rows(self, *names: str) -> Iterator[tuple[Segment, int, list[Any]]]:
        """The live documents: segment, number in it, and values of these columns."""
        for segment in self.segments:
            columns = [segment.column(name) for name in names]
            for number in segment.numbers():
                yield segment, number, [column[number] for column in columns]

    def documents(self, source: str) -> Sequence[tuple[str, int]]:
        """The live documents of a file, given by its stored path: segment names and numbers."""
        self._lookups += 1
        if self._lookups > _FEW + self.max_doc // _LOOKUP:
            return self._documents.get(source, ())
        return [
            (segment.info.name, number)
            for segment in self.segments
            for number in segment.documents(source)
        ]

    @cached_property
    def _documents(self) -> dict[str, list[tuple[str, int]]]:
        """The live documents of every file."""
        found: dict[str, list[tuple[str, int]]] = {}
        for segment, number, (source,) in self.rows("source"):
            with UNPACKING:
                path = source.decode()
            found.setdefault(path, []).append((segment.info.name, number))
        return found

    def segment_of(self, key: int) -> tuple[Segment, int]:
        """The segment that a document of the whole index is in, and its number there."""
        segment = next(segment for segment in reversed(self.segments) if segment.first <= key)
        return segment, key - segment.first

    def forget(self) -> None:
        """Free the memory of what was read."""
        for segment in self.segments:
            segment.file.forget()
            segment.texts.forget()

    def close(self) -> None:
        for segment in self.segments:
            segment.close()
        self.segments = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
