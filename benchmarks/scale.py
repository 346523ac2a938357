"""Measure lsq as its corpus grows to 100,000 articles; write a report in Markdown.

    python -m benchmarks.scale                              2,500 to 100,000 articles
    python -m benchmarks.scale --articles 500,1000          other numbers of them
    python -m benchmarks.scale --articles 1000000           10 GB: 44 GB of disk, over an hour
    python -m benchmarks.scale --against OLD/bin/lsq        and another lsq, in the same run
    python -m benchmarks.scale --write benchmarks/SCALE.md

Run it from the repository; `benchmarks.corpora` says where the corpora are. The corpus is `laws/`
repeated with changes by `benchmarks.grown`, in a temporary folder; it and the index need up to two
and a half times the room of the largest corpus. lsq is measured from outside, as a whole program
started cold.
"""

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import bars
from benchmarks.bars import INDEX_MEMORY, SEARCH_MEMORY, Bar, index_size, memory
from benchmarks.contenders import FIRST, LSQ, Lsq, Site, Wanted
from benchmarks.corpora import ROOT, Query, size_of
from benchmarks.measure import tell
from benchmarks.process import Run, run
from benchmarks.report import Report, deliver, needed_corpus, peak, positive
from benchmarks.tables import ABSENT, MEGA, megabytes, seconds, section, table, times

HOW_BARS = """\
What lsq sets itself, with the worst figure of the sizes up to 2 GB, for the index of those from
50 MB on: below, its dictionary takes much of it."""

HOW_AGAINST = """\
The same of another lsq, `{program}`, on the same files in the same run, up to 2 GB: seconds of this
one, of the other, and the first divided by the second."""

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
times a bare Python, and the lines printed; `-n {first}` where not all hits were wanted. A dash:
the regular expression took longer than lsq allows one to, and was refused."""

HOW_COST = """\
The same figures as cost against size: times a bare Python, or megabytes. The last column is
what each further gigabyte of text costs, by the last and the first size."""

HOW_MEMORY = """\
Of the searches above: resident memory, mapped files included. “≤”: Linux counts that of the
process that measures as well, so it was at most that."""


# The exit status of a refused search.
_REFUSED = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, what was wanted of it, and its median run."""

    query: Query
    wanted: Wanted
    taken: Run


