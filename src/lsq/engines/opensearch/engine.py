"""An index on a cluster as an `lsq.engines.Engine`."""

import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self

from opensearchpy import exceptions

from lsq.engines import Affixes, Facts, Match, Stamp, State, Step, TopDocs
from lsq.engines.opensearch import indices
from lsq.engines.opensearch.access import client_options, parse_location
from lsq.engines.opensearch.clauses import matching, on_steps
from lsq.engines.opensearch.clauses import word as has_word
from lsq.engines.opensearch.clients import Clients
from lsq.engines.opensearch.documents import (
    FORMAT_VERSION,
    binary,
    prepare,
    string,
    to_facts,
    to_found,
)
from lsq.engines.opensearch.failures import (
    LostError,
    SilentError,
    interrupted,
    one_state,
    unpacking,
)
from lsq.engines.opensearch.lock import writer_lock
from lsq.engines.opensearch.post_filter import PostFilter, ids_query
from lsq.engines.opensearch.ranking import Order, counted_terms, scoring, term_scores
from lsq.engines.opensearch.snapshot import (
    PAGE,
    PAGE_OF_TEXTS,
    PATIENCE,
    PAUSE,
    Answer,
    Clause,
    Snapshot,
    all_of,
    articles,
    batches,
)
from lsq.engines.opensearch.stored_dictionary import segmenter
from lsq.engines.opensearch.transaction import Target, Transaction, files, refresh
from lsq.engines.paths import shown_path, stored_beginning
from lsq.engines.stamps import unread_of
from lsq.errors import DamagedError, ForeignIndexError, NoIndexError
from lsq.hit import StoredArticle
from lsq.model import Sort
from lsq.query import Query
from lsq.segment import Segmenter, UserWord

if TYPE_CHECKING:
    from lsq.engines.bm25 import TermScore

# The root of relative paths, if not the folder where the index was made.
ROOT = "LSQ_ROOT"
# Ids in an answer, for completion in a shell.
_IDS: Final = 1000

# Failures are reported as exceptions; the library must not print them too.
logging.getLogger("opensearch").addHandler(logging.NullHandler())


