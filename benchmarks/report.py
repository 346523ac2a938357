"""The options, the frame and the tables of reports. Measures nothing."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine
from benchmarks.contenders import FIRST, LSQ, LSQ_ALONE, Contender, Wanted
from benchmarks.corpora import CORPORA, Corpus, Query
from benchmarks.imports import Imports
from benchmarks.measure import Indexing, Searching, tell
from benchmarks.process import Run
from benchmarks.recall import Recalled
from benchmarks.tables import ABSENT, MEGA, megabytes, seconds, section, share, table, times

_CAVEAT = """\
Times depend on the machine and on what else it does: they compare within this report only,
and ratios say more than times.
"""


@dataclass(frozen=True, slots=True)
class Report:
    """A report and its runner.

    Attributes:
        runner: a module of `benchmarks`.
        file: the name of the report beside it.
        title: the first heading.
        about: lines of Markdown to add to the usual introduction.
    """

    runner: str
    file: str
    title: str
    about: str = ""

    @property
    def heading(self) -> str:
        """The introduction."""
        command = f"python -m benchmarks.{self.runner} --write benchmarks/{self.file}"
        return f"# {self.title}\n\nMade by `{command}`.\n{_CAVEAT}{self.about}\n"

    def parser(self, description: str | None) -> argparse.ArgumentParser:
        """A parser with the options that all runners have."""
        parser = options(self.runner, description)
        parser.add_argument("--write", type=_writable, help="a file for the report, else stdout")
        return parser

    def text(self, contenders: Iterable[Contender], sections: Iterable[str]) -> str:
        """The whole report.

        Args:
            contenders: the programs whose versions are listed.
            sections: the sections, from `benchmarks.tables.section`.
        """
        return f"{self.heading}{machine.description(contenders)}\n\n" + "\n".join(sections)


def options(runner: str, description: str | None) -> argparse.ArgumentParser:
    """The options of a runner that writes no report."""
    return argparse.ArgumentParser(
        prog=f"python -m benchmarks.{runner}",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def deliver(text: str, target: Path | None) -> None:
    """Write a report, or print it."""
    if target:
        target.write_text(text, "utf-8")
    else:
        print(text)


def optional_corpus(name: str) -> Path | None:
    """The folder of a corpus; None, with a note on stderr, if it is absent."""
    folder = CORPORA / name
    if folder.is_dir():
        return folder
    tell(f"left out: {_absent(name)}")
    return None


def needed_corpus(name: str) -> Path:
    """The folder of a required corpus.

    Raises:
        SystemExit: it is absent.
    """
    folder = CORPORA / name
    if not folder.is_dir():
        sys.exit(_absent(name))
    return folder


def positive(number: str) -> int:
    """Parse a number of an option, at least 1."""
    if not number.isdecimal() or int(number) < 1:
        raise argparse.ArgumentTypeError(f"{number!r} is not a number from 1 on")
    return int(number)


def _writable(path: str) -> Path:
    """Check a path before hours are spent on the report."""
    if not Path(path).resolve().parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder to write {path!r} to")
    return Path(path)


def _absent(name: str) -> str:
    return f"no folder {name}/ among the corpora; set LSQ_CORPORA to the folder that has it"


HOW_OVERVIEW = """\
{files:,} files, {size:.1f} MB of text, copied first, so that they are in the page cache. Each
is a program of its own, measured from outside; in brackets: times what lsq took. Index: the
median of up to three runs, in turn. Peak memory: the largest single process, resident;
“≤”: Linux counts the parent's too, so it was at most that. Update: the index command again,
with nothing changed; a dash where a program cannot, or has no index. Search: the median of
the queries' medians, with all hits printed into a pipe, and with the first {first}. Recall:
of random substrings of `laws/`, asked as literals. lsq repairs what it reads and prints
snippets with the lines; the peers read plain UTF-8 and print paths alone, ripgrep the whole
lines. ripgrep's median is over the queries that it can be asked."""