@dataclass(frozen=True, slots=True)
class Taken:
    """The cost of one lsq at one size of the corpus.

    Attributes:
        made: the run that indexed the files.
        unchanged: the run of an update with nothing to do.
        asked: the searches.
    """

    made: Run
    unchanged: Run
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """The measurements at one size of the corpus.

    Attributes:
        articles: the number of articles.
        size: the bytes of the files.
        made: the run that indexed them.
        index_size: the bytes of the index.
        words: the number of different words.
        unchanged: the run of an update with nothing to do.
        changed: the run of one with some files changed.
        asked: the searches.
        bare: the seconds of a Python that does nothing.
        other: the cost of another lsq; None without one, and beyond `BOUNDED`.
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
    other: Taken | None

    @property
    def name(self) -> str:
        """The label of its rows."""
        return f"{self.articles:,}"


def tables(stages: Sequence[Stage], first: int, every: int, program: str = "") -> list[str]:
    """The sections of the report.

    Args:
        stages: the measurements, the smallest corpus first.
        first: the number of requested hits, if not all.
        every: every `every`-th file was changed.
        program: another lsq, if there is one.
    """
    against = HOW_AGAINST.format(program=Path(program).name)
    return [
        section("Bars", _bars(stages), HOW_BARS),
        section("Index", _index(stages), HOW_INDEX),
        section("Update", _update(stages), HOW_UPDATE.format(changed=f"{1 / every:.0%}")),
        section("Cost against size", _costs(stages), HOW_COST),
        section("Cold searches", _searches(stages), HOW_SEARCH.format(first=first)),
        section("Memory of searches", _memory(stages), HOW_MEMORY),
        *([section("Against another lsq", _against(stages), against)] if program else []),
    ]


def _bars(stages: Sequence[Stage]) -> str:
    bounded = [one for one in stages if one.size <= BOUNDED] or stages
    writing = [run for one in bounded for run in (one.made, one.unchanged, one.changed)]
    reading = [asked.taken for one in bounded for asked in one.asked]
    judged = [
        memory(name, max(runs, key=lambda each: each.peak), limits)
        for name, runs, limits in (
            ("peak memory, index and update", writing, INDEX_MEMORY),
            ("peak memory, search", reading, SEARCH_MEMORY),
        )
    ]
    large = [one for one in stages if one.size >= LARGE] or stages
    largest = max(large, key=lambda one: one.index_size / one.size)
    judged.append(index_size(largest.index_size, largest.size))
    for one in stages:
        rare = next((asked for asked in one.asked if asked.query is RARE), None)
        if rare is not None:
            limits = next(limits for size, limits in RARE_LIMITS if one.size <= size)
            value, factor = rare.taken.seconds / one.bare, "{:.1f} ×".format
            judged.append(Bar(f"rare literal, {one.name} articles", value, *limits, factor))
        if abs(one.size - GIGA) < GIGA / 5:
            judged += _of_gigabyte(one)
        if one.articles == UPDATED:
            taken, what = one.unchanged, f"nothing changed, {one.name} articles"
            judged.append(Bar(what, taken.seconds, UPDATE_SECONDS, None, seconds))
            judged.append(
                Bar(
                    "… memory of it",
                    taken.peak,
                    UPDATE_MEMORY,
                    None,
                    megabytes,
                    bound=taken.peak_is_ours,
                )
            )
    return bars.table(judged)


def _of_gigabyte(one: Stage) -> list[Bar]:
    """The bars for searches in a gigabyte; some are relative to another lsq."""
    judged = []
    for at, asked in enumerate(one.asked):
        query, taken = asked.query, asked.taken
        if query.text in EXPRESSION_SECONDS and taken.status != _REFUSED:
            what = f"`{query.text}`, {one.name} articles"
            limit = EXPRESSION_SECONDS[query.text]
            judged.append(Bar(what, taken.seconds, limit, None, seconds))
        if asked.wanted is Wanted.ALL and one.other:
            what = f"`{query.text}`, all hits, times another lsq"
            value = taken.seconds / one.other.asked[at].taken.seconds
            judged.append(Bar(what, value, *ALL_HITS, "{:.2f} ×".format))
    return judged


def _against(stages: Sequence[Stage]) -> str:
    """The costs of another lsq beside those of this one."""

    def cell(ours: Run, theirs: Run) -> str:
        if _REFUSED in (ours.status, theirs.status):
            return ABSENT
        ratio = ours.seconds / theirs.seconds
        return f"{seconds(ours.seconds)} / {seconds(theirs.seconds)} ({ratio:.2f} ×)"

    def row(what: str, ours: Callable[[Stage], Run], theirs: Callable[[Taken], Run]) -> list[str]:
        return [what, *(cell(ours(one), theirs(one.other)) for one in stages if one.other)]

    rows = [
        row("index", lambda one: one.made, lambda other: other.made),
        row("update, nothing changed", lambda one: one.unchanged, lambda other: other.unchanged),
    ]
    for at, asked in enumerate(stages[0].asked):
        rows.append(
            row(
                _head(asked),
                lambda one, at=at: one.asked[at].taken,  # type: ignore[misc]
                lambda other, at=at: other.asked[at].taken,  # type: ignore[misc]
            )
        )
    return table(["what", *(megabytes(one.size) for one in stages if one.other)], rows)


def _costs(stages: Sequence[Stage]) -> str:
    """The cost of each operation at each size, and per additional gigabyte."""
    first, last = stages[0], stages[-1]
    grown = (last.size - first.size) / GIGA

    def row(what: str, taken: Callable[[Stage], Run]) -> list[list[str]]:
        times_bare = [times(taken(one).seconds, one.bare) for one in stages]
        peaks = [peak(taken(one)) for one in stages]
        longer = (taken(last).seconds - taken(first).seconds) / grown if grown else 0.0
        larger = (taken(last).peak - taken(first).peak) / grown if grown else 0.0
        return [
            [what, *times_bare, f"{1000 * longer:.0f} ms"],
            [f"{what}: memory", *peaks, megabytes(larger)],
        ]

    rows: list[list[str]] = []
    for at, asked in enumerate(first.asked):
        what = f"{asked.query.kind} {_head(asked)}"
        rows += row(what, lambda one, at=at: one.asked[at].taken)  # type: ignore[misc]
    rows += row("update, nothing changed", lambda one: one.unchanged)
    rows += row("update, some changed", lambda one: one.changed)
    rows += row("index", lambda one: one.made)
    return table(["what", *(megabytes(one.size) for one in stages), "a GB more"], rows)


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
        *(_head(one) for one in stages[0].asked),
    ]


def _head(asked: Asked) -> str:
    return f"`{asked.query.text}`" + (", all hits" if asked.wanted is Wanted.ALL else "")


def _grown(stages: Sequence[Stage]) -> Callable[[Callable[[Stage], float]], str]:
    """Format the ratio of the last stage's figure to the first's."""
    return lambda figure: times(figure(stages[-1]), figure(stages[0]))


REPORT = Report(
    "scale",
    "SCALE.md",
    "How lsq grows",
    """\
