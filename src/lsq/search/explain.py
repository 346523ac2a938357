"""Say why an article matches a query or does not, and how its score comes about.

The engine reports which articles satisfy which part of a query, and what each term adds
to a score; nothing is decided again here.
"""

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from lsq.engines import Engine, Match
from lsq.engines.bm25 import TermScore
from lsq.engines.paths import plain_path
from lsq.errors import UnknownIdError
from lsq.query import (
    And,
    Chunk,
    Field,
    Literal,
    Near,
    Not,
    Or,
    Query,
    Regex,
    SameParagraph,
    SameSentence,
)
from lsq.query.units import normalize
from lsq.query.unparse import unparse
from lsq.search.nearness import NEARNESS

if TYPE_CHECKING:
    from lsq.search.rerank import Ordered
    from lsq.search.thesaurus import Entry
    from lsq.search.understood import Understood


class Verdict(NamedTuple):
    """Whether an article satisfies a part of a query.

    Attributes:
        query: the part, as it can be typed.
        matches: whether it does.
        how: for a run of characters or a literal that is found: "literal", or by "all
            words" or "any word"; None for the rest.
        missing: the words of a run of characters that the article, or the sentences or
            fields that it is about, lacks, where the run does not stand literally.
        parts: what it is made of, each judged for itself: of a sentence, whether there
            is one that satisfies that part alone.
    """

    query: str
    matches: bool
    how: str | None = None
    missing: tuple[str, ...] = ()
    parts: tuple["Verdict", ...] = ()


class Rerank(NamedTuple):
    """The additions of reranking to a score; see `lsq.search.rerank`.

    Attributes:
        bigrams: for the query's bigrams.
        characters: for its characters.
        lead: for its bigrams and characters in the lead.
    """

    bigrams: float
    characters: float
    lead: float


class Explanation(NamedTuple):
    """Why an article matches or does not, and how its score comes about.

    Attributes:
        verdict: on the whole query, what limits the search included.
        score: what the scores of `terms` and the parts of `rerank` add up to; None if the
            article does not match.
        terms: of the query, with what each adds.
        rerank: what ordering again has added; None where it was not ordered again.
        tier: the tier that it is in, of `lsq.search.tiers`; None if it does not match.
        nearness: how close together things stand, of `lsq.search.nearness`; None where that
            does not matter.
        entries: those of the thesaurus whose words were searched besides.
    """

    verdict: Verdict
    score: float | None
    terms: tuple[TermScore, ...]
    rerank: Rerank | None
    tier: str | None = None
    nearness: str | None = None
    entries: "tuple[Entry, ...]" = ()


class Explainer:
    """Explains some matches of one query; what they share is asked for once.

    Args:
        engine: the index.
        asked: what was asked for.
        matches: what is to be explained; they need not match.
        ordered: what put those that match in order.
    """

    def __init__(
        self, engine: Engine, asked: "Understood", matches: Sequence[Match], ordered: "Ordered"
    ) -> None:
        self._engine = engine
        self._query = asked.tree
        self._entries = asked.entries
        self._matches = matches
        self._ordered = ordered
        self._known: dict[Query, frozenset[Any]] = {}
        self._words: dict[Chunk, dict[Any, list[TermScore]]] = {}
        self._terms = engine.term_scores(asked.tree, matches)

    def explain(self, match: Match) -> Explanation:
        """Why this one, of the matches, matches or does not."""
        verdict = self._judged(self._query, match.key, _as_it_is)
        if not verdict.matches:
            return Explanation(verdict, None, (), None, entries=self._entries)
        terms = tuple(self._terms[match.key])
        gain = self._ordered.gained.get(match.key)
        near = self._ordered.near.get(match.key)
        return Explanation(
            verdict,
            match.score,
            terms,
            gain and Rerank(*gain),
            self._ordered.tiers.tiers[match.tier],
            None if near is None else NEARNESS[near],
            self._entries,
        )

    def _judged(self, query: Query, key: Any, within: Callable[[Query], Query]) -> Verdict:
        """Judge a part of the query for one article.

        Args:
            query: the part.
            key: of the article.
            within: puts a query in the position of the part.
        """
        how: str | None = None
        missing: tuple[str, ...] = ()
        parts: tuple[Verdict, ...] = ()
        matches = self._satisfies(within(query), key)
        match query:
            case Literal():
                how = "literal" if matches else None
            case Chunk(text, _, any_word):
                if self._satisfies(within(Literal(text)), key):
                    how = "literal"
                else:
                    missing = self._missing(query, key, within)
                    how = ("any word" if any_word else "all words") if matches else None
            case And(several) | Or(several):
                parts = tuple(self._judged(one, key, within) for one in several)
            case Near(distance, several):
                near = _nested(within, lambda part: Near(distance, (part,)))
                parts = tuple(self._judged(one, key, near) for one in several)
            case SameSentence(part) | SameParagraph(part):
                how, missing, parts = self._inside(part, key, _nested(within, type(query)))
            case Field(name, part):
                field = _nested(within, lambda inner: Field(name, inner))
                how, missing, parts = self._inside(part, key, field)
            case Not(part):
                parts = (self._judged(part, key, within),)
        return Verdict(unparse(query), matches, how, missing, parts)

    def _inside(
        self, part: Query, key: Any, within: Callable[[Query], Query]
    ) -> tuple[str | None, tuple[str, ...], tuple[Verdict, ...]]:
        """How the inside of a joint is judged, reported for the joint itself if it is simple."""
        verdict = self._judged(part, key, within)
        simple = isinstance(part, Literal | Chunk | Regex)
        parts = () if simple else verdict.parts or (verdict,)
        return verdict.how, verdict.missing, parts

    def _missing(self, chunk: Chunk, key: Any, within: Callable[[Query], Query]) -> tuple[str, ...]:
        if within is not _as_it_is:  # where words are strings
            return tuple(
                word for word in chunk.words if not self._satisfies(within(Literal(word)), key)
            )
        if chunk not in self._words:
            self._words[chunk] = self._engine.term_scores(chunk, self._matches)
        lacked = {term.text for term in self._words[chunk][key] if not term.frequency}
        # A synonym is not reported as missing in an article.
        return tuple(word for word in chunk.words if word in lacked and word in chunk.text)

    def _satisfies(self, query: Query, key: Any) -> bool:
        if query not in self._known:
            self._known[query] = self._engine.satisfying(query, self._matches)
        return key in self._known[query]


def find(engine: Engine, name: str) -> Match:
    """The article with this id, as a match of no query.

    Raises:
        UnknownIdError: there is none.
    """
    path, _, ordinal = name.rpartition("#")
    path = plain_path(path or os.curdir)
    sought = normalize("path", path)
    found = engine.search(Field("path", Literal(sought))).best if sought else ()
    for match in found:
        if match.path == path and str(match.ordinal) == ordinal:
            return match
    raise UnknownIdError(name, engine.location)


def _as_it_is(query: Query) -> Query:
    return query


def _nested(
    outer: Callable[[Query], Query], inner: Callable[[Query], Query]
) -> Callable[[Query], Query]:
    return lambda query: outer(inner(query))
