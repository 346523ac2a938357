"""Statistics of the occurrences of a query: in context, over time, by facet, by collocate.

An occurrence is what `lsq search -o` prints (`occurrences`), so that a search can verify every
number.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsq.engines import Engine
from lsq.search.request import Matching, request_of, takes_matching

if TYPE_CHECKING:
    from typing import Unpack

    from lsq.counting.collocates import Collocates, Measure, Side
    from lsq.counting.contents import Info
    from lsq.counting.facets import Facet, FacetBy
    from lsq.counting.groups import Dates, Group
    from lsq.counting.kwic import Kwic, KwicSort
    from lsq.counting.phrases import Phrases
    from lsq.counting.trend import Trends


class CountingMethods(ABC):
    """The methods of `lsq.Index` for statistics."""

    @property
    @abstractmethod
    def _engine(self) -> Engine: ...

    @takes_matching
    def kwic(  # noqa: PLR0913  # all settings
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
        """A concordance of a query; see `lsq.counting.kwic.Kwic`."""
        from lsq.counting.kwic import Kwic

        request = request_of(query, matching, offset=offset, limit=limit)
        return Kwic(self._engine, request, width=width, sort=sort, sample=sample, seed=seed)

    @takes_matching
    def trends(
        self, *, by: "Group" = "year", dates: "Dates" = "made", **matching: "Unpack[Matching]"
    ) -> "Trends":
        """Group the articles, to count queries in each group; see `lsq.counting.trend.Trends`."""
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
        """Count the matching articles by field; see `lsq.counting.facets.facets`."""
        from lsq.counting.facets import facets

        return facets(self._engine, request_of(query, matching), by, top)

    @takes_matching
    def collocates(  # noqa: PLR0913  # all settings
        self,
        query: str,
        *,
        window: int = 5,
        side: "Side" = "both",
        least: int = 5,
        least_articles: int = 3,
        measure: "Measure" = "logdice",
        limit: int | None = None,
        **matching: "Unpack[Matching]",
    ) -> "Collocates":
        """The collocates of a query; see `lsq.counting.collocates.collocates`."""
        from lsq.counting.collocates import collocates

        return collocates(
            self._engine,
            request_of(query, matching),
            window=window,
            side=side,
            least=least,
            least_articles=least_articles,
            measure=measure,
            limit=limit,
        )

    @takes_matching
    def phrases(  # noqa: PLR0913  # all settings
        self,
        query: str = "*",
        *,
        against: str | None = None,
        new: bool = False,
        quoted: bool = False,
        least_articles: int = 5,
        least_words: int = 1,
        limit: int | None = 50,
        **matching: "Unpack[Matching]",
    ) -> "Phrases":
        """The set phrases of the matching articles; see `lsq.counting.phrases.phrases`."""
        from lsq.counting.phrases import phrases

        return phrases(
            self._engine,
            request_of(query, matching),
            against=against,
            new=new,
            quoted=quoted,
            least_articles=least_articles,
            least_words=least_words,
            limit=limit,
        )

    def info(self) -> "Info":
        """The state of the index, and its contents; see `lsq.counting.contents.Info`."""
        from lsq.counting.contents import info

        return info(self._engine)
