"""Answer the most frequent command line without click: `lsq search [-i X] [-n N] WORDS`.

Importing click and declaring the options takes a fifth of a cold search in a small index. Only
parsing is duplicated: the same functions answer the search as after click. Any other command line,
even an unusual number, is left to click, which reports errors.

Besides, one of -l, -c, -o and `--format` with a format for programs may be given.
"""

import os
from collections.abc import Sequence
from typing import NamedTuple

_OPTIONS = {
    "-i": "index",
    "--index": "index",
    "-n": "limit",
    "--limit": "limit",
    "--format": "format_",
}
# The options for other output than hits; one of them, or a format, may be given.
_WAYS = {
    "-l": "files",
    "--files-with-matches": "files",
    "-c": "count",
    "--count": "count",
    "-o": "matches",
    "--only-matching": "matches",
}
_FORMATS = frozenset({"plain", "json", "jsonl", "tsv", "csv"})
# Variables that change the meaning of a command line: the default of an option, and the prefix of
# those by which shells ask click for completions.
_HYPERLINK_FORMAT = "LSQ_HYPERLINK_FORMAT"
_COMPLETION = "_LSQ"
# A longer number is left to click.
_MAX_DIGITS = 9


class PlainSearch(NamedTuple):
    """The arguments of a plain search.

    Attributes:
        words: the words of the query.
        location: the location of the index; None for the default.
        limit: the maximum number of hits; None for the default, 0 for all.
        way: the output instead of hits, a value of `_WAYS`; None for hits.
        format_: the format of hits; None for the default.
    """

    words: tuple[str, ...]
    location: str | None = None
    limit: int | None = None
    way: str | None = None
    format_: str | None = None


def quick_search(args: Sequence[str]) -> int | None:
    """Answer a plain search and return the exit code; return None for any other command line.

    Args:
        args: the arguments after the program's name.

    Raises:
        LsqError: the search failed.
    """
    # On Windows click expands wildcards, which shells there do not.
    plain = None if os.name == "nt" or _is_changed() else parse(args)
    if plain is None:
        return None
    from lsq.cli.answers import note_folders, print_count, print_files, print_hits
    from lsq.cli.display import TERMINAL_LIMIT, Display, Printing
    from lsq.cli.location import default_location
    from lsq.cli.streams import decode_argument
    from lsq.index import open_index
    from lsq.search.request import SearchRequest

    printing = Printing(plain.format_, only_matching=plain.way == "matches")
    display = Display()
    note_folders(plain.words)
    limit = plain.limit
    if limit is None and display.at_terminal and plain.way != "files":
        limit = TERMINAL_LIMIT
    request = SearchRequest(decode_argument(" ".join(plain.words)), limit=limit or None)
    location = default_location() if plain.location is None else plain.location
    with open_index(location, create=False) as index:
        if plain.way == "files":
            return print_files(index, request, null=False)
        if plain.way == "count":
            return print_count(index, request)
        return print_hits(index, request, printing, display)


def _is_changed() -> bool:
    """Whether the environment changes the meaning of the command line."""
    return bool(os.environ.get(_HYPERLINK_FORMAT)) or any(
        name.startswith(_COMPLETION) for name in os.environ
    )


def parse(args: Sequence[str]) -> PlainSearch | None:
    """Parse a plain search; return None for another command or other options."""
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
        elif arg in _WAYS and "way" not in values:
            values["way"] = _WAYS[arg]
        elif not arg or arg.startswith("-"):
            return None
        else:
            words.append(arg)
    limit, way, format_ = map(values.get, ("limit", "way", "format_"))
    is_other = format_ is not None and (way is not None or format_ not in _FORMATS)
    if not words or is_other or (limit is not None and not _is_number(limit)):
        return None
    number = None if limit is None else int(limit)
    return PlainSearch(tuple(words), values.get("index"), number, way, format_)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS
