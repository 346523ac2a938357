"""The words that stand beside what a query finds more often than their frequency explains.

What is counted are words of running text, outside the occurrences of the query. Each is in the
window of an occurrence or not, and each is a given word or not: of these four numbers the
measures are made. A word in the windows of two occurrences counts once.

Sources: Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", 1993
(G²); Rychlý, "A Lexicographer-Friendly Association Score", 2008 (logDice); Daille, "Approche
mixte pour l'extraction automatique de terminologie", 1994 (MI³); Evert, "Corpora and
collocations", 2008 (windows, and the four numbers).
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
# Of logDice: that of two words which only occur together.
_MOST: Final = 14


class Collocate(NamedTuple):
    """A word that stands beside the occurrences of a query.

    Attributes:
        word: as first printed there.
        together: how often it stands in their windows.
        articles: in how many articles it does.
        occurrences: how often it occurs in the index, outside the occurrences.
        expected: how often it would stand there if it were spread evenly.
        g2: how far `together` is from that, as a log-likelihood ratio.
        logdice: how exclusively the two occur together; at most about 14.
        mi3: the base-2 logarithm of `together`³ by `expected`.
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
    """The words beside the occurrences of a query, and what their numbers are of.

    Attributes:
        query: as typed.
        rows: the best first by the measure asked for; words that stand there less often than
            expected are left out.
        occurrences: how often the query occurs.
        articles: in how many articles.
        beside: how many words of running text are in the windows.
        words: how many the index has, outside the occurrences.
    """

    query: str
    rows: Sequence[Collocate]
    occurrences: int
    articles: int
    beside: int
    words: int


def collocates(  # noqa: PLR0913  # all that can be asked for
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
    """The words that stand beside the occurrences of a query, in the same sentence.

    Args:
        engine: the index, whose every article counts for what is expected.
        request: what is looked for, and by its filters in which articles.
        window: how many words beside an occurrence are looked at, on each side.
        side: on which side of it.
        least: how often a word must stand there.
        least_articles: in how many articles.
        measure: what rows are sorted by; of equals, the more frequent first.
        limit: at most so many; None for all.

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
        # An index made with another version of rjieba may have cut a few words otherwise.
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
                    _MOST + log2(2 * together / (counts.occurrences + occurring)),
                    log2(together**3 / expected),
                )
            )
    rows.sort(key=lambda row: (-getattr(row, measure), -row.together, row.word))
    rows = rows[:limit]
    printed = as_printed(engine, [counts.first[row.word] for row in rows])
    rows = [row._replace(word=word) for row, word in zip(rows, printed, strict=True)]
    return Collocates(request.query, rows, counts.occurrences, counts.having, beside, words)


def g2(both: int, first: int, second: int, every: int) -> float:
    """Dunning's log-likelihood ratio of two properties of things.

    Args:
        both: how many have both.
        first: how many have the first.
        second: how many have the second.
        every: how many there are.
    """
    rest = every - first
    cells = (
        (both, first, second),
        (first - both, first, every - second),
        (second - both, rest, second),
        (rest - (second - both), rest, every - second),
    )
    return 2 * sum(
        seen * log(seen * every / (row * column)) for seen, row, column in cells if seen > 0
    )


class _Counts:
    """Counts the words beside and inside the occurrences of a query.

    Args:
        engine: the index.
        window: how many words beside an occurrence are looked at, on each side.
        side: on which side of it.

    Attributes:
        together: how often each word stands in a window.
        articles: in how many articles it does.
        first: where it first does.
        inside: how often each word is part of an occurrence, or overlaps it.
        occurrences: how many there are.
        having: in how many articles.
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
        self.having = 0

    def count(self, request: SearchRequest) -> None:
        """Count in all articles that match."""
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
            self.having += 1

    def _numbers(
        self, text: str, words: Sequence[Range], places: Sequence[Range]
    ) -> tuple[set[int], set[int]]:
        """Which of the words are beside occurrences, and which inside."""
        starts = [start for start, _ in words]
        ends = [end for _, end in words]
        marks = [found.start() for found in _SENTENCE_END.finditer(text)]
        beside: set[int] = set()
        inside: set[int] = set()
        for start, end in places:
            # Words up to `before` end before the occurrence, those from `after` begin after it.
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
    """The lines that have occurrences: where each begins, its text, the ranges of these in it.

    Lines that one occurrence extends over come as one.
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
