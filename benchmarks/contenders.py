"""The search programs to compare: their interface, and their command lines. Measures nothing."""

import json
import shutil
import sqlite3
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import ClassVar, NamedTuple
from urllib.parse import unquote

import lsq
from benchmarks.corpora import ROOT
from benchmarks.peers.request import Item, parse
from benchmarks.process import run

Command = list[str]
FIRST = 10  # hits


class Wanted(Enum):
    """What a search is asked for."""

    ALL = "all hits"
    FIRST = f"{FIRST} hits"
    PATHS = "paths of all hits"


class Site(NamedTuple):
    """The files and the index of a contender.

    Attributes:
        folder: the folder of the files.
        location: its index; for a program without one, the folder.
    """

    folder: Path
    location: Path


@dataclass(frozen=True)
class Contender(ABC):
    """A search program.

    Attributes:
        name: its name in the tables.
        wants: what it can be asked for, without duplicates that are the same to it.
    """

    name: str
    wants: ClassVar[frozenset[Wanted]] = frozenset({Wanted.ALL, Wanted.FIRST})

    @property
    @abstractmethod
    def version(self) -> str:
        """The versions of the program and its libraries; empty if it is not installed."""

    @abstractmethod
    def search(self, query: str, site: Site, wanted: Wanted) -> Command | None:
        """The command for a query and one of `wants`; None if the program does not support it."""


@dataclass(frozen=True)
class Indexer(Contender):
    """A program with an index.

    Attributes:
        updates: running the same command again updates the index.
    """

    updates: ClassVar[bool] = False

    @abstractmethod
    def index(self, site: Site) -> Command:
        """The command that makes the index."""


@dataclass(frozen=True)
class Peer(Contender):
    """A program to compare with lsq, also in `benchmarks.recall`."""

    @abstractmethod
    def find(self, literals: Sequence[str], site: Site) -> list[set[str]]:
        """The paths, relative to the folder, of the files with each literal."""


@dataclass(frozen=True)
class Installed(Peer):
    """A peer that consists of installed programs; it searches one literal at a time.

    Attributes:
        programs: the programs that it needs.
    """

    programs: ClassVar[tuple[str, ...]]

    @property
    def version(self) -> str:
        return self._version() if all(map(shutil.which, self.programs)) else ""

    def find(self, literals: Sequence[str], site: Site) -> list[set[str]]:
        return [self._find(one, site) for one in literals]

    @abstractmethod
    def _version(self) -> str: ...

    @abstractmethod
    def _find(self, literal: str, site: Site) -> set[str]: ...


@dataclass(frozen=True)
class Lsq(Indexer):
    """lsq itself, as a user runs it.

    Attributes:
        jobs: the number of workers that read files; None for lsq's default.
        program: the path of another lsq, such as an older one; "" for this one.
    """

    wants = frozenset(Wanted)
    updates = True

    jobs: int | None = None
    program: str = ""

    @property
    def version(self) -> str:
        return lsq.__version__

    @property
    def _command(self) -> Command:
        return [self.program] if self.program else lsq_command()

    def index(self, site: Site) -> Command:
        jobs = [] if self.jobs is None else ["--jobs", str(self.jobs)]
        return [*self._command, "index", "-i", str(site.location), *jobs, str(site.folder)]

    def search(self, query: str, site: Site, wanted: Wanted) -> Command:
        options = {Wanted.ALL: [], Wanted.FIRST: ["-n", str(FIRST)], Wanted.PATHS: ["-l"]}
        return [*self._command, "search", "-i", str(site.location), *options[wanted], query]


@cache
def lsq_command() -> Command:
    """The command that runs lsq with this interpreter: its script, if it has one."""
    script = Path(sys.executable).with_name("lsq")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "lsq"]


