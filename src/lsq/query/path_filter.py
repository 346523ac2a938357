"""Filter by path: by a part of it, a pattern like laws/*, or the location of a file or folder.

Paths are compared as they are shown, relative to the current folder. Knows no engine.
"""

import os
import re
from collections.abc import Iterator
from typing import Final

from lsq.query.nodes import Field, Literal, Or, Query, Regex
from lsq.query.units import normalize
from lsq.text.fold import fold

_SLASH: Final = "/" if os.sep == "/" else r"[/\\]"
_NO_SLASH: Final = "[^/]" if os.sep == "/" else r"[^/\\]"
# The end of the name of a folder or a file.
_END: Final = rf"(?:{_SLASH}|$)"
# The wildcards of a path pattern: `**/`, `**`, `*`, `?` and `[…]`.
_WILD: Final = re.compile(rf"\*\*+{_SLASH}|\*\*+|\*|\?|\[[!^]?\]?[^\]/]*\]")


def path_filter(typed: str) -> Query:
    """The query for a path filter.

    Paths match that contain `typed`; if it is a pattern, also paths of which it matches whole
    names. If it begins with `/`, `./` or `../`, the file or the content of the folder there
    matches.
    """
    text = normalize("path", typed)
    if not _is_location(typed):
        queries: list[Query] = [Literal(text)]
        if _WILD.search(typed):
            queries.append(_matching(rf"(?:^|{_SLASH}){_pattern(typed)}{_END}", typed))
    else:
        # /x may be meant as a part of a path. ./x is not: as text, it is a part of ../x.
        queries = [Literal(text)] if os.path.isabs(typed) else []
        queries.append(_matching(f"^(?:{'|'.join(_patterns_at(typed))})", typed))
    return Field("path", queries[0] if len(queries) == 1 else Or(tuple(queries)))


def _is_location(typed: str) -> bool:
    first = typed.replace("/", os.sep).split(os.sep)[0]
    return os.path.isabs(typed) or first in {os.curdir, os.pardir}


def _patterns_at(typed: str) -> Iterator[str]:
    """Patterns of the shown paths of files at a location, which may itself be a pattern.

    A shown path leads up from the current folder, by any number of `../`, and down again. So
    for the current folder and each one above it, the names of the location are split where they
    may lead to that folder; the rest is the way down.
    """
    names = os.path.abspath(typed).split(os.sep)
    above, ups = os.getcwd(), 0
    while True:
        for at in range(1, len(names) + 1):
            if not re.fullmatch(_pattern(os.sep.join(names[:at])), fold(above.rstrip(os.sep))):
                continue
            rest = names[at:]
            if rest and rest != [""]:
                yield rf"(?:\.\.{_SLASH}){{{ups}}}{_pattern(os.sep.join(rest))}{_END}"
            else:
                yield rf"(?!(?:\.\.{_SLASH}){{{ups + 1}}})"
            if names[at - 1] == "**":
                deeper = _pattern(os.sep.join(["**", *rest]))
                yield rf"(?:\.\.{_SLASH}){{{ups}}}{deeper}{_END}"
        parent = os.path.dirname(above)
        if parent == above:
            return
        above, ups = parent, ups + 1


def _pattern(path: str) -> str:
    """The regular expression for a path or path pattern, to match folded and squeezed paths."""
    pieces: list[str] = []
    at = 0
    for wild in _WILD.finditer(path):
        pieces += _plain(path[at : wild.start()]), _wild(wild[0])
        at = wild.end()
    return "".join([*pieces, _plain(path[at:])])


def _plain(text: str) -> str:
    # Squeezing may have dropped white space, depending on the characters beside it.
    return "".join(
        " *" if char.isspace() else _SLASH if char in {"/", os.sep} else re.escape(fold(char))
        for char in text
    )


def _wild(wildcard: str) -> str:
    if wildcard.startswith("**"):
        return ".*" if wildcard.endswith("*") else f"(?:.*{_SLASH})?"
    if wildcard == "*":
        return f"{_NO_SLASH}*"
    if wildcard == "?":
        return _NO_SLASH
    # Brackets are a set, or text: a file name may have a year in brackets.
    text = re.escape(fold(wildcard))
    inside = fold(wildcard[1:-1])
    negated = inside[:1] in ("!", "^")
    chars = re.sub(r"([\\\[\]&|~^])", r"\\\1", inside[negated:])
    one = rf"(?!{_SLASH})[{'^' if negated else ''}{chars}]" if chars else text
    return f"(?:{one}|{text})"


def _matching(pattern: str, typed: str) -> Regex:
    return Regex(pattern, "", typed, 0)
