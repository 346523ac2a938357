"""The order of matches by relevance: their tiers, how close together things stand, the scores.

The engine gives the first matches by tier and score; of these the best are reranked by
their texts, each within its tier.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from lsq.engines import Engine, Match, Matches
from lsq.engines.document import breaks
from lsq.query import Regex, positive_parts
from lsq.search.request import SearchRequest
from lsq.search.rerank import DEPTH, Gain, gains
from lsq.search.tiers import Ladder, ladder
from lsq.search.understood import Understood

# After the point, of a score. One engine adds with more digits than another, which shall
# not decide which of two hits comes first.
DIGITS: Final = 6


class Ordered(NamedTuple):
    """Matches in order, and what put them there.

    Attributes:
        found: the matches.
        tiers: what their `tier` means.
        gained: by their keys, what those that were reranked gained.
        near: by their keys, how close together things stand, of those for which it matters.
    """

    found: Matches
    tiers: Ladder
    gained: Mapping[Any, Gain]
    near: Mapping[Any, int]

    @property
    def literal_total(self) -> int:
        """How many articles match literally, or by their title or number."""
        return self.found.total - self.synonym_total - self._matching("words")

    @property
    def synonym_total(self) -> int:
        """How many do not, but by words that mean the same."""
        return self._matching("synonym")

    def _matching(self, how: str) -> int:
        counts = enumerate(self.found.tiers)
        return sum(count for tier, count in counts if self.tiers.match(tier) == how)


def by_relevance(engine: Engine, asked: Understood, request: SearchRequest) -> Ordered:
    """The first matches by relevance: by tier, and of the best those with the better texts."""
    depth = asked.deep or DEPTH
    tiers = ladder(asked.typed, any_word=request.any_word, others=asked.others)
    limit = None if request.limit is None else request.offset + request.limit
    wanted = None if limit is None else max(limit, depth)
    found = engine.search(asked.tree, wanted, "relevance", tiers.steps)
    candidates, rest = found.best[:depth], found.best[depth:]
    texts = list(engine.texts(candidates))
    parts = [part for part in positive_parts(asked.tree) if not isinstance(part, Regex)]
    gained = gains(texts, parts, asked.more)
    near = _nearness(engine, tiers, candidates, texts)
    reranked = [
        match._replace(score=match.score + sum(gain))
        for match, gain in zip(candidates, gained, strict=True)
    ]
    by_key = {match.key: gain for match, gain in zip(candidates, gained, strict=True)}
    reranked.sort(
        key=lambda match: (
            match.tier,
            -match.day,
            near.get(match.key, 0),
            -round(match.score, DIGITS),
            match.path,
            match.ordinal,
        )
    )
    best = [*reranked, *rest][:limit]
    return Ordered(found._replace(best=best), tiers, by_key, near)


def _nearness(
    engine: Engine, tiers: Ladder, candidates: Sequence[Match], texts: Sequence[bytes]
) -> dict[Any, int]:
    """By the keys of those for which it matters, how close together things stand."""
    judged = [
        (match, text, judge)
        for match, text in zip(candidates, texts, strict=True)
        if (judge := tiers.judges.get(match.tier))
    ]
    spaces = engine.spaces(match for match, _, _ in judged)
    return {
        match.key: judge((text, partial(breaks, dropped)))
        for (match, text, judge), dropped in zip(judged, spaces, strict=True)
    }