@dataclass(frozen=True)
class Fed(Indexer, Peer):
    """A peer from `benchmarks.peers`, made of Python packages; it prints only paths.

    Attributes:
        module: its module there.
        packages: the packages whose versions are reported.
    """

    module: str
    packages: tuple[str, ...]

    @property
    def version(self) -> str:
        try:
            named = [f"{package} {version(package)}" for package in self.packages]
        except PackageNotFoundError:
            return ""
        if self.module == "sqlite":
            named.append(f"SQLite {sqlite3.sqlite_version}")
        return ", ".join(named)

    def index(self, site: Site) -> Command:
        return [*self._program, "index", str(site.folder), str(site.location)]

    def search(self, query: str, site: Site, wanted: Wanted) -> Command:
        limit = [str(FIRST)] if wanted is Wanted.FIRST else []
        return [*self._program, "search", str(site.location), query, *limit]

    def find(self, literals: Sequence[str], site: Site) -> list[set[str]]:
        asked = "".join(json.dumps(literal) + "\n" for literal in literals)
        output = run([*self._program, "batch", str(site.location)], cwd=ROOT, stdin=asked).output
        return [set(json.loads(line)) for line in output.splitlines()]

    @property
    def _program(self) -> Command:
        return [sys.executable, "-m", f"benchmarks.peers.{self.module}"]


@dataclass(frozen=True)
class Recoll(Indexer, Installed):
    """Recoll, with its configuration and index in one folder."""

    programs = ("recollindex", "recollq")
    updates = True

    def index(self, site: Site) -> Command:
        site.location.mkdir(exist_ok=True)
        (site.location / "recoll.conf").write_text(f"topdirs = {site.folder}\n")
        return ["recollindex", "-c", str(site.location)]

    def search(self, query: str, site: Site, wanted: Wanted) -> Command:
        limit = FIRST if wanted is Wanted.FIRST else 1_000_000
        return ["recollq", "-c", str(site.location), "-b", "-n", f"0-{limit}", query]

    def _version(self) -> str:
        with tempfile.TemporaryDirectory() as empty:
            command = f"recollq -c {empty} 2>&1"
            told = run(["sh", "-c", command], statuses=(0, 1)).output
        return told.partition("Recoll ")[2].partition(" [")[0]

    def _find(self, literal: str, site: Site) -> set[str]:
        query = f'"{" ".join(literal.split())}"'
        output = run(self.search(query, site, Wanted.ALL), statuses=(0, 1)).output
        prefix = f"file://{site.folder}/"
        return {unquote(line).removeprefix(prefix) for line in output.splitlines()}


@dataclass(frozen=True)
class Ripgrep(Installed):
    """ripgrep, without an index: chunks are literals, and there is no AND."""

    programs = ("rg",)
    wants = frozenset({Wanted.ALL, Wanted.PATHS})

    def search(self, query: str, site: Site, wanted: Wanted) -> Command | None:
        request = parse(query)
        alone = request.either or len(request.wanted) == 1
        if request.unwanted or not alone:
            return None
        names = ["-l"] if wanted is Wanted.PATHS else []
        return self._command(request.wanted, names, site)

    def _version(self) -> str:
        return run(["rg", "--version"]).output.split("\n", 1)[0].removeprefix("ripgrep ")

    def _find(self, literal: str, site: Site) -> set[str]:
        lines = ["-U"] if "\n" in literal else []  # it may match over several
        command = self._command((Item(literal, exact=True),), ["-l", *lines], site)
        output = run(command, statuses=(0, 1)).output
        return {line.removeprefix(f"{site.folder}/") for line in output.splitlines()}

    @staticmethod
    def _command(items: Sequence[Item], options: Sequence[str], site: Site) -> Command:
        patterns = [part for item in items for part in ("-e", item.text)]
        return ["rg", "--no-config", "-F", *options, *patterns, str(site.folder)]


LSQ = Lsq("lsq")
LSQ_ALONE = Lsq("lsq --jobs 0", jobs=0)
NAIVE = Fed("jieba + Whoosh", "naive", ("jieba", "Whoosh"))
SQLITE = Fed("SQLite FTS5 + rjieba", "sqlite", ("rjieba",))
TANTIVY = Fed("tantivy + rjieba", "tantivy", ("rjieba", "tantivy"))

PEERS: tuple[Peer, ...] = (NAIVE, SQLITE, TANTIVY, Recoll("Recoll"), Ripgrep("ripgrep"))
