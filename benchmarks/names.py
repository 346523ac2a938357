"""Measure whether exact queries are found first: names of laws, literal runs, numbers.

    python -m benchmarks.names                                     to stdout
    python -m benchmarks.names --write benchmarks/NAMES.md

Run it from the repository; it takes two minutes. The costs of tiers and synonyms are measured on
the same index of `laws/` (`costs`). `benchmarks.corpora` says where the corpora are. Queries whose
target is not first are reported on stderr.
"""

import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import costs
from benchmarks.bars import Bar, table
from benchmarks.contenders import LSQ
from benchmarks.measure import tell
from benchmarks.report import Report, deliver, optional_corpus
from benchmarks.tables import section, share
from lsq.engines import Engine
from lsq.engines.registry import open_engine
from lsq.indexing import indexer
from lsq.search import searcher
from lsq.search.request import SearchRequest
from lsq.text.fold import fold, squeeze

COUNTRY = "中华人民共和国"
_REGULATION = re.compile(r"(?:条例|规定|办法|细则|规则|决定|解释|规程)$")
_IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]+")
REGULATIONS = RUNS = 300
RUN_LENGTHS = (4, 8)
SEED = 16
FIRST = 0.98

REPORT = Report("names", "NAMES.md", "What is typed exactly is found first")
HOW = """\
Each a query as a person types it, in a cold index of the folder. A national law is one whose
title begins with 中华人民共和国 and ends with 法, and no other article has; its short name is
the rest. Runs are drawn from the texts; counted are those that some articles contain and
others match by words alone, and a run is right if all of the former come first. A number is
right if the first hit bears it."""


class Asked(NamedTuple):
    """The number of queries whose target was found first.

    Attributes:
        what: the name of the set.
        right: the number of these queries.
        of: the number of all queries.
        wanted: the bar for the share, from 0 to 1.
        wrong: some of the others.
    """

    what: str
    right: int
    of: int
    wanted: float
    wrong: Sequence[str]

    def bar(self) -> Bar:
        """As a row of a table."""
        value = self.right / self.of if self.of else None
        told = share(self.right, self.of) if self.of else ""
        return Bar(self.what, value, self.wanted, None, "{:.0%}".format, at_least=True, told=told)


def measure(laws: Path | None, policy: Path | None) -> tuple[list[Asked], list[Bar]]:
    """Ask the queries of all available corpora, and measure the costs of searches of `laws`."""
    asked: list[Asked] = []
    taken: list[Bar] = []
    with tempfile.TemporaryDirectory(prefix="benchmark-") as room:
        if laws:
            with _indexed(laws, Path(room) / "laws") as engine:
                asked += _names(engine)
                asked.append(_literal_first(engine))
            taken = costs.measure(Path(room) / "laws")
        if policy:
            with _indexed(policy, Path(room) / "policy") as engine:
                asked.append(_numbers(engine, policy))
    return asked, taken


def report(asked: Iterable[Asked]) -> str:
    """The section about them."""
    return section("Typed exactly", table([one.bar() for one in asked]), HOW)


def _indexed(folder: Path, location: Path) -> Engine:
    tell(f"names: index of {folder.name}/")
    engine = open_engine(str(location), create=True)
    indexer.update(engine, [str(folder)])
    return engine


def _names(engine: Engine) -> Iterator[Asked]:
    titles = [hit.article.title for hit in searcher.search(engine, SearchRequest("*", sort="path"))]
    once = [title for title, times in Counter(titles).items() if title and times == 1]
    laws = [title for title in once if title.startswith(COUNTRY) and title.endswith("法")]
    others = sorted({title for title in once if _REGULATION.search(title)})
    chance = random.Random(SEED)  # noqa: S311 (no secret, a fixed sample)
    chosen = chance.sample(others, min(REGULATIONS, len(others)))
    short = [(title.removeprefix(COUNTRY), title) for title in laws]
    for what, names in (
        ("national laws by full name", [(title, title) for title in laws]),
        ("national laws by short name", short),
        ("other regulations by name", [(title, title) for title in chosen]),
    ):
        tell(f"names: {what}")
        wrong = [name for name, title in names if _first_title(engine, name) != title]
        yield Asked(what, len(names) - len(wrong), len(names), FIRST, wrong)


def _first_title(engine: Engine, name: str) -> str | None:
    first = next(iter(searcher.search(engine, SearchRequest(name, limit=1))), None)
    return first.article.title if first else None


def _literal_first(engine: Engine) -> Asked:
    tell("names: literal runs first")
    chance = random.Random(SEED)  # noqa: S311 (no secret, a fixed sample)
    every = searcher.search(engine, SearchRequest("*", sort="path")).matches
    texts = [text for one in engine.texts(every) if _IDEOGRAPHS.search(text := one.decode())]
    wrong: list[str] = []
    counted = 0
    for _ in range(RUNS):
        run = _drawn(texts, chance)
        found = searcher.search(engine, SearchRequest(run)).matches
        literal = [run.encode() in text for text in engine.texts(found)]
        if all(literal):
            continue
        counted += 1
        if sorted(literal, reverse=True) != literal:
            wrong.append(run)
    what = f"literal hits first, of {RUNS} runs those with both"
    return Asked(what, counted - len(wrong), counted, 1, wrong)


def _drawn(texts: Sequence[str], chance: random.Random) -> str:
    """A random run of ideographs from one of the texts."""
    while True:
        text = chance.choice(texts)
        size = chance.randint(*RUN_LENGTHS)
        start = chance.randrange(len(text))
        run = squeeze(fold(text[start : start + size]))
        if len(run) == size and _IDEOGRAPHS.fullmatch(run):
            return run


def _numbers(engine: Engine, policy: Path) -> Asked:
    tell("names: numbers")
    entries = json.loads((policy / "meta.json").read_text("utf-8"))
    wrong: list[str] = []
    for entry in entries:
        for number in _forms(entry["doc_number"]):
            found = searcher.search(engine, SearchRequest(number, limit=1)).matches
            if not found or Path(found[0].path).stem != entry["id"]:
                wrong.append(number)
    return Asked("numbers, in two forms", 2 * len(entries) - len(wrong), 2 * len(entries), 1, wrong)


def _forms(number: str) -> tuple[str, str]:
    """A number as printed, and as typed carelessly."""
    return number, number.replace("〔", "[").replace("〕", "] ")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print or write the report; report queries whose target was not first."""
    given = REPORT.parser(__doc__).parse_args(arguments)
    asked, taken = measure(optional_corpus("laws"), optional_corpus("policy"))
    if not asked:
        sys.exit("nothing to ask")
    sections = [report(asked), *([costs.report(taken)] if taken else [])]
    deliver(REPORT.text((LSQ,), sections), given.write)
    for one in asked:
        if one.wrong:
            tell(f"{one.what}: not first: {'、'.join(one.wrong[:40])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
