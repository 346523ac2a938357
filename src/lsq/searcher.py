"""From a query to hits: parser → Query → engine → matches → rerank → snippets → hits."""

from collections.abc import Iterator, Sequence

from lsq.engines import Engine, Match, Matches
from lsq.model import Hit
from lsq.query import Chunk, Literal, parse, positive_parts
from lsq.rerank import DEPTH, rerank
from lsq.snippets import snippets


class Results:
    """What a search found; iterate over it for the hits, the best first.

    Attributes:
        query: as typed.
        total: how many articles match, asked for or not.
        matches: those asked for, the best first.
    """

    def __init__(
        self,
        query: str,
        found: Matches,
        engine: Engine,
        parts: Sequence[Literal | Chunk],
        most: int,
    ) -> None:
        self.query = query
        self.total = found.total
        self.matches: Sequence[Match] = found.best
        self._engine = engine
        self._parts = parts
        self._most = most

    def __iter__(self) -> Iterator[Hit]:
        """Make the hits one by one: the first is there before the last is begun."""
        articles = self._engine.articles(self.matches)
        texts = self._engine.texts(self.matches)
        found = zip(self.matches, articles, texts, strict=True)
        for rank, (match, article, text) in enumerate(found, 1):
            yield Hit(rank, match.score, article, snippets(article, text, self._parts, self._most))

    def __len__(self) -> int:
        return len(self.matches)

    def paths(self) -> list[str]:
        """The files with hits, each once, that with the best hit first."""
        return list(dict.fromkeys(match.path for match in self.matches))


def search(engine: Engine, query: str, limit: int | None = None, most: int = 3) -> Results:
    """Search the index.

    Args:
        engine: the index.
        query: in the language of `lsq.query.parser`.
        limit: how many hits are wanted; None for all.
        most: how many snippets a hit may have.

    Raises:
        QueryError: that is no query.
    """
    tree = parse(query, engine.segmenter.query_words)
    parts = tuple(positive_parts(tree))
    found = engine.search(tree, None if limit is None else max(limit, DEPTH))
    candidates, rest = found.best[:DEPTH], found.best[DEPTH:]
    texts = list(engine.texts(candidates))
    scores = rerank([match.score for match in candidates], texts, parts)
    reranked = [
        match._replace(score=score) for match, score in zip(candidates, scores, strict=True)
    ]
    reranked.sort(key=lambda match: (-match.score, match.path, match.ordinal))
    best = Matches(found.total, [*reranked, *rest][:limit])
    return Results(query, best, engine, parts, most)


def count(engine: Engine, query: str) -> int:
    """How many articles match; raises as `search` does."""
    return engine.count(parse(query, engine.segmenter.query_words))
