"""Measure how well lsq ranks; write a report in Markdown.

    python -m benchmarks.ranking                                   to stdout
    python -m benchmarks.ranking --write benchmarks/RANKING.md
    python -m benchmarks.ranking --every 10                        a tenth of the queries

Run it from the repository, after `pip install -e '.[dev,bench]'`; it takes some seven minutes.
`benchmarks.corpora` says where the corpora are. lsq and other rankers rank the same articles for
the same queries; figures compare only within one report.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from statistics import fmean

from benchmarks import bars
from benchmarks.bars import Bar
from benchmarks.contenders import LSQ, SQLITE, TANTIVY
from benchmarks.judged import Collection, bodies, headlines, ndcg, recall, reciprocal_rank, statutes
from benchmarks.measure import tell
from benchmarks.rankers import RANKERS, Bigrams, Ranker, Tantivy, Words
from benchmarks.report import Report, deliver, optional_corpus, positive
from benchmarks.tables import seconds, section, table

Metric = Callable[[Sequence[str], AbstractSet[str], int], float]

DEPTH = 100
METRICS: dict[str, tuple[Metric, int]] = {
    "nDCG@10": (ndcg, 10),
    "MRR@10": (reciprocal_rank, 10),
    f"recall@{DEPTH}": (recall, DEPTH),
}

REPORT = Report("ranking", "RANKING.md", "How well lsq ranks")
HOW = """\
{articles:,} articles, {queries} queries, each answered by any of its words. The words are
the same for all: jieba's `cut_for_search` for articles, `cut` for queries. lsq takes the
way of every search, over an index that its engine wrote. The rows of BM25 have its formula
and constants (Lucene's, k1 1.2, b 0.75) over the title and the body as one text. The times
are those of indexing, and of a query on average, in one process."""
HOW_STARD = """

Questions of laymen, and the articles of law that answer them. Only some of what is right
is judged to be, and what is judged has shorter titles than the rest: `电力法第五十九条`
beside `中华人民共和国电力法第五十九条`. So a ranker that rewards short titles gains here
without being any better. lsq's constants (`rerank.py`) were chosen with these questions and
others; chosen with half of them alone, they gained as much on the other half."""
HOW_BODIES = """

As above without the titles, and so without that."""
HOW_BULLETINS = """

A headline is the query, the body without it the article. These are few: a hundredth is
about one query."""
HOW_BARS = "What lsq sets itself: nDCG@10 on STARD, less that of another row."
STEP = 0.02
STRETCH = 0.03


@dataclass(frozen=True, slots=True)
class Ranked:
    """The figures of a ranker on a collection.

    Attributes:
        figures: the mean of each metric over the queries.
        indexing: the seconds of indexing.
        query: the mean seconds of a query.
    """

    figures: dict[str, float]
    indexing: float
    query: float


def measure(ranker: type[Ranker], collection: Collection) -> Ranked:
    """Rank the collection's articles for all of its queries."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as room:
        started = time.perf_counter()
        ready = ranker(collection, Path(room))
        indexed = time.perf_counter()
        found = {name: ready.rank(text, DEPTH) for name, text in collection.queries.items()}
        done = time.perf_counter()
    figures = {
        named: fmean(
            metric(paths, collection.relevant[name], depth) for name, paths in found.items()
        )
        for named, (metric, depth) in METRICS.items()
    }
    return Ranked(figures, indexed - started, (done - indexed) / len(found))


def compared(collection: Collection, rankers: Sequence[type[Ranker]]) -> dict[str, Ranked]:
    """The figures of all rankers, by name."""
    ranked = {}
    for ranker in rankers:
        tell(f"{collection.name}: {ranker.name}")
        ranked[ranker.name] = measure(ranker, collection)
    return ranked


def report(collection: Collection, ranked: dict[str, Ranked], of_it: str) -> str:
    """The section about a collection; the best figure of a column is bold."""
    best = {name: max(one.figures[name] for one in ranked.values()) for name in METRICS}
    rows = []
    for name, one in ranked.items():
        cells = [
            f"**{figure:.3f}**" if figure == best[metric] else f"{figure:.3f}"
            for metric, figure in one.figures.items()
        ]
        rows.append([name, *cells, seconds(one.indexing), seconds(one.query)])
    how = HOW.format(articles=len(collection.articles), queries=len(collection.queries)) + of_it
    return section(collection.name, table(["", *METRICS, "index", "a query"], rows), how)


def judged(ranked: dict[str, Ranked]) -> str:
    """The section about lsq's bars."""
    words, bigrams = (
        ranked[LSQ.name].figures["nDCG@10"] - ranked[other.name].figures["nDCG@10"]
        for other in (Words, Bigrams)
    )
    told = "{:+.3f}".format
    gained = [
        Bar(f"over {Words.name}", words, STEP, None, told, at_least=True),
        Bar(f"over {Bigrams.name}", bigrams, 0, None, told, at_least=True),
        Bar("over the better of the two", min(words, bigrams), None, STRETCH, told, at_least=True),
    ]
    return section("Bars", bars.table(gained), HOW_BARS)


def _collections() -> Iterator[tuple[Collection, str]]:
    """The available collections, each with its description."""
    if stard := optional_corpus("stard"):
        collection = statutes(stard)
        yield collection, HOW_STARD
        yield bodies(collection), HOW_BODIES
    if bulletins := optional_corpus("bulletins"):
        yield headlines(bulletins), HOW_BULLETINS


def _thinned(collection: Collection, every: int) -> Collection:
    """A collection with every `every`-th of its queries."""
    queries = dict(islice(collection.queries.items(), 0, None, every))
    return Collection(collection.name, collection.articles, queries, collection.relevant)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print or write the report."""
    parser = REPORT.parser(__doc__)
    parser.add_argument("--every", type=positive, default=1, help="ask only every Nth query")
    given = parser.parse_args(arguments)
    rankers = [one for one in RANKERS if one is not Tantivy or find_spec("tantivy")]
    sections = []
    for collection, of_it in _collections():
        asked = _thinned(collection, given.every)
        ranked = compared(asked, rankers)
        if of_it == HOW_STARD:
            sections.append(judged(ranked))
        sections.append(report(asked, ranked, of_it))
    if not sections:
        sys.exit("nothing to rank")
    deliver(REPORT.text((LSQ, SQLITE, TANTIVY), sections), given.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
