"""The options for printing results, each group passed to the command as one value."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import click

from lsq.cli.display import IN_A_HIT, IN_LINES, Display, Printing
from lsq.cli.options import number_option
from lsq.messages import _
from lsq.output import FORMATS, ROW_FORMATS

_WHEN = click.Choice(["auto", "always", "never"])


def printing_options(command: Callable[..., int]) -> Callable[..., int]:
    """The options for printing hits, passed to the command as `printing`."""

    @wraps(command)
    def printing(**values: Any) -> int:
        given = Printing(*(values.pop(name) for name in Printing._fields))
        if given.only_matching and given.context is not None:
            raise click.UsageError(_("-o prints only matches: it does not go with --context."))
        return command(printing=given, **values)

    for option in reversed(_PRINTING):
        printing = option(printing)
    return printing


_bom_option = click.option(
    "--bom",
    is_flag=True,
    help="With csv or tsv: begin with a byte order mark, without which Excel garbles Chinese.",
)

_PRINTING = [
    click.option(
        "--format",
        "format_",
        type=click.Choice(list(FORMATS)),
        help="How to print hits; html is a page for a browser, docx and xlsx are for Word and "
        "Excel. Default: terminal at a terminal, plain in a pipe.",
    ),
    _bom_option,
    number_option(
        "--snippets",
        "Show at most N snippets of a hit; in plain, tsv, csv and xlsx each is a line. Default: "
        f"{IN_LINES} in these, {IN_A_HIT} in others, all with -o.",
        least=1,
    ),
    number_option(
        "--context",
        "Show the sentence of a match, and N before and after it, instead of a snippet.",
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
    """The options for colours, pager and links, passed to the command as `display`."""

    @wraps(command)
    def displayed(
        color: str, pager: str, hyperlink_format: str | None, bom: bool = False, **values: Any
    ) -> int:
        return command(display=Display(color, pager, hyperlink_format, bom), **values)

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


def format_option(
    what: str, formats: Sequence[str] = ROW_FORMATS
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """The options for printing rows, passed to the command as `format_` and `display`.

    Args:
        what: the name of the rows in the help.
        formats: the formats that the command supports.
    """

    def option(command: Callable[..., int]) -> Callable[..., int]:
        @wraps(command)
        def formatted(*, format_: str | None, display: Display, **values: Any) -> int:
            format_ = format_ or ("terminal" if display.at_terminal else "plain")
            display.check(format_)
            return command(format_=format_, display=display, **values)

        marked = _bom_option(display_options(formatted))
        return click.option(
            "--format",
            "format_",
            type=click.Choice(formats),
            help=f"How to print {what}. Default: terminal at a terminal, plain in a pipe.",
        )(marked)

    return option


row_options = format_option("rows")


def _checked(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    if given is None:
        return None
    from lsq.output.links import LinkFormat

    try:
        LinkFormat(given)
    except ValueError as error:
        raise click.BadParameter(f"{given!r}: {error}") from None
    return given
