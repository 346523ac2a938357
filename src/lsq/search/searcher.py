"""From a query to hits: parser → Query → engine → matches → rerank → snippets → hits."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, overload

from lsq.engines import Engine, Match
from lsq.hit import Hit
from lsq.model import SORTS
from lsq.query import Chunk, positive_parts
from lsq.search.request import SearchRequest
from lsq.search.rerank import RankedMatches, rank_by_relevance
from lsq.search.rewrite import RewrittenQuery, rewrite
from lsq.search.snippets import snippets
from lsq.search.tiers import ladder

if TYPE_CHECKING:
    from lsq.search.explain import Explainer, Explanation
    from lsq.search.snippets.cuts import Cut
    from lsq.search.thesaurus import Entry


class Results(Sequence[Hit]):
    """The hits of a search, in order; each is made when it is accessed.

    Attributes:
        request: the request.
        total: how many articles match in all.
        totals: how many of these match in each way (`Hit.match`), without the ways in which
            none does.
        matches: the requested part of them, in the requested order.
        entries: the thesaurus entries whose words were searched besides those typed.
        reprints: the ids of the reprints of each match, by its key; None if reprints are not
            grouped.
    """

    def __init__(
        self,
        request: SearchRequest,
        ranked: RankedMatches,
        engine: Engine,
        rewritten: RewrittenQuery,
        cut: "Cut",
    ) -> None:
        self.request = request
        self.total = ranked.found.total
        self.totals: Mapping[str, int] = ranked.totals
        self.matches: Sequence[Match] = ranked.found.best[request.offset :]
        self.reprints: Mapping[Any, tuple[str, ...]] | None = None
        self._ranked = ranked
        self._engine = engine
        self.entries: Sequence[Entry] = rewritten.entries
        self._rewritten = rewritten
        self._cut = cut

    @property
    def query(self) -> str:
        """As typed."""
        return self.request.query

    @property
    def asks_for_words(self) -> bool:
        """Whether the query may match by the words of a run, and not only literally."""
        parts = positive_parts(self._rewritten.typed)
        return any(isinstance(part, Chunk) and len(part.words) > 1 for part in parts)

    @property
    def literal_total(self) -> int:
        """How many articles match literally, or by their title or number."""
        return self.total - self.synonym_total - self.totals.get("words", 0)

    @property
    def synonym_total(self) -> int:
        """How many others match by a synonym."""
        return self.totals.get("synonym", 0)

    def __iter__(self) -> Iterator[Hit]:
        """Make the hits one by one, each when it is needed."""
        return self._hits(range(len(self.matches)))

    @overload
    def __getitem__(self, index: int) -> Hit: ...

    @overload
    def __getitem__(self, index: slice) -> list[Hit]: ...

    def __getitem__(self, index: int | slice) -> Hit | list[Hit]:
        """Make one hit, or those of a slice."""
        chosen = range(len(self.matches))[index]
        if isinstance(chosen, range):
            return list(self._hits(chosen))
        return next(self._hits([chosen]))

    def _hits(self, indices: Sequence[int]) -> Iterator[Hit]:
        """Make the hits with these indices into `matches`."""
        matches = [self.matches[index] for index in indices]
        every = zip(indices, matches, self._engine.found(matches), strict=True)
        for index, match, found in every:
            how = self._ranked.ladder.match(match.tier)
            pieces = self._cut(found, self._rewritten.query)
            rank = self.request.offset + 1 + index
            others = None if self.reprints is None else self.reprints.get(match.key, ())
            yield Hit(rank, match.score, found, pieces, how, others)

    def only(
        self,
        matches: Sequence[Match],
        offset: int = 0,
        limit: int | None = None,
        reprints: Mapping[Any, tuple[str, ...]] | None = None,
    ) -> "Results":
        """A copy with only these matches, ranked and counted anew.

        Args:
            matches: the matches to keep.
            offset: how many of them to skip.
            limit: the maximum number after these; None for all.
            reprints: by the key of a match, the ids of the other matches in its group.
        """
        from copy import copy  # a plain search does not need it

        chosen = copy(self)
        chosen.request = self.request._replace(offset=offset, limit=limit)
        chosen.matches = matches[offset:][:limit]
        chosen.reprints = reprints
        chosen.total = len(matches)
        chosen.totals = Counter(self._ranked.ladder.match(match.tier) for match in matches)
        return chosen

    def __len__(self) -> int:
        return len(self.matches)

    def paths(self) -> list[str]:
        """The files with hits, each once, in the order of their first hits."""
        return list(dict.fromkeys(match.path for match in self.matches))

    def explain(self, hit: Hit) -> "Explanation":
        """Explain why this hit matches, and the parts of its score."""
        return self._explainer.explain(self.matches[hit.rank - self.request.offset - 1])

    @cached_property
    def _explainer(self) -> "Explainer":
        from lsq.search.explain import Explainer

        return Explainer(self._engine, self._rewritten, self.matches, self._ranked)


def search(engine: Engine, request: SearchRequest, shown: "int | Cut" = 3) -> Results:
    """Search the index.

    Args:
        engine: the index.
        request: the request.
        shown: the maximum number of snippets of a hit, or a `Cut` (`lsq.search.snippets.cuts`).

    Raises:
        QueryError: the query is invalid, or its regular expressions take too long.
        ValueError: the order is unknown, or the offset is negative.
    """
    sort, offset = request.sort, request.offset
    if sort not in SORTS or offset < 0:
        raise ValueError(f"sort {sort!r} is not in {SORTS}, or offset {offset} is negative")
    rewritten = rewrite(engine, request)
    if sort == "relevance":
        ranked = rank_by_relevance(engine, rewritten, request)
    else:
        tiers = ladder(rewritten.typed, any_word=request.any_word, synonyms=rewritten.synonyms)
        last = None if request.limit is None else offset + request.limit
        ranked = RankedMatches(
            engine.search(rewritten.query, last, sort, tiers.steps), tiers, {}, {}
        )
    cut = shown if callable(shown) else partial(snippets, most=shown)
    return Results(request, ranked, engine, rewritten, cut)


def count(engine: Engine, request: SearchRequest) -> int:
    """How many articles match; raises what `search` does."""
    return engine.count(rewrite(engine, request).query)


def explain(engine: Engine, request: SearchRequest, name: str) -> tuple[int | None, "Explanation"]:
    """Why the article with this id matches or does not; raises what `search` does.

    Returns:
        Its rank by relevance, None if it does not match, and the explanation.

    Raises:
        UnknownIdError: there is no such article.
    """
    from lsq.search.explain import Explainer, find_article

    article = find_article(engine, name)
    rewritten = rewrite(engine, request)
    ranked = rank_by_relevance(engine, rewritten, request._replace(offset=0, limit=None))
    for rank, match in enumerate(ranked.found.best, 1):
        if match.key == article.key:
            return rank, Explainer(engine, rewritten, [match], ranked).explain(match)
    ranked = ranked._replace(boosts={}, nearness={})
    return None, Explainer(engine, rewritten, [article], ranked).explain(article)
