"""What a search program must offer to be measured. Knows none."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import ClassVar, NamedTuple

Command = list[str]
FIRST = 10  # so many hits are the first ones


class Wanted(Enum):
    """Which hits a search is asked for, and what of them."""

    ALL = "all hits"
    FIRST = f"{FIRST} hits"
    PATHS = "paths of all hits"


class Site(NamedTuple):
    """Where a contender is at work.

    Attributes:
        folder: the files that it searches.
        location: its index; for a program that makes none, the folder again.
    """

    folder: Path
    location: Path


@dataclass(frozen=True)
class Contender(ABC):
    """A search program.

    Attributes:
        name: what the tables call it.
        wants: what it can be asked for; without what is the same to it as something else.
    """

    name: str
    wants: ClassVar[frozenset[Wanted]] = frozenset({Wanted.ALL, Wanted.FIRST})

    @property
    @abstractmethod
    def version(self) -> str:
        """Of the program and what it is made of; empty if it is not installed."""

    @abstractmethod
    def search(self, query: str, site: Site, wanted: Wanted) -> Command | None:
        """What to type for a query and one of `wants`; None if it cannot be asked that."""


@dataclass(frozen=True)
class Indexer(Contender):
    """One that has an index.

    Attributes:
        updates: the same command again brings the index up to date.
    """

    updates: ClassVar[bool] = False

    @abstractmethod
    def index(self, site: Site) -> Command:
        """What to type to make the index."""


@dataclass(frozen=True)
class Peer(Contender):
    """One that lsq is compared with, and asked for what `benchmarks.recall` asks lsq for."""

    @abstractmethod
    def find(self, literals: Sequence[str], site: Site) -> list[set[str]]:
        """The paths, in the folder, of the files with each literal."""
