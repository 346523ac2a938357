"""Measure what tiers and synonyms add to a cold search: with and without them, in turn."""

import statistics
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from benchmarks.bars import Bar, table
from benchmarks.corpora import ROOT
from benchmarks.measure import tell
from benchmarks.process import run
from benchmarks.tables import section

# A name, runs that match literally and by words, several runs. None has a synonym.
QUERIES: Final = ("刑法", "网络安全审查", "国家公园", "宅基地 使用权", "公司 股东 提起诉讼")
ROUNDS: Final = 15
# In milliseconds.
TIERS, SYNONYMS = 5, 1
WITH, NO_TIERS, NO_SYNONYMS = "with all", "without tiers", "without synonyms"
HOW = f"""\
Each search in a process of its own, from opening the index to the tenth snippet, with and
without in turn, {ROUNDS} times. Told is the difference of the medians of the processor's time,
which other programs disturb the least, of the query for which it is largest. Without tiers
the score alone decides; without synonyms the query is asked with `--no-synonyms`. The
queries, none of which has a synonym: {"、".join(QUERIES)}."""

_SEARCH: Final = f"""
import sys, time
from lsq.engines.registry import open_engine
from lsq.search import rerank, searcher
from lsq.search.request import SearchRequest
from lsq.search.tiers import Ladder

how, location, query = sys.argv[1:]
if how == {NO_TIERS!r}:
    rerank.ladder = lambda query, **_: Ladder(("words",), (), {{}})
started = time.process_time()
with open_engine(location) as engine:
    request = SearchRequest(query, limit=10, synonyms=how != {NO_SYNONYMS!r})
    results = searcher.search(engine, request)
    hits = list(results)
    taken = time.process_time() - started
    assert not results.entries, query
print(taken)
"""


def measure(location: Path) -> list[Bar]:
    """Measure what both add to searches of the index at `location`, as rows of a table."""
    tell("costs: tiers and synonyms")
    taken: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for query in QUERIES:
            for how in (WITH, NO_TIERS, NO_SYNONYMS):
                command = [sys.executable, "-c", _SEARCH, how, str(location), query]
                taken[how, query].append(float(run(command, cwd=ROOT).output))
    medians = {key: statistics.median(times) for key, times in taken.items()}
    for (how, query), median in medians.items():
        tell(f"costs: {query}, {how}: {1000 * median:.1f} ms")
    most = f"of {len(QUERIES)} cold searches, at most"
    return [
        Bar(f"tiers, {most}", _added(medians, NO_TIERS), TIERS, None, "{:.1f} ms".format),
        Bar(f"synonyms, {most}", _added(medians, NO_SYNONYMS), SYNONYMS, None, "{:.1f} ms".format),
    ]


def report(rows: list[Bar]) -> str:
    """The section of the report."""
    return section("What tiers and synonyms cost", table(rows), HOW)


def _added(medians: Mapping[tuple[str, str], float], how: str) -> float:
    """The most milliseconds that a search takes longer than with these settings."""
    return 1000 * max(medians[WITH, query] - medians[how, query] for query in QUERIES)


def main() -> None:
    """Print the table for an index of the first argument, such as `index-of-laws`."""
    print(report(measure(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
