"""Store the hits that the last search at a terminal showed, for `lsq open N`.

Only their numbers and places are stored: no query, no text, no location of an index. Each
terminal has its own file in the user's state folder ($XDG_STATE_HOME, or the system's), so that a
number means the hit visible above it; without a terminal it means the newest search. A file is
replaced as a whole, so that concurrent searches do not mix.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from lsq.disk import user_folder, write_file
from lsq.engines.paths import without_dots
from lsq.errors import OpenError
from lsq.hit import Hit
from lsq.messages import _
from lsq.model import Place

_FORMAT: Final = 1
_SUFFIX: Final = ".json"
# The maximum number of stored hits of a search.
_MAX_HITS: Final = 1000


class RecentHit(NamedTuple):
    """A hit that was shown with its number.

    Attributes:
        number: the number shown, from 1.
        path: the absolute path of its file.
        line: the line of its first snippet; None in files with pages or sheets.
        page: the page of its first snippet; None in files without pages.
    """

    number: int
    path: str
    line: int | None
    page: int | None

    @property
    def place(self) -> Place:
        """Its place in the file."""
        return Place(self.line, self.page)


@contextmanager
def remembered() -> Iterator[Callable[[Hit], None]]:
    """Yield a function that records a hit; at the end, store the hits as the last search."""
    shown: list[RecentHit] = []

    def add(hit: Hit) -> None:
        if len(shown) < _MAX_HITS:
            path = os.path.abspath(without_dots(hit.found.path))
            place = hit.snippets[0].place if hit.snippets else hit.found.place(0)
            shown.append(RecentHit(hit.rank, path, place.line, place.page))

    try:
        yield add
    finally:
        # A search must not fail because it cannot be remembered.
        with suppress(OSError):
            _write(shown)


def find(number: int) -> RecentHit:
    """The hit with a number in the last search at this terminal, else at any.

    Raises:
        OpenError: no search is stored, or it showed no such hit.
    """
    shown = _last()
    if shown is None:
        raise OpenError(_("no search at a terminal is remembered; search first: lsq search QUERY"))
    found = next((hit for hit in shown if hit.number == number), None)
    if found is None and not shown:
        raise OpenError(
            _("the last search showed no hit; there is no hit {number} to open").format(
                number=number
            )
        )
    if found is None:
        raise OpenError(
            _("the last search showed hits {first} to {last}; there is no hit {number}").format(
                first=shown[0].number, last=shown[-1].number, number=number
            )
        )
    return found


def folder() -> str:
    """The folder of the files, which may not exist."""
    return os.path.join(user_folder("XDG_STATE_HOME", ".local", "state"), "recent")


def _last() -> list[RecentHit] | None:
    """The hits of the last search at this terminal, else at any; None if none is stored."""
    terminal, session = _here()
    own = _read(_file(terminal)) if terminal else None
    if own is not None and own["session"] == session:
        return _hits(own)
    try:
        names = [name for name in os.listdir(folder()) if name.endswith(_SUFFIX)]
    except OSError:
        return None
    files = [os.path.join(folder(), name) for name in names]
    read = [(_modified(file), known) for file in files if (known := _read(file)) is not None]
    return _hits(max(read, key=lambda one: one[0])[1]) if read else None


def _here() -> tuple[str, int]:
    """The terminal, "" for none, and its session, because systems reuse names of terminals."""
    if os.name == "nt":
        return "", 0
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        with suppress(OSError, ValueError, AttributeError):
            return os.ttyname(stream.fileno()), os.getsid(0)
    return "", 0


def _file(terminal: str) -> str:
    known = blake2b(terminal.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return os.path.join(folder(), known + _SUFFIX)


def _modified(file: str) -> int:
    try:
        return os.stat(file).st_mtime_ns
    except OSError:
        return 0


def _hits(known: dict[str, Any]) -> list[RecentHit]:
    return [RecentHit(*row) for row in known["hits"]]


def _read(file: str) -> dict[str, Any] | None:
    """The content of a file; None if it is missing or invalid."""
    try:
        with open(file, encoding="utf-8") as opened:
            known = json.load(opened)
        if known["format"] != _FORMAT or not isinstance(known["session"], int):
            return None
        for number, path, line, page in known["hits"]:
            if not (isinstance(number, int) and isinstance(path, str)) or not all(
                value is None or isinstance(value, int) for value in (line, page)
            ):
                return None
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return dict(known)


def _write(shown: list[RecentHit]) -> None:
    """Replace the file of this terminal."""
    terminal, session = _here()
    os.makedirs(folder(), mode=0o700, exist_ok=True)
    file = _file(terminal)
    content = json.dumps({"format": _FORMAT, "session": session, "hits": shown}).encode()
    write_file(file, content, durable=False)
