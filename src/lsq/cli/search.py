"""`lsq search`: find articles and print them."""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from lsq.cli.candidates import fields
from lsq.cli.filters import filter_options
from lsq.cli.options import MARK, index_option
from lsq.cli.printing import Printing, coloured, printing_options
from lsq.output import FORMATS

if TYPE_CHECKING:
    from lsq.query.filters import Filters
    from lsq.searcher import Results

TERMINAL_LIMIT = 10
# The query that every article matches.
EVERYTHING = "*"


class _SearchCommand(click.Command):
    """Leaves `-空间` to the query language: no option begins with an ideograph."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # A space before the minus is nothing to a query, but hides it from click.
        return super().parse_args(ctx, [f" {arg}" if _excludes(arg) else arg for arg in args])


def _excludes(arg: str) -> bool:
    return arg[:1] == "-" and (not arg[1:2].isascii() or arg[1:2] in {'"', "("})


@click.command(cls=_SearchCommand)
@click.argument("query", metavar="QUERY…", nargs=-1, shell_complete=fields)
@index_option
@filter_options
@click.option(
    "--any",
    "any_word",
    is_flag=True,
    help="For questions: of what stands side by side one thing is enough, and of a run of "
    "characters one word. What excludes or limits still does.",
)
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
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
    help="Whether to colour matches; auto: at a terminal that can, unless NO_COLOR is set, "
    "and everywhere if CLICOLOR_FORCE is.",
)
@click.option("-l", "--files-with-matches", is_flag=True, help="Print only the files with hits.")
@click.option("-c", "--count", is_flag=True, help="Print only how many articles match.")
@printing_options
def search(
    query: tuple[str, ...],
    location: str,
    filters: "Filters | None",
    any_word: bool,
    limit: int | None,
    format_: str | None,
    color: str,
    files_with_matches: bool,
    count: bool,
    printing: Printing,
) -> int:
    """Find the articles that match QUERY, the best first.

    A run of characters matches where it stands literally or where all its words
    occur; "quotes" match literally; words side by side must all match; OR, NOT or
    a minus, and parentheses do as they say; * matches every article. Fields are
    title: issuer: number: kind: path: date:, or 标题: 机关: 文号: 文种: 路径: 日期:.
    sentence(…) or 同句(…), paragraph(…) or 同段(…), and near/30(…) or 近/30(…) want
    all inside one sentence, one paragraph, 30 characters; /…/ is a regular expression.
    White space between ideographs in the texts does not count. With an option that
    limits, QUERY may be left out. A QUERY of - stands for those on standard input, one
    a line, each answered before the next is read. The exit code is 0 if something was
    found, 1 if not, 2 on an error.

    \b
    Examples:
      lsq search 国土空间规划
      lsq search '"绿水青山就是金山银山" -超市'
      lsq search '百山祖 (国家公园 OR 生态产品)' --format jsonl
      lsq search '同句(规划 保护) date:2019-05..2020'
      lsq search --any 国土空间规划怎么编制 --since 2020 --kind 通知
      lsq search -l 超市
      lsq search -o '/第[一二三]届[^。]{2,8}/'
      lsq search - --format jsonl < queries.txt
    """
    if not query and not filters:
        raise click.UsageError("Missing argument 'QUERY…', or an option that limits.")
    if query == (MARK,) and files_with_matches:
        raise click.UsageError("-l does not say which query found a file; use --format tsv.")
    from lsq.index import open_index

    text = " ".join(query) if query else EVERYTHING
    limits: dict[str, Any] = {"any_word": any_word, "filters": filters}
    with open_index(location, create=False) as opened:
        if count and text == MARK:
            from lsq.cli.queries import print_counts

            return print_counts(partial(opened.count, **limits))
        if count:
            found = opened.count(text, **limits)
            click.echo(found)
            return _exit_code(found)
        ask = partial(opened.search, **limits)
        if files_with_matches:
            return _print_files(partial(ask, text), limit, printing)
        return _print_hits(ask, text, limit, format_, color, printing)


def _print_files(ask: Callable[[], "Results"], limit: int | None, printing: Printing) -> int:
    from lsq.output.names import write_paths

    paths = ask().paths()
    write_paths(paths[: limit or None], sys.stdout, null=printing.null)
    return _exit_code(len(paths))


def _print_hits(
    ask: Callable[..., "Results"],
    text: str,
    limit: int | None,
    format_: str | None,
    color: str,
    printing: Printing,
) -> int:
    from lsq.output import write

    at_terminal = sys.stdout.isatty()
    if limit is None and at_terminal:
        limit = TERMINAL_LIMIT
    form = printing.form(format_, at_terminal=at_terminal)
    ask = partial(ask, limit=limit or None, snippets=printing.shown(form))
    if text == MARK:
        from lsq.cli.queries import print_answers

        return print_answers(ask, form)
    results = ask(text)
    own = {"null": True} if printing.null else {}
    colour = coloured(color, at_terminal=at_terminal)
    write(form, results, sys.stdout, colour=colour, **own)
    return _exit_code(results.total)


def _exit_code(found: int) -> int:
    return 0 if found else 1