The corpus is `laws/` repeated with changes: every copy of a file has its own dates and
numbers, and some ideographs of it are others wherever they stand, so that the words grow in
number as well. How lsq compares with other programs, [RESULTS.md](RESULTS.md) says.
""",
)

ARTICLES = (2_500, 10_000, 30_000, 100_000)
ROUNDS = 3
# In seconds; a search that takes longer is run once.
PATIENCE = 5
# One in so many files is changed for an update.
CHANGED = 100

RARE = Query("literal, rare", '"海南自由贸易港建设"')
# The bar and the stretch goal of an update, times a bare Python, up to a size of the text.
RARE_LIMITS = ((200 * MEGA, (5.0, 4.5)), (2000 * MEGA, (7.0, 5.0)), (float("inf"), (20.0, 10.0)))
# Bars for an update without changes, by number of articles.
UPDATED, UPDATE_SECONDS, UPDATE_MEMORY = 100_000, 1.2, 80 * MEGA
GIGA = 1e9
# In bytes of text: up to the first, memory is judged and another lsq measured; the size of the
# index is judged from the second on.
BOUNDED, LARGE = 2 * GIGA, 50 * MEGA
# At a gigabyte: seconds for regular expressions; for all hits, times another lsq.
EXPRESSION_SECONDS = {"/罚款[0-9]{4}元/": 0.9, "/第[一二三]+条/": 2.4}
ALL_HITS = (0.6, 0.45)

SEARCHES = (
    (RARE, Wanted.FIRST),
    (Query("literal, nowhere", '"瓯江山水诗之路在哪里"'), Wanted.FIRST),
    (Query("chunk, rare", "海南自由贸易港"), Wanted.FIRST),
    (Query("chunk, frequent", "规定"), Wanted.FIRST),
    (Query("chunk, frequent", "规定"), Wanted.ALL),
    (Query("near", "near/30(野生动物 罚款)"), Wanted.FIRST),
    (Query("regular expression", "/罚款[0-9]{4}元/"), Wanted.FIRST),
    (Query("regular expression, frequent", "/第[一二三]+条/"), Wanted.FIRST),
)
# The disk space, times the text: the corpus, the index, and merging it; and
# the index of another lsq.
_ROOM, _ROOM_OF_ANOTHER = 4, 2
# The mean size of an article of the corpus, in bytes.
_ARTICLE = 11_000

_COUNT_WORDS = """
import sys
from lsq.engines.registry import open_engine
print(sum(1 for _ in open_engine(sys.argv[1]).words()))
"""
# 2: a regular expression that takes too long is refused.
_STATUSES = (0, 1, 2)


def stages(
    articles: Sequence[int], source: Path, room: Path, other: Lsq | None = None
) -> Iterator[Stage]:
    """Grow the corpus to each of these numbers of files, and measure."""
    site = Site(room / "corpus", room / "index")
    made = 0
    for number in sorted(articles):
        tell(f"{number:,} articles: making them")
        size = _make_grown("make", source, site.folder, made, number)
        made = number
        yield _measured(number, size, site, other)
        shutil.rmtree(site.location)


def _make_grown(*arguments: object) -> int:
    command = [sys.executable, "-m", "benchmarks.grown", *map(str, arguments)]
    return int(run(command, cwd=ROOT).output)


def _measured(articles: int, size: int, site: Site, other: Lsq | None) -> Stage:
    others = None
    if other and size <= BOUNDED:  # before anything changes
        elsewhere = Site(site.folder, site.location.with_name("index-of-another"))
        others = _taken(other, elsewhere)
        shutil.rmtree(elsewhere.location)
    taken = _taken(LSQ, site)
    index_size = size_of(site.location)
    words = int(run([sys.executable, "-c", _COUNT_WORDS, str(site.location)], cwd=ROOT).output)
    bare = [run([sys.executable, "-c", "pass"], cwd=ROOT).seconds for _ in range(2 * ROUNDS + 1)]
    _make_grown("change", site.folder, CHANGED)
    changed = _told("some changed", run(LSQ.index(site), cwd=ROOT, watch=True, keep=False))
    return Stage(
        articles=articles,
        size=size,
        made=taken.made,
        index_size=index_size,
        words=words,
        unchanged=taken.unchanged,
        changed=changed,
        asked=taken.asked,
        bare=statistics.median(bare),
        other=others,
    )


def _taken(which: Lsq, site: Site) -> Taken:
    index = which.index(site)
    tell(f" {which.name}")
    made = _told("indexed", run(index, cwd=ROOT, watch=True, keep=False))
    unchanged = _told("nothing changed", run(index, cwd=ROOT, watch=True, keep=False))
    asked = [_asked(query, wanted, site, which) for query, wanted in SEARCHES]
    return Taken(made, unchanged, tuple(asked))


def _asked(query: Query, wanted: Wanted, site: Site, which: Lsq) -> Asked:
    command = which.search(query.text, site, wanted)
    runs: list[Run] = []
    while len(runs) < ROUNDS and all(one.seconds < PATIENCE for one in runs):
        runs.append(run(command, cwd=ROOT, statuses=_STATUSES, keep=False))
    runs.sort(key=lambda one: one.seconds)
    return Asked(query, wanted, _told(query.text, runs[len(runs) // 2]))


def _told(what: str, taken: Run) -> Run:
    tell(f"  {what}: {taken.seconds:.2f} s, {taken.peak / 1e6:.0f} MB")
    return taken


def main(arguments: Sequence[str] | None = None) -> int:
    """Print or write the report."""
    parser = REPORT.parser(__doc__)
    numbers = ",".join(map(str, ARTICLES))
    add = parser.add_argument
    add("--articles", type=_numbers, default=numbers, help="how many, with commas between")
    add("--room", type=Path, help="where to make the temporary folder")
    add("--against", metavar="PROGRAM", default="", help="another lsq, such as an older one")
    given = parser.parse_args(arguments)
    if given.against and not os.access(given.against, os.X_OK):
        parser.error(f"there is no program {given.against}")
    if given.room and not given.room.is_dir():
        parser.error(f"there is no folder {given.room}")
    needed = max(given.articles) * _ARTICLE * _ROOM
    if given.against:
        needed += min(max(given.articles) * _ARTICLE, BOUNDED) * _ROOM_OF_ANOTHER
    free = shutil.disk_usage(given.room or tempfile.gettempdir()).free
    if free < needed:
        parser.error(
            f"{max(given.articles):,} articles take {needed / GIGA:.0f} GB of disk, and "
            f"{free / GIGA:.0f} are free; name another folder with --room"
        )
    source = needed_corpus("laws")
    os.environ.pop("LSQ_INDEX", None)
    measured: list[Stage] = []
    text = ""
    program = os.path.abspath(given.against) if given.against else ""
    other = Lsq("another lsq", program=program) if program else None
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=given.room) as room:
        for stage in stages(given.articles, source, Path(os.path.realpath(room)), other):
            measured.append(stage)
            text = REPORT.text([LSQ], tables(measured, FIRST, CHANGED, program))
            if given.write:  # after every size, because the largest may take an hour
                deliver(text, given.write)
    if not given.write:
        deliver(text, None)
    return 0


def _numbers(given: str) -> list[int]:
    return [positive(number) for number in given.split(",")]


if __name__ == "__main__":
    sys.exit(main())
