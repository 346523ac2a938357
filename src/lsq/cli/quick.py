"""The commonest command line, answered without click: `lsq search [-i X] [-n N] WORDS`.

Importing click and declaring the options takes a fifth of a cold search in a small index.
What is recognised here is answered by the functions that answer it after click as well, so
only the reading of arguments is done twice. Whatever else is on the command line, an
unusual number too, is left to click, which says what is wrong with it.
"""

import os
from collections.abc import Sequence
from typing import NamedTuple

_OPTIONS = {"-i": "index", "--index": "index", "-n": "limit", "--limit": "limit"}
# Variables that change what a command line means: an option's default, and, by the
# beginnings of their names, how shells ask click for completions.
_DEFAULT = "LSQ_HYPERLINK_FORMAT"
_COMPLETING = "_LSQ"
# In digits, of a number that click reads alike.
_LONGEST = 9


class PlainSearch(NamedTuple):
    """A search as it was typed.

    Attributes:
        words: of the query.
        location: of the index; None for where it is by default.
        limit: how many hits are wanted; None if nothing was said, 0 for all.
    """

    words: tuple[str, ...]
    location: str | None = None
    limit: int | None = None


def quick_search(args: Sequence[str]) -> int | None:
    """Answer a plain search; returns the exit code, or None for any other command line.

    Args:
        args: those after the program's name.

    Raises:
        LsqError: what goes wrong in a search by any command line.
    """
    # On Windows click expands what no shell there does.
    plain = None if os.name == "nt" or _is_changed() else parsed(args)
    if plain is None:
        return None
    from lsq.cli.answers import note_folders, print_hits
    from lsq.cli.display import TERMINAL_LIMIT, Display, Printing
    from lsq.cli.location import default_location
    from lsq.cli.streams import decode_argument
    from lsq.index import open_index
    from lsq.search.request import SearchRequest

    printing, display = Printing(), Display()
    note_folders(plain.words)
    limit = plain.limit
    if limit is None and display.at_terminal:
        limit = TERMINAL_LIMIT
    request = SearchRequest(decode_argument(" ".join(plain.words)), limit=limit or None)
    location = default_location() if plain.location is None else plain.location
    with open_index(location, create=False) as index:
        return print_hits(index, request, printing, display)


def _is_changed() -> bool:
    """Whether the environment changes what the command line means."""
    return bool(os.environ.get(_DEFAULT)) or any(
        name.startswith(_COMPLETING) for name in os.environ
    )


def parsed(args: Sequence[str]) -> PlainSearch | None:
    """The plain search that the arguments are; None for another command, or any other option."""
    if not args or args[0] != "search":
        return None
    words: list[str] = []
    values: dict[str, str] = {}
    rest = iter(args[1:])
    for arg in rest:
        if arg in _OPTIONS:
            name, value = _OPTIONS[arg], next(rest, "")
            if name in values or not value or value.startswith("-"):
                return None
            values[name] = value
        elif not arg or arg.startswith("-"):
            return None
        else:
            words.append(arg)
    limit = values.get("limit")
    if not words or (limit is not None and not _is_number(limit)):
        return None
    return PlainSearch(tuple(words), values.get("index"), None if limit is None else int(limit))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST
