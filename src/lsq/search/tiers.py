"""The tiers that matches are ordered in, before their scores decide.

What a person typed exactly comes first. A step of the ladder is a query, so every engine
decides it as it decides any other, and all produce the same order: a match belongs to the
first step that it satisfies.

    edition   the query is the article's title, in the version typed
    title     the query is its title, whatever the version; the newest first
    number    the query is its number (发文字号)
    heading   its title contains every run literally
    literal   it contains every run literally
    alias     its title is a word that means the same as the query; the newest first
    synonym   it contains every run literally, or a word that means the same
    some      it contains a run literally, and the words of the others
    words     it contains the words of the runs; or what is left with `--any`

The literal and the word tiers are refined by how close together things are, for the best
matches alone: see `lsq.search.nearness`. A tier of another kind is a row of `_steps`.
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
from lsq.search.nearness import Judge, of_literals, of_words

# By tier, the value of `match` in JSON.
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

# A query of more runs, a pasted page, is not a title, and each step would query each of its
# runs again; so only the steps that tell literal hits from others are used.
MANY: Final = 50
NONE: Final[Mapping[str, Sequence[str]]] = MappingProxyType({})


class Ladder(NamedTuple):
    """The tiers of a query, the best first.

    Attributes:
        tiers: the name of each step, and of matches on none.
        steps: what an engine orders by.
        judges: by the number of a tier, the judge of how close together the terms occur.
    """

    tiers: tuple[str, ...]
    steps: tuple[Step, ...]
    judges: Mapping[int, Judge]

    def match(self, tier: int) -> str:
        """How an article on that step matches the query: a value of `MATCH`."""
        return MATCH[self.tiers[tier]]


def ladder(
    query: Query, *, any_word: bool = False, others: Mapping[str, Sequence[str]] = NONE
) -> Ladder:
    """The tiers of a query.

    Args:
        query: as typed, before it is relaxed and filtered.
        any_word: whether a match needs only one of its words.
        others: for its runs with synonyms, these words.
    """
    literal = literally(query)
    steps = list(_steps(query, literal, others, any_word=any_word))
    # Without a run that its words may match, every match is literal.
    rest = "words" if any_word or literal != query else "literal"
    tiers = (*(name for name, _ in steps), rest)
    judges = {} if any_word else {"literal": of_literals(query), "words": of_words(query)}
    known = {tier: judges.get(name) for tier, name in enumerate(tiers)}
    return Ladder(
        tiers,
        tuple(step for _, step in steps),
        {tier: judge for tier, judge in known.items() if judge},
    )


def _steps(
    query: Query, literal: Query, others: Mapping[str, Sequence[str]], *, any_word: bool
) -> Iterator[tuple[str, Step]]:
    """The steps that this query has, each with the name of its tier."""
    runs = [part for part in positive_parts(query) if isinstance(part, Chunk | Literal)]
    if not runs:
        return
    if len(runs) <= MANY:
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
    if others:
        from lsq.search.expansion import with_synonyms

        titles = map(title_name, others.get(typed_text(query), ()))
        if named := [Named("title", name) for name in titles if name]:
            yield "alias", Step(Or(tuple(named)), newest=True)
        yield "synonym", Step(literally(with_synonyms(query, others)))
    if not any_word and 1 < len(runs) <= MANY:
        some = Or(tuple(dict.fromkeys(_leaves(query))))
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


def _leaves(query: Query) -> Iterator[Query]:
    """The scored runs of a query, each taken literally, where they occur in it."""
    match query:
        case Chunk(text) | Literal(text):
            yield Literal(text)
        case Spelled():
            yield literally(query)
        case And(parts) | Or(parts) | Near(_, parts):
            for part in parts:
                yield from _leaves(part)
        case SameSentence(part) | SameParagraph(part):
            yield from _leaves(part)
        case Field("title", part):
            for leaf in _leaves(part):
                yield Field("title", leaf)
