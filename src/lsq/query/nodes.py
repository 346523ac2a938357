"""The nodes of a query and their meaning, the same for every engine.

The text of an article is its title, a line feed and its body, folded (`lsq.text.fold.fold`). It
has two forms. The *squeezed text* has white space only between words of letters or digits
(`lsq.text.fold.squeeze`). In the *lined text* each line is squeezed separately; it keeps line
feeds, and the spaces beside them. A *paragraph* is a line of the lined text; the title is the
first. A *sentence* ends at the end of a line, or with a run of 。！？；… and the closing quotes
and brackets after it (`lsq.text`).

An article matches

- `Literal` if the squeezed text contains the string.
- `Chunk` if the squeezed text contains the run, or if the article has all of its words; with
  `any_word`, any of its words. A chunk of punctuation has no words.
- `Regex` if the expression matches anywhere in the lined text; ^ and $ match at the ends of
  lines.
- `SameSentence`, `SameParagraph` if a sentence or paragraph, taken as the whole text, matches
  the part.
- `Near` if a range of at most `distance` characters in one paragraph contains an occurrence of
  every part. The occurrences of a regular expression are its matches from the start of the
  paragraph on, without overlaps.
- `Field` if it has a value for the field, and the value, folded and squeezed, matches the
  part. A code such as a number is compared without white space, and a literal in it may
  neither begin nor end between two digits, so that 1号 does not match 11号. The value of an
  organ contains its short name as well, on a line of its own (`lsq.query.keys`).
- `Dated` if its date, or for want of one the date of its publication, may be one of these
  days; with `published`, only the latter counts. A reduced date, 2020 or 2020-08, may be any
  day of that year or month.
- `Named` if it has this name (`lsq.query.keys`). Only the tiers use this node; it cannot be
  typed, and is never inside another node but `Or`.
- `Everything` always; inside another node, so does every text.
- `And`, `Or`, `Not` as in logic; `Spelled` is an `Or`.

Inside `SameSentence`, `SameParagraph`, `Near` and `Field`, the words of a chunk are searched as
strings, however the text is segmented.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar, TypeAlias, dataclass_transform

from lsq.query.fields import SCORED_FIELDS


@dataclass_transform(frozen_default=True)
class Node:
    """A value, equal to one of the same class with the same attributes.

    Like a frozen dataclass, but to create one of those takes 0.4 ms at the start of each search.
    """

    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.__match_args__ = tuple(cls.__annotations__)  # type: ignore[misc]  # not a literal

    def __init__(self, *values: Any, **named: Any) -> None:
        vars(self).update(zip(self.__match_args__, values, strict=False), **named)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._values() == other._values()

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Cached: a query of a thousand parts is looked up for every text.
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
        words: the words of `text`, and those that `lsq.search.expansion` has added.
        any_word: one of them is enough for a match.
        weights: the words whose weight in the score is not 1, in order, with their weights.
    """

    text: str
    words: tuple[str, ...]
    any_word: bool = False
    weights: tuple[tuple[str, float], ...] = ()


class Regex(Node):
    """A regular expression in the syntax of the library `regex`; only the pattern is compared.

    Attributes:
        pattern: folded by `lsq.query.expressions.fold_pattern`.
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
    """A condition on one sentence; the part contains no fields."""

    part: "Query"


class SameParagraph(Node):
    """A condition on one paragraph; the part contains no fields."""

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
        part: literals, chunks, regular expressions, `Everything`, and `And`, `Or`, `Not` of
            these; no chunks for a code or a path.
    """

    name: str
    part: "Query"


class Dated(Node):
    """A range of days.

    Attributes:
        first: the first day, as a number: 20200826.
        last: the last day, not before the first.
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
    """The scored parts of a query, in order: without those under a `Not`, and without filters."""
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
    """The query with a literal in place of every scored run."""
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
    """The relaxed query: one scored part of a conjunction matches, and one word of each chunk.

    Filters and exclusions stay as they are.
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
