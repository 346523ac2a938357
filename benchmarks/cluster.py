"""Measure an index on a cluster beside one in a folder.

Run it by: python -m benchmarks.cluster

The cluster is the one that LSQ_TEST_OPENSEARCH names, or the three nodes of the tests,
on this machine: so both share its cores, and what is measured is the least that one
gains. Prints a table in Markdown.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cluster import Cluster, prepare

import lsq
from benchmarks.corpora import CORPORA
from lsq.indexer import Options

QUERIES = {
    "a word": "国土",
    "a chunk": "国土空间规划",
    "a literal": '"应当自收到申请之日起"',
    "two chunks": "食品安全 监督管理",
    "a question, --any": "哪些行为会被吊销营业执照",
    "a sentence": "同句(罚款 吊销)",
    "nearness": "近/20(罚款 吊销)",
    "an expression": "/第[一二三]十条/",
    "a title": "title:条例 date:2015..",
}
RUNS = 5


def main() -> None:
    """Index the laws both ways, ask both the same, and print what it took."""
    source = CORPORA / "laws"
    if not source.exists():
        sys.exit(f"no corpora at {CORPORA}; set LSQ_CORPORA to where they are")
    with TemporaryDirectory(prefix="lsq-bench-") as folder, cluster() as url:
        locations = {"folder": str(Path(folder, "index")), "cluster": f"{url}/lsq-tests-bench"}
        indices = {name: lsq.open_index(location) for name, location in locations.items()}
        jobs = os.cpu_count() or 1
        print("| what | folder | cluster |\n|---|---|---|")
        row("index, s", [taken(indices[name], str(source), jobs) for name in locations])
        row(
            "update, nothing changed, s",
            [taken(indices[name], str(source), 1) for name in locations],
        )
        for name, query in QUERIES.items():
            ask = [latency(index, query, any_word="--any" in name) for index in indices.values()]
            row(f"{name}: `{query}`, ms", [1000 * seconds for seconds in ask])
        for index in indices.values():
            index.close()


@contextmanager
def cluster() -> Iterator[str]:
    """Where a cluster answers."""
    if url := os.environ.get("LSQ_TEST_OPENSEARCH"):
        prepare(url)
        yield url.rstrip("/")
        return
    with Cluster() as started:
        prepare(started.url)
        yield started.url


def taken(index: lsq.Index, source: str, jobs: int) -> float:
    """How many seconds an update takes."""
    return timed(lambda: index.update([source], Options(jobs=jobs)))


def latency(index: lsq.Index, query: str, *, any_word: bool) -> float:
    """How many seconds the first ten hits take, the median of some runs."""

    def ask() -> None:
        list(index.search(query, limit=10, any_word=any_word))

    return statistics.median(timed(ask) for _ in range(RUNS))


def timed(do: Callable[[], object]) -> float:
    """How many seconds something takes."""
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def row(what: str, figures: list[float]) -> None:
    """Print a row of the table."""
    print(f"| {what} | {' | '.join(f'{figure:.1f}' for figure in figures)} |", flush=True)


if __name__ == "__main__":
    main()
