"""A Whoosh index as an `lsq.engines.Engine`."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from heapq import nlargest
from typing import Self

from whoosh.index import LockError
from whoosh.searching import Searcher
from whoosh.writing import IndexWriter

from lsq.engines import Match, Matches, Stamp
from lsq.engines.whoosh.bm25 import LuceneBM25
from lsq.engines.whoosh.evaluate import matching
from lsq.engines.whoosh.folder import open_folder, shown_path, stored_path
from lsq.engines.whoosh.schema import to_article, to_document, to_stamp
from lsq.errors import LockedError, StorageError
from lsq.model import Article
from lsq.query import Query, positive_parts


class WhooshEngine:
    """The index in the folder `location`; raises as `lsq.engines.open_engine` says."""

    def __init__(self, location: str, *, create: bool = False) -> None:
        self.location = location
        self._index = open_folder(location, create=create)
        self._searcher: Searcher = self._index.searcher(weighting=LuceneBM25())

    def stamps(self) -> dict[str, Stamp]:
        found = {}
        for segment, _ in self._segments():
            reader = segment.reader()
            paths, stamps = reader.column_reader("path"), reader.column_reader("stamp")
            for number in reader.all_doc_ids():
                found[shown_path(paths[number], self.location)] = to_stamp(stamps[number])
        return found

    def article_count(self) -> int:
        count: int = self._searcher.doc_count()
        return count

    def search(self, query: Query, limit: int | None = None) -> Matches:
        words = {word for part in positive_parts(query) for word in part.words}
        scores: dict[int, float] = {}
        for segment, offset in self._segments():
            documents = matching(query, segment.reader())
            scores |= dict.fromkeys((offset + number for number in documents), 0.0)
            for number, score in _scored(segment, words, documents):
                scores[offset + number] += score
        best = self._best(scores, len(scores) if limit is None else limit)
        return Matches(total=len(scores), best=best)

    def articles(self, matches: Iterable[Match]) -> Iterator[Article]:
        reader = self._searcher.reader()
        for match in matches:
            yield to_article(reader.stored_fields(match.key), match.path, match.ordinal)

    @contextmanager
    def update(self) -> Iterator["_Update"]:
        try:
            writer = self._index.writer()
        except LockError as error:
            raise LockedError(self.location) from error
        except OSError as error:
            raise self._storage_error(error) from error
        try:
            # What is read while the lock is held is what will be changed.
            self._searcher = self._searcher.refresh()
            update = _Update(writer, self.location)
            yield update
            update.finish()
        except BaseException as error:
            if not writer.is_closed:
                writer.cancel()
            if isinstance(error, OSError):
                raise self._storage_error(error) from error
            raise
        self._searcher = self._searcher.refresh()

    def close(self) -> None:
        self._searcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _segments(self) -> list[tuple[Searcher, int]]:
        """The segments, each with the number of its first document in the whole index."""
        # The reader of an empty index has no columns to ask for.
        return self._searcher.leaf_searchers() if self._searcher.doc_count_all() else []

    def _best(self, scores: dict[int, float], limit: int) -> list[Match]:
        if limit < len(scores):
            # Of equals at the edge, all come along until their paths are compared.
            least = min(nlargest(limit, scores.values()), default=float("inf"))
            scores = {number: score for number, score in scores.items() if score >= least}
        if not scores:
            return []
        reader = self._searcher.reader()
        paths, ordinals = reader.column_reader("path"), reader.column_reader("ordinal")
        matches = (
            Match(score, shown_path(paths[number], self.location), ordinals[number], number)
            for number, score in scores.items()
        )
        return sorted(matches, key=lambda match: (-match.score, match.path, match.ordinal))[:limit]

    def _storage_error(self, error: OSError) -> StorageError:
        return StorageError(f"{self.location}: {error.strerror or error}; nothing was changed")


class _Update:
    """An `lsq.engines.Update`. Deletions wait for the end: Whoosh takes long over each."""

    def __init__(self, writer: IndexWriter, location: str) -> None:
        self._writer = writer
        self._location = location
        self._outdated: set[str] = set()

    def replace(
        self, path: str, stamp: Stamp, articles: Iterable[tuple[Article, Sequence[str]]]
    ) -> None:
        self.drop(path)
        stored = stored_path(path, self._location)
        for article, words in articles:
            self._writer.add_document(**to_document(article, stored, stamp, words))

    def drop(self, path: str) -> None:
        self._outdated.add(stored_path(path, self._location))

    def finish(self) -> None:
        if not self._outdated:
            self._writer.cancel()
            return
        with self._writer.reader() as committed:
            for path in self._outdated:
                if ("path", path) in committed:
                    for number in committed.postings("path", path).all_ids():
                        self._writer.delete_document(number)
        self._writer.commit()


def _scored(
    segment: Searcher, words: Iterable[str], documents: set[int]
) -> Iterator[tuple[int, float]]:
    """The part of each word in the scores of those of the segment's documents that have it."""
    for word in sorted(words):  # in an order of their own: sums are the same at every run
        if ("words", word) not in segment.reader():
            continue
        posting = segment.postings("words", word)
        while posting.is_active():
            if posting.id() in documents:
                yield posting.id(), posting.score()
            posting.next()
