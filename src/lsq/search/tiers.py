"""The tiers of a query: matches are sorted by tier first, then by score.

What was typed exactly comes first. The tiers form a ladder, each step of which is a query; the
tier of a match is the first step that it satisfies. So an engine needs no code of its own for
tiers, and all engines produce the same order.

    edition   the query is the article's title, in the version typed
    title     the query is its title, whatever the version; the newest first
    number    the query is its number (发文字号)
    heading   its title contains every run literally
    literal   it contains every run literally
    alias     its title is a synonym of the query; the newest first
    synonym   it contains every run, or a synonym of it, literally
    some      it contains a run literally, and the words of the others
    words     it contains the words of the runs; with `--any`, all other matches

Within `literal` and `words`, the best matches are sorted by `lsq.search.nearness`. To add a
tier, add a step to `_steps`.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from lsq.engines import Step
from lsq.query import (
    And,
    Chunk,
    Everything,
    Field,
    Literal,
    Named,
    Near,
    Or,
    Query,
    SameParagraph,
    SameSentence,
    Spelled,
    literally,
    positive_parts,
)
from lsq.query.keys import edition_name, number_name, title_name, typed_text
from lsq.search.nearness import NearnessOf, nearness_of_literals, nearness_of_words

# The value of `match` in JSON for each tier.
MATCH: Final = {
    "edition": "title",
    "title": "title",
    "number": "number",
    "heading": "literal",
    "literal": "literal",
    "alias": "synonym",
    "synonym": "synonym",
    "some": "words",
    "words": "words",
}

# A query of more runs is a pasted page, not a title, and each step would search for every run
# again; so only the steps that distinguish literal matches are used.
MAX_RUNS: Final = 50
NO_SYNONYMS: Final[Mapping[str, Sequence[str]]] = MappingProxyType({})


class Ladder(NamedTuple):
    """The tiers of a query, the best first.

    Attributes:
        tiers: the name of each step, then that of matches that satisfy no step.
        steps: the steps for the engine.
        measures: the functions that compute nearness, by the number of the tier.
    """

    tiers: tuple[str, ...]
    steps: tuple[Step, ...]
    measures: Mapping[int, NearnessOf]

    def match(self, tier: int) -> str:
        """How an article of this tier matches the query: a value of `MATCH`."""
        return MATCH[self.tiers[tier]]


def ladder(
    query: Query, *, any_word: bool = False, synonyms: Mapping[str, Sequence[str]] = NO_SYNONYMS
) -> Ladder:
    """The tiers of a query.

    Args:
        query: as typed, before it is relaxed and filtered.
        any_word: whether a match needs only one of its words.
        synonyms: the synonyms of its runs.
    """
    literal = literally(query)
    steps = list(_steps(query, literal, synonyms, any_word=any_word))
    # If no run can match by its words, every match is literal.
    rest = "words" if any_word or literal != query else "literal"
    tiers = (*(name for name, _ in steps), rest)
    measures: dict[str, NearnessOf | None] = {}
    if not any_word:
        measures["literal"] = nearness_of_literals(query)
        measures["words"] = nearness_of_words(query)
    return Ladder(
        tiers,
        tuple(step for _, step in steps),
        {n: measure for n, name in enumerate(tiers) if (measure := measures.get(name))},
    )


def _steps(
    query: Query, literal: Query, synonyms: Mapping[str, Sequence[str]], *, any_word: bool
) -> Iterator[tuple[str, Step]]:
    """The steps of this query, each with the name of its tier."""
    runs = [part for part in positive_parts(query) if isinstance(part, Chunk | Literal)]
    if not runs:
        return
    if len(runs) <= MAX_RUNS:
        typed = typed_text(query)
        if edition := edition_name(typed):
            yield "edition", Step(Named("edition", edition), newest=True)
        if name := title_name(typed):
            yield "title", Step(Named("title", name), newest=True)
        if number := number_name(typed):
            yield "number", Step(Named("number", number))
        yield "heading", Step(_in_title(query))
    if any_word or literal != query:
        yield "literal", Step(literal)
    if synonyms:
        from lsq.search.expansion import with_synonyms

        titles = map(title_name, synonyms.get(typed_text(query), ()))
        if named := [Named("title", name) for name in titles if name]:
            yield "alias", Step(Or(tuple(named)), newest=True)
        yield "synonym", Step(literally(with_synonyms(query, synonyms)))
    if not any_word and 1 < len(runs) <= MAX_RUNS:
        some = Or(tuple(dict.fromkeys(_literal_runs(query))))
        if literal not in (query, some):
            yield "some", Step(some)


def _in_title(query: Query) -> Query:
    """The query for articles whose title contains every run."""
    match query:
        case Chunk(text) | Literal(text):
            return Field("title", Literal(text))
        case And(parts) | Near(_, parts):
            return And(tuple(map(_in_title, parts)))
        case Or(parts):
            return Or(tuple(map(_in_title, parts)))
        case SameSentence(part) | SameParagraph(part):
            return _in_title(part)
        case Field("title", part):
            return Field("title", literally(part))
    return Everything()


def _literal_runs(query: Query) -> Iterator[Query]:
    """The scored runs of a query, as literals; those of a title inside `title:`."""
    match query:
        case Chunk(text) | Literal(text):
            yield Literal(text)
        case Spelled():
            yield literally(query)
        case And(parts) | Or(parts) | Near(_, parts):
            for part in parts:
                yield from _literal_runs(part)
        case SameSentence(part) | SameParagraph(part):
            yield from _literal_runs(part)
        case Field("title", part):
            for leaf in _literal_runs(part):
                yield Field("title", leaf)
