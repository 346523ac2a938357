"""Measure whether references in laws are found and resolved correctly; time it.

    python -m benchmarks.cited

Run it from the repository; it takes half a minute. `benchmarks.corpora` says where the corpora are.
`cited.tsv` is the truth: all references of 192 paragraphs drawn at random, each read by a person:
the file, the line, the form, the reference, its article of law, and the file of its target. Of
several versions, the target is the newest that is not later than the citing text, else the
earliest; of the parts of the civil code, the one that contains the article. A line with the form
`none` has no reference. Errors are reported on stderr, and the exit code is then 1.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpora import CORPORA
from lsq.engines import Engine
from lsq.engines.registry import open_engine
from lsq.indexing import indexer
from lsq.query.keys import title_name
from lsq.relations.citations import Citation, citations, graph
from lsq.text.fold import fold

LIST = Path(__file__).with_suffix(".tsv")
LAWS = "laws"
NOTHING = "none"


class Reference(NamedTuple):
    """A reference in a law: its place, its form and its target."""

    path: str
    line: int
    form: str
    text: str
    pinpoint: str
    target: str


def truth() -> Iterator[Reference]:
    """The references of the list, and the lines without a reference."""
    for row in LIST.read_text("utf-8").splitlines()[1:]:
        path, line, *rest = row.split("\t")
        yield Reference(path, int(line), *rest)


def found_of(one: Citation) -> Reference:
    """A reference that lsq found, in the form of the list."""
    target = _below(one.target.id).removesuffix("#1") if one.target else ""
    line = one.place.line or 0
    return Reference(_below(one.path), line, one.form, one.text, one.pinpoint, target)


def _below(path: str) -> str:
    return path.partition(f"{LAWS}/")[2]


def compare(engine: Engine) -> int:
    """Print the shares of correct references; return the number of missed bars."""
    every = list(truth())
    wanted = [one for one in every if one.form != NOTHING]
    lines = {(one.path, one.line) for one in every}
    started = time.perf_counter()
    known = list(graph(engine))
    whole = time.perf_counter() - started
    found = [found_of(one) for one in known]
    found = [one for one in found if (one.path, one.line) in lines]
    titles: Counter[str] = Counter()
    for one in {one.source.id: one.source for one in known}.values():
        titles[title_name(fold(one.title))] += 1
    several = {one.target.id for one in known if one.target and titles[one.target.name] > 1}
    right = Counter(wanted) & Counter(found)
    led = [one for one in wanted if one.target]
    versions = [one for one in led if any(name.endswith(f"{one.target}#1") for name in several)]
    pinned = [one for one in wanted if one.pinpoint]
    shares = (
        ("recall, names in the index", _of(led, found), 0.98),
        ("precision", _of([one for one in found if one.target], wanted), 0.99),
        ("right version, where there are two", _of(versions, found), 0.95),
        ("right article of law", _of(pinned, found), 0.98),
    )
    missed = 0
    print("| of references | right | of | share | bar |\n|---|---|---|---|---|")
    for name, (count, total), bar in shares:
        missed += count < bar * total
        print(f"| {name} | {count} | {total} | {count / total:.3f} | {bar} |")
    for reference in (Counter(wanted) - right).elements():
        print(f"not found: {reference}", file=sys.stderr)
    for reference in (Counter(found) - right).elements():
        print(f"not in the list: {reference}", file=sys.stderr)
    names = sorted({one.source.id for one in known})[:: max(1, len(known) // 500)]
    started = time.perf_counter()
    for name in names:
        citations(engine, [name])
    each = (time.perf_counter() - started) / len(names)
    print(f"\nThe whole graph, {len(known):,} references: {whole:.1f} s; an article: {each:.2f} s")
    return missed


def _of(some: list[Reference], among: list[Reference]) -> tuple[int, int]:
    """The number of items among others, and the number of all."""
    return (Counter(some) & Counter(among)).total(), len(some)


def main() -> int:
    """Index the laws, and compare."""
    laws = CORPORA / LAWS
    if not laws.is_dir():
        print(f"skipped: no corpora at {CORPORA}; set $LSQ_CORPORA", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory(prefix="benchmark-") as room:
        location = str(Path(room) / "index")
        with open_engine(location, create=True) as engine:
            indexer.update(engine, [str(laws)])
            return 1 if compare(engine) else 0


if __name__ == "__main__":
    sys.exit(main())
