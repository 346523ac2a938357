"""An index in a folder as an `lsq.engines.Engine`.

Modules that only a writer needs are imported inside its methods, to keep searches fast.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Self

from lsq.engines import (
    NEW,
    TEXT_FACTS,
    Affixes,
    Facts,
    Match,
    Stamp,
    State,
    Step,
    TopDocs,
    is_index,
)
from lsq.engines.folder.damage import UNPACKING, DamageError, Restoring, translate_errors
from lsq.engines.folder.evaluate import matching
from lsq.engines.folder.mark import Mark, check_owner, read_mark
from lsq.engines.folder.ranking import Order, scores, term_scores
from lsq.engines.folder.snapshot import Snapshot
from lsq.engines.paths import shown_path, stored_beginning
from lsq.engines.stored import PackedArticle
from lsq.errors import DamagedError, DictionaryError, ForeignIndexError, NoIndexError
from lsq.hit import StoredArticle
from lsq.model import Article, Sort
from lsq.query import Query
from lsq.query.patterns import Patterns
from lsq.segment import Segmenter, UserWord

if TYPE_CHECKING:
    from lsq.engines.bm25 import TermScore
    from lsq.engines.document import Document
    from lsq.engines.folder.late import LateTransaction
    from lsq.engines.folder.store import Store, Transaction

# Returns the store that the index names; raises ForeignIndexError for an unknown one.
Stores = Callable[[str, str], "Store"]

# How many articles are read before their memory, a megabyte or two, is freed.
FORGET = 1000


class FolderEngine:
    """The index in the folder `location`; raises as `lsq.engines.registry.open_engine` says.

    Args:
        location: the folder.
        stores: returns the store of the postings, by its name in `lsq.json`.
        create: make an empty index if there is none.
        damaged: see `lsq.engines.registry.open_engine`.
    """

    def __init__(
        self, location: str, stores: Stores, *, create: bool = False, damaged: bool = False
    ) -> None:
        self.location = location
        self._stores = stores
        self._store = stores(location, NEW)
        self._mark = Mark(location, "", NEW)
        self._snapshot = Snapshot.empty()
        self._segmenter = Segmenter()
        try:
            with translate_errors(location):
                self._open(self._find(create=create))
        except (DamagedError, DictionaryError, ForeignIndexError):
            if not (damaged and is_index(location)):
                raise

    @property
    def segmenter(self) -> Segmenter:
        return self._segmenter

    @property
    def prepare(self) -> Callable[[Article, str, dict[str, int]], "Document"]:
        from lsq.engines.document import prepare

        return prepare

    def stamps(self, like: Iterable[Stamp] | None = None) -> dict[str, Stamp]:
        from lsq.engines.folder.file_stamps import stamps

        return stamps(self._snapshot, self.location, like)

    def unread(self) -> dict[str, Stamp]:
        from lsq.engines.folder.file_stamps import unread

        return unread(self._snapshot, self.location)

    def files_below(self, folder: str) -> Iterator[tuple[str, str, bytes]]:
        from lsq.engines.folder.path_order import files_below

        with translate_errors(self.location):
            yield from files_below(self._snapshot, folder, self.location)

    def article_count(self) -> int:
        return self._snapshot.count

    def state(self) -> State:
        from lsq.engines.folder.data import state

        with translate_errors(self.location):
            return state(self._mark, self._store)

    def is_incomplete(self) -> bool:
        from lsq.engines.folder.mark import is_incomplete

        return is_incomplete(self.location)

    def ids(self, beginning: str) -> Iterator[tuple[str, int]]:
        from heapq import merge

        stored = stored_beginning(beginning, self.location)
        with translate_errors(self.location):
            for path, ordinal in merge(
                *(segment.ids(stored) for segment in self._snapshot.segments)
            ):
                if (shown := shown_path(path, self.location)).startswith(beginning):
                    yield shown, ordinal

    def search(
        self,
        query: Query,
        limit: int | None = None,
        sort: Sort = "relevance",
        ladder: Sequence[Step] = (),
    ) -> TopDocs:
        with translate_errors(self.location):
            self._snapshot.begin()
            found = scores(query, self._snapshot)
            return Order(self._snapshot, self.location).first(found, limit, sort, ladder)

    def count(self, query: Query) -> int:
        with translate_errors(self.location):
            self._snapshot.begin()
            patterns = Patterns()
            return sum(
                len(matching(query, segment, patterns)) for segment in self._snapshot.segments
            )

    def found(self, matches: Iterable[Match]) -> Iterator[StoredArticle]:
        with translate_errors(self.location):
            columns = {
                segment.first: (segment.column("article"), segment.column("spaces"))
                for segment in self._snapshot.segments
            }
        guard = partial(Restoring, self.location)
        for count, match in enumerate(matches):
            with translate_errors(self.location):
                if count % FORGET == 0:
                    self._snapshot.forget()
                segment, number = self._snapshot.segment_of(match.key)
                articles, spaces = columns[segment.first]
                text = segment.texts[number]
                article, dropped = articles[number], spaces[number]
                with UNPACKING:
                    found = PackedArticle(article, text, dropped, match, guard)
            yield found

    def words(self, affixes: Affixes | None = None) -> Iterator[tuple[str, int]]:
        doc_freqs: dict[bytes, int] = {}
        with translate_errors(self.location):
            for segment in self._snapshot.segments:
                for word, documents in segment.file.frequencies(affixes):
                    doc_freqs[word] = doc_freqs.get(word, 0) + documents
        for word, documents in doc_freqs.items():
            with translate_errors(self.location), UNPACKING:
                decoded = word.decode()
            yield decoded, documents

    def doc_freq(self, *words: str) -> int:
        with translate_errors(self.location):
            return self._snapshot.doc_freq(*words)

    def satisfying(self, query: Query, matches: Iterable[Match]) -> frozenset[int]:
        with translate_errors(self.location):
            patterns = Patterns()
            keys = {
                segment.first + number
                for segment in self._snapshot.segments
                for number in matching(query, segment, patterns)
            }
            return frozenset(match.key for match in matches if match.key in keys)

    def term_scores(self, query: Query, matches: Iterable[Match]) -> dict[int, list["TermScore"]]:
        with translate_errors(self.location):
            return term_scores(query, self._snapshot, [match.key for match in matches])

    def facts(self, matches: Iterable[Match]) -> Iterator[Facts]:
        with translate_errors(self.location):
            columns = {
                segment.first: [(name, segment.column(name)) for name in Facts._fields]
                for segment in self._snapshot.segments
            }
        for match in matches:
            with translate_errors(self.location):
                segment, number = self._snapshot.segment_of(match.key)
                values = {name: column[number] for name, column in columns[segment.first]}
                with UNPACKING:
                    values |= {name: values[name].decode() for name in TEXT_FACTS}
            yield Facts.of(values)

    def word_totals(self) -> dict[str, int]:
        totals: dict[bytes, int] = {}
        with translate_errors(self.location):
            for segment in self._snapshot.segments:
                for word, times in segment.file.totals(segment.info.deleted):
                    totals[word] = totals.get(word, 0) + times
                segment.file.forget()
            with UNPACKING:
                return {word.decode(): times for word, times in totals.items()}

    def texts(self, matches: Iterable[Match]) -> Iterator[bytes]:
        for match in matches:
            with translate_errors(self.location):
                segment, number = self._snapshot.segment_of(match.key)
                text = segment.texts[number]
            yield text

    def spaces(self, matches: Iterable[Match]) -> Iterator[bytes]:
        with translate_errors(self.location):
            columns = {
                segment.first: segment.column("spaces") for segment in self._snapshot.segments
            }
        for match in matches:
            with translate_errors(self.location):
                segment, number = self._snapshot.segment_of(match.key)
                spaces = columns[segment.first][number]
            yield spaces

    @contextmanager
    def update(self, *, wait: float = 0) -> Iterator["LateTransaction"]:
        from lsq.engines.folder.data import begin_first, sweep, writer_lock
        from lsq.engines.folder.late import LateTransaction

        with writer_lock(self.location, wait):
            # The state is read again under the lock, as another writer may have changed it.
            self._refresh()
            if not self._snapshot.count:
                begin_first(self.location)
            with translate_errors(self.location):
                sweep(self.location, self._mark.data, self._store)
            begin = partial(
                self._store.transaction, self._mark, self.location, self._snapshot.documents
            )
            with LateTransaction(self._mark, self.location, begin) as changes:
                yield changes
            if changes.is_begun:
                self._refresh()

    @contextmanager
    def rebuild(
        self, *, user_words: Sequence[UserWord] = (), wait: float = 0
    ) -> Iterator["Transaction"]:
        from shutil import rmtree

        from lsq.engines.folder.data import make_data, publish, writer_lock

        with writer_lock(self.location, wait):
            with translate_errors(self.location):
                mark = make_data(self.location, self._store, user_words)
                transaction = self._store.transaction(mark, self.location, lambda _: ())
            try:
                with transaction:
                    yield transaction
                with translate_errors(self.location):
                    publish(self.location, mark, self._store)
            except BaseException:
                rmtree(mark.data, ignore_errors=True)
                raise
            self._refresh()

    def close(self) -> None:
        self._snapshot.close()
        self._segmenter.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _find(self, *, create: bool) -> Mark:
        try:
            return read_mark(self.location)
        except NoIndexError:
            if not create:
                raise
        from lsq.engines.folder.data import check_free, make_data, publish, writer_lock

        check_free(self.location, self._store)
        with writer_lock(self.location, wait=60):
            try:  # another process may have been faster
                return read_mark(self.location)
            except NoIndexError:
                mark = make_data(self.location, self._store)
                publish(self.location, mark, self._store)
                return mark

    def _refresh(self) -> None:
        with translate_errors(self.location):
            self._open(read_mark(self.location))

    def _open(self, mark: Mark) -> None:
        """Open all files of the current data; a rebuild may delete them later.

        If a rebuild deletes them now, the new data is opened.
        """
        while True:
            try:
                store = self._stores(self.location, mark.engine)
                snapshot, segmenter = self._opened(mark, store)
                break
            except (DictionaryError, FileNotFoundError) as error:
                before, mark = mark, read_mark(self.location)
                if mark != before:
                    continue
                if isinstance(error, FileNotFoundError):
                    raise DamageError(str(error)) from error
                raise
        self.close()
        self._mark, self._store = mark, store
        self._snapshot, self._segmenter = snapshot, segmenter

    def _opened(self, mark: Mark, store: "Store") -> tuple[Snapshot, Segmenter]:
        check_owner(self.location, mark.data)
        snapshot = Snapshot(mark.data, store)
        try:
            return snapshot, mark.segmenter().open()
        except BaseException:
            snapshot.close()
            raise
