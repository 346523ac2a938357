"""Collections of articles with queries, and the articles that are right for each.

Queries are asked for any of their words, the best first (`benchmarks.ranking`). Knows no
engine.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lsq.model import Article, Places


@dataclass(frozen=True, slots=True)
class Collection:
    """What is asked of what, and what is right.

    Attributes:
        name: what to call it.
        articles: each with a path of its own, which names it here.
        queries: by name, what is asked.
        relevant: by the name of a query, the paths of the articles that are right.
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
    """An article that comes from no file."""
    return Article(path=name, ordinal=1, title=title, body=body, places=Places((0,), (1,)))


def _rows(path: Path) -> list[list[str]]:
    """The cells of a table whose columns are separated by tabs."""
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]
