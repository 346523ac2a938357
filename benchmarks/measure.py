"""Measure how long lsq and its peers index and search. Prints no table."""

import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from benchmarks.contenders import Contender, Indexer, Site, Wanted
from benchmarks.corpora import ROOT, Corpus, Query, size_of
from benchmarks.process import Run, run

# A contender whose runs have taken more seconds is asked for no further rounds.
PATIENCE = 30
_FOUND_OR_NOT = (0, 1)


def tell(what: str) -> None:
    """Report progress on stderr."""
    print(what, file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Indexing:
    """The cost of indexing.

    Attributes:
        corpus: the indexed corpus.
        site: its folder and the index.
        seconds: the median time.
        middle: the run with the median time, or the next one.
        size: the bytes of the index.
        update: the seconds of an update without changes.
    """

    corpus: Corpus
    site: Site
    seconds: float
    middle: Run
    size: int
    update: float | None


def index(
    indexers: Iterable[Indexer], corpus: Corpus, room: Path, rounds: int
) -> dict[str, Indexing]:
    """Index the corpus several times with each contender, in turn."""
    runs: dict[str, list[Run]] = defaultdict(list)
    updates: dict[str, list[Run]] = defaultdict(list)
    sites: dict[str, Site] = {}
    for number in range(rounds):
        for one in indexers:
            if sum(each.seconds for each in runs[one.name]) > PATIENCE:
                continue
            name = f"{corpus.folder.name}-{one.name.replace(' ', '')}-{number}"
            site = sites[one.name] = Site(corpus.folder, room / name)
            taken = run(one.index(site), cwd=ROOT, watch=True, keep=False)
            tell(f"{corpus.name}: {one.name}: indexed in {taken.seconds:.2f} s")
            runs[one.name].append(taken)
            if one.updates:
                updates[one.name].append(run(one.index(site), cwd=ROOT, keep=False))
    results = {}
    for name, taken_in in runs.items():
        in_order = sorted(taken_in, key=lambda each: each.seconds)
        results[name] = Indexing(
            corpus=corpus,
            site=sites[name],
            seconds=statistics.median(each.seconds for each in in_order),
            middle=in_order[(len(in_order) - 1) // 2],
            size=size_of(sites[name].location),
            update=_median(updates[name]),
        )
    return results


@dataclass(frozen=True, slots=True)
class Searching:
    """The cost of searching.

    Attributes:
        bare: the seconds of a Python that does nothing.
        runs: the runs, by contender, what was wanted, and query.
    """

    bare: list[Run] = field(default_factory=list)
    runs: dict[tuple[str, Wanted, Query], list[Run]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @property
    def bare_seconds(self) -> float:
        """The median of a Python that does nothing."""
        return statistics.median(each.seconds for each in self.bare)

    def seconds(self, name: str, wanted: Wanted, query: Query) -> float | None:
        """The median of the runs of a query; None if it cannot be asked."""
        return _median(self.runs.get((name, wanted, query), []))

    def hits(self, name: str, query: Query) -> int:
        """The number of lines that a search for all hits printed."""
        return self.runs[name, Wanted.ALL, query][0].lines

    def median(self, name: str, wanted: Wanted) -> float | None:
        """The median of the queries' medians."""
        queries = [query for (who, what, query) in self.runs if (who, what) == (name, wanted)]
        taken = [self.seconds(name, wanted, query) for query in queries]
        known = [seconds for seconds in taken if seconds is not None]
        return statistics.median(known) if known else None

    def largest(self, name: str) -> Run | None:
        """The run with the highest peak of memory."""
        runs = [
            each for (who, _, _), several in self.runs.items() if who == name for each in several
        ]
        return max(runs, key=lambda each: each.peak, default=None)


def search(
    contenders: Sequence[Contender],
    indexings: dict[str, Indexing],
    corpus: Corpus,
    queries: Sequence[Query],
    rounds: int,
    wants: Sequence[Wanted] = tuple(Wanted),
) -> Searching:
    """Ask each contender every query in turn, for several rounds, after one query to warm up."""
    result = Searching()
    spent: dict[str, float] = defaultdict(float)
    for number in range(rounds + 1):
        tell(
            f"{corpus.name}: searching, " + (f"round {number} of {rounds}" if number else "warm-up")
        )
        for one in contenders:
            if spent[one.name] > PATIENCE:
                continue
            result.bare.extend(run([sys.executable, "-c", "pass"], cwd=ROOT) for _ in queries)
            indexing = indexings.get(one.name)
            site = indexing.site if indexing else Site(corpus.folder, corpus.folder)
            asked = [wanted for wanted in wants if wanted in one.wants]
            for query, wanted in product(queries if number else queries[:1], asked):
                command = one.search(query.text, site, wanted)
                if command is None:
                    continue
                taken = run(command, cwd=ROOT, statuses=_FOUND_OR_NOT, keep=False)
                if number:
                    spent[one.name] += taken.seconds
                    result.runs[one.name, wanted, query].append(taken)
    return result


def _median(runs: Sequence[Run]) -> float | None:
    return statistics.median(each.seconds for each in runs) if runs else None
