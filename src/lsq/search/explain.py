"""Explain why an article matches a query or does not, and the parts of its score.

The engine decides which articles satisfy which part of a query, and what each term adds to a
score; this module only reports it.
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
    from lsq.search.rerank import RankedMatches
    from lsq.search.rewrite import RewrittenQuery
    from lsq.search.thesaurus import Entry


class Verdict(NamedTuple):
    """Whether an article satisfies a part of a query.

    Attributes:
        query: the part, as it can be typed.
        matches: whether the article satisfies it.
        how: how a run of characters or a literal is found: "literal", "all words" or "any
            word"; None for other parts.
        missing: the words of a run of characters that the article (inside `sentence` or a
            field: any sentence, or the field) lacks, if the run does not occur literally.
        parts: the verdicts on its operands, each judged alone: inside `sentence`, whether any
            sentence satisfies that operand.
    """

    query: str
    matches: bool
    how: str | None = None
    missing: tuple[str, ...] = ()
    parts: tuple["Verdict", ...] = ()


class Rerank(NamedTuple):
    """The boosts that reranking added to a score; see `lsq.search.rerank`.

    Attributes:
        bigrams: for the query's bigrams.
        characters: for its characters.
        lead: for its bigrams and characters in the lead.
    """

    bigrams: float
    characters: float
    lead: float


class Explanation(NamedTuple):
    """Why an article matches or does not, and the parts of its score.

    Attributes:
        verdict: on the whole query, filters included.
        score: the sum of the scores of `terms` and the boosts of `rerank`; None if the
            article does not match.
        terms: the terms of the query, each with its score.
        rerank: the boosts of reranking; None if the article was not reranked.
        tier: its tier, see `lsq.search.tiers`; None if it does not match.
        nearness: how close together the terms occur, see `lsq.search.nearness`; None if that
            does not affect the order.
        entries: the thesaurus entries whose words were searched besides those typed.
    """

    verdict: Verdict
    score: float | None
    terms: tuple[TermScore, ...]
    rerank: Rerank | None
    tier: str | None = None
    nearness: str | None = None
    entries: "tuple[Entry, ...]" = ()


class Explainer:
    """Explains some articles for one query; asks the engine about all of them at once.

    Args:
        engine: the index.
        rewritten: the query.
        matches: the articles to explain; they need not match.
        ranked: the matches of the query, in order.
    """

    def __init__(
        self,
        engine: Engine,
        rewritten: "RewrittenQuery",
        matches: Sequence[Match],
        ranked: "RankedMatches",
    ) -> None:
        self._engine = engine
        self._query = rewritten.query
        self._entries = rewritten.entries
        self._matches = matches
        self._ranked = ranked
        self._satisfying: dict[Query, frozenset[Any]] = {}
        self._word_scores: dict[Chunk, dict[Any, list[TermScore]]] = {}
        self._terms = engine.term_scores(rewritten.query, matches)

    def explain(self, match: Match) -> Explanation:
        """Why one of the articles matches or does not."""
        verdict = self._judge(self._query, match.key, _identity)
        if not verdict.matches:
            return Explanation(verdict, None, (), None, entries=self._entries)
        terms = tuple(self._terms[match.key])
        boosts = self._ranked.boosts.get(match.key)
        nearness = self._ranked.nearness.get(match.key)
        return Explanation(
            verdict,
            match.score,
            terms,
            boosts and Rerank(*boosts),
            self._ranked.ladder.tiers[match.tier],
            None if nearness is None else NEARNESS[nearness],
            self._entries,
        )

    def _judge(self, query: Query, key: Any, within: Callable[[Query], Query]) -> Verdict:
        """Judge a part of the query for one article.

        Args:
            query: the part.
            key: of the article.
            within: wraps a query in the operators around the part, such as `sentence`.
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
            case And(operands) | Or(operands):
                parts = tuple(self._judge(one, key, within) for one in operands)
            case Near(distance, operands):
                near = _nested(within, lambda part: Near(distance, (part,)))
                parts = tuple(self._judge(one, key, near) for one in operands)
            case SameSentence(part) | SameParagraph(part):
                how, missing, parts = self._judge_inside(part, key, _nested(within, type(query)))
            case Field(name, part):
                field = _nested(within, lambda inner: Field(name, inner))
                how, missing, parts = self._judge_inside(part, key, field)
            case Not(part):
                parts = (self._judge(part, key, within),)
        return Verdict(unparse(query), matches, how, missing, parts)

    def _judge_inside(
        self, part: Query, key: Any, within: Callable[[Query], Query]
    ) -> tuple[str | None, tuple[str, ...], tuple[Verdict, ...]]:
        """The verdict's `how`, `missing` and `parts` for an operator with the operand `part`.

        A simple operand, a single term, has no verdict of its own.
        """
        verdict = self._judge(part, key, within)
        simple = isinstance(part, Literal | Chunk | Regex)
        parts = () if simple else verdict.parts or (verdict,)
        return verdict.how, verdict.missing, parts

    def _missing(self, chunk: Chunk, key: Any, within: Callable[[Query], Query]) -> tuple[str, ...]:
        if within is not _identity:  # inside an operator, words are searched as strings
            return tuple(
                word for word in chunk.words if not self._satisfies(within(Literal(word)), key)
            )
        if chunk not in self._word_scores:
            self._word_scores[chunk] = self._engine.term_scores(chunk, self._matches)
        missing = {term.text for term in self._word_scores[chunk][key] if not term.frequency}
        # Words of official terms are not reported as missing.
        return tuple(word for word in chunk.words if word in missing and word in chunk.text)

    def _satisfies(self, query: Query, key: Any) -> bool:
        if query not in self._satisfying:
            self._satisfying[query] = self._engine.satisfying(query, self._matches)
        return key in self._satisfying[query]


def find_article(engine: Engine, name: str) -> Match:
    """The article with this id, as a match without a score.

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


def _identity(query: Query) -> Query:
    return query


def _nested(
    outer: Callable[[Query], Query], inner: Callable[[Query], Query]
) -> Callable[[Query], Query]:
    return lambda query: outer(inner(query))
