"""What a query is made of, and what it means, the same to every engine.

An article's text is its title, a line feed and its body, folded (`lsq.text.fold.fold`). It
is looked at in two forms. In the *squeezed text*, white space stands only between words of
letters or digits (`lsq.text.fold.squeeze`). In the *lined text* each line is squeezed for
itself, and the line feeds stay, with the spaces beside them. A *paragraph* is a line of the
lined text, the title being the first; a *sentence* ends at the end of a line, or with a run
of 。！？；… and the quotes and brackets that close after it (`lsq.text`).

- `Literal`: the squeezed text contains it.
- `Chunk`: the squeezed text contains it, or else the article has every one of its
  words; a chunk without words, mere punctuation, only the former. With `any_word`, one
  of its words is enough.
- `Regex`: it is found in the lined text; ^ and $ stand for the ends of lines.
- `Sentence`, `Paragraph`: some sentence, some paragraph satisfies all that is inside,
  as if it were the whole text.
- `Near`: some stretch of at most so many characters of one paragraph contains an
  occurrence of every part. A regular expression occurs where it is found from the start
  of the paragraph on, one after another.
- `Field`: the article has a value for that field, and it satisfies what is inside. A
  value is folded and squeezed. For a code such as a number, no white space counts at all,
  and a literal may neither begin nor end between two digits, so that 1号 is not found in
  11号. An issuer has its short name as well, on a line of its own (`lsq.query.keys`).
- `Dated`: its date, or where it has none the date of its publication, may fall into
  these days; with `published`, the latter alone. A reduced date, 2020 or 2020-08, may be
  any day of that year or month.
- `Named`: the article has this name (`lsq.query.keys`); never inside of something. Nobody
  types it: it tells which matches come first.
- `Everything`: every article; inside of something, every text.
- `And`, `Or`, `Not`: as in logic; `Spelled` is an `Or`.

Inside of `Sentence`, `Paragraph`, `Near` and `Field` a chunk's words are strings, found
wherever they stand, whatever words the text around them would be cut into.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar, TypeAlias, dataclass_transform

from lsq.query.fields import SCORED_FIELDS


@dataclass_transform(frozen_default=True)
class Node:
    """A value: equal to what has the same class and the same attributes.

    Like a frozen dataclass, whose making would cost each search 0.4 ms a class.
    """

    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.__match_args__ = tuple(cls.__annotations__)  # type: ignore[misc]  # no constant

    def __init__(self, *values: Any, **named: Any) -> None:
        vars(self).update(zip(self.__match_args__, values, strict=False), **named)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._values() == other._values()

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # A query of a thousand parts is looked up for every text.
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._values()))})"

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)


class Literal(Node):
    """An exact string.

    Attributes:
        text: folded and squeezed, never empty.
    """

    text: str


class Chunk(Node):
    """A bare run of characters.

    Attributes:
        text: folded and squeezed, never empty.
        words: what `text` is cut into.
        any_word: one of them is enough.
        weights: of those whose weight in the score is not 1, in their order. Such a chunk may
            have words of its own besides, that mean the same (`lsq.search.expansion`).
    """

    text: str
    words: tuple[str, ...]
    any_word: bool = False
    weights: tuple[tuple[str, float], ...] = ()


class Regex(Node):
    """A regular expression, as the library `regex` knows them; equal where the pattern is.

    Attributes:
        pattern: folded as `lsq.query.patterns` says.
        literal: a string that stands in all that it finds; empty if none is known.
        query: the query it was typed in.
        position: where in that it begins, in characters.
    """

    pattern: str
    literal: str = ""
    query: str = ""
    position: int = 0

    def _values(self) -> tuple[Any, ...]:
        return (self.pattern,)


class Sentence(Node):
    """What one sentence satisfies; there are no fields inside."""

    part: "Query"


class Paragraph(Node):
    """What one paragraph satisfies; there are no fields inside."""

    part: "Query"


class Near(Node):
    """What stands close together.

    Attributes:
        distance: how many characters hold all of it.
        parts: literals, chunks, regular expressions, and `And` and `Or` of these.
    """

    distance: int
    parts: tuple["Query", ...]


class Field(Node):
    """What the value of a field satisfies.

    Attributes:
        name: one of `lsq.query.fields.TEXTS`.
        part: literals, chunks, regular expressions, everything, and logic; no chunk is
            in what a code or a path satisfies.
    """

    name: str
    part: "Query"


class Dated(Node):
    """A range of days.

    Attributes:
        first: the first of them, as a number: 20200826.
        last: the last of them, not before the first.
        name: of which date: one of `lsq.query.fields.DAYS`.
    """

    first: int
    last: int
    name: str = "date"


class Named(Node):
    """A name that an article has.

    Attributes:
        kind: title, edition (a title with its version) or number.
        name: as `lsq.query.keys` reduces it, never empty.
    """

    kind: str
    name: str


class Everything(Node):
    """What is always so."""


class And(Node):
    """All of them."""

    parts: tuple["Query", ...]


class Or(Node):
    """At least one of them."""

    parts: tuple["Query", ...]


class Spelled(Or):
    """A string in each of its spellings, or an organ by each of its names; that typed first."""

    parts: tuple["Query", ...]


class Not(Node):
    """Everything that this does not match."""

    part: "Query"


Query: TypeAlias = (
    Literal
    | Chunk
    | Regex
    | Sentence
    | Paragraph
    | Near
    | Field
    | Dated
    | Named
    | Everything
    | And
    | Or
    | Not
)
Term: TypeAlias = Literal | Chunk | Regex


def positive_parts(query: Query) -> Iterator[Term]:
    """What speaks for an article: not what stands under a `Not`, nor what only restricts."""
    match query:
        case Literal() | Chunk() | Regex():
            yield query
        case And(parts) | Or(parts) | Near(_, parts):
            for part in parts:
                yield from positive_parts(part)
        case Sentence(part) | Paragraph(part):
            yield from positive_parts(part)
        case Field(name, part) if name in SCORED_FIELDS:
            yield from positive_parts(part)
        case Field() | Dated() | Named() | Everything() | Not():
            pass


def only_excludes(query: Query, *, negated: bool = False) -> bool:
    """Whether nothing in a query, or under so many `Not`s, says what to find."""
    match query:
        case Not(part):
            return only_excludes(part, negated=not negated)
        case And(parts) | Or(parts):
            return all(only_excludes(part, negated=negated) for part in parts)
        case Sentence(part) | Paragraph(part) | Field(_, part):
            return only_excludes(part, negated=negated)
    return negated


def literally(query: Query) -> Query:  # noqa: PLR0911  # a case a node
    """The query for which every run that speaks for an article stands literally."""
    match query:
        case Chunk(text):
            return Literal(text)
        case And(parts):
            return And(tuple(map(literally, parts)))
        case Or(parts):
            return type(query)(tuple(map(literally, parts)))
        case Near(distance, parts):
            return Near(distance, tuple(map(literally, parts)))
        case Sentence(part):
            return Sentence(literally(part))
        case Paragraph(part):
            return Paragraph(literally(part))
        case Field(name, part) if name in SCORED_FIELDS:
            return Field(name, literally(part))
    return query


def relaxed(query: Query) -> Query:
    """The query for an article to which not all of it need apply.

    Of what stands side by side, one part that speaks for an article is enough; and of a
    chunk that does, one word. What only restricts, restricts as before.
    """
    if not isinstance(query, And):
        return _any_word(query)
    speaks = {part: any(positive_parts(part)) for part in query.parts}
    speaking = [part for part in query.parts if speaks[part]]
    restricting = [part for part in query.parts if not speaks[part]]
    if not speaking:
        return query
    one = tuple(map(_any_word, speaking))
    either = one[0] if len(one) == 1 else Or(one)
    return And((either, *restricting)) if restricting else either


def _any_word(query: Query) -> Query:  # noqa: PLR0911  # a case a node
    match query:
        case Chunk(text, words):
            return Chunk(text, words, any_word=True)
        case And(parts):
            return And(tuple(map(_any_word, parts)))
        case Or(parts):
            return type(query)(tuple(map(_any_word, parts)))
        case Near(distance, parts):
            return Near(distance, tuple(map(_any_word, parts)))
        case Sentence(part):
            return Sentence(_any_word(part))
        case Paragraph(part):
            return Paragraph(_any_word(part))
        case Field(name, part) if name in SCORED_FIELDS:
            return Field(name, _any_word(part))
    return query
