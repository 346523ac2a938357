"""`lsq search`: find articles and print them."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import click

from lsq.cli.display import Display, display_options
from lsq.cli.filters import filter_options
from lsq.cli.opening import open_hit, open_option
from lsq.cli.options import index_option
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
@click.argument("query", metavar="QUERY…", nargs=-1)
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
    help=f"Print at most so many hits; 0 for all. Default: {TERMINAL_LIMIT} at a terminal, "
    "all in a pipe.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    help="How to print hits. Default: terminal at a terminal, plain in a pipe.",
)
@display_options
@open_option
@click.option("-l", "--files-with-matches", is_flag=True, help="Print only the files with hits.")
@click.option("-c", "--count", is_flag=True, help="Print only how many articles match.")
def search(
    query: tuple[str, ...],
    location: str,
    filters: "Filters | None",
    any_word: bool,
    limit: int | None,
    format_: str | None,
    display: Display,
    open_first: bool,
    files_with_matches: bool,
    count: bool,
) -> int:
    """Find the articles that match QUERY, the best first.

    A run of characters matches where it stands literally or where all its words
    occur; "quotes" match literally; words side by side must all match; OR, NOT or
    a minus, and parentheses do as they say; * matches every article. Fields are
    title: issuer: number: kind: path: date:, or 标题: 机关: 文号: 文种: 路径: 日期:.
    sentence(…) or 同句(…), paragraph(…) or 同段(…), and near/30(…) or 近/30(…) want
    all inside one sentence, one paragraph, 30 characters; /…/ is a regular expression.
    White space between ideographs in the texts does not count. With an option that
    limits, QUERY may be left out. The exit code is 0 if something was found, 1 if
    not, 2 on an error.

    \b
    Examples:
      lsq search 国土空间规划
      lsq search '"绿水青山就是金山银山" -超市'
      lsq search '百山祖 (国家公园 OR 生态产品)' --format jsonl
      lsq search '同句(规划 保护) date:2019-05..2020'
      lsq search --any 国土空间规划怎么编制 --since 2020 --kind 通知
      lsq search -l 超市
      lsq search --open 百山祖
    """
    if not query and not filters:
        raise click.UsageError("Missing argument 'QUERY…', or an option that limits.")
    from lsq.index import open_index

    if open_first and (count or files_with_matches):
        raise click.UsageError("--open opens a hit; it does not go with -c or -l.")
    text = " ".join(query) if query else EVERYTHING
    with open_index(location, create=False) as opened:
        if count:
            found = opened.count(text, any_word=any_word, filters=filters)
            click.echo(found)
            return _exit_code(found)
        ask = partial(opened.search, text, any_word=any_word, filters=filters)
        if files_with_matches:
            return _print_files(ask, limit)
        if open_first:
            return open_hit(ask(limit=1, snippets=1))
        return _print_hits(ask, limit, format_, display)


def _print_files(ask: Callable[..., "Results"], limit: int | None) -> int:
    paths = ask().paths()
    for path in paths[: limit or None]:
        click.echo(path)
    return _exit_code(len(paths))


def _print_hits(
    ask: Callable[..., "Results"], limit: int | None, format_: str | None, display: Display
) -> int:
    from lsq.output import write

    if limit is None and display.at_terminal:
        limit = TERMINAL_LIMIT
    name = format_ or ("terminal" if display.at_terminal else "plain")
    results = ask(limit=limit or None, snippets=1 if name == "plain" else 3)
    options = {"links": display.links()} if name == "terminal" else {}
    with display.paged() as out:
        write(name, results, out, colour=display.colour, **options)
    return _exit_code(results.total)


def _exit_code(found: int) -> int:
    return 0 if found else 1
