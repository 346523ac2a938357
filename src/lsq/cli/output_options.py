"""The options for how results are printed, each group as one value for the command.

Sources: https://no-color.org, https://bixense.com/clicolors, terminfo(5) for TERM=dumb.
"""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

import click

from lsq.messages import _
from lsq.output import FORMATS, ROW_FORMATS, Format, OutputOptions

if TYPE_CHECKING:
    from lsq.output.links import LinkFormat
    from lsq.search.snippets.cuts import Cut

# How many snippets a hit has where each is a line, and where all are together.
_IN_LINES, _IN_A_HIT = 1, 3

_WHEN = click.Choice(["auto", "always", "never"])
# Terminals that would print the escape sequences of links, or of colours as well.
_DUMB = {"", "dumb", "unknown"}
_LINKLESS = _DUMB | {"linux"}


class Display(NamedTuple):
    """The settings for colours, links and the pager, and what stdout can show.

    Attributes:
        color: auto, always or never.
        pager: likewise.
        hyperlink_format: for `lsq.output.links`; None if it was not given.
    """

    color: str
    pager: str
    hyperlink_format: str | None

    @property
    def at_terminal(self) -> bool:
        """Whether stdout is a terminal."""
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
        """The format of links; by default only at a terminal that is known to support them."""
        if not self.colour:
            return None
        if self.hyperlink_format is None and (not self.at_terminal or _terminal() in _LINKLESS):
            return None
        from lsq.output.links import LinkFormat

        return LinkFormat(self.hyperlink_format or "default")

    def paged(self, line: int = 0) -> AbstractContextManager[TextIO]:
        """Stdout, or at a terminal a pager, which begins at `line`, from 0."""
        if sys.platform == "win32" and self.at_terminal:
            from colorama import just_fix_windows_console

            just_fix_windows_console()
        if self.pager == "never" or not self.at_terminal or _terminal() in _DUMB:
            return nullcontext(sys.stdout)
        from lsq.output.pager import paged

        return paged(sys.stdout, always=self.pager == "always", line=line)


class Printing(NamedTuple):
    """The options for what is printed of a hit.

    Attributes:
        format_: the format's name; None for the default of the output.
        explain: each hit is explained.
        snippets: the maximum number of pieces of it; None for the format's default.
        context: the pieces are sentences, this many before and after that of a match.
        only_matching: the pieces are the matches.
        null: a NUL ends each path.
    """

    format_: str | None
    explain: bool
    snippets: int | None
    context: int | None
    only_matching: bool
    null: bool

    @property
    def given(self) -> set[str]:
        """Those of the options that were given."""
        given = {
            "--format": self.format_ is not None,
            "--snippets": self.snippets is not None,
            "--context": self.context is not None,
            "-o": self.only_matching,
            "-0": self.null,
        }
        return {option for option, is_given in given.items() if is_given}

    def resolve(self, display: Display) -> tuple[Format, OutputOptions]:
        """The format and its options.

        Raises:
            click.UsageError: the format does not support one of the options.
        """
        lines = self.only_matching or self.null
        suits = "terminal" if display.at_terminal and not lines else "plain"
        format_ = FORMATS[self.format_ or suits]
        if self.null and not format_.null:
            raise click.UsageError(
                _("-0 goes with -l or --format plain, not with {form}.").format(form=format_.name)
            )
        if self.only_matching and not format_.lines:
            raise click.UsageError(_("-o prints lines: it goes with any format but terminal."))
        if self.explain and not format_.explains:
            raise click.UsageError(
                _("--explain does not go with {form}; use --format jsonl.").format(
                    form=format_.name
                )
            )
        links = display.links() if format_.links else None
        return format_, OutputOptions(display.colour, self.explain, links, self.null)

    def shown(self, format_: Format) -> "int | Cut":
        """The `Cut` of the options, for `lsq.search.searcher.search`."""
        most = self.snippets or (_IN_LINES if format_.per_snippet else _IN_A_HIT)
        if not self.only_matching and self.context is None:
            return most
        from lsq.search.snippets.cuts import matches, sentences

        return matches(self.snippets) if self.context is None else sentences(self.context, most)


def printing_options(command: Callable[..., int]) -> Callable[..., int]:
    """The options, given to the command as `printing`, a `Printing`."""

    @wraps(command)
    def printing(**values: Any) -> int:
        given = Printing(*(values.pop(name) for name in Printing._fields))
        if given.only_matching and given.context is not None:
            raise click.UsageError(_("-o prints matches alone: it does not go with --context."))
        return command(printing=given, **values)

    for option in reversed(_PRINTING):
        printing = option(printing)
    return printing


_PRINTING = [
    click.option(
        "--format",
        "format_",
        type=click.Choice(list(FORMATS)),
        help="How to print hits. Default: terminal at a terminal, plain in a pipe.",
    ),
    click.option(
        "--snippets",
        type=click.IntRange(min=1),
        metavar="N",
        help="Show at most N snippets of a hit; in plain, tsv and csv each is a line. Default: "
        f"{_IN_LINES} in these, {_IN_A_HIT} in others, all with -o.",
    ),
    click.option(
        "--context",
        type=click.IntRange(min=0),
        metavar="N",
        help="Show the sentence of a match, and N before and after it, instead of a snippet.",
    ),
    click.option("-o", "--only-matching", is_flag=True, help="Print only the matches, one a line."),
    click.option(
        "-0",
        "--null",
        is_flag=True,
        help="End each path with NUL: with -l instead of the line end, in plain instead "
        "of the colon. Paths in a pipe are then exact.",
    ),
    click.option(
        "--explain", is_flag=True, help="Explain each hit: why it matches, and its score."
    ),
]


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
        help="The target of links at a terminal: none, default (file://{host}{path}), "
        "vscode, kitty or another name that ripgrep knows, or a URL that contains "
        "{path}, {line}, {column}, {host} or {wslprefix}.",
    )(displayed)
    displayed = click.option(
        "--pager",
        type=_WHEN,
        default="auto",
        show_default=True,
        help="Page the output through $LSQ_PAGER, $PAGER or less. auto: less ends at once "
        "if the output fits the screen. Never in a pipe.",
    )(displayed)
    return click.option(
        "--color",
        type=_WHEN,
        default="auto",
        show_default=True,
        help="Use colours. auto: at a terminal, unless NO_COLOR is set or TERM is dumb; "
        "always if CLICOLOR_FORCE is set.",
    )(displayed)


def row_options(command: Callable[..., int]) -> Callable[..., int]:
    """How a command prints rows: given to it as `format_`, and `display` as for hits."""

    @wraps(command)
    def formatted(*, format_: str | None, display: Display, **values: Any) -> int:
        suits = "terminal" if display.at_terminal else "plain"
        return command(format_=format_ or suits, display=display, **values)

    return click.option(
        "--format",
        "format_",
        type=click.Choice(ROW_FORMATS),
        help="How to print rows. Default: terminal at a terminal, plain in a pipe.",
    )(display_options(formatted))


def _terminal() -> str:
    # Windows has terminals, and no TERM.
    return os.environ.get("TERM", "windows" if os.name == "nt" else "")


def _checked(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    if given is None:
        return None
    from lsq.output.links import LinkFormat

    try:
        LinkFormat(given)
    except ValueError as error:
        raise click.BadParameter(f"{given!r}: {error}") from None
    return given
