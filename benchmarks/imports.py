"""List what a command of lsq imports, and how long that takes by Python's own measure."""

import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import ROOT
from benchmarks.process import run

# Libraries that are slow to load, or needed by some commands only.
WATCHED = (
    "click",
    "filelock",
    "jieba",
    "lxml",
    "olefile",
    "opensearchpy",
    "pypdfium2",
    "regex",
    "rich",
    "rjieba",
    "stringzilla",
    "whoosh",
    "xxhash",
)
# Modules that the machine's configuration makes Python import at every start.
_OF_THE_MACHINE = ("sitecustomize", "usercustomize")
_MARK = "import time:"
_SLOWEST = 3


@dataclass(frozen=True, slots=True)
class Imports:
    """The imports of a command.

    Attributes:
        command: the command.
        modules: the number of imported modules.
        own: the number of those that are lsq's.
        milliseconds: the time of all imports; measuring slows them.
        loaded: the watched libraries among them.
        slowest: the modules with the longest times of their own, in milliseconds.
    """

    command: str
    modules: int
    own: int
    milliseconds: float
    loaded: tuple[str, ...]
    slowest: tuple[tuple[str, float], ...]


def of(command: str, arguments: list[str]) -> Imports:
    """The imports of Python with these arguments."""
    traced = [sys.executable, "-X", "importtime", *arguments]
    told = run(["sh", "-c", '"$@" 2>&1 >/dev/null', "sh", *traced], cwd=ROOT, statuses=(0, 1))
    took: dict[str, float] = {}
    for line in told.output.splitlines():
        if line.startswith(_MARK) and "[us]" not in line:
            own, _, name = line.removeprefix(_MARK).split("|")
            if name.strip() not in _OF_THE_MACHINE:
                took[name.strip()] = int(own) / 1000
    packages = {name.split(".")[0] for name in took}
    return Imports(
        command=command,
        modules=len(took),
        own=sum(name.split(".")[0] == "lsq" for name in took),
        milliseconds=sum(took.values()),
        loaded=tuple(name for name in WATCHED if name in packages),
        slowest=tuple(sorted(took.items(), key=lambda item: -item[1])[:_SLOWEST]),
    )


def of_lsq(location: Path) -> list[Imports]:
    """The imports of the commands that should start fast, and of a Python that does nothing."""
    search = ["-m", "lsq", "search", "-i", str(location)]
    return [
        of("python -c pass", ["-c", "pass"]),
        of("lsq --help", ["-m", "lsq", "--help"]),
        of("lsq search, a literal", [*search, '"有下列情形之一的"']),
        of("lsq search, a chunk", [*search, "国土空间规划"]),
        of("lsq search, nothing found", [*search, "水葫芦"]),
        of("lsq info", ["-m", "lsq", "info", "-i", str(location)]),
    ]
