"""Viewers that open a PDF at a page, and which of them the user's system has chosen.

Sources: the manual pages of the programs; for browsers, RFC 8118; for the choice,
xdg-mime(1). Elsewhere than on Linux no program of the system names the viewer, so there
$LSQ_PDF_VIEWER has to.
"""

import os
import re
import sys

from lsq.errors import OpenError
from lsq.messages import _

VARIABLE = "LSQ_PDF_VIEWER"

# The arguments of viewers for a page, with {page}, {path} and {url}. Others get the path.
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
_OF_VIEWER = {name: args for args, names in _ARGUMENTS.items() for name in names.split()}

_BRACES = re.compile(r"\{(page|path|url)\}")

# In seconds.
_PATIENCE = 5


def viewer_command(path: str, page: int) -> list[str] | None:
    """The command that opens a PDF at a page; None if no viewer is known to do that.

    Args:
        path: the file, absolute.
        page: from 1.

    Raises:
        OpenError: $LSQ_PDF_VIEWER is not a command.
    """
    if not path.lower().endswith(".pdf"):
        return None
    if chosen := os.environ.get(VARIABLE):
        return _filled(_words(chosen), path, page)
    name = _of_the_system()
    return _filled([name], path, page) if name else None


def words_of(command: str) -> list[str]:
    """The words of a command as a shell divides it; none if it is none."""
    import shlex

    try:
        # On Windows `\` separates the names of a path; quotes then stay in the arguments.
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


def _filled(words: list[str], path: str, page: int) -> list[str]:
    """The command with the page and the path, where its words or the viewer's manual want them."""
    from pathlib import Path, PurePath

    values = {"path": path, "page": str(page), "url": Path(path).as_uri()}
    if not any(map(_BRACES.search, words)):
        words = [*words, *_OF_VIEWER.get(PurePath(words[0]).stem, ("{path}",))]
    return [_BRACES.sub(lambda found: values[found[1]], word) for word in words]


def _of_the_system() -> str | None:
    """The viewer of this user's system for PDFs, if it is one of the table; None elsewhere."""
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
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    # As in org.gnome.Evince.desktop, okularApplication_pdf.desktop.
    chosen = ran.stdout.decode("utf-8", "replace").strip().lower()
    named = [name for name in _OF_VIEWER if name.lower() in chosen and shutil.which(name)]
    return max(named, key=len, default=None)
