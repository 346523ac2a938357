"""Filter by path: as part of a path, as a pattern like laws/*, or as where a file lies.

What is typed is text first, so no character of it is an operator. Paths are compared as they
are shown, relative to the current folder. Knows no engine.
"""

import os
import re
from collections.abc import Iterator
from typing import Final

from lsq.query.nodes import Field, Literal, Or, Query, Regex
from lsq.query.units import normalize
from lsq.text.fold import fold

_SLASH: Final = "/" if os.sep == "/" else r"[/\\]"
_BESIDE: Final = "[^/]" if os.sep == "/" else r"[^/\\]"
# The end of the path of a folder or a file.
_END: Final = rf"(?:{_SLASH}|$)"
# The wildcards of a path pattern: any folders, any name, any character, any of these.
_WILD: Final = re.compile(rf"\*\*+{_SLASH}|\*\*+|\*|\?|\[[!^]?\]?[^\]/]*\]")


def path_filter(typed: str) -> Query:
    """The query for the files at a path, folders with all that is in them.

    A path matches that contains `typed`; if this is a pattern, one of which it matches whole
    names. If it begins with `/`, `./` or `../`, one matches that lies there.
    """
    text = normalize("path", typed)
    if not _is_place(typed):
        queries: list[Query] = [Literal(text)]
        if _WILD.search(typed):
            queries.append(_matching(rf"(?:^|{_SLASH}){_pattern(typed)}{_END}", typed))
    else:
        # A path that begins with a slash may be meant as text; `./x` is text of `../x` as well.
        queries = [Literal(text)] if os.path.isabs(typed) else []
        queries.append(_matching(f"^(?:{'|'.join(_lying(typed))})", typed))
    return Field("path", queries[0] if len(queries) == 1 else Or(tuple(queries)))


def _is_place(typed: str) -> bool:
    first = typed.replace("/", os.sep).split(os.sep)[0]
    return os.path.isabs(typed) or first in {os.curdir, os.pardir}


def _lying(typed: str) -> Iterator[str]:
    """Patterns of the paths, as shown, of what lies at a path or a pattern of one.

    A shown path leads up from the current folder, maybe not at all, and down again. So for
    each folder above, the names of the path are split: those that may lead to that folder,
    and those that follow.
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
    """A path or a pattern of one as a regular expression for folded and squeezed paths."""
    pieces: list[str] = []
    at = 0
    for wild in _WILD.finditer(path):
        pieces += _plain(path[at : wild.start()]), _wild(wild[0])
        at = wild.end()
    return "".join([*pieces, _plain(path[at:])])


def _plain(text: str) -> str:
    # White space that squeezing drops or not, as what stands beside it.
    return "".join(
        " *" if char.isspace() else _SLASH if char in {"/", os.sep} else re.escape(fold(char))
        for char in text
    )


def _wild(sign: str) -> str:
    if sign.startswith("**"):
        return ".*" if sign.endswith("*") else f"(?:.*{_SLASH})?"
    if sign == "*":
        return f"{_BESIDE}*"
    if sign == "?":
        return _BESIDE
    inside = fold(sign[1:-1])
    negated = inside[:1] in ("!", "^")
    chars = re.sub(r"([\\\[\]&|~^])", r"\\\1", inside[negated:])
    # The brackets may also be part of the name of a file, with a year.
    one = rf"(?!{_SLASH})[{'^' if negated else ''}{chars}]" if chars else re.escape(fold(sign))
    return f"(?:{one}|{re.escape(fold(sign))})"


def _matching(pattern: str, typed: str) -> Regex:
    return Regex(pattern, "", typed, 0)
