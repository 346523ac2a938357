"""The public API: an index as the command line and users of the library see it.

with lsq.open_index("index") as index:
    index.update(["seeds"])
    for hit in index.search("国土空间规划", limit=10):
        print(hit.article.path, hit.snippets[0].text)
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Self

from lsq.counting import CountingMethods
from lsq.engines import Engine
from lsq.engines.registry import check_free, open_engine
from lsq.errors import NoIndexError
from lsq.model import Article, Sort
from lsq.relations import RelatingMethods
from lsq.search import searcher
from lsq.search.request import SearchRequest, request_of, takes_matching
from lsq.search.searcher import Results

if TYPE_CHECKING:
    from typing import Unpack

    from lsq.indexing import Progress
    from lsq.indexing.indexer import Options, Summary
    from lsq.search.explain import Explanation
    from lsq.search.hints import Hints
    from lsq.search.request import Matching
    from lsq.search.snippets.cuts import Cut
    from lsq.search.thesaurus import Entry


class Index(CountingMethods, RelatingMethods):
    """An open index; close it, or use it in a `with`."""

    def __init__(self, engine: Engine | str) -> None:
        # A string is a location without an index; the first write creates it.
        self._opened = None if isinstance(engine, str) else engine
        self._location = engine if isinstance(engine, str) else engine.location

    @property
    def location(self) -> str:
        """Where the index is."""
        return self._location

    @property
    def exists(self) -> bool:
        """Whether there was an index when this was opened, or one has been created since."""
        return self._opened is not None

    @property
    def is_incomplete(self) -> bool:
        """Whether the first update is still running or was killed, so files may be missing."""
        return self._engine.is_incomplete()

    @property
    def _engine(self) -> Engine:
        """The engine; raises NoIndexError while there is no index."""
        if self._opened is None:
            self._opened = open_engine(self._location)
        return self._opened

    def _engine_to_write(self) -> Engine:
        """The engine; creates the index if there is none."""
        if self._opened is None:
            self._opened = open_engine(self._location, create=True)
        return self._opened

    def update(self, paths: Iterable[str], options: "Options | None" = None) -> "Summary":
        """Index the files at and below `paths`; see `lsq.indexing.indexer.update`."""
        from lsq.indexing import indexer, workers

        options = options or indexer.Options()
        roots = list(paths)
        is_new = self._opened is None or options.rebuild
        with workers.started_for(roots, options.jobs if is_new else 0) as started:
            return indexer.update(self._engine_to_write(), roots, options, started)

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
        """Replace the content by that of another index; see `lsq.indexing.copier.copy`."""
        from lsq.indexing import copier

        return copier.copy(other._engine, self._engine_to_write(), wait=wait, tell=tell)

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
        """Find the first `limit` articles that match; see `SearchRequest`."""
        request = request_of(query, matching, sort=sort, offset=offset, limit=limit)
        return self.answer(request, snippets)

    def answer(self, request: SearchRequest, snippets: "int | Cut" = 3) -> Results:
        """Run a search request; see `lsq.search.searcher.search`."""
        return searcher.search(self._engine, request, snippets)

    @takes_matching
    def count(self, query: str, **matching: "Unpack[Matching]") -> int:
        """Count the articles that match."""
        return searcher.count(self._engine, request_of(query, matching))

    @takes_matching
    def explain(
        self, query: str, name: str, **matching: "Unpack[Matching]"
    ) -> "tuple[int | None, Explanation]":
        """Explain why an article matches or not; see `lsq.search.searcher.explain`."""
        return searcher.explain(self._engine, request_of(query, matching), name)

    @takes_matching
    def hints(self, query: str, **matching: "Unpack[Matching]") -> "Hints":
        """Suggestions for a request that finds nothing; see `lsq.search.hints.hints`."""
        from lsq.search.hints import hints

        return hints(self._engine, request_of(query, matching))

    def synonyms(self, request: SearchRequest) -> "tuple[Entry, ...]":
        """The thesaurus entries whose terms a request also searches for."""
        from lsq.search.rewrite import rewrite

        return rewrite(self._engine, request).entries

    def highlights(self, article: Article, query: str) -> tuple[tuple[int, int], ...]:
        """The ranges of an article's text to highlight for a query; see `lsq.search.snippets`.

        The article need not be in the index. The query is segmented with the index's
        dictionary, or with lsq's own while there is no index.
        """
        from lsq.query import parse
        from lsq.search.snippets import highlights
        from lsq.segment import Segmenter

        segmenter = Segmenter() if self._opened is None else self._opened.segmenter
        return highlights(article, parse(query, segmenter.query_words))

    def article(self, name: str) -> Article:
        """The article with this id, `path#ordinal`.

        Raises:
            UnknownIdError: no article has it.
        """
        from lsq.search.explain import find_article

        (found,) = self._engine.found([find_article(self._engine, name)])
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

    def article_count(self) -> int:
        """The number of articles in the index."""
        return self._engine.article_count()

    def paths(self) -> list[str]:
        """The files in the index, sorted."""
        from lsq.engines.stamps import read_of

        return sorted(read_of(self._engine.stamps()))

    def skipped(self) -> "dict[str, str]":
        """The files that no reader takes, sorted, with their kinds (`lsq.readers.junk.KINDS`)."""
        from lsq.engines.stamps import skipped_of

        return dict(sorted(skipped_of(self._engine.unread()).items()))

    def failed(self) -> "dict[str, str]":
        """The files that could not be read when last tried, sorted, each with the reason.

        These include members of archives, files of which a part could not be read, and folders
        that are not accessible. A reason is in the language of the update that recorded it.
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
        create: where there is no index, return one that its first update creates.
        damaged: open even a damaged index, to rebuild it.

    Raises:
        NoIndexError: there is none, and `create` is false.
        ForeignIndexError: the location holds something else, or an index of another version.
        OwnerError: another user owns it.
        DamagedError: its files are damaged.
        StorageError: the system does not allow lsq to read or create it.
        LocationError, UnreachableError, RefusedError: the cluster cannot be used.
    """
    try:
        return Index(open_engine(location, damaged=damaged))
    except NoIndexError:
        if not create:
            raise
    check_free(location)
    return Index(location)
