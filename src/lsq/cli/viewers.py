"""Viewers that open a PDF at a page, and the default viewer of the system.

Sources: the manual pages of the programs; for browsers, RFC 8118; for the default viewer,
xdg-mime(1). Other systems than Linux have no such program; users set $LSQ_PDF_VIEWER there.
"""

import os
import re
import sys

from lsq.errors import OpenError
from lsq.messages import _

VARIABLE = "LSQ_PDF_VIEWER"

# The arguments of viewers for a page, with {page}, {path} and {url}. Unknown viewers get the path.
_ARGUMENTS = {
    ("--page-index={page}", "{path}"): "evince atril xreader papers",
    ("--page={page}", "{path}"): "zathura",
    ("--page", "{page}", "{path}"): "okular sioyek",
    ("{path}", "{page}"): "mupdf",
    ("{path}#{page}",): "qpdfview",
    ("-page", "{page}", "{path}"): "SumatraPDF",
    ("{url}#page={page}",): "firefox firefox-esr chromium chromium-browser google-chrome "
    "google-chrome-stable brave-browser microsoft-edge msedge chrome",
}
_VIEWER_ARGUMENTS = {name: args for args, names in _ARGUMENTS.items() for name in names.split()}

_BRACES = re.compile(r"\{(page|path|url)\}")

_TIMEOUT_SECONDS = 5


def viewer_command(path: str, page: int) -> list[str] | None:
    """The command that opens a PDF at a page; None if no known viewer can do that.

    Args:
        path: the file, absolute.
        page: from 1.

    Raises:
        OpenError: $LSQ_PDF_VIEWER is not a command.
    """
    if not path.lower().endswith(".pdf"):
        return None
    if chosen := os.environ.get(VARIABLE):
        return _fill(_words(chosen), path, page)
    name = _default_viewer()
    return _fill([name], path, page) if name else None


def words_of(command: str) -> list[str]:
    """Split a command as a shell does; empty if it is invalid."""
    import shlex

    try:
        # On Windows `\` is a path separator, so quotes are not removed and stay in the words.
        words = shlex.split(command, posix=os.name != "nt")
    except ValueError:
        return []
    return [word.strip('"') for word in words] if os.name == "nt" else words


def _words(command: str) -> list[str]:
    words = words_of(command)
    if not words:
        raise OpenError(
            _("${variable} is not a command: {command!r}; set it as in {variable}=okular").format(
                variable=VARIABLE, command=command
            )
        )
    return words


def _fill(words: list[str], path: str, page: int) -> list[str]:
    """Insert the page and the path into a command that has braces, or is a known viewer."""
    from pathlib import Path, PurePath

    values = {"path": path, "page": str(page), "url": Path(path).as_uri()}
    if not any(map(_BRACES.search, words)):
        words = [*words, *_VIEWER_ARGUMENTS.get(PurePath(words[0]).stem, ("{path}",))]
    return [_BRACES.sub(lambda found: values[found[1]], word) for word in words]


def _default_viewer() -> str | None:
    """The default viewer of the user for PDFs, if it is a known one; None on other systems."""
    if sys.platform != "linux":
        return None
    import shutil
    import subprocess

    program = shutil.which("xdg-mime")
    if program is None:
        return None
    try:
        ran = subprocess.run(  # noqa: S603  # xdg-mime as PATH has it
            [program, "query", "default", "application/pdf"],
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    # As in org.gnome.Evince.desktop, okularApplication_pdf.desktop.
    chosen = ran.stdout.decode("utf-8", "replace").strip().lower()
    named = [name for name in _VIEWER_ARGUMENTS if name.lower() in chosen and shutil.which(name)]
    return max(named, key=len, default=None)
