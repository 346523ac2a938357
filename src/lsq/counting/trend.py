"""Count a query over time, or by issuer, kind or folder; find its first and last occurrence.

Each group has the number of its articles and characters in the index, so that growth of the
corpus is not mistaken for growth of the query. Nothing is smoothed; empty periods are included.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from lsq.counting.groups import PERIODS, Dates, Group, days, group_of, periods
from lsq.counting.kwic import WIDTH, KwicLine, kwic_line
from lsq.counting.occurrences import Range, occurrences, search, texts
from lsq.engines import Engine, Match
from lsq.search.request import EVERYTHING, SearchRequest

_MILLION: Final = 1_000_000


class TrendRow(NamedTuple):
    """The frequency of a query in a group of articles.

    Attributes:
        value: the period, issuer, kind or folder; None for articles without.
        occurrences: the number of occurrences.
        articles: the number of articles with one.
        of: the number of articles of the group in the index.
        characters: the number of their characters, without white space.
    """

    value: str | None
    occurrences: int
    articles: int
    of: int
    characters: int

    @property
    def per_million(self) -> float:
        """Occurrences per million characters; 0 without characters."""
        return self.occurrences * _MILLION / self.characters if self.characters else 0.0


class Trend(NamedTuple):
    """The frequency of a query by group.

    Attributes:
        query: as typed.
        rows: periods in order; other groups by occurrences, descending.
        occurrences: the number of occurrences, including those outside of periods.
        articles: the number of articles with one.
        outside: the number of occurrences in articles without a period.
        first: the first occurrence in the oldest article; None without a dated one.
        last: the last occurrence in the newest.
    """

    query: str
    rows: Sequence[TrendRow]
    occurrences: int
    articles: int
    outside: int
    first: KwicLine | None
    last: KwicLine | None


class _CorpusArticle(NamedTuple):
    """The group, the day and the length of an article of the corpus."""

    group: str | None
    day: int
    characters: int


class Trends:
    """The articles of an index in groups, in which queries are counted.

    Args:
        engine: the index.
        request: its filters select the articles, its other settings apply to each query;
            its own query is ignored.
        by: the criterion of the groups.
        dates: the date that an article counts for.

    Raises:
        QueryError: a filter is invalid.
    """

    def __init__(
        self,
        engine: Engine,
        request: SearchRequest,
        by: Group = "year",
        dates: Dates = "made",
    ) -> None:
        self._engine = engine
        self._request = request._replace(sort="path", limit=None, offset=0)
        self.by = by
        self.dates = dates
        self._known: dict[Any, _CorpusArticle] = {}
        self.undated = 0
        """The number of articles without a date."""
        self.reduced = 0
        """The number of articles whose date is less precise than a period, as "2020" by month."""
        everything = SearchRequest(EVERYTHING, filters=request.filters, sort="path")
        matches = search(engine, everything).matches
        facts = engine.facts(matches)
        for match, known, text in zip(matches, facts, texts(engine, matches), strict=True):
            first, _last = days(known, dates)
            group = group_of(match, known, by, dates)
            self._known[match.key] = _CorpusArticle(group, first, len(text.squeezed))
            self.undated += not first
            self.reduced += bool(first) and by in PERIODS and group is None

    @property
    def articles(self) -> int:
        """The number of articles."""
        return len(self._known)

    @cached_property
    def span(self) -> tuple[int, int] | None:
        """The first and the last day with articles, as numbers, 20200826; None without dates."""
        found = [known.day for known in self._known.values() if known.day]
        return (min(found), max(found)) if found else None

    def of(self, query: str) -> Trend:
        """Count a query.

        Raises:
            QueryError: it is invalid, or its regular expressions take too long.
        """
        found: Counter[str | None] = Counter()
        containing: Counter[str | None] = Counter()
        dated: list[tuple[int, Match, list[Range]]] = []
        searched = search(self._engine, self._request._replace(query=query))
        for text, ranges in occurrences(self._engine, searched):
            known = self._known[text.match.key]
            found[known.group] += len(ranges)
            containing[known.group] += 1
            if known.day:
                dated.append((known.day, text.match, [ranges[0], ranges[-1]]))
        order = sorted(dated, key=lambda one: (one[0], one[1].path, one[1].ordinal))
        return Trend(
            query,
            [
                TrendRow(
                    group, found[group], containing[group], self._of[group], self._sizes[group]
                )
                for group in self._groups(found)
            ],
            found.total(),
            containing.total(),
            found[None] if self.by in PERIODS else 0,
            self._line(order[0][1], order[0][2][0]) if order else None,
            self._line(order[-1][1], order[-1][2][1]) if order else None,
        )

    def _groups(self, found: Counter[str | None]) -> Sequence[str | None]:
        """All periods from the first article to the last, or the groups with occurrences."""
        if self.by in PERIODS:
            placed = [known.day for known in self._known.values() if known.group is not None]
            return list(periods(min(placed), max(placed), self.by)) if placed else []
        return sorted(found, key=lambda group: (-found[group], group is None, group or ""))

    @cached_property
    def _of(self) -> Counter[str | None]:
        return Counter(known.group for known in self._known.values())

    @cached_property
    def _sizes(self) -> Counter[str | None]:
        sizes: Counter[str | None] = Counter()
        for known in self._known.values():
            sizes[known.group] += known.characters
        return sizes

    def _line(self, match: Match, place: Range) -> KwicLine:
        (found,) = self._engine.found([match])
        return kwic_line(found, found.article.text, place, WIDTH)
