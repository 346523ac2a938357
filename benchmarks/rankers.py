"""The rankers that `benchmarks.ranking` compares: lsq and others.

All receive the same articles and queries, which any word may answer. Words are those of lsq's
segmenter, which are jieba's; all but lsq treat an article as one text of its title, a line feed
and its body.
"""

import sqlite3
from abc import ABC, abstractmethod
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from math import log
from pathlib import Path

from benchmarks import contenders
from benchmarks.judged import Collection
from benchmarks.peers import sqlite
from lsq.engines import Stamp
from lsq.engines.bm25 import K1, B, prepared
from lsq.engines.registry import open_engine
from lsq.search import searcher
from lsq.search.request import SearchRequest
from lsq.segment import Segmenter
from lsq.text.fold import fold, squeeze

UNREAD = Stamp(size=0, modified=0, digest="")  # for articles without a file


class Ranker(ABC):
    """Ranks articles for a query.

    Args:
        collection: the articles to index.
        room: an empty folder.
    """

    name: str

    @abstractmethod
    def __init__(self, collection: Collection, room: Path) -> None: ...

    @abstractmethod
    def rank(self, query: str, limit: int) -> list[str]:
        """The paths of the articles that have any word of the query, the best first."""


class Lsq(Ranker):
    """The search of lsq."""

    name = contenders.LSQ.name

    def __init__(self, collection: Collection, room: Path) -> None:
        self._folder = room
        self._engine = open_engine(str(room / "index"), create=True)
        prepare = self._engine.prepare
        with self._engine.update() as update:
            for article in collection.articles:
                document = prepared(article, update.segmenter, prepare)
                update.replace(article.path, UNREAD, [document])

    def rank(self, query: str, limit: int) -> list[str]:
        # As one run of characters, without operators of lsq's query language.
        asked = "".join(char if char.isalnum() else "，" for char in squeeze(fold(query)))
        found = searcher.search(self._engine, SearchRequest(asked, any_word=True, limit=limit))
        return [match.path for match in found.matches]


class _BM25(Ranker):
    """BM25 with lsq's formula and constants, and exact lengths."""

    def __init__(self, collection: Collection, room: Path) -> None:  # noqa: ARG002
        self._paths = [article.path for article in collection.articles]
        self._segmenter = Segmenter()
        # Term → the number of an article, its term frequency, the next number …
        self._postings: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        lengths = []
        for number, article in enumerate(collection.articles):
            terms = self.document_terms(fold(article.text))
            lengths.append(terms.total())
            for term, times in terms.items():
                self._postings[term].extend((number, times))
        average = sum(lengths) / len(lengths)
        self._saturations = [K1 * (1 - B + B * length / average) for length in lengths]

    def rank(self, query: str, limit: int) -> list[str]:
        scores: defaultdict[int, float] = defaultdict(float)
        count = len(self._paths)
        for term in sorted(self.query_terms(fold(query))):
            posted = self._postings.get(term, array("I"))
            having = len(posted) // 2
            idf = log(1 + (count - having + 0.5) / (having + 0.5))
            for number, times in zip(posted[::2], posted[1::2], strict=True):
                scores[number] += idf * times / (times + self._saturations[number])
        best = nsmallest(limit, scores, key=lambda number: (-scores[number], self._paths[number]))
        return [self._paths[number] for number in best]

    @abstractmethod
    def document_terms(self, folded: str) -> Counter[str]: ...

    @abstractmethod
    def query_terms(self, folded: str) -> set[str]: ...


class Words(_BM25):
    """BM25 over words."""

    name = "BM25 over words"

    def document_terms(self, folded: str) -> Counter[str]:
        return self._segmenter.count_words(folded)

    def query_terms(self, folded: str) -> set[str]:
        return set(self._segmenter.query_words(folded))


class Bigrams(_BM25):
    """BM25 over character bigrams, as of Lucene's CJKAnalyzer."""

    name = "BM25 over bigrams"

    def document_terms(self, folded: str) -> Counter[str]:
        runs = "".join(char if char.isalnum() else " " for char in squeeze(folded)).split()
        return Counter(
            run[start : start + 2] for run in runs for start in range(max(1, len(run) - 1))
        )

    def query_terms(self, folded: str) -> set[str]:
        return set(self.document_terms(folded))


class SQLite(Ranker):
    """SQLite FTS5 over words separated by spaces."""

    name = contenders.SQLITE.name

    def __init__(self, collection: Collection, room: Path) -> None:  # noqa: ARG002
        self._segmenter = Segmenter()
        self._connection = sqlite3.connect(":memory:")
        sqlite.fill(self._connection, _words(collection, self._segmenter))

    def rank(self, query: str, limit: int) -> list[str]:
        wanted = " OR ".join(f'"{word}"' for word in self._segmenter.query_words(fold(query)))
        return list(sqlite.matching(self._connection, wanted, limit))


class Tantivy(Ranker):
    """tantivy over words separated by spaces."""

    name = contenders.TANTIVY.name

    def __init__(self, collection: Collection, room: Path) -> None:  # noqa: ARG002
        import tantivy

        from benchmarks.peers.tantivy import fill, schema

        self._segmenter = Segmenter()
        self._index = tantivy.Index(schema())
        fill(self._index, _words(collection, self._segmenter))
        self._index.reload()

    def rank(self, query: str, limit: int) -> list[str]:
        from tantivy import Occur, Query

        from benchmarks.peers.tantivy import matching

        words = self._segmenter.query_words(fold(query))
        terms = [Query.term_query(self._index.schema, "body", word) for word in words]
        wanted = Query.boolean_query([(Occur.Should, term) for term in terms])
        return list(matching(self._index.searcher(), wanted, limit))


def _words(collection: Collection, segmenter: Segmenter) -> Iterator[tuple[str, list[str]]]:
    """The path and the words of each article."""
    for article in collection.articles:
        yield article.path, segmenter.document_words(fold(article.text))


RANKERS: Sequence[type[Ranker]] = (Lsq, Words, Bigrams, SQLite, Tantivy)
