"""The order of the documents that match: by their tiers and scores, by date, or by path."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from typing import Any

from lsq.engines import Match, Matches, Step
from lsq.engines.folder.damage import UNPACKING
from lsq.engines.folder.evaluate import matching
from lsq.engines.folder.snapshot import Snapshot
from lsq.engines.paths import shown_path
from lsq.model import Sort
from lsq.query.fields import FIRST_DAY
from lsq.query.patterns import Patterns

# Beyond every day there is: 99991231.
_NEVER = 100_000_000


class Order:
    """Puts documents of a snapshot in order.

    Args:
        snapshot: where they are.
        location: of the index, which their paths are relative to.
    """

    def __init__(self, snapshot: Snapshot, location: str) -> None:
        self._snapshot = snapshot
        self._location = location

    def first(
        self, found: Mapping[int, float], limit: int | None, sort: Sort, ladder: Sequence[Step]
    ) -> Matches:
        """The first `limit` of the documents that match (None: all); `found` has the scores."""
        groups = self._by_tier(found, ladder)
        last = len(found) if limit is None else limit
        best: list[Match] = []
        if sort == "relevance":
            for tier, group in enumerate(groups):
                days = self._days(group) if tier < len(ladder) and ladder[tier].newest else {}
                found_here = self._best(group, days, group, last - len(best))
                best += [one._replace(tier=tier, day=days.get(one.key, 0)) for one in found_here]
        else:
            tiers = {key: tier for tier, group in enumerate(groups) for key in group}
            goods = self._goods(found, sort)
            best += [
                one._replace(tier=tiers[one.key]) for one in self._best(found, goods, {}, last)
            ]
        return Matches(len(found), best, [len(group) for group in groups])

    def _by_tier(
        self, found: Mapping[int, float], ladder: Sequence[Step]
    ) -> list[Mapping[int, float]]:
        """The documents, with their scores, by the first step that they stand on."""
        rest = dict(found)
        patterns = Patterns()
        groups: list[Mapping[int, float]] = []
        for step in ladder:
            on = (
                segment.first + number
                for segment in self._snapshot.segments
                for number in matching(step.query, segment, patterns)
            )
            groups.append({key: rest.pop(key) for key in on if key in rest})
        return [*groups, rest]

    def _goods(self, found: Iterable[int], sort: Sort) -> dict[int, int]:
        """What is greater where a document comes first by its date; nothing by its path."""
        if sort == "path":
            return {}
        days = self._days(found)
        if sort == "-date":
            return days
        return {key: -(day or _NEVER) for key, day in days.items()}

    def _days(self, found: Iterable[int]) -> dict[int, int]:
        """The first day of each document; 0 for no date."""
        column = {segment.first: segment.column(FIRST_DAY) for segment in self._snapshot.segments}
        days: dict[int, int] = {}
        for key in found:
            segment, number = self._snapshot.segment_of(key)
            days[key] = column[segment.first][number]
        return days

    def _best(
        self,
        found: Mapping[int, float],
        goods: Mapping[int, int],
        scores: Mapping[int, float],
        limit: int,
    ) -> list[Match]:
        """The first of the documents by what is greater: `goods`, then `scores`, if any.

        Args:
            found: the documents with their scores.
            goods: what decides first; nothing for all alike.
            scores: what decides then; nothing for all alike.
            limit: how many are wanted.
        """
        if limit <= 0 or not found:
            return []
        rank: Mapping[int, Any] = scores or goods or dict.fromkeys(found, 0)
        if scores and goods:
            rank = {key: (goods[key], scores[key]) for key in found}
        chosen: Iterable[int] = found
        if limit < len(found):
            # Of equals at the edge, all come along until their paths are compared.
            least = min(nlargest(limit, rank.values()))
            chosen = [key for key in found if rank[key] >= least]
        matches = []
        for key in chosen:
            segment, number = self._snapshot.segment_of(key)
            paths, ordinals = self._places[segment.first]
            stored = paths[number]
            with UNPACKING:
                decoded = stored.decode()
            path = shown_path(decoded, self._location)
            matches.append(Match(found[key], path, ordinals[number], key))
        # Sorting keeps the order of equals, the other way round as well.
        matches.sort(key=lambda match: (match.path, match.ordinal))
        matches.sort(key=lambda match: rank[match.key], reverse=True)
        return matches[:limit]

    @cached_property
    def _places(self) -> dict[int, tuple[Any, Any]]:
        """By the first document of a segment, its columns of paths and ordinals."""
        return {
            segment.first: (segment.column("path"), segment.column("ordinal"))
            for segment in self._snapshot.segments
        }
