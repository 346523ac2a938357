"""What lsq takes as its corpus grows to 100,000 articles, as a report in Markdown.

    python -m benchmarks.scale                              2,500 to 100,000 articles
    python -m benchmarks.scale --articles 500,1000          other numbers of them
    python -m benchmarks.scale --write benchmarks/SCALE.md

To be run from the repository; where the corpora are, `benchmarks.corpora` says. Here it is
`laws/` repeated with changes, as `benchmarks.grown` makes it, in a temporary folder: that
and the index take up to two and a half times as much room as the largest corpus. lsq is a
whole program here, started cold and measured from outside.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import rmtree

from benchmarks.contenders import LSQ
from benchmarks.contract import FIRST, Site, Wanted
from benchmarks.corpora import ROOT, size_of
from benchmarks.measure import tell
from benchmarks.process import Run, run
from benchmarks.queries import Query
from benchmarks.reporting import Report, deliver, needed_corpus, positive
from benchmarks.scaled import Asked, Stage, tables

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
# Seconds; what takes longer is asked for once.
PATIENCE = 5
# Every so manieth file is changed for an update.
CHANGED = 100

SEARCHES = (
    (Query("chunk, rare", "海南自由贸易港"), Wanted.FIRST),
    (Query("chunk, frequent", "规定"), Wanted.FIRST),
    (Query("chunk, frequent", "规定"), Wanted.ALL),
    (Query("near", "near/30(野生动物 罚款)"), Wanted.FIRST),
    (Query("regular expression", "/罚款[0-9]{4}元/"), Wanted.FIRST),
    (Query("regular expression, frequent", "/第[一二三]+条/"), Wanted.FIRST),
)
_COUNT_WORDS = """
import sys
from lsq.engines import open_engine
print(sum(1 for _ in open_engine(sys.argv[1]).words()))
"""
# 2: a regular expression that takes too long is refused.
_STATUSES = (0, 1, 2)


def stages(articles: Sequence[int], source: Path, room: Path) -> Iterator[Stage]:
    """Let the corpus grow to each of these numbers of files, and measure there."""
    site = Site(room / "corpus", room / "index")
    made = 0
    for number in sorted(articles):
        tell(f"{number:,} articles: making them")
        size = _grown("make", source, site.folder, made, number)
        made = number
        yield _measured(number, size, site)
        rmtree(site.location)


def _grown(*arguments: object) -> int:
    command = [sys.executable, "-m", "benchmarks.grown", *map(str, arguments)]
    return int(run(command, cwd=ROOT).output)


def _measured(articles: int, size: int, site: Site) -> Stage:
    index = LSQ.index(site)
    made = _told("indexed", run(index, cwd=ROOT, watch=True, keep=False))
    index_size = size_of(site.location)
    words = int(run([sys.executable, "-c", _COUNT_WORDS, str(site.location)], cwd=ROOT).output)
    unchanged = _told("nothing changed", run(index, cwd=ROOT, watch=True, keep=False))
    asked = [_asked(query, wanted, site) for query, wanted in SEARCHES]
    bare = [run([sys.executable, "-c", "pass"], cwd=ROOT).seconds for _ in range(2 * ROUNDS + 1)]
    _grown("change", site.folder, CHANGED)
    changed = _told("some changed", run(index, cwd=ROOT, watch=True, keep=False))
    return Stage(
        articles=articles,
        size=size,
        made=made,
        index_size=index_size,
        words=words,
        unchanged=unchanged,
        changed=changed,
        asked=tuple(asked),
        bare=statistics.median(bare),
    )


def _asked(query: Query, wanted: Wanted, site: Site) -> Asked:
    command = LSQ.search(query.text, site, wanted)
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
    given = parser.parse_args(arguments)
    if given.room and not given.room.is_dir():
        parser.error(f"there is no folder {given.room}")
    source = needed_corpus("laws")
    os.environ.pop("LSQ_INDEX", None)
    measured: list[Stage] = []
    text = ""
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=given.room) as room:
        for stage in stages(given.articles, source, Path(os.path.realpath(room))):
            measured.append(stage)
            text = REPORT.text([LSQ], tables(measured, FIRST, CHANGED))
            if given.write:  # at every size: the largest may take an hour
                deliver(text, given.write)
    if not given.write:
        deliver(text, None)
    return 0


def _numbers(given: str) -> list[int]:
    return [positive(number) for number in given.split(",")]


if __name__ == "__main__":
    sys.exit(main())
