"""`lsq search`: find articles and print them."""

import os
import sys
from typing import TYPE_CHECKING

import click

from lsq.cli.options import index_option
from lsq.output import FORMATS

if TYPE_CHECKING:
    from lsq.index import Index

TERMINAL_LIMIT = 10


class _SearchCommand(click.Command):
    """Leaves `-空间` to the query language: no option begins with an ideograph."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # A space before the minus is nothing to a query, but hides it from click.
        return super().parse_args(ctx, [f" {arg}" if _excludes(arg) else arg for arg in args])


def _excludes(arg: str) -> bool:
    return arg[:1] == "-" and (not arg[1:2].isascii() or arg[1:2] in {'"', "("})


@click.command(cls=_SearchCommand)
@click.argument("query", metavar="QUERY…", nargs=-1, required=True)
@index_option
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(min=0),
    help=f"Print at most so many hits; 0 for all. Default: {TERMINAL_LIMIT} at a terminal, "
    "all in a pipe.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    help="How to print hits. Default: terminal at a terminal, plain in a pipe.",
)
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Whether to colour matches; auto: at a terminal, unless NO_COLOR is set.",
)
@click.option("-l", "--files-with-matches", is_flag=True, help="Print only the files with hits.")
@click.option("-c", "--count", is_flag=True, help="Print only how many articles match.")
def search(
    query: tuple[str, ...],
    location: str,
    limit: int | None,
    format_: str | None,
    color: str,
    files_with_matches: bool,
    count: bool,
) -> int:
    """Find the articles that match QUERY, the best first.

    A run of characters matches where it stands literally or where all its words
    occur; "quotes" match literally; words side by side must all match; OR, NOT or
    a minus, and parentheses do as they say. White space between ideographs in the
    texts does not count. The exit code is 0 if something was found, 1 if not, 2 on
    an error.

    \b
    Examples:
      lsq search 国土空间规划
      lsq search '"绿水青山就是金山银山" -超市'
      lsq search '百山祖 (国家公园 OR 生态产品)' --format jsonl
      lsq search -l 超市
    """
    from lsq.index import open_index

    text = " ".join(query)
    with open_index(location, create=False) as opened:
        if count:
            found = opened.count(text)
            click.echo(found)
            return _exit_code(found)
        if files_with_matches:
            return _print_files(opened, text, limit)
        return _print_hits(opened, text, limit, format_, color)


def _print_files(opened: "Index", query: str, limit: int | None) -> int:
    paths = opened.search(query).paths()
    for path in paths[: limit or None]:
        click.echo(path)
    return _exit_code(len(paths))


def _print_hits(
    opened: "Index", query: str, limit: int | None, format_: str | None, color: str
) -> int:
    from lsq.output import write

    at_terminal = sys.stdout.isatty()
    if limit is None and at_terminal:
        limit = TERMINAL_LIMIT
    name = format_ or ("terminal" if at_terminal else "plain")
    results = opened.search(query, limit or None, snippets=1 if name == "plain" else 3)
    colour = color == "always" or (
        color == "auto" and at_terminal and not os.environ.get("NO_COLOR")
    )
    write(name, results, sys.stdout, colour=colour)
    return _exit_code(results.total)


def _exit_code(found: int) -> int:
    return 0 if found else 1
