"""Collocates: the words that occur beside a query more often than their frequency explains.

The words of the running text outside the occurrences of the query are counted in a 2×2 table:
in the window of an occurrence or not, a given word or not. The measures are computed from it. A
word in the windows of two occurrences counts once.

Sources: Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", 1993
(G²); Rychlý, "A Lexicographer-Friendly Association Score", 2008 (logDice); Daille, "Approche
mixte pour l'extraction automatique de terminologie", 1994 (MI³); Evert, "Corpora and
collocations", 2008 (windows, contingency tables).
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log, log2
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from lsq.counting.occurrences import Range, as_printed, occurrences, search
from lsq.counting.word_counts import running_counts, word_at
from lsq.engines import Engine, Match
from lsq.search.request import SearchRequest
from lsq.text import FOLDED_END

Side: TypeAlias = Literal["left", "right", "both"]
SIDES: Final[tuple[Side, ...]] = get_args(Side)
Measure: TypeAlias = Literal["logdice", "g2", "mi3"]
MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)

# In words, on each side.
WINDOW: Final = 5
LEAST: Final = 5
LEAST_ARTICLES: Final = 3

_SENTENCE_END: Final = re.compile(FOLDED_END)
# The constant of logDice: its maximum, for two words that only occur together.
_LOGDICE_OFFSET: Final = 14


class Collocate(NamedTuple):
    """A word in the windows of the occurrences of a query.

    Attributes:
        word: as printed at its first occurrence in a window.
        together: its frequency in the windows.
        articles: the number of articles with it in a window.
        occurrences: its frequency in the index, outside the occurrences of the query.
        expected: its frequency in the windows if it were spread evenly.
        g2: the log-likelihood ratio of `together` and `expected`.
        logdice: how exclusively the two occur together; at most about 14.
        mi3: log2(`together`³ / `expected`).
    """

    word: str
    together: int
    articles: int
    occurrences: int
    expected: float
    g2: float
    logdice: float
    mi3: float


class Collocates(NamedTuple):
    """The collocates of a query, and the totals of their numbers.

    Attributes:
        query: as typed.
        rows: the collocates, the best by the requested measure first, without words that are
            less frequent in the windows than expected.
        occurrences: the number of occurrences of the query.
        articles: the number of articles with one.
        beside: the number of words in the windows.
        words: the number of words in the index, outside the occurrences.
    """

    query: str
    rows: Sequence[Collocate]
    occurrences: int
    articles: int
    beside: int
    words: int


def collocates(  # noqa: PLR0913  # all settings
    engine: Engine,
    request: SearchRequest,
    *,
    window: int = WINDOW,
    side: Side = "both",
    least: int = LEAST,
    least_articles: int = LEAST_ARTICLES,
    measure: Measure = "logdice",
    limit: int | None = None,
) -> Collocates:
    """The words beside the occurrences of a query, in the same sentence.

    Args:
        engine: the index; expected frequencies are computed from all of its articles.
        request: the query, and the filters.
        window: the number of words of a window on each side.
        side: the side of the occurrence to look at.
        least: the minimum frequency of a word in the windows.
        least_articles: the minimum number of articles with it in a window.
        measure: the sort key; of equals, the more frequent word first.
        limit: the maximum number of rows; None for all.

    Raises:
        QueryError: the query or a filter is invalid, or takes too long.
        ValueError: there is no such side or measure, or a number is too small.
    """
    if side not in SIDES or measure not in MEASURES or min(window, least, least_articles) < 1:
        raise ValueError(f"side {side!r}, measure {measure!r}, or a number below 1")
    counts = _Counts(engine, window, side)
    counts.count(request)
    running = running_counts(engine)
    words = running.total() - counts.inside.total()
    beside = counts.together.total()
    rows: list[Collocate] = []
    for word, together in counts.together.items():
        if together < least or counts.articles[word] < least_articles:
            continue
        # Another version of rjieba may have segmented the index slightly differently.
        occurring = max(together, running[word] - counts.inside[word])
        expected = beside * occurring / words
        if together > expected:
            rows.append(
                Collocate(
                    word,
                    together,
                    counts.articles[word],
                    occurring,
                    expected,
                    g2(together, beside, occurring, words),
                    _LOGDICE_OFFSET + log2(2 * together / (counts.occurrences + occurring)),
                    log2(together**3 / expected),
                )
            )
    rows.sort(key=lambda row: (-getattr(row, measure), -row.together, row.word))
    rows = rows[:limit]
    printed = as_printed(engine, [counts.first[row.word] for row in rows])
    rows = [row._replace(word=word) for row, word in zip(rows, printed, strict=True)]
    return Collocates(request.query, rows, counts.occurrences, counts.article_count, beside, words)


def g2(both: int, first: int, second: int, total: int) -> float:
    """Dunning's log-likelihood ratio of two properties.

    Args:
        both: the number of items with both properties.
        first: the number of items with the first.
        second: the number of items with the second.
        total: the number of all items.
    """
    rest = total - first
    cells = (
        (both, first, second),
        (first - both, first, total - second),
        (second - both, rest, second),
        (rest - (second - both), rest, total - second),
    )
    return 2 * sum(
        seen * log(seen * total / (row * column)) for seen, row, column in cells if seen > 0
    )


class _Counts:
    """Counts the words beside and inside the occurrences of a query.

    Args:
        engine: the index.
        window: the number of words of a window on each side.
        side: the side of the occurrence to look at.

    Attributes:
        together: the frequency of each word in the windows.
        articles: the number of articles with the word in a window.
        first: the first occurrence of each word in a window.
        inside: how often each word overlaps an occurrence.
        occurrences: the number of occurrences.
        article_count: the number of articles with one.
    """

    def __init__(self, engine: Engine, window: int, side: Side) -> None:
        self._engine = engine
        self._window = window
        self._side = side
        self.together: Counter[str] = Counter()
        self.articles: Counter[str] = Counter()
        self.first: dict[str, tuple[Match, Range]] = {}
        self.inside: Counter[str] = Counter()
        self.occurrences = 0
        self.article_count = 0

    def count(self, request: SearchRequest) -> None:
        """Count in all matching articles."""
        searched = search(self._engine, request._replace(sort="path", limit=None, offset=0))
        for text, ranges in occurrences(self._engine, searched):
            together: Counter[str] = Counter()
            for at, lines, places in _lines(text.folded, ranges):
                words = self._engine.segmenter.running_words(lines)
                beside, inside = self._numbers(lines, words, places)
                for number in beside:
                    start, end = words[number]
                    word = word_at(lines, (start, end))
                    together[word] += 1
                    if word not in self.first:
                        self.first[word] = (text.match, (at + start, at + end))
                self.inside.update(word_at(lines, words[number]) for number in inside)
            self.together.update(together)
            self.articles.update(together.keys())
            self.occurrences += len(ranges)
            self.article_count += 1

    def _numbers(
        self, text: str, words: Sequence[Range], places: Sequence[Range]
    ) -> tuple[set[int], set[int]]:
        """The indices of the words in the windows, and of those that overlap occurrences."""
        starts = [start for start, _ in words]
        ends = [end for _, end in words]
        marks = [found.start() for found in _SENTENCE_END.finditer(text)]
        beside: set[int] = set()
        inside: set[int] = set()
        for start, end in places:
            # words[:before] end before the occurrence, words[after:] begin after it.
            before, after = bisect_right(ends, start), bisect_left(starts, end)
            inside.update(range(before, after))
            if self._side != "right":
                mark = bisect_left(marks, start)
                first = bisect_right(starts, marks[mark - 1]) if mark else 0
                beside.update(range(max(first, before - self._window), before))
            if self._side != "left":
                mark = bisect_left(marks, end - 1)
                last = bisect_left(starts, marks[mark]) if mark < len(marks) else len(words)
                beside.update(range(after, min(last, after + self._window)))
        return beside - inside, inside


def _lines(text: str, ranges: Sequence[Range]) -> Iterator[tuple[int, str, list[Range]]]:
    """The lines with occurrences: the start of each, its text, the occurrences relative to it.

    Lines that one occurrence covers are returned as one.
    """
    first, last, inside = 0, -1, list[Range]()
    for start, end in ranges:
        if start > last:
            if inside:
                yield first, text[first:last], inside
            first, inside = text.rfind("\n", 0, start) + 1, []
        if end > last:
            feed = text.find("\n", end - 1)
            last = len(text) if feed < 0 else max(feed, end)
        inside.append((start - first, end - first))
    if inside:
        yield first, text[first:last], inside
