"""What the runners share: their options, the corpora they need, the frame of a report.

Measures nothing.
"""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine
from benchmarks.contract import Contender
from benchmarks.corpora import CORPORA
from benchmarks.measure import tell

_CAVEAT = """\
Times depend on the machine and on what else it does: they compare within this report only,
and ratios say more than times.
"""


@dataclass(frozen=True, slots=True)
class Report:
    """A report, and the runner that makes it.

    Attributes:
        runner: a module of `benchmarks`.
        file: how the report beside it is called.
        title: its first heading.
        about: lines of Markdown that it begins with, besides what all begin with.
    """

    runner: str
    file: str
    title: str
    about: str = ""

    @property
    def heading(self) -> str:
        """What it begins with, whatever was measured."""
        command = f"python -m benchmarks.{self.runner} --write benchmarks/{self.file}"
        return f"# {self.title}\n\nMade by `{command}`.\n{_CAVEAT}{self.about}\n"

    def parser(self, description: str | None) -> argparse.ArgumentParser:
        """The options of every such runner, to which it adds its own."""
        parser = options(self.runner, description)
        parser.add_argument("--write", type=_writable, help="a file for the report, else stdout")
        return parser

    def text(self, contenders: Iterable[Contender], sections: Iterable[str]) -> str:
        """The whole of it.

        Args:
            contenders: whose versions are told.
            sections: what `benchmarks.tables.section` makes.
        """
        return f"{self.heading}{machine.description(contenders)}\n\n" + "\n".join(sections)


def options(runner: str, description: str | None) -> argparse.ArgumentParser:
    """The options of a runner that writes no report."""
    return argparse.ArgumentParser(
        prog=f"python -m benchmarks.{runner}",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def deliver(text: str, target: Path | None) -> None:
    """Write a report, or print it."""
    if target:
        target.write_text(text, "utf-8")
    else:
        print(text)


def optional_corpus(name: str) -> Path | None:
    """The folder of a corpus; None, and a word on stderr, if it is not there."""
    folder = CORPORA / name
    if folder.is_dir():
        return folder
    tell(f"left out: {_absent(name)}")
    return None


def needed_corpus(name: str) -> Path:
    """The folder of a corpus without which there is nothing to measure.

    Raises:
        SystemExit: it is not there.
    """
    folder = CORPORA / name
    if not folder.is_dir():
        sys.exit(_absent(name))
    return folder


def positive(number: str) -> int:
    """A number of an option, at least 1."""
    if not number.isdecimal() or int(number) < 1:
        raise argparse.ArgumentTypeError(f"{number!r} is not a number from 1 on")
    return int(number)


def _writable(path: str) -> Path:
    """Known to be so before hours are spent on what is written there."""
    if not Path(path).resolve().parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder to write {path!r} to")
    return Path(path)


def _absent(name: str) -> str:
    return f"no folder {name}/ among the corpora; set LSQ_CORPORA to the folder that has it"
