"""From a query to hits: parser → Query → engine → matches → rerank → snippets → hits."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, overload

from lsq.engines import Engine, Match
from lsq.hit import Hit
from lsq.model import SORTS
from lsq.query import Chunk, positive_parts
from lsq.search.request import SearchRequest
from lsq.search.rerank import Ordered, by_relevance
from lsq.search.snippets import snippets
from lsq.search.tiers import ladder
from lsq.search.understood import Understood, understood

if TYPE_CHECKING:
    from lsq.search.explain import Explainer, Explanation
    from lsq.search.snippets.cuts import Cut
    from lsq.search.thesaurus import Entry


class Results(Sequence[Hit]):
    """The hits of a search, in order; each is made when it is accessed.

    Attributes:
        request: the request.
        total: how many articles match in all.
        totals: how many of these match in each way (`Hit.match`); what is missing, none does.
        matches: the requested part of them, in the requested order.
        entries: those of the thesaurus whose words were searched besides those typed.
        reprints: where reprints are grouped, the ids of the others by the key of a match; else
            None.
    """

    def __init__(
        self,
        request: SearchRequest,
        ordered: Ordered,
        engine: Engine,
        asked: Understood,
        cut: "Cut",
    ) -> None:
        self.request = request
        self.total = ordered.found.total
        self.totals: Mapping[str, int] = ordered.totals
        self.matches: Sequence[Match] = ordered.found.best[request.offset :]
        self.reprints: Mapping[Any, tuple[str, ...]] | None = None
        self._ordered = ordered
        self._engine = engine
        self.entries: Sequence[Entry] = asked.entries
        self._asked = asked
        self._cut = cut

    @property
    def query(self) -> str:
        """As typed."""
        return self.request.query

    @property
    def asks_for_words(self) -> bool:
        """Whether the query may match by the words of a run, and not only literally."""
        parts = positive_parts(self._asked.typed)
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
            how = self._ordered.tiers.match(match.tier)
            pieces = self._cut(found, self._asked.tree)
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
        """The same with some of the matches alone, ranked and counted anew.

        Args:
            matches: these.
            offset: how many of them not to give.
            limit: how many to give at most; None for all.
            reprints: by the key of a match, the ids of the matches in its group.
        """
        chosen = copy(self)
        chosen.request = self.request._replace(offset=offset, limit=limit)
        chosen.matches = matches[offset:][:limit]
        chosen.reprints = reprints
        chosen.total = len(matches)
        chosen.totals = Counter(self._ordered.tiers.match(match.tier) for match in matches)
        return chosen

    def __len__(self) -> int:
        return len(self.matches)

    def paths(self) -> list[str]:
        """The files with hits, each once, in the order of their first hits."""
        return list(dict.fromkeys(match.path for match in self.matches))

    def explain(self, hit: Hit) -> "Explanation":
        """Explain why this hit matches, and how its score comes about."""
        return self._explainer.explain(self.matches[hit.rank - self.request.offset - 1])

    @cached_property
    def _explainer(self) -> "Explainer":
        from lsq.search.explain import Explainer

        return Explainer(self._engine, self._asked, self.matches, self._ordered)


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
        raise ValueError(f"sort {sort!r} is none of {SORTS}, or offset {offset} is negative")
    asked = understood(engine, request)
    if sort == "relevance":
        ordered = by_relevance(engine, asked, request)
    else:
        tiers = ladder(asked.typed, any_word=request.any_word, others=asked.others)
        last = None if request.limit is None else offset + request.limit
        ordered = Ordered(engine.search(asked.tree, last, sort, tiers.steps), tiers, {}, {})
    cut = shown if callable(shown) else partial(snippets, most=shown)
    return Results(request, ordered, engine, asked, cut)


def count(engine: Engine, request: SearchRequest) -> int:
    """How many articles match; raises what `search` does."""
    return engine.count(understood(engine, request).tree)


def explain(engine: Engine, request: SearchRequest, name: str) -> tuple[int | None, "Explanation"]:
    """Why the article with this id matches or does not; raises what `search` does.

    Returns:
        Its rank by relevance, None if it does not match, and the explanation.

    Raises:
        UnknownIdError: there is no such article.
    """
    from lsq.search.explain import Explainer, find

    article = find(engine, name)
    asked = understood(engine, request)
    ordered = by_relevance(engine, asked, request._replace(offset=0, limit=None))
    for rank, match in enumerate(ordered.found.best, 1):
        if match.key == article.key:
            return rank, Explainer(engine, asked, [match], ordered).explain(match)
    ordered = ordered._replace(gained={}, near={})
    return None, Explainer(engine, asked, [article], ordered).explain(article)
