"""An index as users of the library and the command line see it.

with lsq.open_index("index") as index:
    index.update(["seeds"])
    for hit in index.search("国土空间规划", limit=10):
        print(hit.article.path, hit.snippets[0].text)
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Self

from lsq.engines import Engine
from lsq.engines.registry import check_free, open_engine
from lsq.errors import NoIndexError
from lsq.model import Article, Sort
from lsq.search import searcher
from lsq.search.request import SearchRequest, request_of, takes_matching
from lsq.search.searcher import Results

if TYPE_CHECKING:
    from typing import Unpack

    from lsq.counting.contents import Info
    from lsq.counting.facets import Facet, FacetBy
    from lsq.counting.groups import Dates, Group
    from lsq.counting.kwic import Kwic, KwicSort
    from lsq.counting.trend import Trends
    from lsq.indexing import Progress
    from lsq.indexing.indexer import Options, Summary
    from lsq.query.filters import Filters
    from lsq.relations.citations import Citation
    from lsq.relations.differences import Change
    from lsq.relations.likeness import Relative
    from lsq.relations.watches import News, Watch
    from lsq.search.explain import Explanation
    from lsq.search.hints import Hints
    from lsq.search.request import Matching
    from lsq.search.snippets.cuts import Cut
    from lsq.search.thesaurus import Entry


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

    @takes_matching
    def search(
        self,
        query: str,
        limit: int | None = None,
        *,
        snippets: "int | Cut" = 3,
        offset: int = 0,
        sort: Sort = "relevance",
        **matching: "Unpack[Matching]",
    ) -> Results:
        """Find the articles that match, the first `limit`; see `SearchRequest`."""
        request = request_of(query, matching, sort=sort, offset=offset, limit=limit)
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

    @takes_matching
    def count(self, query: str, **matching: "Unpack[Matching]") -> int:
        """How many articles match."""
        return searcher.count(self._engine, request_of(query, matching))

    @takes_matching
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
        **matching: "Unpack[Matching]",
    ) -> "Kwic":
        """The occurrences of a query, each in its context; see `lsq.counting.kwic.Kwic`."""
        from lsq.counting.kwic import Kwic

        request = request_of(query, matching, offset=offset, limit=limit)
        return Kwic(self._engine, request, width=width, sort=sort, sample=sample, seed=seed)

    @takes_matching
    def trends(
        self, *, by: "Group" = "year", dates: "Dates" = "made", **matching: "Unpack[Matching]"
    ) -> "Trends":
        """The articles in groups, for queries to be counted; see `lsq.counting.trend.Trends`."""
        from lsq.counting.trend import Trends

        return Trends(self._engine, request_of("*", matching), by, dates)

    @takes_matching
    def facets(
        self,
        query: str,
        by: "Sequence[FacetBy]" = ("issuer", "kind", "year", "folder"),
        top: int | None = 10,
        **matching: "Unpack[Matching]",
    ) -> "list[Facet]":
        """What the articles that match are; see `lsq.counting.facets.facets`."""
        from lsq.counting.facets import facets

        return facets(self._engine, request_of(query, matching), by, top)

    @takes_matching
    def explain(
        self, query: str, name: str, **matching: "Unpack[Matching]"
    ) -> "tuple[int | None, Explanation]":
        """Why the article with this id matches or does not; see `lsq.search.searcher.explain`."""
        return searcher.explain(self._engine, request_of(query, matching), name)

    @takes_matching
    def hints(self, query: str, **matching: "Unpack[Matching]") -> "Hints":
        """Suggestions for a request that finds nothing; see `lsq.search.hints.hints`."""
        from lsq.search.hints import hints

        return hints(self._engine, request_of(query, matching))

    def synonyms(self, request: SearchRequest) -> "tuple[Entry, ...]":
        """The entries of the thesaurus whose words a request looks for besides."""
        from lsq.search.understood import understood

        return understood(self._engine, request).entries

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

    def foreign_operators(self, query: str) -> "list[tuple[str, str, bool]]":
        """The text in a query that looks like another program's operator.

        See `lsq.search.wording.foreign_operators`.
        """
        from lsq.query import parse
        from lsq.search.wording import foreign_operators

        return list(foreign_operators(query, parse(query, self._engine.segmenter.query_words)))

    def citations(self, *names: str, filters: "Filters | None" = None) -> "list[Citation]":
        """The references of articles; see `lsq.relations.citations.citations`."""
        from lsq.relations.citations import citations

        return citations(self._engine, names, filters)

    def cited_by(self, *names: str, filters: "Filters | None" = None) -> "list[Citation]":
        """The references to articles; see `lsq.relations.citations.cited_by`."""
        from lsq.relations.citations import cited_by

        return cited_by(self._engine, names, filters)

    def citation_graph(self, filters: "Filters | None" = None) -> "Iterator[Citation]":
        """All references in the index; see `lsq.relations.citations.graph`."""
        from lsq.relations.citations import graph

        return graph(self._engine, filters)

    def named_article(self, name: str) -> Article:
        """The one article of a name; see `lsq.relations.citations.named_article`."""
        from lsq.relations.citations import named_article

        return named_article(self._engine, name)

    def _given(self, article: Article | str) -> Article:
        """An article, or the one in the index that a string names."""
        return self.named_article(article) if isinstance(article, str) else article

    def compare(
        self, old: Article | str, new: Article | str, *, numbers: bool = False
    ) -> "list[Change]":
        """The sentences of two articles, aligned; see `lsq.relations.differences.compare`.

        An article may be given by its name; see `named_article`. It need not be in the index.
        """
        from lsq.relations.differences import compare

        return compare(self._given(old), self._given(new), numbers=numbers)

    def similar(
        self, article: Article | str, *, filters: "Filters | None" = None
    ) -> "list[Relative]":
        """The articles that are like one, which may be given by its name.

        See `lsq.relations.likeness.similar` and `named_article`.
        """
        from lsq.relations.likeness import similar

        return similar(self._engine, self._given(article), filters)

    def news(self, watch: "Watch", snippets: "int | Cut" = 3) -> "News":
        """The new articles of a watch, not marked as seen; see `lsq.relations.watches`."""
        from lsq.relations.watches import news

        return news(self._engine, watch, snippets)

    def article_count(self) -> int:
        """How many articles the index holds."""
        return self._engine.article_count()

    def info(self) -> "Info":
        """The state of the index, and its contents; see `lsq.counting.contents.Info`."""
        from lsq.counting.contents import info

        return info(self._engine)

    def paths(self) -> list[str]:
        """The files the index holds, sorted."""
        from lsq.engines.stamps import read_of

        return sorted(read_of(self._engine.stamps()))

    def skipped(self) -> "dict[str, str]":
        """The files that no reader takes, sorted, with their kinds (`lsq.readers.junk.KINDS`)."""
        from lsq.engines.stamps import skipped_of

        return dict(sorted(skipped_of(self._engine.unread()).items()))

    def failed(self) -> "dict[str, str]":
        """The files that could not be read when last tried, sorted, each with the reason.

        Among them are members of archives, files of which a part could not be read, and folders
        that the system refuses. A reason is in the language of the update that met it.
        """
        from lsq.engines.stamps import failed_of

        return dict(sorted(failed_of(self._engine.stamps()).items()))

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
