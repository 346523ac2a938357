"""What is asked of a peer, and how the peers written in Python are spoken to.

The queries are written in lsq's language, of which this understands what the benchmark
uses: chunks, "literals", a minus, and OR. Knows no peer. It is part of what a peer's
cold start takes, so it imports little.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple


class Item(NamedTuple):
    """A term of a query: its text, and whether it must match exactly."""

    text: str
    exact: bool


class Request(NamedTuple):
    """A query: all of some terms, or any of them if `either`; but none of others."""

    wanted: tuple[Item, ...]
    unwanted: tuple[Item, ...]
    either: bool


_ITEM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')

Find = Callable[[Request, int | None], Iterable[str]]


def parse(query: str) -> Request:
    """Parse a query."""
    wanted: list[Item] = []
    unwanted: list[Item] = []
    either = False
    for minus, literal, chunk in _ITEM.findall(query):
        if chunk == "OR":
            either = True
        else:
            (unwanted if minus else wanted).append(Item(literal or chunk, bool(literal)))
    return Request(tuple(wanted), tuple(unwanted), either)


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """The relative paths and the texts of the files below `folder`."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_text("utf-8", "replace")


def run(index: Callable[[Path, Path], None], opened: Callable[[Path], Find]) -> None:
    """The program: `index FOLDER INDEX`, `search INDEX QUERY [LIMIT]` or `batch INDEX`.

    The last one reads literals from stdin and writes the paths found, a list in JSON
    a line: for recall, where the cold start is of no interest.
    """
    match sys.argv[1:]:
        case ["index", folder, location]:
            index(Path(folder), Path(location))
        case ["search", location, query, *limit]:
            for path in opened(Path(location))(parse(query), int(limit[0]) if limit else None):
                print(path)
        case ["batch", location]:
            find = opened(Path(location))
            for line in sys.stdin:
                literal = Item(json.loads(line), exact=True)
                print(json.dumps(list(find(Request((literal,), (), False), None))))
        case _:
            sys.exit(run.__doc__)
