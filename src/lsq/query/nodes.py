"""What a query is made of, and what it means, the same to every engine.

An article's text is its title, a line feed and its body. Text and query are
folded (`lsq.fold.fold`), and white space between ideographs does not count
(`lsq.fold.squeeze`).

- `Literal`: the text contains it.
- `Chunk`: the text contains it, or else contains every one of its words; a chunk
  without words, mere punctuation, only the former.
- `And`, `Or`, `Not`: as in logic.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Literal:
    """An exact string.

    Attributes:
        text: folded and squeezed, never empty.
    """

    text: str


@dataclass(frozen=True)
class Chunk:
    """A bare run of characters.

    Attributes:
        text: folded and squeezed, never empty.
        words: what `text` is cut into.
    """

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class And:
    """All of them."""

    parts: tuple["Query", ...]


@dataclass(frozen=True)
class Or:
    """At least one of them."""

    parts: tuple["Query", ...]


@dataclass(frozen=True)
class Not:
    """Everything that this does not match."""

    part: "Query"


Query: TypeAlias = Literal | Chunk | And | Or | Not


def positive_parts(query: Query) -> Iterator[Literal | Chunk]:
    """The literals and chunks that speak for an article: those not under a `Not`."""
    match query:
        case Literal() | Chunk():
            yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from positive_parts(part)
        case Not():
            pass
