"""From a query to hits: parser → Query → engine → matches → rerank → snippets → hits."""

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from lsq.engines import Engine, Match
from lsq.model import SORTS, Hit
from lsq.query import Query
from lsq.search.order import Ordered, by_relevance
from lsq.search.request import SearchRequest, to_query, to_typed
from lsq.search.snippets import snippets
from lsq.search.tiers import ladder

if TYPE_CHECKING:
    from lsq.search.explain import Explainer, Explanation
    from lsq.search.snippets.cuts import Cut


class Results:
    """What a search found; iterate over it for the hits, the first of them first.

    Attributes:
        request: what was asked for.
        total: how many articles match, asked for or not.
        literal_total: how many of these do so literally, or by their title or number, and
            not merely by the words of the query.
        matches: those asked for, in the order asked for.
    """

    def __init__(
        self,
        request: SearchRequest,
        ordered: Ordered,
        engine: Engine,
        tree: Query,
        cut: "Cut",
    ) -> None:
        self.request = request
        self.total = ordered.found.total
        self.literal_total = ordered.literal_total
        self.matches: Sequence[Match] = ordered.found.best[request.offset :]
        self._ordered = ordered
        self._engine = engine
        self._tree = tree
        self._cut = cut

    @property
    def query(self) -> str:
        """As typed."""
        return self.request.query

    def __iter__(self) -> Iterator[Hit]:
        """Make the hits one by one: the first is there before the last is begun."""
        every = zip(self.matches, self._engine.found(self.matches), strict=True)
        for rank, (match, found) in enumerate(every, self.request.offset + 1):
            how = self._ordered.tiers.match(match.tier)
            yield Hit(rank, match.score, found.article, self._cut(found, self._tree), how)

    def __len__(self) -> int:
        return len(self.matches)

    def paths(self) -> list[str]:
        """The files with hits, each once, that with the first hit first."""
        return list(dict.fromkeys(match.path for match in self.matches))

    def explain(self, hit: Hit) -> "Explanation":
        """Why this one, of the hits, matches, and how its score comes about."""
        return self._explainer.explain(self.matches[hit.rank - self.request.offset - 1])

    @cached_property
    def _explainer(self) -> "Explainer":
        from lsq.search.explain import Explainer

        return Explainer(self._engine, self._tree, self.matches, self._ordered)


def search(engine: Engine, request: SearchRequest, shown: "int | Cut" = 3) -> Results:
    """Search the index.

    Args:
        engine: the index.
        request: what is asked for.
        shown: how many snippets a hit may have, or what makes them (`lsq.search.snippets.cuts`).

    Raises:
        QueryError: that is no query, or its regular expressions take too long.
        ValueError: there is no such order, or the offset is negative.
    """
    sort, offset = request.sort, request.offset
    if sort not in SORTS or offset < 0:
        raise ValueError(f"sort {sort!r} is none of {SORTS}, or offset {offset} is negative")
    typed, tree = _understood(engine, request)
    if sort == "relevance":
        ordered = by_relevance(engine, tree, typed, request)
    else:
        tiers = ladder(typed, any_word=request.any_word)
        last = None if request.limit is None else offset + request.limit
        ordered = Ordered(engine.search(tree, last, sort, tiers.steps), tiers, {}, {})
    cut = shown if callable(shown) else partial(snippets, most=shown)
    return Results(request, ordered, engine, tree, cut)


def count(engine: Engine, request: SearchRequest) -> int:
    """How many articles match; raises what `search` does."""
    return engine.count(to_query(request, engine.segmenter.query_words))


def explain(engine: Engine, request: SearchRequest, name: str) -> tuple[int | None, "Explanation"]:
    """Why the article with this id matches or does not; raises what `search` does.

    Returns:
        Its rank by relevance, None if it does not match, and the explanation.

    Raises:
        UnknownIdError: there is no such article.
    """
    from lsq.search.explain import Explainer, find

    article = find(engine, name)
    typed, tree = _understood(engine, request)
    ordered = by_relevance(engine, tree, typed, request._replace(offset=0, limit=None))
    for rank, match in enumerate(ordered.found.best, 1):
        if match.key == article.key:
            return rank, Explainer(engine, tree, [match], ordered).explain(match)
    ordered = ordered._replace(gained={}, near={})
    return None, Explainer(engine, tree, [article], ordered).explain(article)


def _understood(engine: Engine, request: SearchRequest) -> tuple[Query, Query]:
    """What is asked for: as typed, and as the engine is to take it."""
    cut = engine.segmenter.query_words
    return to_typed(request, cut), to_query(request, cut)
