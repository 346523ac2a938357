"""One state of an index, open for reading: that of one commit."""

import time
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader

from lsq.engines.whoosh.lines import lined
from lsq.engines.whoosh.paths import shown_path
from lsq.engines.whoosh.schema import INDEX_NAME, SCHEMA
from lsq.engines.whoosh.texts import Texts, open_texts
from lsq.query import Literal, Query

_TRIES = 20
_PAUSE = 0.05  # seconds


class Part:
    """A segment of a snapshot.

    Attributes:
        segment: as the commit names it.
        first: the number of its first document in the whole index.
        reader: Whoosh's reader of it.
        texts: its folded texts.
    """

    def __init__(self, storage: FileStorage, segment: Any, first: int) -> None:
        self.segment = segment
        self.first = first
        self._storage = storage
        self._found: dict[Query, frozenset[int]] = {}
        self.reader: SegmentReader = FileIndex._reader(storage, SCHEMA, [segment], 0)
        try:
            self.texts: Texts = open_texts(storage.folder, segment)
        except BaseException:
            self.reader.close()
            raise

    @cached_property
    def live(self) -> frozenset[int]:
        """The numbers, in the segment, of the documents that are not deleted."""
        deleted = set(self.segment.deleted_docs())
        return frozenset(range(self.segment.doc_count_all())).difference(deleted)

    @cached_property
    def norms(self) -> bytes:
        """The norm of each document."""
        column = self.reader.column_reader("norm", translate=False)
        return bytes(column[number] for number in range(self.segment.doc_count_all()))

    def containing(self, text: str) -> frozenset[int]:
        """The live documents whose text contains `text`; looked for once."""
        sought = text.encode("utf-8", "replace")
        return self.once(Literal(text), lambda: self.texts.containing(sought))

    def once(self, query: Query, find: Callable[[], Iterable[int]]) -> frozenset[int]:
        """The live documents among those that `find` gives for `query`; looked for once."""
        if query not in self._found:
            self._found[query] = self.live.intersection(find())
        return self._found[query]

    def squeezed(self, number: int) -> str:
        """The squeezed text of a document."""
        return self.texts[number].decode()

    def lined(self, number: int) -> str:
        """The lined text of a document."""
        return lined(self.squeezed(number), self._lines[number])

    def values(self, field: str) -> Iterator[tuple[int, str]]:
        """The live documents with the values of a field as they are compared; "" for none."""
        column = self.column(field)
        known: dict[bytes, str] = {}
        for number in self.live:
            stored = column[number]
            if stored not in known:
                known[stored] = self._compared(field, stored.decode())
            yield number, known[stored]

    def _compared(self, field: str, stored: str) -> str:
        # The folder of the data lies in that of the index.
        folder = str(Path(self._storage.folder).parent)
        if field != "path":
            return stored
        from lsq.query.values import comparable

        return comparable(field, shown_path(stored, folder))

    @cached_property
    def _lines(self) -> Any:
        return self.column("lines")

    def column(self, name: str) -> Any:
        """The values of a column, by document number; texts as bytes."""
        return self.reader.column_reader(name, translate=False)

    def close(self) -> None:
        self.reader.close()
        self.texts.close()


class Snapshot:
    """The last commit in a folder of Whoosh's, when it was opened.

    Raises:
        OSError: it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.parts: list[Part] = []
        self._open(FileStorage(str(folder)))

    @classmethod
    def empty(cls) -> Self:
        """A snapshot of nothing."""
        new = cls.__new__(cls)
        new.parts = []
        return new

    def _open(self, storage: FileStorage) -> None:
        for remaining in reversed(range(_TRIES)):
            try:
                # The schema is given, so that none is unpickled.
                toc = TOC.read(storage, INDEX_NAME, schema=SCHEMA)
                first = 0
                for segment in toc.segments:
                    self.parts.append(Part(storage, segment, first))
                    first += segment.doc_count_all()
                return
            except FileNotFoundError:
                # A commit has just taken away what the one before it named.
                self.close()
                if not remaining:
                    raise
                time.sleep(_PAUSE)

    @property
    def count_all(self) -> int:
        """How many documents there are, those deleted but still in the files included."""
        return sum(int(part.segment.doc_count_all()) for part in self.parts)

    @property
    def count(self) -> int:
        """How many documents there are."""
        deleted: int = sum(part.segment.deleted_count() for part in self.parts)
        return self.count_all - deleted

    @cached_property
    def total_length(self) -> int:
        """How many words there are in all documents of `count_all`."""
        return sum(part.reader.field_length("words") for part in self.parts)

    def having(self, word: str) -> int:
        """How many documents of `count_all` have a word."""
        return sum(part.reader.doc_frequency("words", word) for part in self.parts)

    def rows(self, *names: str) -> Iterator[tuple[Part, int, list[Any]]]:
        """The live documents: the part, the number in it, and the values of these columns."""
        for part in self.parts:
            columns = [part.column(name) for name in names]
            for number in sorted(part.live):
                yield part, number, [column[number] for column in columns]

    def part_of(self, key: int) -> tuple[Part, int]:
        """The part that a document of the whole index is in, and its number there."""
        part = next(part for part in reversed(self.parts) if part.first <= key)
        return part, key - part.first

    def close(self) -> None:
        for part in self.parts:
            part.close()
        self.parts = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
