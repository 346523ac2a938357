"""Relations between articles.

references   finds the references in a text
citations    references with their targets, and the citation graph
directory    the documents that references may mean, by title, number and subject
titles       the issuer in a title, without which a document may be cited
versions     chooses the version of a document that a text cites
differences  aligns two articles sentence by sentence
likeness     articles with the same text: reprints, versions, excerpts
reprints     groups the hits of a search that are reprints of one another
quotations   an article with the passages to quote
watches      saved queries, and new articles since each was last run
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lsq.engines import Engine
from lsq.model import Article
from lsq.search import searcher
from lsq.search.request import SearchRequest

if TYPE_CHECKING:
    from lsq.query.filters import Filters
    from lsq.relations.citations import Citation
    from lsq.relations.differences import Change
    from lsq.relations.likeness import Relative
    from lsq.relations.quotations import Quotation, Stretch
    from lsq.relations.watches import News, Watch
    from lsq.search.searcher import Results
    from lsq.search.snippets.cuts import Cut


class RelatingMethods(ABC):
    """The methods of `lsq.Index` that relate articles to each other."""

    @property
    @abstractmethod
    def _engine(self) -> Engine: ...

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
        """The one article with a name; see `lsq.relations.citations.named_article`."""
        from lsq.relations.citations import named_article

        return named_article(self._engine, name)

    def quote(
        self,
        name: str,
        match: str | None = None,
        *,
        around: int = 0,
        places: "Sequence[Stretch]" = (),
    ) -> "Quotation":
        """An article and passages of it; see `lsq.relations.quotations.quotation`."""
        from lsq.relations.quotations import quotation

        return quotation(self._engine, name, match, around=around, places=places)

    def _to_article(self, article: Article | str) -> Article:
        """The article, or the one in the index that a string names."""
        return self.named_article(article) if isinstance(article, str) else article

    def compare(
        self, old: Article | str, new: Article | str, *, numbers: bool = False
    ) -> "list[Change]":
        """The sentences of two articles, aligned; see `lsq.relations.differences.compare`.

        An article may be given by its name; see `named_article`. It need not be in the index.
        """
        from lsq.relations.differences import compare

        return compare(self._to_article(old), self._to_article(new), numbers=numbers)

    def similar(
        self, article: Article | str, *, filters: "Filters | None" = None
    ) -> "list[Relative]":
        """The articles that are similar to one, which may be given by its name.

        See `lsq.relations.likeness.similar` and `named_article`.
        """
        from lsq.relations.likeness import similar

        return similar(self._engine, self._to_article(article), filters)

    def news(self, watch: "Watch", snippets: "int | Cut" = 3) -> "News":
        """The new articles of a watch, not marked as seen; see `lsq.relations.watches`."""
        from lsq.relations.watches import news

        return news(self._engine, watch, snippets)

    def group_reprints(self, request: SearchRequest, snippets: "int | Cut" = 3) -> "Results":
        """Search, and group reprints under the first of them.

        Offset and limit count groups; `Hit.reprints` has the ids of the others.
        """
        from lsq.relations.reprints import grouped

        unlimited = request._replace(offset=0, limit=None)
        results = searcher.search(self._engine, unlimited, snippets)
        return grouped(self._engine, results, request.offset, request.limit)
