"""Reading what a test has just made."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lsq import readers
from lsq.errors import ReadError
from lsq.model import Bulletin, Line

Read = Callable[[str, bytes | str], Bulletin]
ReadAll = Callable[[str, bytes | str], list[Bulletin | ReadError]]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], str]:
    """Write a file of that name; the result is its path."""

    def write(name: str, content: bytes | str) -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write


@pytest.fixture
def read_all(write: Callable[[str, bytes | str], str]) -> ReadAll:
    """Read all that is in a file of that name and content."""

    def read_all(name: str, content: bytes | str) -> list[Bulletin | ReadError]:
        path = write(name, content)
        return list(readers.read_data(path, readers.load(path)))

    return read_all


@pytest.fixture
def read(read_all: ReadAll) -> Read:
    """Read a file of that name and content, which holds one bulletin."""

    def read(name: str, content: bytes | str) -> Bulletin:
        (found,) = read_all(name, content)
        if isinstance(found, ReadError):
            raise found
        return found

    return read


def texts(bulletin: Bulletin) -> list[str]:
    """The text of each line."""
    return [line.text for line in bulletin.lines]


def headings(bulletin: Bulletin) -> list[str]:
    """The text of each line that is known to be a heading."""
    return [line.text for line in bulletin.lines if line.heading]


def placed(lines: tuple[Line, ...]) -> list[tuple[int, str]]:
    """Each line with its place."""
    return [(line.place, line.text) for line in lines]
