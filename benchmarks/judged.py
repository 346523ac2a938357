"""Collections of articles with queries and relevance judgements, and metrics.

Queries are asked with `--any` (`benchmarks.ranking`). Metrics rate a ranking from 0 to 1 by the
positions of the relevant articles.

Järvelin and Kekäläinen, "Cumulated Gain-Based Evaluation of IR Techniques", 2002 (nDCG, here with
gains of 0 and 1); Voorhees, "The TREC-8 Question Answering Track Report", 1999 (reciprocal rank).
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from math import log2
from pathlib import Path

from lsq.model import Article, Places


def ndcg(found: Sequence[str], relevant: AbstractSet[str], depth: int) -> float:
    """nDCG: the discounted gain of the first `depth`, as a share of the best possible."""
    gain = sum(1 / log2(rank + 1) for rank, one in _ranked(found, depth) if one in relevant)
    best = sum(1 / log2(rank + 1) for rank in range(1, min(depth, len(relevant)) + 1))
    return gain / best


def reciprocal_rank(found: Sequence[str], relevant: AbstractSet[str], depth: int) -> float:
    """1 / the rank of the first relevant article; 0 if none of the first `depth` is relevant."""
    return next((1 / rank for rank, one in _ranked(found, depth) if one in relevant), 0.0)


def recall(found: Sequence[str], relevant: AbstractSet[str], depth: int) -> float:
    """The share of relevant articles among the first `depth`."""
    return len(relevant & set(found[:depth])) / len(relevant)


def _ranked(found: Sequence[str], depth: int) -> enumerate[str]:
    return enumerate(found[:depth], 1)


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles, queries and relevance judgements.

    Attributes:
        name: its name.
        articles: the articles; each is identified by its path.
        queries: the queries by name.
        relevant: the paths of the relevant articles, by the name of the query.
    """

    name: str
    articles: Sequence[Article]
    queries: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]


def statutes(folder: Path) -> Collection:
    """STARD: questions of laymen, and the articles of law that answer them.

    Su, Hu, Xie, Ai, Bing, Zheng, Liu, "STARD: A Chinese Statute Retrieval Dataset with
    Real Queries Issued by Non-professionals", 2024. More articles are right than are
    judged to be, so figures compare within one report only.
    """
    lines = (folder / "corpus.jsonl").read_text("utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    relevant: dict[str, set[str]] = defaultdict(set)
    for query, _, name, grade in _rows(folder / "qrels.tsv"):
        if int(grade) > 0:
            relevant[query].add(name)
    return Collection(
        "STARD",
        [article(entry["id"], entry["title"], entry["text"]) for entry in entries],
        {query: text for query, text in _rows(folder / "queries.tsv") if query in relevant},
        {query: frozenset(names) for query, names in relevant.items()},
    )


def headlines(folder: Path) -> Collection:
    """The headlines of newspaper articles as queries for the articles without them."""
    articles, queries = [], {}
    for path in sorted(folder.glob("*.json")):
        for ordinal, entry in enumerate(json.loads(path.read_text("utf-8")), 1):
            name = f"{path.stem}-{ordinal}"
            articles.append(article(name, None, "\n".join(entry["paragraphs"])))
            queries[name] = entry["title"]
    return Collection("headlines", articles, queries, {name: frozenset([name]) for name in queries})


def bodies(collection: Collection) -> Collection:
    """The same without the titles of the articles."""
    untitled = [each._replace(title=None) for each in collection.articles]
    return replace(collection, name=f"{collection.name}, bodies alone", articles=untitled)


def article(name: str, title: str | None, body: str) -> Article:
    """An article without a file."""
    return Article(path=name, ordinal=1, title=title, body=body, places=Places((0,), (1,)))


def _rows(path: Path) -> list[list[str]]:
    """The cells of a table whose columns are separated by tabs."""
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]
