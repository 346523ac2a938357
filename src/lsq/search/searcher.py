"""From a query to hits: parser → Query → engine → matches → rerank → snippets → hits."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from lsq.engines import Engine, Match, Matches
from lsq.model import SORTS, Hit
from lsq.query import Query, Regex, positive_parts
from lsq.search.request import SearchRequest, to_query
from lsq.search.rerank import DEPTH, Gain, gains
from lsq.search.snippets import snippets

if TYPE_CHECKING:
    from lsq.search.explain import Explainer, Explanation
    from lsq.search.snippets.cuts import Cut


# After the point, of a score. One engine adds with more digits than another, which shall
# not decide which of two hits comes first.
DIGITS = 6


class Results:
    """What a search found; iterate over it for the hits, the first of them first.

    Attributes:
        request: what was asked for.
        total: how many articles match, asked for or not.
        matches: those asked for, in the order asked for.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # all that a search knows
        self,
        request: SearchRequest,
        found: Matches,
        engine: Engine,
        tree: Query,
        cut: "Cut",
        gained: Mapping[Any, Gain],
    ) -> None:
        self.request = request
        self.total = found.total
        self.matches: Sequence[Match] = found.best[request.offset :]
        self._engine = engine
        self._tree = tree
        self._cut = cut
        self._gained = gained

    @property
    def query(self) -> str:
        """As typed."""
        return self.request.query

    def __iter__(self) -> Iterator[Hit]:
        """Make the hits one by one: the first is there before the last is begun."""
        every = zip(self.matches, self._engine.found(self.matches), strict=True)
        for rank, (match, found) in enumerate(every, self.request.offset + 1):
            yield Hit(rank, match.score, found.article, self._cut(found, self._tree))

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

        return Explainer(self._engine, self._tree, self.matches, self._gained)


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
    tree = to_query(request, engine.segmenter.query_words)
    last = None if request.limit is None else offset + request.limit
    if sort == "relevance":
        found, gained = _reranked(engine, tree, last)
    else:
        found, gained = engine.search(tree, last, sort), {}
    cut = shown if callable(shown) else partial(snippets, most=shown)
    return Results(request, found, engine, tree, cut, gained)


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
    tree = to_query(request, engine.segmenter.query_words)
    found, gained = _reranked(engine, tree, None)
    for rank, match in enumerate(found.best, 1):
        if match.key == article.key:
            return rank, Explainer(engine, tree, [match], gained).explain(match)
    return None, Explainer(engine, tree, [article], {}).explain(article)


def _reranked(engine: Engine, tree: Query, limit: int | None) -> tuple[Matches, dict[Any, Gain]]:
    """The best matches, ordered again, and what those that were gained, by their keys."""
    parts = [part for part in positive_parts(tree) if not isinstance(part, Regex)]
    found = engine.search(tree, None if limit is None else max(limit, DEPTH))
    candidates, rest = found.best[:DEPTH], found.best[DEPTH:]
    gained = gains(list(engine.texts(candidates)), parts)
    reranked = [
        match._replace(score=match.score + sum(gain))
        for match, gain in zip(candidates, gained, strict=True)
    ]
    by_key = {match.key: gain for match, gain in zip(candidates, gained, strict=True)}
    reranked.sort(key=lambda match: (-round(match.score, DIGITS), match.path, match.ordinal))
    return Matches(found.total, [*reranked, *rest][:limit]), by_key
