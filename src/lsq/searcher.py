"""From a query to hits: parser → Query → engine → matches → rerank → snippets → hits."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lsq.engines import Engine, Match, Matches
from lsq.model import Hit
from lsq.query import And, Query, Regex, parse, positive_parts, relaxed
from lsq.rerank import DEPTH, rerank
from lsq.snippets import snippets

if TYPE_CHECKING:
    from lsq.query.filters import Filters


# After the point, of a score. One engine adds with more digits than another, which shall
# not decide which of two hits comes first.
DIGITS = 6


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
        tree: Query,
        most: int,
    ) -> None:
        self.query = query
        self.total = found.total
        self.matches: Sequence[Match] = found.best
        self._engine = engine
        self._tree = tree
        self._most = most

    def __iter__(self) -> Iterator[Hit]:
        """Make the hits one by one: the first is there before the last is begun."""
        every = zip(self.matches, self._engine.found(self.matches), strict=True)
        for rank, (match, found) in enumerate(every, 1):
            yield Hit(rank, match.score, found.article, snippets(found, self._tree, self._most))

    def __len__(self) -> int:
        return len(self.matches)

    def paths(self) -> list[str]:
        """The files with hits, each once, that with the best hit first."""
        return list(dict.fromkeys(match.path for match in self.matches))


def search(  # noqa: PLR0913  # all that can be asked for
    engine: Engine,
    query: str,
    limit: int | None = None,
    most: int = 3,
    *,
    any_word: bool = False,
    filters: "Filters | None" = None,
) -> Results:
    """Search the index.

    Args:
        engine: the index.
        query: in the language of `lsq.query.parser`.
        limit: how many hits are wanted; None for all.
        most: how many snippets a hit may have.
        any_word: not all of the query need apply; see `lsq.query.relaxed`.
        filters: what must apply besides.

    Raises:
        QueryError: that is no query, or its regular expressions take too long.
    """
    tree = _understood(engine, query, any_word, filters)
    parts = [part for part in positive_parts(tree) if not isinstance(part, Regex)]
    found = engine.search(tree, None if limit is None else max(limit, DEPTH))
    candidates, rest = found.best[:DEPTH], found.best[DEPTH:]
    texts = list(engine.texts(candidates))
    scores = rerank([match.score for match in candidates], texts, parts)
    reranked = [
        match._replace(score=round(score, DIGITS))
        for match, score in zip(candidates, scores, strict=True)
    ]
    reranked.sort(key=lambda match: (-match.score, match.path, match.ordinal))
    best = Matches(found.total, [*reranked, *rest][:limit])
    return Results(query, best, engine, tree, most)


def count(
    engine: Engine, query: str, *, any_word: bool = False, filters: "Filters | None" = None
) -> int:
    """How many articles match; takes and raises what `search` does."""
    return engine.count(_understood(engine, query, any_word, filters))


def _understood(engine: Engine, query: str, any_word: bool, filters: "Filters | None") -> Query:
    cut = engine.segmenter.query_words
    tree = parse(query, cut)
    limits = tuple(filters.queries(cut)) if filters else ()
    asked = relaxed(tree) if any_word else tree
    return And((asked, *limits)) if limits else asked
