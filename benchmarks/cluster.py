"""Compare an index on a cluster with one in a folder; write a report in Markdown.

    python -m benchmarks.cluster                                   to stdout
    python -m benchmarks.cluster --write benchmarks/CLUSTER.md
    python -m benchmarks.cluster --every 10                        with a tenth of the corpus

Run it from the repository, after `pip install -e '.[dev,bench]'`. The cluster is that of
LSQ_TEST_OPENSEARCH, or else the three nodes of the tests on this machine. Both indexes then share
its cores, so the figures are a lower bound of what a cluster gains. `benchmarks.corpora` says where
the corpora are.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cluster import Cluster, prepare

import lsq
from benchmarks.contenders import LSQ
from benchmarks.corpora import Corpus, copied, size_of
from benchmarks.measure import tell
from benchmarks.report import Report, deliver, needed_corpus, positive
from benchmarks.tables import MEGA, megabytes, seconds, section, table, times
from lsq.engines.opensearch import OpenSearchEngine
from lsq.indexing.indexer import Options

QUERIES = {
    "a word": "国土",
    "a chunk": "国土空间规划",
    "a literal": '"应当自收到申请之日起"',
    "two chunks": "食品安全 监督管理",
    "a question, any word": "哪些行为会被吊销营业执照",
    "a sentence": "同句(罚款 吊销)",
    "a sentence of frequent words": "同句(规定 应当)",
    "nearness": "近/20(罚款 吊销)",
    "an expression": "/第[一二三]十条/",
    "a title and dates": "title:条例 date:2015..",
}
RUNS = 5
FIRST, EVERY = 10, None

REPORT = Report("cluster", "CLUSTER.md", "An index on a cluster, beside one in a folder")
HOW_INDEXING = """\
{files:,} files, {size} of text, which `{jobs}` processes read. Copied: from the folder to
another index on the cluster. The cluster's size is that of its primary shards."""
HOW_SEARCHING = """\
In one process, with the index open: the median of {runs} runs, the first {first} hits with their
snippets, or all of them. Every query is answered by as many articles on both."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print or write the report."""
    parser = REPORT.parser(__doc__)
    parser.add_argument("--every", type=positive, default=1, help="use only every Nth file")
    given = parser.parse_args(arguments)
    source = needed_corpus("laws")
    with TemporaryDirectory(prefix="lsq-bench-") as room, running() as url, ExitStack() as opened:
        corpus = copied("laws", source, Path(room, "laws"), every=given.every)
        folder = opened.enter_context(lsq.open_index(str(Path(room, "index"))))
        cluster = opened.enter_context(lsq.open_index(f"{url}/lsq-tests-bench"))
        copy = opened.enter_context(lsq.open_index(f"{url}/lsq-tests-copy"))
        sections = [indexing(corpus, folder, cluster, copy, url), searching(folder, cluster)]
    deliver(REPORT.text([LSQ], sections), given.write)
    return 0


@contextmanager
def running() -> Iterator[str]:
    """The URL of a running cluster."""
    if url := os.environ.get("LSQ_TEST_OPENSEARCH"):
        prepare(url)
        yield url.rstrip("/")
        return
    tell("starting three nodes")
    with Cluster() as started:
        prepare(started.url)
        yield started.url


def indexing(
    corpus: Corpus, folder: lsq.Index, cluster: lsq.Index, copy: lsq.Index, url: str
) -> str:
    """The section about indexing and updates."""
    jobs = os.cpu_count() or 1
    both = (folder, cluster)
    rows = []
    for what in ("index", "update, nothing changed"):
        tell(what)
        took = [timed(partial(one.update, [str(corpus.folder)], Options(jobs))) for one in both]
        rows.append([what, *map(seconds, took), times(took[1], took[0])])
        if what == "index":
            speeds = [corpus.size / MEGA / each for each in took]
            told = [f"{speed:.1f} MB/s" for speed in speeds]
            rows.append(["of text, in a second", *told, times(speeds[1], speeds[0])])
    tell("copy")
    rows.append(["copied", "–", seconds(timed(lambda: copy.copy_from(folder))), "–"])
    sizes = [size_of(corpus.folder.parent / "index"), size_on(url)]
    rows.append(["size", *map(megabytes, sizes), times(sizes[1], sizes[0])])
    how = HOW_INDEXING.format(files=corpus.files, size=megabytes(corpus.size), jobs=jobs)
    return section("Indexing", table(["", "folder", "cluster", "ratio"], rows), how)


def size_on(url: str) -> int:
    """The bytes of the primary shards of an index."""
    with OpenSearchEngine(f"{url}/lsq-tests-bench") as engine:
        told = engine._clients.patient.indices.stats(index="lsq-tests-bench", metric="store")
    size: int = told["_all"]["primaries"]["store"]["size_in_bytes"]
    return size


def searching(folder: lsq.Index, cluster: lsq.Index) -> str:
    """The section about the latency of queries."""
    rows = []
    for what, query in QUERIES.items():
        tell(what)
        any_word = what.endswith("any word")
        count, other = (index.count(query, any_word=any_word) for index in (folder, cluster))
        if other != count:
            sys.exit(f"{query}: {count:,} articles in the folder, {other:,} on the cluster")
        cells = [f"{what}: `{query}`", f"{count:,}"]
        for limit in (FIRST, EVERY):
            took = [latency(index, query, limit, any_word) for index in (folder, cluster)]
            cells += [*map(seconds, took), times(took[1], took[0])]
        rows.append(cells)
    heads = ["", "articles", f"folder, {FIRST} hits", "cluster", "ratio"]
    heads += ["folder, all hits", "cluster", "ratio"]
    how = HOW_SEARCHING.format(runs=RUNS, first=FIRST)
    return section("Searching", table(heads, rows), how)


def latency(index: lsq.Index, query: str, limit: int | None, any_word: bool) -> float:
    """The median seconds of a search with its hits."""

    def ask() -> None:
        list(index.search(query, limit=limit, any_word=any_word))

    return statistics.median(timed(ask) for _ in range(RUNS))


def timed(do: Callable[[], object]) -> float:
    """The seconds that a call takes."""
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
