"""The order of the articles that match, by the cluster: tiers and scores, dates, or paths."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from lsq.engines import Match, Matches, Step
from lsq.engines.opensearch.failures import intact
from lsq.engines.opensearch.snapshot import IN_ORDER, PAGE, Clause, Hit, Snapshot
from lsq.model import Sort
from lsq.query.fields import FIRST_DAY

# What comes before path and ordinal; an article without a date comes last.
_ORDERS: Final[dict[Sort, tuple[Clause, ...]]] = {
    "relevance": ({"_score": "desc"},),
    "date": ({FIRST_DAY: {"order": "asc", "missing": "_last"}},),
    "-date": ({FIRST_DAY: {"order": "desc", "missing": "_last"}},),
    "path": (),
}


class Order:
    """Puts articles of a snapshot in order.

    Args:
        snapshot: where they are.
        shown: tells how a stored path is shown.
    """

    def __init__(self, snapshot: Snapshot, shown: Callable[[str], str]) -> None:
        self._snapshot = snapshot
        self._shown = shown

    def first(  # noqa: PLR0913  # what a search is made of
        self,
        matching: Clause,
        score: Sequence[Clause],
        steps: Sequence[Clause],
        *,
        limit: int | None,
        sort: Sort,
        ladder: Sequence[Step],
    ) -> Matches:
        """The first `limit` of the articles that match (None: all).

        Args:
            matching: what they satisfy.
            score: what adds to their scores.
            steps: what those on each step of the ladder satisfy, and those on none.
            limit: how many are wanted.
            sort: in which order.
            ladder: what `steps` are of.
        """
        total, tiers = self._snapshot.tally(matching, steps)
        best: list[Match] = []
        if sort == "relevance":
            for tier, step in enumerate(steps):
                left = None if limit is None else limit - len(best)
                if tiers[tier] and left != 0:
                    newest = tier < len(ladder) and ladder[tier].newest
                    asked = _scored([matching, step], score)
                    best += self._of_tier(asked, tier, left, newest=newest)
        else:
            # Of what it knows of a hit, the cluster tells which clauses with a name it satisfies.
            named = [
                {"bool": {"filter": [step], "_name": str(tier)}} for tier, step in enumerate(steps)
            ]
            asked = _scored([matching], [*score, *named])
            order = (*_ORDERS[sort], *IN_ORDER)
            best += self._hits(asked, order, limit, lambda hit: int(hit["matched_queries"][0]))
        return Matches(total, best, tiers)

    def _of_tier(self, asked: Clause, tier: int, limit: int | None, *, newest: bool) -> list[Match]:
        """The first matches of a tier."""
        dated = _ORDERS["-date"] if newest else ()
        order = (*dated, *_ORDERS["relevance"], *IN_ORDER)
        found = list(self._hits(asked, order, limit, lambda _: tier, newest=newest))
        found.sort(key=lambda match: (-match.day, -match.score, match.path, match.ordinal))
        return found

    def _hits(
        self,
        asked: Clause,
        order: Sequence[Clause],
        limit: int | None,
        tier: Callable[[Hit], int],
        *,
        newest: bool = False,
    ) -> Iterator[Match]:
        """What the cluster finds; `newest` says that days come first in the order."""
        for _total, page in self._snapshot.pages(asked, order, limit=limit, size=PAGE):
            for hit in page:
                with intact(self._snapshot.location):
                    path, ordinal = hit["sort"][-2:]
                    # What has no date is given the least number there is.
                    day = max(0, hit["sort"][0]) if newest else 0
                    score, key = hit["_score"], hit["_id"]
                    match = Match(score, self._shown(path), ordinal, key, tier(hit), day)
                yield match


def _scored(filters: Sequence[Clause], score: Sequence[Clause]) -> Clause:
    """What satisfies all of these clauses, scored by the others."""
    return {"bool": {"filter": filters, "should": score}}
