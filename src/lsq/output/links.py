"""Make URLs of places in files, by a format.

The names of formats and variables are those of ripgrep:
https://docs.rs/grep-printer/latest/grep_printer/struct.HyperlinkFormat.html
"""

import os
import re
from pathlib import PurePath

from lsq.engines.paths import without_dots
from lsq.messages import _
from lsq.model import Place

# For browsers, which do not open file URLs with a host.
FILES = "file://{path}"
_FILE = FILES if os.name == "nt" else "file://{host}{path}"

# Formats by name. Sources: the programs' own documentation of their URLs.
NAMED = {
    "default": _FILE,
    "none": "",
    "cursor": "cursor://file{path}:{line}:{column}",
    "file": "file://{host}{path}",
    "grep+": "grep+://{path}:{line}",
    "kitty": "file://{host}{path}#{line}",
    "macvim": "mvim://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscode-insiders": "vscode-insiders://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
}
_VARIABLES = ("path", "line", "column", "host", "wslprefix")

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Characters that need no escape in the path of a URL (RFC 3986, 2.3 and 3.3).
_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:")


class LinkFormat:
    """Makes URLs of places.

    Args:
        format_: a name of `NAMED`, or a URL with the variables {path}, {line}, {column},
            {host} and {wslprefix}; {{ and }} are braces.

    Raises:
        ValueError: the format is invalid; the message says why.
    """

    def __init__(self, format_: str) -> None:
        self._format = NAMED.get(format_, format_)
        if not self._format:
            return
        found: set[str] = set()
        for piece in _PIECE.finditer(self._format):
            if piece[0] in {"{", "}"}:
                raise ValueError(
                    _("an unpaired {piece!r}; to print the character, write it twice").format(
                        piece=piece[0]
                    )
                )
            if piece[1] is not None:
                found.add(piece[1])
        if unknown := sorted(found - set(_VARIABLES)):
            raise ValueError(
                _("there is no {{{unknown}}}, only {variables}").format(
                    unknown=unknown[0], variables=_listed(_VARIABLES)
                )
            )
        if "path" not in found:
            raise ValueError(
                _("the URL lacks {{path}}; add it, or use one of {named}").format(
                    named=", ".join(NAMED)
                )
            )
        if "column" in found and "line" not in found:
            raise ValueError(_("a {column} without {line}"))
        if not _SCHEME.match(self._format):
            raise ValueError(_("it does not begin with the scheme of a URL, such as file:"))

    def url(self, path: str, line: int | None) -> str | None:
        """The URL of a line of a file; None if the format is none. The column is 1.

        Args:
            path: the file; for a member of an archive, the URL is that of the archive.
            line: the line; None for the first, or for files with pages.
        """
        if not self._format:
            return None
        values = {
            "path": _encoded(_outermost(path)),
            "line": str(line or 1),
            "column": "1",
            "host": _encoded(_host()),
            "wslprefix": _encoded(f"wsl$/{os.environ.get('WSL_DISTRO_NAME', '')}"),
        }
        return _PIECE.sub(
            lambda piece: piece[0][0] if piece[1] is None else values[piece[1]], self._format
        )

    def at(self, path: str, place: Place) -> str | None:
        """The URL of a place, in a PDF with its page (RFC 8118); None if the format is none."""
        url = self.url(path, place.line)
        if url and place.page and url.startswith("file:") and url.lower().endswith(".pdf"):
            return f"{url}#page={place.page}"
        return url


def _outermost(path: str) -> str:
    """The absolute path of the file on disk, with slashes, beginning with one."""
    whole = PurePath(os.path.abspath(without_dots(path)))
    file = next((part for part in (whole, *whole.parents) if os.path.isfile(part)), whole)
    return "/" + file.as_posix().removeprefix("/")


def _host() -> str:
    return os.environ.get("COMPUTERNAME", "") if os.name == "nt" else os.uname().nodename


def _encoded(text: str) -> str:
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a name from Windows, which allows lone surrogates
        data = text.encode("utf-8", "surrogatepass")
    return "".join(chr(byte) if byte in _SAFE else f"%{byte:02X}" for byte in data)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
