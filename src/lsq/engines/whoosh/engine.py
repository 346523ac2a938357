"""An index in a folder as an `lsq.engines.Engine`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from heapq import nlargest
from pathlib import Path
from shutil import rmtree
from typing import Self

from lsq.engines import Match, Matches, Stamp, is_index
from lsq.engines.whoosh.bm25 import BM25
from lsq.engines.whoosh.damage import reported
from lsq.engines.whoosh.evaluate import matching
from lsq.engines.whoosh.folder import (
    Mark,
    check_free,
    make_data,
    publish,
    read_mark,
    sweep,
    writer_lock,
)
from lsq.engines.whoosh.paths import shown_path
from lsq.engines.whoosh.postings import blocks, posting_list
from lsq.engines.whoosh.schema import DICTIONARY, prepare, to_article, to_stamp
from lsq.engines.whoosh.snapshot import Snapshot
from lsq.engines.whoosh.transaction import Transaction
from lsq.errors import DamagedError, ForeignIndexError, NoIndexError
from lsq.model import Article
from lsq.query import Query, positive_parts


class WhooshEngine:
    """The index in the folder `location`; raises as `lsq.engines.open_engine` says."""

    prepare = staticmethod(prepare)

    def __init__(self, location: str, *, create: bool = False, damaged: bool = False) -> None:
        self.location = location
        self._mark = Mark(Path(location), "")
        self._snapshot = Snapshot.empty()
        try:
            with reported(location):
                self._mark = self._find(create=create)
                self._snapshot = _open(location, self._mark)
        except (DamagedError, ForeignIndexError):
            if not (damaged and is_index(location)):
                raise

    @property
    def dictionary(self) -> Path:
        return self._mark.data / DICTIONARY

    def stamps(self) -> dict[str, Stamp]:
        with reported(self.location):
            # Many articles of one source have one stamp.
            packed = {
                source: stamp for _, _, (source, stamp) in self._snapshot.rows("source", "stamp")
            }
            return {
                shown_path(source.decode(), self.location): to_stamp(stamp)
                for source, stamp in packed.items()
            }

    def article_count(self) -> int:
        return self._snapshot.count

    def search(self, query: Query, limit: int | None = None) -> Matches:
        with reported(self.location):
            scores = self._scores(query)
            best = self._best(scores, len(scores) if limit is None else limit)
            return Matches(total=len(scores), best=best)

    def articles(self, matches: Iterable[Match]) -> Iterator[Article]:
        columns = {part.first: part.column("article") for part in self._snapshot.parts}
        for match in matches:
            with reported(self.location):
                part, number = self._snapshot.part_of(match.key)
                packed = columns[part.first][number]
                article = to_article(packed, match.path, match.ordinal)
            yield article

    @contextmanager
    def update(self, *, wait: float = 0) -> Iterator[Transaction]:
        with writer_lock(self.location, wait):
            # What is read while the lock is held is what will be changed.
            self._refresh()
            with reported(self.location):
                sweep(self.location, self._mark.data)
                transaction = Transaction(self._mark.data, self.location, self._snapshot)
            with transaction:
                yield transaction
            self._refresh()

    @contextmanager
    def rebuild(self, *, user_dict: str | None = None, wait: float = 0) -> Iterator[Transaction]:
        with writer_lock(self.location, wait):
            with reported(self.location):
                mark = make_data(self.location, user_dict)
                transaction = Transaction(mark.data, self.location, Snapshot(mark.data))
            try:
                with transaction:
                    yield transaction
                with reported(self.location):
                    publish(self.location, mark)
            except BaseException:
                rmtree(mark.data, ignore_errors=True)
                raise
            self._refresh()

    def close(self) -> None:
        self._snapshot.close()

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
        check_free(self.location)
        with writer_lock(self.location, wait=60):
            try:  # another process may have been faster
                return read_mark(self.location)
            except NoIndexError:
                mark = make_data(self.location, None)
                publish(self.location, mark)
                return mark

    def _refresh(self) -> None:
        with reported(self.location):
            self._snapshot.close()
            self._mark = read_mark(self.location)
            self._snapshot = _open(self.location, self._mark)

    def _scores(self, query: Query) -> dict[int, float]:
        """The score of each document that matches, by its number in the whole index."""
        snapshot = self._snapshot
        words = sorted({word for part in positive_parts(query) for word in part.words})
        weights = {
            word: BM25(snapshot.count_all, having, snapshot.total_length)
            for word in words
            if (having := snapshot.having(word))
        }
        scores: dict[int, float] = {}
        for part in snapshot.parts:
            own = dict.fromkeys(matching(query, part), 0.0)
            # In the order of the words: so sums are the same at every run.
            for word, bm25 in weights.items() if own else ():
                for numbers, frequencies in blocks(posting_list(part.reader, word)):
                    for number, frequency in zip(numbers, frequencies, strict=True):
                        if number in own:
                            own[number] += bm25.score(frequency, part.norms[number])
            scores.update((part.first + number, score) for number, score in own.items())
        return scores

    def _best(self, scores: dict[int, float], limit: int) -> list[Match]:
        if limit < len(scores):
            # Of equals at the edge, all come along until their paths are compared.
            least = min(nlargest(limit, scores.values()), default=float("inf"))
            scores = {key: score for key, score in scores.items() if score >= least}
        columns = {
            part.first: (part.column("path"), part.column("ordinal"))
            for part in self._snapshot.parts
        }
        matches = []
        for key, score in scores.items():
            part, number = self._snapshot.part_of(key)
            paths, ordinals = columns[part.first]
            path = shown_path(paths[number].decode(), self.location)
            matches.append(Match(score, path, ordinals[number], key))
        return sorted(matches, key=lambda match: (-match.score, match.path, match.ordinal))[:limit]


def _open(location: str, mark: Mark) -> Snapshot:
    """Open the data that counts, which a rebuild may be changing just now."""
    try:
        return Snapshot(mark.data)
    except FileNotFoundError:
        return Snapshot(read_mark(location).data)
