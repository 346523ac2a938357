"""The bars that lsq sets itself, and whether a run met them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from benchmarks import tables
from benchmarks.contenders import LSQ, NAIVE, SQLITE, Wanted
from benchmarks.measure import Indexing, Searching
from benchmarks.process import Run
from benchmarks.recall import Recalled
from benchmarks.tables import ABSENT, MEGA, megabytes, section, share

HOW = (
    "What lsq sets itself, for the whole of `laws/`. Peak memory is that of the largest single "
    "process; all processes together took at most what the last row says, shared pages "
    "counted in each. Whether the bars of memory and of size are met at "
    "100,000 articles too, [SCALE.md](SCALE.md) says."
)

# Of lsq, up to a gigabyte of text: what is wanted, and what would be better still.
INDEX_MEMORY = (600 * MEGA, 400 * MEGA)
SEARCH_MEMORY = (100 * MEGA, None)
INDEX_SIZE = (1.5, 1.3)  # times the source


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar for a figure, and a stretch goal.

    Attributes:
        what: the name of the figure.
        value: the figure; None if it was not measured.
        wanted: the bar; None if there is only a stretch goal.
        stretch: the stretch goal; None if there is none.
        unit: the function that formats figures.
        at_least: higher figures are better.
        told: the formatted value, if its format differs from that of the bars.
        bound: the value is only an upper bound.
    """

    what: str
    value: float | None
    wanted: float | None
    stretch: float | None
    unit: Callable[[float], str]
    at_least: bool = False
    told: str = ""
    bound: bool = False

    def row(self) -> list[str]:
        """The row of the table."""
        value = ABSENT if self.value is None else self.told or self.unit(self.value)
        value = f"≤ {value}" if self.bound else value
        return [self.what, value, *self._judged(self.wanted), *self._judged(self.stretch)]

    @property
    def missed(self) -> bool:
        """Whether the figure misses the bar, or is unknown."""
        return self.wanted is not None and self._met(self.wanted) != "met"

    def _judged(self, limit: float | None) -> tuple[str, str]:
        return (ABSENT, ABSENT) if limit is None else (self._limit(limit), self._met(limit))

    def _limit(self, limit: float) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.unit(limit)}"

    def _met(self, limit: float) -> str:
        if self.value is None:
            return "not measured"
        met = self.value >= limit if self.at_least else self.value <= limit
        if self.bound and not met:
            return "not known"
        return "met" if met else "**NOT met**"


def table(bars: Sequence[Bar], rows: Iterable[Sequence[str]] = ()) -> str:
    """A table of bars, and of rows without bars."""
    lines = [["what", "measured", "bar", "", "stretch", ""], *(bar.row() for bar in bars), *rows]
    width = 4 if all(bar.stretch is None for bar in bars) else 6
    heads, *rest = (line[:width] for line in lines)
    return tables.table(heads, rest)


def memory(what: str, run: Run, limits: tuple[float, float | None]) -> Bar:
    """The bar for the memory of a run."""
    return Bar(what, run.peak, *limits, megabytes, bound=run.peak_is_ours)


def index_size(size: float, source: float) -> Bar:
    """The bar for the size of an index relative to that of the text."""
    return Bar("index size, times the source", size / source, *INDEX_SIZE, "{:.2f} ×".format)


def bars(
    indexings: dict[str, Indexing], searching: Searching | None, recalls: Sequence[Recalled]
) -> str:
    """The section of the report."""
    lsq = indexings[LSQ.name]
    judged = _of_index(lsq, indexings)
    if searching:
        judged += _of_search(searching)
    for one in recalls:
        what = f"recall of {one.drawn:,} substrings of `{one.on}`"
        for named, count in ((what, one.found), ("… and no other article found", one.equal)):
            told = share(count, one.drawn)
            value = count / one.drawn
            judged.append(Bar(named, value, 1, None, "{:.0%}".format, at_least=True, told=told))
    together = megabytes(lsq.middle.together) if lsq.middle.together else ABSENT
    unjudged = ["memory of all processes together, index", together, *[ABSENT] * 4]
    return section("Bars", table(judged, [unjudged]), HOW)


def _of_index(lsq: Indexing, indexings: dict[str, Indexing]) -> list[Bar]:
    naive, sqlite = indexings.get(NAIVE.name), indexings.get(SQLITE.name)
    factor = "{:.2f} ×".format
    return [
        Bar(
            f"index, times as fast as {NAIVE.name}",
            naive.seconds / lsq.seconds if naive else None,
            12,
            None,
            "{:.1f} ×".format,
            at_least=True,
        ),
        Bar(
            f"index, time of {SQLITE.name}",
            lsq.seconds / sqlite.seconds if sqlite else None,
            1.35,
            1.15,
            factor,
        ),
        Bar("update with nothing changed", lsq.update, 1, 0.3, "{:.2f} s".format),
        memory("peak memory, index", lsq.middle, INDEX_MEMORY),
        index_size(lsq.size, lsq.corpus.size),
    ]


def _of_search(searching: Searching) -> list[Bar]:
    factor = "{:.1f} ×".format
    largest = searching.largest(LSQ.name)
    result = []
    for wanted, limit, stretch in ((Wanted.ALL, 12, 8), (Wanted.FIRST, 6.5, 5)):
        median = searching.median(LSQ.name, wanted)
        ratio = median and median / searching.bare_seconds
        what = f"cold search in a pipe, {wanted.value}, times a bare Python"
        result.append(Bar(what, ratio, limit, stretch, factor))
    if largest:
        result.append(memory("peak memory, search", largest, SEARCH_MEMORY))
    return result
