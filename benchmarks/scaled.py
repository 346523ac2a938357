"""The tables of how lsq grows with its corpus. Measures nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks import bars
from benchmarks.bars import INDEX_MEMORY, SEARCH_MEMORY, index_size, memory
from benchmarks.contract import Wanted
from benchmarks.process import Run
from benchmarks.queries import Query
from benchmarks.report import peak
from benchmarks.tables import ABSENT, MEGA, megabytes, seconds, section, table, times

HOW_BARS = """\
What lsq sets itself whatever the size of the corpus, with the worst figure of all sizes."""

HOW_INDEX = """\
An article is a file; words are different ones. Index: from nothing, all cores; MB/s is source
text a second. Memory is resident, mapped files included: of the largest process, and of all
at one time, shared pages counted in each. The last line says how many times the first size's
figure the last one's is: what is more there than the text's grows faster than the text."""

HOW_UPDATE = """\
The index command again: with nothing changed, and with {changed} of all files changed. Memory
as above, of the largest process."""

HOW_SEARCH = """\
From a cold shell to the end of the output in a pipe, the median of up to three; in brackets,
times a bare Python, and the lines printed; `-n {first}` where not all hits were wanted. Every
literal, and of every chunk its literal, is looked for in the whole text: that cannot but grow
with it. A dash: the regular expression took longer than lsq allows one to, and was refused."""

HOW_MEMORY = """\
Of the searches above: resident memory, mapped files included. “≤”: Linux counts that of the
process that measures as well, so it was at most that."""


# With which a search ends that is refused.
_REFUSED = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, what was wanted of it, and the run of which the time is the median."""

    query: Query
    wanted: Wanted
    taken: Run


@dataclass(frozen=True, slots=True)
class Stage:
    """What was measured at one size of the corpus.

    Attributes:
        articles: how many.
        size: of the files, in bytes.
        made: the run that indexed them.
        index_size: in bytes.
        words: how many different ones there are.
        unchanged: the run of an update with nothing to do.
        changed: the run of one with some files changed.
        asked: the searches.
        bare: seconds that a Python takes that does nothing.
    """

    articles: int
    size: int
    made: Run
    index_size: int
    words: int
    unchanged: Run
    changed: Run
    asked: tuple[Asked, ...]
    bare: float

    @property
    def name(self) -> str:
        """What its rows begin with."""
        return f"{self.articles:,}"


def tables(stages: Sequence[Stage], first: int, every: int) -> list[str]:
    """The sections of the report.

    Args:
        stages: what was measured, smallest first.
        first: how many hits were wanted where not all were.
        every: every so manieth file was changed.
    """
    return [
        section("Bars", _bars(stages), HOW_BARS),
        section("Index", _index(stages), HOW_INDEX),
        section("Update", _update(stages), HOW_UPDATE.format(changed=f"{1 / every:.0%}")),
        section("Cold searches", _searches(stages), HOW_SEARCH.format(first=first)),
        section("Memory of searches", _memory(stages), HOW_MEMORY),
    ]


def _bars(stages: Sequence[Stage]) -> str:
    writing = [run for one in stages for run in (one.made, one.unchanged, one.changed)]
    reading = [asked.taken for one in stages for asked in one.asked]
    judged = [
        memory(name, max(runs, key=lambda each: each.peak), limits)
        for name, runs, limits in (
            ("peak memory, index and update", writing, INDEX_MEMORY),
            ("peak memory, search", reading, SEARCH_MEMORY),
        )
    ]
    largest = max(stages, key=lambda one: one.index_size / one.size)
    return bars.table([*judged, index_size(largest.index_size, largest.size)])


def _index(stages: Sequence[Stage]) -> str:
    rows = [
        [
            one.name,
            megabytes(one.size),
            f"{one.words:,}",
            seconds(one.made.seconds),
            f"{one.size / MEGA / one.made.seconds:.1f}",
            peak(one.made),
            megabytes(one.made.together) if one.made.together else ABSENT,
            f"{megabytes(one.index_size)} ({times(one.index_size, one.size)})",
        ]
        for one in stages
    ]
    grown = _grown(stages)
    rows.append(
        [
            "last / first",
            grown(lambda one: one.size),
            grown(lambda one: one.words),
            grown(lambda one: one.made.seconds),
            "",
            grown(lambda one: one.made.peak),
            grown(lambda one: one.made.together),
            grown(lambda one: one.index_size),
        ]
    )
    heads = ["articles", "text", "words", "index", "MB/s", "memory", "all processes"]
    return table([*heads, "size (/ text)"], rows)


def _update(stages: Sequence[Stage]) -> str:
    rows = [
        [
            one.name,
            f"{seconds(one.unchanged.seconds)} ({times(one.unchanged.seconds, one.bare)})",
            peak(one.unchanged),
            f"{seconds(one.changed.seconds)} ({times(one.changed.seconds, one.made.seconds)})",
            peak(one.changed),
        ]
        for one in stages
    ]
    grown = _grown(stages)
    rows.append(
        [
            "last / first",
            grown(lambda one: one.unchanged.seconds),
            grown(lambda one: one.unchanged.peak),
            grown(lambda one: one.changed.seconds),
            grown(lambda one: one.changed.peak),
        ]
    )
    heads = ["articles", "nothing changed (/ bare Python)", "memory"]
    return table([*heads, "some changed (/ index)", "memory"], rows)


def _searches(stages: Sequence[Stage]) -> str:
    def cell(one: Stage, asked: Asked) -> str:
        taken = asked.taken
        if taken.status == _REFUSED:
            return ABSENT
        ratio = times(taken.seconds, one.bare)
        return f"{seconds(taken.seconds)} ({ratio}; {taken.lines:,})"

    rows = [[one.name, *(cell(one, asked) for asked in one.asked)] for one in stages]
    grown = _grown(stages)
    rows.append(
        [
            "last / first",
            *(
                grown(lambda one, at=at: one.asked[at].taken.seconds)  # type: ignore[misc]
                for at in range(len(stages[0].asked))
            ),
        ]
    )
    return table(_heads(stages), rows)


def _memory(stages: Sequence[Stage]) -> str:
    rows = [[one.name, *(peak(asked.taken) for asked in one.asked)] for one in stages]
    return table(_heads(stages), rows)


def _heads(stages: Sequence[Stage]) -> list[str]:
    return [
        "articles",
        *(
            f"`{one.query.text}`" + (", all hits" if one.wanted is Wanted.ALL else "")
            for one in stages[0].asked
        ),
    ]


def _grown(stages: Sequence[Stage]) -> Callable[[Callable[[Stage], float]], str]:
    """Says how many times the first stage's figure the last one's is."""
    return lambda figure: times(figure(stages[-1]), figure(stages[0]))
