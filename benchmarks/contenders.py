"""lsq and its peers as programs to be run: what to type for what. Measures nothing."""

import json
import shutil
import sqlite3
import sys
import tempfile
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

import lsq
from benchmarks.corpora import ROOT
from benchmarks.peers.request import Item, parse
from benchmarks.process import run

Command = list[str]
FIRST = 10  # so many hits are the first ones


class Wanted(Enum):
    """Which hits a search is asked for, and what of them."""

    ALL = "all hits"
    FIRST = f"{FIRST} hits"
    PATHS = "paths of all hits"


class Contender(Protocol):
    """A search program. None for a command says that it has no such thing."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str:
        """Of the program and what it is made of; empty if it is not installed."""
        ...

    def index(self, folder: Path, location: Path) -> Command | None: ...
    def update(self, folder: Path, location: Path) -> Command | None: ...
    def search(
        self, query: str, folder: Path, location: Path, wanted: Wanted
    ) -> Command | None: ...
    def find(self, literals: list[str], folder: Path, location: Path) -> list[set[str]] | None:
        """The paths in `folder` of the files with each literal; None: measured elsewhere."""
        ...


@dataclass(frozen=True, slots=True)
class Lsq:
    """lsq itself, as a user runs it."""

    name: str = "lsq"
    jobs: int | None = None

    @property
    def version(self) -> str:
        return lsq.__version__

    def index(self, folder: Path, location: Path) -> Command:
        jobs = [] if self.jobs is None else ["--jobs", str(self.jobs)]
        return [*lsq_command(), "index", "-i", str(location), *jobs, str(folder)]

    def update(self, folder: Path, location: Path) -> Command:
        return self.index(folder, location)

    def search(self, query: str, folder: Path, location: Path, wanted: Wanted) -> Command:  # noqa: ARG002
        options = {Wanted.ALL: [], Wanted.FIRST: ["-n", str(FIRST)], Wanted.PATHS: ["-l"]}
        return [*lsq_command(), "search", "-i", str(location), *options[wanted], query]

    def find(self, literals: list[str], folder: Path, location: Path) -> None:  # noqa: ARG002
        return None  # benchmarks.recall looks closer


@cache
def lsq_command() -> Command:
    """How the interpreter that runs this runs lsq: by its script, if it has one."""
    script = Path(sys.executable).with_name("lsq")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "lsq"]


@dataclass(frozen=True, slots=True)
class Fed:
    """A peer of `benchmarks.peers`, made of packages of Python."""

    name: str
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

    def index(self, folder: Path, location: Path) -> Command:
        return [*self._program, "index", str(folder), str(location)]

    def update(self, folder: Path, location: Path) -> None:  # noqa: ARG002
        return None

    def search(
        self,
        query: str,
        folder: Path,  # noqa: ARG002
        location: Path,
        wanted: Wanted,
    ) -> Command | None:
        if wanted is Wanted.PATHS:
            return None  # it prints nothing else: the same as all hits
        limit = [str(FIRST)] if wanted is Wanted.FIRST else []
        return [*self._program, "search", str(location), query, *limit]

    def find(self, literals: list[str], folder: Path, location: Path) -> list[set[str]]:  # noqa: ARG002
        asked = "".join(json.dumps(literal) + "\n" for literal in literals)
        output = run([*self._program, "batch", str(location)], cwd=ROOT, stdin=asked).output
        return [set(json.loads(line)) for line in output.splitlines()]

    @property
    def _program(self) -> Command:
        return [sys.executable, "-m", f"benchmarks.peers.{self.module}"]


@dataclass(frozen=True, slots=True)
class Recoll:
    """Recoll's own programs; its configuration and index are in one folder."""

    name: str = "Recoll"

    @property
    def version(self) -> str:
        if not (shutil.which("recollindex") and shutil.which("recollq")):
            return ""
        with tempfile.TemporaryDirectory() as empty:
            command = f"recollq -c {empty} 2>&1"
            told = run(["sh", "-c", command], statuses=(0, 1)).output
        return told.partition("Recoll ")[2].partition(" [")[0]

    def index(self, folder: Path, location: Path) -> Command:
        location.mkdir(exist_ok=True)
        (location / "recoll.conf").write_text(f"topdirs = {folder}\n")
        return ["recollindex", "-c", str(location)]

    def update(self, folder: Path, location: Path) -> Command:
        return self.index(folder, location)

    def search(
        self,
        query: str,
        folder: Path,  # noqa: ARG002
        location: Path,
        wanted: Wanted,
    ) -> Command | None:
        if wanted is Wanted.PATHS:
            return None  # as above
        return self._ask(query, location, FIRST if wanted is Wanted.FIRST else 1_000_000)

    def find(self, literals: list[str], folder: Path, location: Path) -> list[set[str]]:
        return [self._find(one, folder, location) for one in literals]

    def _find(self, literal: str, folder: Path, location: Path) -> set[str]:
        query = f'"{" ".join(literal.split())}"'
        output = run(self._ask(query, location, 1_000_000), statuses=(0, 1)).output
        prefix = f"file://{folder}/"
        return {unquote(line).removeprefix(prefix) for line in output.splitlines()}

    @staticmethod
    def _ask(query: str, location: Path, limit: int) -> Command:
        return ["recollq", "-c", str(location), "-b", "-n", f"0-{limit}", query]


@dataclass(frozen=True, slots=True)
class Ripgrep:
    """ripgrep, which has no index: chunks are literals to it, and it knows no AND."""

    name: str = "ripgrep"

    @property
    def version(self) -> str:
        if not shutil.which("rg"):
            return ""
        return run(["rg", "--version"]).output.split("\n", 1)[0].removeprefix("ripgrep ")

    def index(self, folder: Path, location: Path) -> None:  # noqa: ARG002
        return None

    def update(self, folder: Path, location: Path) -> None:  # noqa: ARG002
        return None

    def search(self, query: str, folder: Path, location: Path, wanted: Wanted) -> Command | None:  # noqa: ARG002
        request = parse(query)
        alone = request.either or len(request.wanted) == 1
        if request.unwanted or not alone or wanted is Wanted.FIRST:
            return None
        names = ["-l"] if wanted is Wanted.PATHS else []
        return self._command(request.wanted, names, folder)

    def find(self, literals: list[str], folder: Path, location: Path) -> list[set[str]]:  # noqa: ARG002
        return [self._find(one, folder) for one in literals]

    def _find(self, literal: str, folder: Path) -> set[str]:
        lines = ["-U"] if "\n" in literal else []  # it may match over several
        command = self._command((Item(literal, exact=True),), ["-l", *lines], folder)
        output = run(command, statuses=(0, 1)).output
        return {line.removeprefix(f"{folder}/") for line in output.splitlines()}

    @staticmethod
    def _command(items: tuple[Item, ...], options: list[str], folder: Path) -> Command:
        patterns = [part for item in items for part in ("-e", item.text)]
        return ["rg", "--no-config", "-F", *options, *patterns, str(folder)]


LSQ = Lsq()
LSQ_ALONE = Lsq("lsq --jobs 0", jobs=0)
NAIVE = Fed("jieba + Whoosh", "naive", ("jieba", "Whoosh"))
SQLITE = Fed("SQLite FTS5 + rjieba", "sqlite", ("rjieba",))
TANTIVY = Fed("tantivy + rjieba", "tantivy", ("rjieba", "tantivy"))

PEERS: tuple[Contender, ...] = (NAIVE, SQLITE, TANTIVY, Recoll(), Ripgrep())
