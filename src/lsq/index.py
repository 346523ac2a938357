"""An index as users of the library and the command line see it.

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
        from lsq.indexing import indexer, workers

        options = options or indexer.Options()
        roots = list(paths)
        is_new = self._opened is None or options.rebuild
        with workers.started_for(roots, options.jobs if is_new else 0) as started:
            return indexer.update(self._made(), roots, options, started)

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

    @takes_matching
    def count(self, query: str, **matching: "Unpack[Matching]") -> int:
        """How many articles match."""
        return searcher.count(self._engine, request_of(query, matching))

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
        from lsq.search.rewrite import rewrite

        return rewrite(self._engine, request).entries

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
        """How many articles the index holds."""
        return self._engine.article_count()

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