HOW_SEARCHES = """\
Wall time from a cold shell to the end of the output in a pipe, warm page cache, the median
of up to {rounds} rounds in which all were asked in turn; in brackets, the lines printed (for
lsq a line an article, for the peers a path, for ripgrep a line of the file). A Python that
does nothing took {bare}."""

HOW_FIRST = """\
As above, with the first {first} hits. The last column is `lsq search -l`, all hits but only
their paths: what the peers print in the table above."""

HOW_RECALL = """\
Substrings of 1 to 30 characters, drawn at random (the seed is fixed) from the articles of
`laws/`, titles and line ends included, and from the true paragraphs of the hard-wrapped
`bulletins/`. lsq was asked for each as a literal, through its Python API, and compared with
a plain scan of all articles; the peers were asked for the first of them, as a phrase of
words (jieba + Whoosh: as all its words, since its phrases hardly match), Recoll as a
phrase, ripgrep as a fixed string. Found means: in the file it was drawn from."""

HOW_GROWTH = """\
Every tenth and every third file, and all; one run each of the parts. Index MB/s is source
text a second. To 100,000 articles (1.1 GB) grows lsq alone: [SCALE.md](SCALE.md)."""

HOW_IMPORTS = """\
By `python -X importtime`, which slows what it measures. The slowest are modules by their
own time."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The measurements on a part of the corpus."""

    corpus: Corpus
    indexings: dict[str, Indexing]
    searching: Searching | None


def overview(
    corpus: Corpus,
    contenders: Sequence[Contender],
    indexings: dict[str, Indexing],
    searching: Searching | None,
    recalls: Sequence[Recalled],
) -> str:
    """The section that compares all contenders."""
    base = indexings[LSQ.name]
    rows = []
    for name in [LSQ.name, LSQ_ALONE.name, *(one.name for one in contenders[1:])]:
        one = indexings.get(name)
        row = [name]
        if one:
            size = f"{megabytes(one.size)} ({times(one.size, one.corpus.size)} the text)"
            memory = f"{peak(one.middle)}{_ratio(one.middle.peak, base.middle.peak)}"
            row += [_compared(one.seconds, base.seconds), memory, size, seconds(one.update)]
        else:
            row += [ABSENT] * 4
        for wanted in (Wanted.ALL, Wanted.FIRST):
            took = searching.median(name, wanted) if searching else None
            base_took = searching.median(LSQ.name, wanted) if searching else None
            row.append(_compared(took, base_took))
        row.append(peak(searching.largest(name) if searching else None))
        row.append(_recall(name, recalls[0]) if recalls else ABSENT)
        rows.append(row)
    heads = ["", "index", "peak memory, index", "index size", "update, no change"]
    heads += ["search, all hits", f"search, {FIRST} hits", "peak memory, search", "recall"]
    if searching:
        bare = seconds(searching.bare_seconds)
        rows.append(["a bare Python", *[ABSENT] * 4, bare, bare, ABSENT, ABSENT])
    how = HOW_OVERVIEW.format(files=corpus.files, size=corpus.size / MEGA, first=FIRST)
    return section("lsq and its peers", table(heads, rows), how)


def searches(
    searching: Searching, contenders: Sequence[Contender], queries: Sequence[Query]
) -> list[str]:
    """The section with every query of every contender: all hits, and the first."""
    names = [one.name for one in contenders]
    rows = []
    for query in queries:
        row = [query.kind, _code(query.text)]
        for name in names:
            took = searching.seconds(name, Wanted.ALL, query)
            count = "" if took is None else f" ({searching.hits(name, query):,})"
            row.append(seconds(took) + count)
        rows.append(row)
    medians = (searching.median(name, Wanted.ALL) for name in names)
    rows.append(["median", "", *map(seconds, medians)])
    bare = seconds(searching.bare_seconds)
    rounds = max(len(runs) for runs in searching.runs.values())
    how = HOW_SEARCHES.format(rounds=rounds, bare=bare)
    tables = [section("Cold searches, all hits", table(["kind", "query", *names], rows), how)]
    rows = [
        [
            query.kind,
            _code(query.text),
            *(seconds(searching.seconds(name, Wanted.FIRST, query)) for name in names),
            seconds(searching.seconds(LSQ.name, Wanted.PATHS, query)),
        ]
        for query in queries
    ]
    medians = (searching.median(name, Wanted.FIRST) for name in names)
    paths = seconds(searching.median(LSQ.name, Wanted.PATHS))
    rows.append(["median", "", *map(seconds, medians), paths])
    heads = ["kind", "query", *names, "lsq -l"]
    how = HOW_FIRST.format(first=FIRST)
    return [*tables, section(f"Cold searches, {FIRST} hits", table(heads, rows), how)]


