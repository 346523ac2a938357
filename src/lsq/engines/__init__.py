"""What holds an index: the seam, and the way from a location to an engine.

A new engine is a package with a class that has the methods of `Engine` and a case
in `open_engine`. All engines give a query the meaning that `lsq.query.nodes`
defines and score with the same BM25, so that a user cannot tell them apart.
An engine is given words already cut; it knows no jieba.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol, Self

from lsq.model import Article
from lsq.query import Query


class Stamp(NamedTuple):
    """What tells whether a file is the one that was indexed."""

    size: int
    """In bytes."""
    modified: int
    """In nanoseconds since 1970."""


class Match(NamedTuple):
    """An article that matches; `key` names it to the engine that gave it."""

    score: float
    path: str
    ordinal: int
    key: int


@dataclass(frozen=True, slots=True)
class Matches:
    """The best matches, best first (of equals, the first by path and ordinal).

    Attributes:
        total: how many articles match in all.
        best: as many of them as were asked for.
    """

    total: int
    best: Sequence[Match]


class Update(Protocol):
    """A change to an index that happens as a whole or not at all."""

    def replace(
        self, path: str, stamp: Stamp, articles: Iterable[tuple[Article, Sequence[str]]]
    ) -> None:
        """Put a file's articles, each with its words, in the place of those it had."""

    def drop(self, path: str) -> None:
        """Forget a file."""


class Engine(Protocol):
    """An open index. It shows one state of it, that of the last commit it knows of.

    Every path given or taken is relative to the current folder, or absolute.
    """

    location: str

    def stamps(self) -> dict[str, Stamp]:
        """The files in the index."""

    def article_count(self) -> int:
        """How many articles there are."""

    def search(self, query: Query, limit: int | None = None) -> Matches:
        """The articles that match, the best `limit` of them (None: all)."""

    def articles(self, matches: Iterable[Match]) -> Iterator[Article]:
        """The articles of these matches, in their order."""

    def update(self) -> AbstractContextManager[Update]:
        """Start a change; leaving it well commits it, leaving it by an error does not.

        Raises:
            LockedError: another process is at it.
            StorageError: the system does not let it.
        """

    def close(self) -> None:
        """Let go of files and connections."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...


# A file of this name marks a folder as an lsq index.
MARK = "lsq.json"


def is_index(folder: str) -> bool:
    """Whether the folder holds an lsq index."""
    return Path(folder, MARK).exists()


def open_engine(location: str, *, create: bool = False) -> Engine:
    """Open the index at `location`, a folder.

    Args:
        location: where the index is; its form chooses the engine.
        create: make an empty index if there is none.

    Raises:
        NoIndexError: there is none.
        ForeignIndexError: there is something else, or of another version.
        StorageError: the system does not let lsq read or make it.
    """
    from lsq.engines.whoosh import WhooshEngine

    return WhooshEngine(location, create=create)
