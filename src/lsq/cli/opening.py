"""Open a place of a file: in the user's editor, or in the system's viewer.

Each editor has its own arguments for a line; sources: their manuals.
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lsq.cli.viewers import viewer_command, words_of
from lsq.engines.paths import without_dots
from lsq.errors import OpenError
from lsq.messages import _

if TYPE_CHECKING:
    from lsq.model import Place
    from lsq.search.searcher import Results

Command = TypeVar("Command", bound=Callable[..., Any])

# The arguments of editors for a line, with {path} and {line}. Unknown editors get the path.
_PLUS = ("+{line}", "{path}")
_GOTO = ("-g", "{path}:{line}")
_SUFFIX = ("{path}:{line}",)
_OPTION = ("--line", "{line}", "{path}")
_ARGUMENTS = {
    _PLUS: "vi vim nvim gvim mvim view ex nano pico emacs emacsclient mg joe jed ne kak micro less "
    "more gedit bbedit",
    _GOTO: "code code-insiders codium vscodium cursor windsurf",
    _SUFFIX: "subl sublime_text hx helix zed zeditor",
    _OPTION: "kate idea pycharm webstorm",
    ("-l", "{line}", "{path}"): "mate",
    ("-n{line}", "{path}"): "notepad++",
}
_EDITOR_ARGUMENTS = {name: args for args, names in _ARGUMENTS.items() for name in names.split()}


def open_option(command: Command) -> Command:
    """The option `--open`, passed to the command as `opens`."""
    return click.option(
        "--open",
        "opens",
        is_flag=True,
        help="Open the file of the first hit, at its line, with $VISUAL or $EDITOR; without "
        "these, and for files with pages instead of lines, with the system's viewer.",
    )(command)


def open_hit(results: "Results") -> None:
    """Open the first hit, if there is one, and wait for the program.

    Raises:
        OpenError: no program can open it, or the program failed.
    """
    for hit in results:
        open_place(hit.found.path, hit.snippets[0].place)
        return


def open_place(path: str, place: "Place") -> None:
    """Open a file at its line in an editor, or in a viewer, if possible at its page; wait for it.

    Raises:
        OpenError: no program can open it, or the program failed.
    """
    if not os.path.isfile(path):
        from lsq.readers.names import actual

        path = actual(path)
    if not os.path.isfile(path):
        raise OpenError(
            _(
                "{path}: no such file; it lies in an archive, or was moved since it was indexed"
            ).format(path=path)
        )
    from lsq.readers import has_lines

    # An absolute path cannot be mistaken for an option.
    path = os.path.abspath(without_dots(path))
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if editor and place.line and has_lines(path):
        _run(editor_command(editor, path, place.line))
    elif place.page and (command := viewer_command(path, place.page)):
        _run(command)
    elif click.launch(path, wait=True):
        raise OpenError(
            _(
                "{path}: the system has no viewer for it; install one, or for text set "
                "$VISUAL or $EDITOR, as in EDITOR=vim"
            ).format(path=path)
        )


def editor_command(editor: str, path: str, line: int) -> list[str]:
    """The command that opens a file at a line; `editor` may have arguments."""
    from pathlib import PurePath

    words = words_of(editor)
    if not words:
        raise OpenError(
            _("{editor!r} is not a command; set $VISUAL or $EDITOR, as in EDITOR=vim").format(
                editor=editor
            )
        )
    name = PurePath(words[0]).stem.lower()
    arguments = _EDITOR_ARGUMENTS.get(name, ("{path}",))
    return [*words, *(argument.format(path=path, line=line) for argument in arguments)]


def _run(command: list[str]) -> None:
    """Run a program in the foreground until it ends; lsq ignores Ctrl-C meanwhile."""
    import shutil
    import signal
    import subprocess

    program = shutil.which(command[0])
    if program is None:
        raise OpenError(
            _(
                "no program {command} to open {file}; set $VISUAL or $EDITOR, as in "
                "EDITOR=vim, or install a viewer"
            ).format(command=command[0], file=command[-1])
        )
    with subprocess.Popen([program, *command[1:]]) as running:  # noqa: S603  # the user's choice
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        code = running.wait()
        signal.signal(signal.SIGINT, before)
    if code:
        raise OpenError(
            _("{command} ended with exit code {code}; it should have opened {file}").format(
                command=command[0], code=code, file=command[-1]
            )
        )
