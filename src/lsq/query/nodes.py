"""The nodes of a query and their meaning, the same for every engine.

An article's text is its title, a line feed and its body, folded (`lsq.text.fold.fold`). It
has two forms. The *squeezed text* has white space only between words of letters or digits
(`lsq.text.fold.squeeze`). In the *lined text* each line is squeezed separately, and the line
feeds stay, with the spaces beside them. A *paragraph* is a line of the
lined text, the title being the first; a *sentence* ends at the end of a line, or with a run
of 。！？；… and the quotes and brackets that close after it (`lsq.text`).

- `Literal`: the squeezed text contains it.
- `Chunk`: the squeezed text contains it, or else the article has every one of its
  words; a chunk without words, mere punctuation, only the former. With `any_word`, one
  of its words is enough.
- `Regex`: it is found in the lined text; ^ and $ stand for the ends of lines.
- `SameSentence`, `SameParagraph`: some sentence, some paragraph satisfies everything inside, as
  if it were the whole text.
- `Near`: some range of at most `distance` characters of one paragraph contains an occurrence
  of every part. A regular expression occurs where it is found from the start
  of the paragraph on, one after another.
- `Field`: the article has a value for that field, and it satisfies what is inside. A
  value is folded and squeezed. For a code such as a number, no white space counts at all,
  and a literal may neither begin nor end between two digits, so that 1号 is not found in
  11号. An issuer has its short name as well, on a line of its own (`lsq.query.keys`).
- `Dated`: its date, or where it has none the date of its publication, may fall into
  these days; with `published`, the latter alone. A reduced date, 2020 or 2020-08, may be
  any day of that year or month.
- `Named`: the article has this name (`lsq.query.keys`); never inside of another node. It cannot
  be typed: the tiers use it.
- `Everything`: every article; inside of another node, every text.
- `And`, `Or`, `Not`: as in logic; `Spelled` is an `Or`.

Inside of `SameSentence`, `SameParagraph`, `Near` and `Field` a chunk's words are strings, which
match anywhere, however the text around them is segmented.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar, TypeAlias, dataclass_transform

from lsq.query.fields import SCORED_FIELDS


@dataclass_transform(frozen_default=True)
class Node:
    """A value: equal to another of the same class with the same attributes.

    Like a frozen dataclass, whose creation would cost each search 0.4 ms per class.
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
        words: the words of `text`.
        any_word: one of them is enough for a match.
        weights: those of words whose weight in the score is not 1, in their order. Such a chunk
            may have synonyms as additional words (`lsq.search.expansion`).
    """

    text: str
    words: tuple[str, ...]
    any_word: bool = False
    weights: tuple[tuple[str, float], ...] = ()


class Regex(Node):
    """A regular expression, as the library `regex` knows them; equal where the pattern is.

    Attributes:
        pattern: folded as `lsq.query.patterns` says.
        literal: a string that every match contains; empty if none is known.
        query: the query it was typed in.
        position: where in `query` it begins, in characters.
    """

    pattern: str
    literal: str = ""
    query: str = ""
    position: int = 0

    def _values(self) -> tuple[Any, ...]:
        return (self.pattern,)


class SameSentence(Node):
    """A condition on one sentence; there are no fields inside."""

    part: "Query"


class SameParagraph(Node):
    """A condition on one paragraph; there are no fields inside."""

    part: "Query"


class Near(Node):
    """Terms that occur close together.

    Attributes:
        distance: the maximum length of a range with all of them, in characters.
        parts: literals, chunks, regular expressions, and `And` and `Or` of these.
    """

    distance: int
    parts: tuple["Query", ...]


class Field(Node):
    """A condition on the value of a field.

    Attributes:
        name: one of `lsq.query.fields.TEXTS`.
        part: literals, chunks, regular expressions, everything, and logic; without chunks for a
            code or a path.
    """

    name: str
    part: "Query"


class Dated(Node):
    """A range of days.

    Attributes:
        first: the first of them, as a number: 20200826.
        last: the last of them, not before the first.
        name: the date field, one of `lsq.query.fields.DAYS`.
    """

    first: int
    last: int
    name: str = "date"


class Named(Node):
    """A name that an article has.

    Attributes:
        kind: title, edition (a title with its version) or number.
        name: as `lsq.query.keys` normalizes it, never empty.
    """

    kind: str
    name: str


class Everything(Node):
    """Matches every article."""


class And(Node):
    """A conjunction of parts."""

    parts: tuple["Query", ...]


class Or(Node):
    """A disjunction of parts."""

    parts: tuple["Query", ...]


class Spelled(Or):
    """A string in all its spellings, or an organ with all its names; the typed one first."""

    parts: tuple["Query", ...]


class Not(Node):
    """Matches every article that the part does not match."""

    part: "Query"


Query: TypeAlias = (
    Literal
    | Chunk
    | Regex
    | SameSentence
    | SameParagraph
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
    """The scored parts of a query: neither those under a `Not` nor filters."""
    match query:
        case Literal() | Chunk() | Regex():
            yield query
        case And(parts) | Or(parts) | Near(_, parts):
            for part in parts:
                yield from positive_parts(part)
        case SameSentence(part) | SameParagraph(part):
            yield from positive_parts(part)
        case Field(name, part) if name in SCORED_FIELDS:
            yield from positive_parts(part)
        case Field() | Dated() | Named() | Everything() | Not():
            pass


def only_excludes(query: Query, *, negated: bool = False) -> bool:
    """Whether a query only excludes, under any number of `Not`s."""
    match query:
        case Not(part):
            return only_excludes(part, negated=not negated)
        case And(parts) | Or(parts):
            return all(only_excludes(part, negated=negated) for part in parts)
        case SameSentence(part) | SameParagraph(part) | Field(_, part):
            return only_excludes(part, negated=negated)
    return negated


def literally(query: Query) -> Query:  # noqa: PLR0911  # a case a node
    """The query with every scored run taken literally."""
    match query:
        case Chunk(text):
            return Literal(text)
        case And(parts):
            return And(tuple(map(literally, parts)))
        case Or(parts):
            return type(query)(tuple(map(literally, parts)))
        case Near(distance, parts):
            return Near(distance, tuple(map(literally, parts)))
        case SameSentence(part):
            return SameSentence(literally(part))
        case SameParagraph(part):
            return SameParagraph(literally(part))
        case Field(name, part) if name in SCORED_FIELDS:
            return Field(name, literally(part))
    return query


def match_any(query: Query) -> Query:
    """The query with any of its words enough for a match.

    Of the scored parts of a conjunction one is enough, and of each chunk one word. Filters and
    exclusions apply as before.
    """
    if not isinstance(query, And):
        return _any_word(query)
    is_scored = {part: any(positive_parts(part)) for part in query.parts}
    scored = [part for part in query.parts if is_scored[part]]
    filters = [part for part in query.parts if not is_scored[part]]
    if not scored:
        return query
    one = tuple(map(_any_word, scored))
    either = one[0] if len(one) == 1 else Or(one)
    return And((either, *filters)) if filters else either


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
        case SameSentence(part):
            return SameSentence(_any_word(part))
        case SameParagraph(part):
            return SameParagraph(_any_word(part))
        case Field(name, part) if name in SCORED_FIELDS:
            return Field(name, _any_word(part))
    return query
