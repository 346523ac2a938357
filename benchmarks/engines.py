"""How lsq compares with its peers, as a report in Markdown.

    python -m benchmarks.engines                            everything
    python -m benchmarks.engines --only index,search        some of it
    python -m benchmarks.engines --every 10                 with a tenth of the corpus
    python -m benchmarks.engines --write benchmarks/RESULTS.md

To be run from the repository, after `pip install -e '.[dev,bench]'`; where the corpora
are, `benchmarks.corpora` says. lsq and its peers are whole programs here, each started cold
and measured from outside, in turn, on the same copy of the same files; figures compare
within one report only.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.contenders import LSQ, PEERS
from benchmarks.contract import Peer
from benchmarks.laboratory import FULL, PARTS, QUICK, Laboratory, measured
from benchmarks.quoted import quotations
from benchmarks.reporting import Report, deliver, needed_corpus, positive

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
    add("--every", type=positive, default=1, help="take every so manieth file")
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
