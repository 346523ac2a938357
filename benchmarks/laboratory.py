"""Lets lsq and its peers do all that is asked for. Writes no table and no report."""

import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks import imports, measure, recalled, report
from benchmarks.bars import bars
from benchmarks.contenders import LSQ, LSQ_ALONE
from benchmarks.contract import Contender, Indexer, Peer, Wanted
from benchmarks.corpora import ROOT, Corpus, copied
from benchmarks.measure import Indexing, Searching, tell
from benchmarks.process import FailedError, run
from benchmarks.queries import QUERIES
from benchmarks.recalled import Recalled
from benchmarks.reporting import optional_corpus

PARTS = ("index", "search", "recall", "growth", "imports", "recovery")
SHARES = ((10, "a tenth"), (3, "a third"))


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is done.

    Attributes:
        rounds: how often everything is measured; the middle counts.
        queries: how many of the queries are asked.
        substrings: how many are drawn for lsq from each corpus.
        for_peers: how many of them the peers are asked.
    """

    rounds: int
    queries: int
    substrings: int
    for_peers: int


FULL = Effort(rounds=5, queries=len(QUERIES), substrings=2000, for_peers=200)
QUICK = Effort(rounds=1, queries=2, substrings=50, for_peers=10)
GROWTH_ROUNDS = 1
INDEX_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Laboratory:
    """Where the measuring is done, with whom and on what.

    Attributes:
        room: a folder for copies and indexes.
        source: the folder of the corpus.
        every: every so manieth of its files counts.
        present: the peers that are here.
        parts: which parts are asked for.
        effort: how much is done.
    """

    room: Path
    source: Path
    every: int
    present: tuple[Peer, ...]
    parts: frozenset[str]
    effort: Effort

    @property
    def contenders(self) -> tuple[Contender, ...]:
        """All that are here, lsq first."""
        return (LSQ, *self.present)

    @property
    def indexers(self) -> tuple[Indexer, ...]:
        """Those of them that have an index."""
        return tuple(one for one in self.contenders if isinstance(one, Indexer))

    def copy(self, name: str, every: int) -> Corpus:
        """Every so manieth file of the corpus."""
        folder = self.room / f"every-{every}"
        return copied(name, self.source, folder, every=every * self.every)


def measured(laboratory: Laboratory) -> list[str]:
    """Measure all that is asked for; the sections of the report."""
    effort, parts = laboratory.effort, laboratory.parts
    corpus = laboratory.copy("all", 1)
    rounds = min(effort.rounds, INDEX_ROUNDS)
    indexers = (*laboratory.indexers, LSQ_ALONE)
    indexings = measure.index(indexers, corpus, laboratory.room, rounds)
    searching = None
    recalls: list[Recalled] = []
    sections = []
    if "search" in parts:
        queries = QUERIES[: effort.queries]
        searching = measure.search(laboratory.contenders, indexings, corpus, queries, effort.rounds)
    grown = _growth(laboratory, corpus, indexings, searching) if "growth" in parts else ""
    if "recall" in parts:  # after all that measures memory: what is found makes us large
        recalls = _recalls(laboratory, corpus, indexings)
    sections.append(bars(indexings, searching, recalls))
    sections.append(report.overview(corpus, laboratory.contenders, indexings, searching, recalls))
    if searching:
        sections += report.searches(searching, laboratory.contenders, queries)
    if recalls:
        sections.append(report.recall(recalls))
    if grown:
        sections.append(grown)
    if "imports" in parts:
        tell("imports")
        sections.append(report.imported(imports.of_lsq(indexings[LSQ.name].site.location)))
    if "recovery" in parts:
        tell("recovery")
        sections.append(_recovery())
    return sections


def _recalls(
    laboratory: Laboratory, corpus: Corpus, indexings: dict[str, Indexing]
) -> list[Recalled]:
    tell("recall")
    effort = laboratory.effort
    sites = {name: one.site for name, one in indexings.items()}
    recalls = [
        recalled.measure(
            "laws/", corpus, sites, laboratory.present, effort.substrings, effort.for_peers
        )
    ]
    truth = optional_corpus("bulletins")
    if truth is None:
        return recalls
    tell("recall of bulletins")
    bulletins = copied("bulletins", truth, laboratory.room / "bulletins", "*.txt")
    indexed = measure.index(laboratory.indexers, bulletins, laboratory.room, 1)
    sites = {name: one.site for name, one in indexed.items()}
    recalls.append(
        recalled.measure(
            "bulletins/",
            bulletins,
            sites,
            laboratory.present,
            effort.substrings,
            effort.for_peers,
            truth,
        )
    )
    return recalls


def _growth(
    laboratory: Laboratory,
    corpus: Corpus,
    indexings: dict[str, Indexing],
    searching: Searching | None,
) -> str:
    effort = laboratory.effort
    stages: list[report.Stage] = []
    for every, name in SHARES:
        part = laboratory.copy(name, every)
        indexed = measure.index(laboratory.indexers, part, laboratory.room, 1)
        searched = measure.search(
            laboratory.contenders,
            indexed,
            part,
            QUERIES[: effort.queries],
            min(effort.rounds, GROWTH_ROUNDS),
            [Wanted.ALL],
        )
        stages.append(report.Stage(part, indexed, searched))
    stages.append(report.Stage(corpus, indexings, searching))
    return report.growth(stages, laboratory.contenders)


def _recovery() -> str:
    command = [sys.executable, "-m", "benchmarks.recovery"]
    try:
        told = run(command, cwd=ROOT, statuses=(0, 1)).output.strip()
    except FailedError as error:  # no reason to lose all else that was measured
        tell(str(error))
        told = "It failed."
    return f"## What is recovered of files\n\n{told}\n\nBy `python -m benchmarks.recovery`.\n"