class OpenSearchEngine:
    """The index at the URL `location`; raises as `lsq.engines.registry.open_engine` says.

    Paths are stored relative to a root: the current folder when the index was made, or $LSQ_ROOT.
    On a machine with the files elsewhere, $LSQ_ROOT names the root.
    """

    prepare = staticmethod(prepare)

    def __init__(self, location: str, *, create: bool = False, damaged: bool = False) -> None:
        self.location = location
        place = parse_location(location)
        self._name = place.name
        self._clients = Clients(place.hosts, client_options(place))
        self._root = os.path.abspath(os.environ.get(ROOT, os.curdir))
        self._opened = indices.Opened("", "", "")
        self._segmenter = Segmenter()
        self._snapshot = Snapshot(self._clients.reading, self._name, location)
        try:
            self._open_first(create=create, damaged=damaged)
        except BaseException:
            self.close()
            raise

    @property
    def segmenter(self) -> Segmenter:
        return self._segmenter

    def stamps(self, like: Iterable[Stamp] | None = None) -> dict[str, Stamp]:
        found = self._retry(lambda: files(self._snapshot))
        stamps = {self._shown(source): known.stamp for source, known in found.items()}
        if like is None:
            return stamps
        sought = {stamp[:2] for stamp in like}
        return {path: stamp for path, stamp in stamps.items() if stamp[:2] in sought}

    def unread(self) -> dict[str, Stamp]:
        return unread_of(self.stamps())

    def files_below(self, folder: str) -> None:  # noqa: ARG002  # a cluster has no such order
        return None

    def article_count(self) -> int:
        return self._retry(lambda: self._snapshot.count(articles()))

    def state(self) -> State:
        return State("opensearch", FORMAT_VERSION)

    def is_incomplete(self) -> bool:
        return self._opened.is_first

    def ids(self, beginning: str) -> Iterator[tuple[str, int]]:
        stored = stored_beginning(beginning, self._root)
        clause = all_of(articles(), {"prefix": {"path": stored}}) if stored else all_of(articles())
        with one_state(self.location):
            for _total, page in self._snapshot.pages(clause, size=_IDS):
                for hit in page:
                    with unpacking(self.location):
                        path, ordinal = hit["sort"]
                    if (shown := self._shown(path)).startswith(beginning):
                        yield shown, ordinal

    def search(
        self,
        query: Query,
        limit: int | None = None,
        sort: Sort = "relevance",
        ladder: Sequence[Step] = (),
    ) -> TopDocs:
        return self._retry(lambda: self._search(query, limit, sort, ladder))

    def count(self, query: Query) -> int:
        return self._retry(lambda: self._snapshot.count(self._matching(query, self._post_filter())))

    def found(self, matches: Iterable[Match]) -> Iterator[StoredArticle]:
        guard = partial(unpacking, self.location)
        fields = ["text", "spaces", "article"]
        return self._fetched(matches, fields, lambda values, match: to_found(values, match, guard))

    def words(self, affixes: Affixes | None = None) -> Iterator[tuple[str, int]]:
        with one_state(self.location):
            # Over all documents: then the cluster only reads its list of words.
            for key, count in self._snapshot.groups({"match_all": {}}, ["vocabulary"]):
                if affixes is None or affixes.has(key["vocabulary"]):
                    yield key["vocabulary"], count

    def doc_freq(self, *words: str) -> int:
        return self._retry(lambda: self._snapshot.count(all_of(*map(has_word, words))))

    def satisfying(self, query: Query, matches: Iterable[Match]) -> frozenset[Any]:
        keys = [match.key for match in matches]

        def ask() -> frozenset[Any]:
            clause = self._matching(query, self._post_filter())
            return frozenset(
                hit["_id"]
                for batch in batches(keys, PAGE)
                for hit in self._snapshot.scan(all_of(clause, ids_query(batch)), [])
            )

        return self._retry(ask)

    def term_scores(self, query: Query, matches: Iterable[Match]) -> dict[Any, list["TermScore"]]:
        keys = [match.key for match in matches]

        def ask() -> dict[Any, list["TermScore"]]:
            terms = counted_terms(query, self._snapshot, self._post_filter())
            return term_scores(terms, self._snapshot, keys)

        return self._retry(ask)

    def facts(self, matches: Iterable[Match]) -> Iterator[Facts]:
        return self._fetched(matches, list(Facts._fields), lambda values, _: to_facts(values), PAGE)

    def word_totals(self) -> None:
        return None

    def texts(self, matches: Iterable[Match]) -> Iterator[bytes]:
        return self._fetched(matches, ["text"], lambda values, _: string(values, "text").encode())

    def spaces(self, matches: Iterable[Match]) -> Iterator[bytes]:
        return self._fetched(matches, ["spaces"], lambda values, _: binary(values, "spaces"))

    @contextmanager
    def update(self, *, wait: float = 0) -> Iterator[Transaction]:
        with writer_lock(self._clients.patient, self._name, self.location, wait) as lock:
            indices.sweep(self._clients.patient, self._name, self.location)
            # The state is read again under the lock, as another writer may have changed it.
            refresh(self._clients.patient, self._name, self.location)
            self._open()
            known = self._retry(lambda: files(self._snapshot))
            target = self._target(self._name)
            transaction = Transaction(target, self._segmenter, lock, self._snapshot, known)
            with one_state(self.location), transaction as change:
                yield change
            if self._opened.is_first:
                indices.end_first(self._clients.patient, self._opened, self.location)
            self._open()

    @contextmanager
    def rebuild(
        self, *, user_words: Sequence[UserWord] = (), wait: float = 0
    ) -> Iterator[Transaction]:
        with writer_lock(self._clients.patient, self._name, self.location, wait) as lock:
            new = indices.make_rebuild(
                self._clients.patient, self._name, self.location, self._root, user_words
            )
            try:
                alias = indices.rebuild_alias(self._name)
                empty = Snapshot(self._clients.patient, alias, self.location)
                target = self._target(alias)
                cut = segmenter(self._clients.patient, new.name, new.fingerprint, self.location)
                with one_state(self.location), Transaction(target, cut, lock, empty, {}) as change:
                    yield change
                lock.check()
                indices.publish(self._clients.patient, self._name, self.location, new)
            except BaseException:
                if not interrupted():  # do not delay an interrupt; the next writer sweeps it
                    with suppress(exceptions.OpenSearchException):
                        indices.delete(self._clients.patient, new.name)
                raise
        self._open()

    def close(self) -> None:
        self._snapshot.close()
        self._segmenter.close()
        self._clients.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _open_first(self, *, create: bool, damaged: bool) -> None:
        """Open the index; with `damaged`, a damaged one may stay closed, to be rebuilt."""
        try:
            self._open(create=create)
        except (DamagedError, ForeignIndexError):
            if not (damaged and indices.is_ours(self._clients.patient, self._name, self.location)):
                raise

    def _open(self, *, create: bool = False) -> None:
        self._patiently(lambda: self._open_now(create=create))

    def _open_now(self, *, create: bool = False) -> None:
        try:
            opened = self._find()
        except NoIndexError:
            if not create:
                raise
            indices.make(self._clients.patient, self._name, self.location, self._root)
            opened = self._find()
        opened, found = indices.open_segmenter(
            self._clients.reading, opened, self.location, self._find
        )
        self._segmenter.close()
        self._segmenter = found
        self._opened = opened
        self._root = os.path.abspath(os.environ.get(ROOT, opened.root))
        self._renew()

    def _find(self) -> indices.Opened:
        return indices.find(
            self._clients.reading, self._name, self.location, local=self._clients.is_careful
        )

    def _target(self, alias: str) -> Target:
        return Target(self._clients.patient, self._clients.single, alias, self.location, self._root)

    def _renew(self) -> None:
        """Open the current state of the index."""
        self._snapshot.close()
        self._snapshot = Snapshot(
            self._clients.reading, self._opened.name, self.location, self._clients.preference
        )

    def _retry(self, ask: Callable[[], Answer]) -> Answer:
        """The answer to a request, repeated on the current state if the snapshot is lost."""
        is_first = True

        def once() -> Answer:
            nonlocal is_first
            if not is_first:
                self._open_now()
            is_first = False
            return ask()

        return self._patiently(once)

    def _patiently(self, ask: Callable[[], Answer]) -> Answer:
        """The answer, repeated for PATIENCE seconds while a needed node is gone or silent."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                return ask()
            except LostError as error:
                time.sleep(PAUSE)
                # Other nodes may answer by now.
                if self._clients.is_careful and not isinstance(error.__cause__, SilentError):
                    self._clients.look_again()
        with one_state(self.location):
            return ask()

    def _fetched(
        self,
        matches: Iterable[Match],
        fields: list[str],
        unpack: Callable[[dict[str, Any], Match], Answer],
        size: int = PAGE_OF_TEXTS,
    ) -> Iterator[Answer]:
        """These fields of the matches' documents, unpacked, in the order of the matches."""
        listed = list(matches)
        with one_state(self.location):
            found = self._snapshot.fetch((match.key for match in listed), fields, size)
            for match, values in zip(listed, found, strict=True):
                with unpacking(self.location):
                    unpacked = unpack(values, match)
                yield unpacked

    def _post_filter(self) -> PostFilter:
        """A post filter for one query, in the current state."""
        return PostFilter(self._snapshot, self._shown)

    def _matching(self, query: Query, post_filter: PostFilter) -> Clause:
        return all_of(articles(), matching(query, post_filter.clause))

    def _search(
        self, query: Query, limit: int | None, sort: Sort, ladder: Sequence[Step]
    ) -> TopDocs:
        post_filter = self._post_filter()
        score = scoring(counted_terms(query, self._snapshot, post_filter))
        steps = on_steps([matching(step.query, post_filter.clause) for step in ladder])
        order = Order(self._snapshot, self._shown)
        clause = self._matching(query, post_filter)
        return order.first(clause, score, steps, limit=limit, sort=sort, ladder=ladder)

    def _shown(self, stored: str) -> str:
        return shown_path(stored, self._root)
