"""Keyword in context: each occurrence of a query with the characters around it.

Lines are sorted and sampled by the searched form of the texts; only the articles of the lines
that are returned are unpacked.
"""

import random
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from lsq.counting.occurrences import Range, Searched, occurrences, search, squeezed_range
from lsq.engines import Engine
from lsq.hit import StoredArticle
from lsq.model import Place
from lsq.search.request import SearchRequest
from lsq.search.snippets import apart
from lsq.search.snippets.highlighting import spans

# By path and place, by date, by the text before the match, by the match, by the text after it.
KwicSort: TypeAlias = Literal["path", "date", "left", "match", "right"]
KWIC_SORTS: Final[tuple[KwicSort, ...]] = get_args(KwicSort)

# In characters, on each side.
WIDTH: Final = 20


class KwicLine(NamedTuple):
    """An occurrence in its context, each part on one line.

    Attributes:
        id: the id of the article.
        path: the path of its bulletin.
        place: the place of the match in the bulletin.
        date: when the article was made, else published; ISO 8601, maybe reduced.
        left: the characters before the match.
        match: the match, as printed.
        right: the characters after it.
    """

    id: str
    path: str
    place: Place
    date: str | None
    left: str
    match: str
    right: str


def kwic_line(found: StoredArticle, text: str, place: Range, width: int) -> KwicLine:
    """The line of an occurrence, with `width` characters of context on each side.

    Args:
        found: the article.
        text: its text; callers keep it, because building it takes time.
        place: the range of the match in it.
        width: the number of characters.
    """
    article, (start, end) = found.article, place
    pieces = text[max(0, start - width) : start], text[start:end], text[end : end + width]
    left, match, right = (piece.replace("\n", " ") for piece in pieces)
    date = article.date or article.published
    return KwicLine(article.id, article.path, article.place(start), date, left, match, right)


class _Spot(NamedTuple):
    """An occurrence: its sort key, the number of its article among the matches, its range."""

    key: tuple[str, ...]
    article: int
    range: Range


class Kwic:
    """The lines of a concordance, made on demand.

    Args:
        engine: the index.
        request: the request; its limit and offset count lines.
        width: the number of characters of context on each side.
        sort: the order of lines; ties are broken by path and place.
        sample: the number of lines to draw at random; None for all.
        seed: of the random generator: the same seed draws the same lines.

    Raises:
        QueryError: the query is invalid, or its regular expressions take too long.
        ValueError: there is no such order, or a number is negative.
    """

    def __init__(  # noqa: PLR0913  # all settings
        self,
        engine: Engine,
        request: SearchRequest,
        *,
        width: int = WIDTH,
        sort: KwicSort = "path",
        sample: int | None = None,
        seed: int = 0,
    ) -> None:
        if sort not in KWIC_SORTS or min(width, request.offset, sample or 0) < 0:
            raise ValueError(f"sort {sort!r} is none of {KWIC_SORTS}, or a number is negative")
        self._engine = engine
        self._request = request
        self._width = width
        self._sort = sort
        self._sample = sample
        self._seed = seed
        order = request._replace(sort="date" if sort == "date" else "path", limit=None, offset=0)
        self._searched: Searched = search(engine, order)

    @property
    def query(self) -> str:
        """The query as typed."""
        return self._request.query

    @cached_property
    def _spots(self) -> list[_Spot]:
        """All occurrences, in the order of the articles."""
        numbers = {match.key: number for number, match in enumerate(self._searched.matches)}
        return [
            _Spot(self._key(text.squeezed, text.dropped, each), numbers[text.match.key], each)
            for text, ranges in occurrences(self._engine, self._searched)
            for each in ranges
        ]

    @property
    def total(self) -> int:
        """The number of all occurrences, whatever the limit and the sample."""
        return len(self._spots)

    @cached_property
    def articles(self) -> int:
        """The number of articles with an occurrence."""
        return len({spot.article for spot in self._spots})

    def __iter__(self) -> Iterator[KwicLine]:
        """The lines in their order, from the offset to the limit of the request."""
        first, limit = self._request.offset, self._request.limit
        sorts = self._sort not in ("path", "date")
        if not (sorts or self._sample is not None or first or limit is not None):
            return self._all_in_order()
        spots = self._spots
        if self._sample is not None and self._sample < len(spots):
            chosen = random.Random(self._seed).sample(range(len(spots)), self._sample)  # noqa: S311  # no secret
            spots = [spots[number] for number in sorted(chosen)]
        if sorts:
            spots = sorted(spots, key=lambda spot: spot.key)
        return iter(self._lines(spots[first:][:limit]))

    def _all_in_order(self) -> Iterator[KwicLine]:
        """The lines in the order of their articles, each as soon as it is found."""
        for found in self._engine.found(self._searched.matches):
            text = found.article.text
            for one in apart(spans(found, self._searched.tree)):
                yield kwic_line(found, text, (one.start, one.end), self._width)

    def _lines(self, spots: Sequence[_Spot]) -> list[KwicLine]:
        """The lines of these occurrences, in their order; each article is unpacked once."""
        by_article = sorted(range(len(spots)), key=lambda number: spots[number].article)
        groups = [
            (article, list(numbers))
            for article, numbers in groupby(by_article, lambda number: spots[number].article)
        ]
        matches = [self._searched.matches[article] for article, _ in groups]
        lines: dict[int, KwicLine] = {}
        for (_, numbers), found in zip(groups, self._engine.found(matches), strict=True):
            text = found.article.text
            for number in numbers:
                lines[number] = kwic_line(found, text, spots[number].range, self._width)
        return [lines[number] for number in range(len(spots))]

    def _key(self, squeezed: str, dropped: Sequence[int], place: Range) -> tuple[str, ...]:
        """The sort key of an occurrence: folded, and without white space."""
        if self._sort in ("path", "date"):
            return ()
        start, end = squeezed_range(dropped, place)
        left = squeezed[max(0, start - self._width) : start][::-1]
        match, right = squeezed[start:end], squeezed[end : end + self._width]
        return {"left": (left, match), "match": (match, right), "right": (right, left)}[self._sort]