def recall(recalls: Sequence[Recalled]) -> str:
    """The section about the recall of every contender on every corpus."""
    names = [LSQ.name, *recalls[0].peers]
    heads = ["", *(f"`{one.on}`" for one in recalls)]
    rows = [[name, *(_recall(name, one) for one in recalls)] for name in names]
    exactly = (share(one.equal, one.drawn) for one in recalls)
    rows.insert(1, ["lsq, just the articles of the scan", *exactly])
    missed = [f"- `{one.on}`: {line}" for one in recalls for line in one.missed]
    how = "\n".join(
        [HOW_RECALL, *(["", "lsq missed, among others:", "", *missed] if missed else [])]
    )
    return section("Recall of random substrings", table(heads, rows), how)


def growth(stages: Sequence[Stage], contenders: Sequence[Contender]) -> str:
    """The section about the growth of costs with the corpus."""
    rows = []
    for one in contenders:
        for stage in stages:
            size = stage.corpus.size
            row = [one.name, f"{stage.corpus.name}, {megabytes(size)}"]
            taken = stage.indexings.get(one.name)
            if taken:
                row += [
                    seconds(taken.seconds),
                    f"{size / MEGA / taken.seconds:.1f}",
                    peak(taken.middle),
                    times(taken.size, size),
                    seconds(taken.update),
                ]
            else:
                row += [ABSENT] * 5
            searched = stage.searching
            row.append(seconds(searched.median(one.name, Wanted.ALL) if searched else None))
            row.append(peak(searched.largest(one.name) if searched else None))
            rows.append(row)
    heads = ["", "of the corpus", "index", "MB/s", "peak memory, index", "index size / text"]
    heads += ["update, no change", "search, all hits", "peak memory, search"]
    return section("Growth", table(heads, rows), HOW_GROWTH)


def imported(several: Sequence[Imports]) -> str:
    """The section about the imports of commands."""
    rows = [
        [
            f"`{one.command}`" if one.command.startswith("python") else one.command,
            str(one.modules),
            str(one.own),
            f"{one.milliseconds:.0f} ms",
            ", ".join(one.loaded) or ABSENT,
            ", ".join(f"{name} {took:.1f}" for name, took in one.slowest),
        ]
        for one in several
    ]
    heads = ["", "modules", "of lsq", "time", "libraries loaded", "slowest, ms"]
    return section("Imports", table(heads, rows), HOW_IMPORTS)


def _compared(took: float | None, base: float | None) -> str:
    return ABSENT if took is None else seconds(took) + _ratio(took, base)


def _ratio(value: float, base: float | None) -> str:
    return f" ({times(value, base)})" if base else ""


def peak(run: Run | None) -> str:
    """The peak memory of a run, marked if it is only an upper bound."""
    if run is None:
        return ABSENT
    return f"{'≤ ' if run.peak_is_ours else ''}{megabytes(run.peak)}"


def _recall(name: str, recalled: Recalled) -> str:
    if name == LSQ.name:
        return share(recalled.found, recalled.drawn)
    if name not in recalled.peers:
        return ABSENT
    asked, found = recalled.peers[name]
    return share(found, asked)


def _code(text: str) -> str:
    return f"`{text}`"
