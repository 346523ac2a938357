"""How results are shown: the options for colours, links and the pager, as one value.

Sources: https://no-color.org, https://bixense.com/clicolors, terminfo(5) for TERM=dumb.
"""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

import click

if TYPE_CHECKING:
    from lsq.output.links import LinkFormat

_WHEN = click.Choice(["auto", "always", "never"])
# Terminals that would show a link's escape sequence, or colours' as well.
_DUMB = {"", "dumb", "unknown"}
_LINKLESS = _DUMB | {"linux"}


class Display(NamedTuple):
    """What is wanted, and what stdout can show.

    Attributes:
        color: auto, always or never.
        pager: likewise.
        hyperlink_format: for `lsq.output.links`; None if nothing was said.
    """

    color: str
    pager: str
    hyperlink_format: str | None

    @property
    def at_terminal(self) -> bool:
        """Whether somebody is looking."""
        return sys.stdout.isatty()

    @property
    def colour(self) -> bool:
        """Whether escape sequences may style the output."""
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("CLICOLOR_FORCE", "0") not in {"", "0"}:
            return True
        return self.at_terminal and _terminal() not in _DUMB

    def links(self) -> "LinkFormat | None":
        """What makes links: if nothing was said, at a terminal that is known to bear them."""
        if not self.colour:
            return None
        if self.hyperlink_format is None and (not self.at_terminal or _terminal() in _LINKLESS):
            return None
        from lsq.output.links import LinkFormat

        return LinkFormat(self.hyperlink_format or "default")

    def paged(self, line: int = 0) -> AbstractContextManager[TextIO]:
        """What to write to: stdout, or a pager at a terminal; it begins at `line`, from 0."""
        if sys.platform == "win32" and self.at_terminal:
            from colorama import just_fix_windows_console

            just_fix_windows_console()
        if self.pager == "never" or not self.at_terminal or _terminal() in _DUMB:
            return nullcontext(sys.stdout)
        from lsq.output.pager import paged

        return paged(sys.stdout, always=self.pager == "always", line=line)


def display_options(command: Callable[..., int]) -> Callable[..., int]:
    """The options, given to the command as `display`, a `Display`."""

    @wraps(command)
    def displayed(color: str, pager: str, hyperlink_format: str | None, **values: Any) -> int:
        return command(display=Display(color, pager, hyperlink_format), **values)

    displayed = click.option(
        "--hyperlink-format",
        metavar="FORMAT",
        envvar="LSQ_HYPERLINK_FORMAT",
        callback=_checked,
        help="What places link to at a terminal: none, default (file://{host}{path}), vscode, "
        "kitty or another name that ripgrep knows, or a URL with {path}, {line}, {column}, "
        "{host}, {wslprefix} in it.",
    )(displayed)
    displayed = click.option(
        "--pager",
        type=_WHEN,
        default="auto",
        show_default=True,
        help="Whether to show output page by page, with $LSQ_PAGER, $PAGER or less; auto: what "
        "is longer than the screen. Never in a pipe.",
    )(displayed)
    return click.option(
        "--color",
        type=_WHEN,
        default="auto",
        show_default=True,
        help="Whether to colour; auto: at a terminal, unless NO_COLOR is set or TERM is dumb; "
        "anywhere if CLICOLOR_FORCE is set.",
    )(displayed)


def _terminal() -> str:
    # Windows has terminals, and no TERM.
    return os.environ.get("TERM", "windows" if os.name == "nt" else "")


def _checked(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    if given is None:
        return None
    from lsq.output.links import LinkFormat

    try:
        LinkFormat(given)
    except ValueError as error:
        raise click.BadParameter(f"{given!r}: {error}") from None
    return given
