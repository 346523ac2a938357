"""An index as users of the library and the command line see it.

with lsq.open_index("index") as index:
    index.update(["seeds"])
    for hit in index.search("国土空间规划", limit=10):
        print(hit.article.path, hit.snippets[0].text)
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Self

from lsq.engines import Engine
from lsq.engines.registry import check_free, open_engine
from lsq.errors import AmbiguousNameError, NoIndexError
from lsq.model import Article, Sort
from lsq.search import searcher
from lsq.search.request import SearchRequest
from lsq.search.searcher import Results

if TYPE_CHECKING:
    from lsq.counting.facets import Facet, FacetBy
    from lsq.counting.groups import Dates, Group
    from lsq.counting.kwic import Kwic, KwicSort
    from lsq.counting.trend import Trends
    from lsq.engines.stamps import Notes
    from lsq.indexing import Progress
    from lsq.indexing.indexer import Options, Summary
    from lsq.query.filters import Filters
    from lsq.relations.citations import Citation
    from lsq.relations.differences import Change
    from lsq.relations.likeness import Relative
    from lsq.relations.watches import News, Watch
    from lsq.search.explain import Explanation
    from lsq.search.hints import Hints
    from lsq.search.snippets.cuts import Cut
    from lsq.search.thesaurus import Entry, Table


class Info(NamedTuple):
    """The state of an index, and its contents.

    Attributes:
        location: where it is.
        engine: what keeps it: "whoosh", in a folder, or "opensearch", on a cluster.
        index_format: of its files or documents.
        updated: when it was last changed, ISO 8601; None if that is not known.
        bytes: its size; None on a cluster.
        signature_bytes: of that, what says where a literal may stand.
        files: how many files were read.
        articles: how many articles are in them.
        first_date: the earliest date of an article, maybe reduced; None if none has one.
        last_date: the latest.
        recognised_pages: how many pages were recognised (OCR).
        recognised_articles: how many articles have text of these.
        unrecognised_pages: how many pages need that, and nobody has tried.
        skipped: how many files of each kind no reader takes; see `lsq.readers.junk.KINDS`.
    """

    location: str
    engine: str
    index_format: int
    updated: str | None
    bytes: int | None
    signature_bytes: int | None
    files: int
    articles: int
    first_date: str | None
    last_date: str | None
    recognised_pages: int
    recognised_articles: int
    unrecognised_pages: int
    skipped: dict[str, int]


class Index:
    """An open index; close it, or use it in a `with`."""

    def __init__(self, engine: Engine | str) -> None:
        # A location where there is no index yet; the first write makes it.
        self._opened = None if isinstance(engine, str) else engine
        self._location = engine if isinstance(engine, str) else engine.location

    @property
    def location(self) -> str:
        """Where the index is."""
        return self._location

    @property
    def exists(self) -> bool:
        """Whether there was an index when this was opened, or one has been made since."""
        return self._opened is not None

    @property
    def is_incomplete(self) -> bool:
        """Whether the first update is still running, or was killed: there may be more to find."""
        return self._engine.is_incomplete()

    @property
    def _engine(self) -> Engine:
        """The index as it is; raises NoIndexError while there is none."""
        if self._opened is None:
            self._opened = open_engine(self._location)
        return self._opened

    def _made(self) -> Engine:
        """The index, made if there is none."""
        if self._opened is None:
            self._opened = open_engine(self._location, create=True)
        return self._opened

    def update(self, paths: Iterable[str], options: "Options | None" = None) -> "Summary":
        """Index the files at and below `paths`; see `lsq.indexing.indexer.update`."""
        from lsq.indexing import indexer

        return indexer.update(self._made(), paths, options)

    def forget(self, paths: Iterable[str], wait: float = 0) -> int:
        """Drop the files at and below `paths`; see `lsq.indexing.indexer.forget`."""
        from lsq.indexing import indexer

        return indexer.forget(self._engine, paths, wait)

    def copy_from(
        self,
        other: "Index",
        wait: float = 0,
        tell: "Callable[[Progress], None]" = lambda _: None,
    ) -> int:
        """Take over all that another index holds; see `lsq.indexing.copier.copy`."""
        from lsq.indexing import copier

        return copier.copy(other._engine, self._made(), wait=wait, tell=tell)

    def search(  # noqa: PLR0913  # all that can be asked for
        self,
        query: str,
        limit: int | None = None,
        *,
        snippets: "int | Cut" = 3,
        any_word: bool = False,
        filters: "Filters | None" = None,
        offset: int = 0,
        sort: Sort = "relevance",
        literal: bool = False,
        synonyms: "bool | Table" = True,
    ) -> Results:
        """Find the articles that match, the first `limit`; see `SearchRequest`."""
        request = SearchRequest(query, any_word, filters, sort, offset, limit, literal, synonyms)
        return self.answer(request, snippets)

    def answer(self, request: SearchRequest, snippets: "int | Cut" = 3) -> Results:
        """Find what a request asks for; see `lsq.search.searcher.search`."""
        return searcher.search(self._engine, request, snippets)

    def group_reprints(self, request: SearchRequest, snippets: "int | Cut" = 3) -> Results:
        """Find what a request asks for, reprints put together under the first of them.

        Offset and limit count groups; `Hit.reprints` has the ids of the others.
        """
        from lsq.relations.reprints import grouped

        every = self.answer(request._replace(offset=0, limit=None), snippets)
        return grouped(self._engine, every, request.offset, request.limit)

    def count(
        self,
        query: str,
        *,
        any_word: bool = False,
        filters: "Filters | None" = None,
        literal: bool = False,
        synonyms: "bool | Table" = True,
    ) -> int:
        """How many articles match."""
        request = SearchRequest(query, any_word, filters, literal=literal, synonyms=synonyms)
        return searcher.count(self._engine, request)

    def kwic(  # noqa: PLR0913  # all that can be asked for
        self,
        query: str,
        limit: int | None = None,
        *,
        width: int = 20,
        sort: "KwicSort" = "path",
        sample: int | None = None,
        seed: int = 0,
        offset: int = 0,
        any_word: bool = False,
        filters: "Filters | None" = None,
        literal: bool = False,
        synonyms: "bool | Table" = True,
    ) -> "Kwic":
        """The occurrences of a query, each in its context; see `lsq.counting.kwic.Kwic`."""
        from lsq.counting.kwic import Kwic

        request = SearchRequest(
            query, any_word, filters, offset=offset, limit=limit, literal=literal, synonyms=synonyms
        )
        return Kwic(self._engine, request, width=width, sort=sort, sample=sample, seed=seed)

    def trends(  # noqa: PLR0913  # likewise
        self,
        *,
        by: "Group" = "year",
        dates: "Dates" = "made",
        any_word: bool = False,
        filters: "Filters | None" = None,
        literal: bool = False,
        synonyms: "bool | Table" = True,
    ) -> "Trends":
        """The articles in groups, for queries to be counted; see `lsq.counting.trend.Trends`."""
        from lsq.counting.trend import Trends

        request = SearchRequest("*", any_word, filters, literal=literal, synonyms=synonyms)
        return Trends(self._engine, request, by, dates)

    def facets(  # noqa: PLR0913  # likewise
        self,
        query: str,
        by: "Sequence[FacetBy]" = ("issuer", "kind", "year", "folder"),
        top: int | None = 10,
        *,
        any_word: bool = False,
        filters: "Filters | None" = None,
        literal: bool = False,
        synonyms: "bool | Table" = True,
    ) -> "list[Facet]":
        """What the articles that match are; see `lsq.counting.facets.facets`."""
        from lsq.counting.facets import facets

        request = SearchRequest(query, any_word, filters, literal=literal, synonyms=synonyms)
        return facets(self._engine, request, by, top)

    def explain(  # noqa: PLR0913  # all that can be asked for
        self,
        query: str,
        name: str,
        *,
        any_word: bool = False,
        filters: "Filters | None" = None,
        literal: bool = False,
        synonyms: "bool | Table" = True,
    ) -> "tuple[int | None, Explanation]":
        """Why the article with this id matches or does not; see `lsq.search.searcher.explain`."""
        request = SearchRequest(query, any_word, filters, literal=literal, synonyms=synonyms)
        return searcher.explain(self._engine, request, name)

    def synonyms(self, request: SearchRequest) -> "tuple[Entry, ...]":
        """The entries of the thesaurus whose words a request looks for besides."""
        from lsq.search.understood import understood

        return understood(self._engine, request).entries

    def hints(
        self,
        query: str,
        *,
        any_word: bool = False,
        filters: "Filters | None" = None,
        literal: bool = False,
        synonyms: "bool | Table" = True,
    ) -> "Hints":
        """Suggestions for a request that finds nothing; see `lsq.search.hints.hints`."""
        from lsq.search.hints import hints

        return hints(
            self._engine,
            SearchRequest(query, any_word, filters, literal=literal, synonyms=synonyms),
        )

    def highlights(self, article: Article, query: str) -> tuple[tuple[int, int], ...]:
        """The ranges of an article's text that a query finds; see `lsq.search.snippets`.

        The article need not be in the index. It is cut with the index's dictionary, or with
        lsq's own while there is no index.
        """
        from lsq.query import parse
        from lsq.search.snippets import highlights
        from lsq.segment import Segmenter

        segmenter = Segmenter() if self._opened is None else self._opened.segmenter
        return highlights(article, parse(query, segmenter.query_words))

    def article(self, name: str) -> Article:
        """The article with this id, `path#ordinal`.

        Raises:
            UnknownIdError: there is none.
        """
        from lsq.search.explain import find

        (found,) = self._engine.found([find(self._engine, name)])
        return found.article

    def ids(self, beginning: str = "") -> Iterator[str]:
        """The ids of articles that begin with a prefix, in the order of their paths."""
        for path, ordinal in self._engine.ids(beginning.partition("#")[0]):
            if (name := f"{path}#{ordinal}").startswith(beginning):
                yield name

    def asks_for_words(self, query: str) -> bool:
        """Whether a query may match by the words of a run, and not only literally."""
        from lsq.query import Chunk, parse, positive_parts

        tree = parse(query, self._engine.segmenter.query_words)
        parts = positive_parts(tree)
        return any(isinstance(part, Chunk) and len(part.words) > 1 for part in parts)

    def foreign_operators(self, query: str) -> "list[tuple[str, str, bool]]":
        """The text in a query that looks like another program's operator.

        See `lsq.search.wording.foreign_operators`.
        """
        from lsq.query import parse
        from lsq.search.wording import foreign_operators

        tree = parse(query, self._engine.segmenter.query_words)
        return list(foreign_operators(query, tree))

    def citations(self, *names: str, filters: "Filters | None" = None) -> "list[Citation]":
        """The references of articles; see `lsq.relations.citations.citations`.

        Args:
            names: their ids, numbers or titles.
            filters: what these articles must satisfy.

        Raises:
            UnknownIdError: there is no such article.
        """
        from lsq.relations.citations import citations

        return citations(self._engine, names, filters)

    def cited_by(self, *names: str, filters: "Filters | None" = None) -> "list[Citation]":
        """The references to articles; see `lsq.relations.citations.cited_by`.

        Args:
            names: their ids, numbers or titles.
            filters: what the articles that cite them must satisfy.

        Raises:
            UnknownIdError: there is no such article.
        """
        from lsq.relations.citations import cited_by

        return cited_by(self._engine, names, filters)

    def citation_graph(self, filters: "Filters | None" = None) -> "Iterator[Citation]":
        """All references in the index; see `lsq.relations.citations.graph`.

        Args:
            filters: what the articles that cite must satisfy.
        """
        from lsq.relations.citations import graph

        return graph(self._engine, filters)

    def named_article(self, name: str) -> Article:
        """The one article that an id, a number or a title names; of versions, the newest.

        Raises:
            UnknownIdError: there is none.
            AmbiguousNameError: there are several.
        """
        from lsq.relations.citations import named_articles

        article, *others = named_articles(self._engine, name)
        if others:
            raise AmbiguousNameError(name, [article.id, *(other.id for other in others)])
        return article

    def compare(
        self, old: Article | str, new: Article | str, *, numbers: bool = False
    ) -> "list[Change]":
        """The sentences of two articles, aligned; see `lsq.relations.differences.compare`.

        Args:
            old: an article, or what names one in the index.
            new: likewise; articles need not be in the index.
            numbers: the numbers of articles of law (第三条) count.

        Raises:
            UnknownIdError, AmbiguousNameError: a name names none, or several.
        """
        from lsq.relations.differences import compare

        one = self.named_article(old) if isinstance(old, str) else old
        two = self.named_article(new) if isinstance(new, str) else new
        return compare(one, two, numbers=numbers)

    def similar(
        self, article: Article | str, *, filters: "Filters | None" = None
    ) -> "list[Relative]":
        """The articles that are like one; see `lsq.relations.likeness.similar`.

        Args:
            article: an article, or what names one in the index.
            filters: what the others must satisfy.

        Raises:
            UnknownIdError, AmbiguousNameError: a name names none, or several.
        """
        from lsq.relations.likeness import similar

        asked = self.named_article(article) if isinstance(article, str) else article
        return similar(self._engine, asked, filters)

    def news(self, watch: "Watch", snippets: "int | Cut" = 3) -> "News":
        """The new articles of a watch, not marked as seen; see `lsq.relations.watches`."""
        from lsq.relations.watches import news

        return news(self._engine, watch, snippets)

    def article_count(self) -> int:
        """How many articles the index holds."""
        return self._engine.article_count()

    def info(self) -> Info:
        """The state of the index, and its contents."""
        from collections import Counter
        from datetime import datetime

        from lsq.engines.stamps import read_of, skipped_of, total_notes

        stamps, state = self._engine.stamps(), self._engine.state()
        updated = state.updated and datetime.fromtimestamp(state.updated).astimezone()
        recognised = total_notes(stamps.values())
        first, last = self._dates()
        return Info(
            location=self.location,
            engine=state.engine,
            index_format=state.format_version,
            updated=updated.isoformat(timespec="seconds") if updated else None,
            bytes=state.total,
            signature_bytes=state.signatures,
            files=len(read_of(stamps)),
            articles=self.article_count(),
            first_date=first,
            last_date=last,
            recognised_pages=recognised.pages,
            recognised_articles=recognised.articles,
            unrecognised_pages=recognised.unread,
            skipped=dict(Counter(skipped_of(stamps).values())),
        )

    def _dates(self) -> tuple[str | None, str | None]:
        """The earliest and the latest date of an article; None if none has one."""
        sorts: tuple[Sort, Sort] = ("date", "-date")
        found = [list(self.search("*", 1, sort=sort)) for sort in sorts]
        first, last = (hits[0].article.date if hits else None for hits in found)
        return first, last

    def paths(self) -> list[str]:
        """The files the index holds, sorted."""
        from lsq.engines.stamps import read_of

        return sorted(read_of(self._engine.stamps()))

    def skipped(self) -> "dict[str, str]":
        """The files that no reader takes, sorted, each with its kind.

        See `lsq.readers.junk.KINDS`.
        """
        from lsq.engines.stamps import skipped_of

        return dict(sorted(skipped_of(self._engine.stamps()).items()))

    def recognised(self) -> "Notes":
        """How many pages were recognised (OCR), and how many articles have text of these."""
        from lsq.engines.stamps import total_notes

        return total_notes(self._engine.stamps().values())

    def close(self) -> None:
        """Close the index's files."""
        if self._opened is not None:
            self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def open_index(location: str, *, create: bool = True, damaged: bool = False) -> Index:
    """Open the index at `location`, a folder or the URL of one on a cluster.

    Args:
        location: where the index is.
        create: where there is none, open one that is made when it is first updated.
        damaged: open even one that cannot be read, to build it anew.

    Raises:
        NoIndexError: there is none, and none was to be made.
        ForeignIndexError: there is something else, or an index of another version.
        OwnerError: it is somebody else's.
        DamagedError: its files are not as they were written.
        StorageError: the system does not allow lsq to read or make it.
        LocationError, UnreachableError, RefusedError: a cluster cannot be spoken to.
    """
    try:
        return Index(open_engine(location, damaged=damaged))
    except NoIndexError:
        if not create:
            raise
    check_free(location)
    return Index(location)
