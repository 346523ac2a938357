"""Compare lsq with its peers; write a report in Markdown.

    python -m benchmarks.engines                            everything
    python -m benchmarks.engines --only index,search        some parts
    python -m benchmarks.engines --every 10                 with a tenth of the corpus
    python -m benchmarks.engines --write benchmarks/RESULTS.md

Run it from the repository, after `pip install -e '.[dev,bench]'`; `benchmarks.corpora` says where
the corpora are. lsq and its peers are measured from outside, as whole programs started cold, in
turn, on the same copy of the same files. Figures compare only within one report.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import imports, measure, recall, report
from benchmarks.bars import bars
from benchmarks.contenders import LSQ, LSQ_ALONE, PEERS, Contender, Indexer, Peer, Wanted
from benchmarks.corpora import QUERIES, ROOT, Corpus, copied
from benchmarks.measure import Indexing, Searching, tell
from benchmarks.process import FailedError, run
from benchmarks.recall import Recalled
from benchmarks.report import Report, deliver, needed_corpus, optional_corpus, positive
from benchmarks.tables import quotations

PARTS = ("index", "search", "recall", "growth", "imports", "recovery")
SHARES = ((10, "a tenth"), (3, "a third"))


@dataclass(frozen=True, slots=True)
class Effort:
    """The amount of measuring.

    Attributes:
        rounds: the number of measurements, of which the median counts.
        queries: the number of queries.
        substrings: the number of substrings drawn from each corpus.
        for_peers: the number of them that peers are asked for.
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
    """The setting of the measurements.

    Attributes:
        room: a folder for copies and indexes.
        source: the folder of the corpus.
        every: only every `every`-th of its files is used.
        present: the installed peers.
        parts: the requested parts of the report.
        effort: the amount of measuring.
    """

    room: Path
    source: Path
    every: int
    present: tuple[Peer, ...]
    parts: frozenset[str]
    effort: Effort

    @property
    def contenders(self) -> tuple[Contender, ...]:
        """The contenders: lsq, then the installed peers."""
        return (LSQ, *self.present)

    @property
    def indexers(self) -> tuple[Indexer, ...]:
        """Those with an index."""
        return tuple(one for one in self.contenders if isinstance(one, Indexer))

    def copy(self, name: str, every: int) -> Corpus:
        """Copy the used files of the corpus."""
        folder = self.room / f"every-{every}"
        return copied(name, self.source, folder, every=every * self.every)


def measured(laboratory: Laboratory) -> list[str]:
    """Measure the requested parts; return the sections of the report."""
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
    if "recall" in parts:  # last: its results use memory here
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
        recall.recall_of(
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
        recall.recall_of(
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
    except FailedError as error:  # keep the other measurements
        tell(str(error))
        told = "It failed."
    return f"## What is recovered of files\n\n{told}\n\nBy `python -m benchmarks.recovery`.\n"


REPORT = Report(
    "engines",
    "RESULTS.md",
    "How lsq compares",
    """\
Reports of their own say how well lsq ranks ([RANKING.md](RANKING.md)), how it grows to
100,000 articles ([SCALE.md](SCALE.md)), and what a cluster takes ([CLUSTER.md](CLUSTER.md)).
""",
)


def _parts(names: str) -> frozenset[str]:
    parts = frozenset(names.split(","))
    if unknown := parts.difference(PARTS):
        told = f"no such parts: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}"
        raise argparse.ArgumentTypeError(told)
    return parts


def _peers(names: str) -> tuple[Peer, ...]:
    by_name = {peer.name: peer for peer in PEERS}
    asked = [] if names == "none" else names.split(",")
    if unknown := set(asked).difference(by_name):
        told = f"no such peers: {', '.join(sorted(unknown))}; there are {', '.join(by_name)}"
        raise argparse.ArgumentTypeError(told)
    return tuple(peer for peer in PEERS if peer.name in asked)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print or write the report."""
    parser = REPORT.parser(__doc__)
    parts, peers = ",".join(PARTS), ",".join(one.name for one in PEERS)
    add = parser.add_argument
    add("--only", type=_parts, default=parts, help=f"some of {parts}")
    add("--corpus", type=Path, help="a folder to index, else laws/ of the corpora")
    add("--every", type=positive, default=1, help="use only every Nth file")
    add("--peers", type=_peers, default=peers, help=f"some of {peers}; or none")
    add("--quick", action="store_true", help="once each: does it work?")
    given = parser.parse_args(arguments)
    if given.corpus and not given.corpus.is_dir():
        parser.error(f"there is no folder {given.corpus}")
    source = given.corpus or needed_corpus("laws")
    os.environ.pop("LSQ_INDEX", None)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as room:
        laboratory = Laboratory(
            room=Path(os.path.realpath(room)),
            source=source,
            every=given.every,
            present=tuple(one for one in given.peers if one.version),
            parts=given.only,
            effort=QUICK if given.quick else FULL,
        )
        sections = [*measured(laboratory), *quotations()]
    deliver(REPORT.text((LSQ, *given.peers), sections), given.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
