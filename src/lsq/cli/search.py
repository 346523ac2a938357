"""`lsq search`: find articles and print them."""

import click

from lsq.cli.answers import (
    note_folders,
    open_first,
    print_count,
    print_explanation,
    print_files,
    print_hits,
    print_nothing,
)
from lsq.cli.display import TERMINAL_LIMIT, Display, Printing
from lsq.cli.opening import open_option
from lsq.cli.options import MARK, limit_option, number_option
from lsq.cli.output_options import display_options, printing_options
from lsq.cli.query_list import print_answers, print_counts
from lsq.cli.querying import QueryCommand, query_options
from lsq.messages import _
from lsq.model import SORTS, Sort
from lsq.search.request import SearchRequest


@click.command(cls=QueryCommand)
@query_options
@limit_option(f"hits; 0 for all. Default: {TERMINAL_LIMIT} at a terminal, all in a pipe.")
@number_option(
    "--offset",
    "Skip the first N hits (with -l, the first N files). Ranks still count them.",
    default=0,
)
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default="relevance",
    show_default=True,
    help="The order of hits. -date is the newest first. By date, 2020 counts as its "
    "first day, and articles without a date come last.",
)
@click.option(
    "--group-reprints",
    is_flag=True,
    help="Print reprints of the same article as one hit, the first of them; -n and --offset "
    "count groups.",
)
@printing_options
@display_options
@open_option
@click.option("-l", "--files-with-matches", is_flag=True, help="Print only the files with hits.")
@click.option("-c", "--count", is_flag=True, help="Print only the number of matching articles.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; only set the exit code.")
@click.option(
    "--explain-id", metavar="ID", help="Explain only why this article matches, or why it does not."
)
def search(  # noqa: PLR0911  # one return for each kind of answer
    query: tuple[str, ...],
    request: SearchRequest,
    location: str,
    limit: int | None,
    offset: int,
    sort: Sort,
    group_reprints: bool,
    printing: Printing,
    display: Display,
    opens: bool,
    files_with_matches: bool,
    count: bool,
    quiet: bool,
    explain_id: str | None,
) -> int:
    """Find the articles that match QUERY, the best first.

    A run of characters matches articles that contain it literally or contain all its
    words; "quotes" match literally. Terms with a space between them must all match; OR,
    NOT or a minus, and parentheses combine them; * matches every article. Fields are
    title: issuer: number: kind: indexno: subject: column: byline: path: date:
    published:, or 标题: 机关: 文号: 文种: 索引号: 主题: 栏目: 署名: 路径: 日期: 发布日期:.
    sentence(…) or 同句(…), paragraph(…) or 同段(…), and near/30(…) or 近/30(…) require
    all their terms within one sentence, one paragraph or 30 characters; /…/ is a regular
    expression. White space between ideographs in the texts is ignored. With a filter
    option, QUERY is optional. A QUERY of - reads queries from standard input, one a line,
    and answers each before it reads the next. The exit code is 0 if something was found,
    1 if not, 2 on an error.

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
      lsq search 丽水 --sort path --offset 1 -n 1
      lsq search 国土空间规划 --explain
      lsq search 百山祖 --explain-id seeds/000_6870835c1c1f66f0.txt#2
      lsq search --open 百山祖
    """
    listed = query == (MARK,)
    modes = {
        "-l": files_with_matches,
        "-c": count,
        "-q": quiet,
        "--open": opens,
        "--explain-id": bool(explain_id),
    }
    _check(printing, display, {mode for mode, is_set in modes.items() if is_set}, listed=listed)
    if group_reprints and (listed or any(modes.values())):
        raise click.UsageError(
            _("--group-reprints prints hits: it does not go with -l, -c, -q or a list of queries.")
        )
    from lsq.index import open_index

    if not quiet:
        note_folders(query)
    if limit is None and display.at_terminal and not files_with_matches:
        limit = TERMINAL_LIMIT
    request = request._replace(sort=sort, offset=offset, limit=limit or None)
    with open_index(location, create=False) as index:
        if listed and count:
            return print_counts(index, request)
        if listed:
            return print_answers(index, request, printing, display)
        if explain_id:
            as_json = printing.format_ in {"json", "jsonl"}
            return print_explanation(index, request, explain_id, as_json=as_json)
        if quiet:
            return print_nothing(index, request)
        if count:
            return print_count(index, request)
        if files_with_matches:
            return print_files(index, request, null=printing.null)
        if opens:
            return open_first(index, request)
        return print_hits(index, request, printing, display, group=group_reprints)


def _check(printing: Printing, display: Display, modes: set[str], *, listed: bool) -> None:
    """Reject contradictory options, before an index is opened.

    Args:
        printing: the options for hits.
        display: the settings for output.
        modes: the given options that replace the printing of hits.
        listed: whether queries are read from standard input.

    Raises:
        click.UsageError: options contradict each other; the message says what to do instead.
    """
    if listed and modes - {"-c"}:
        raise click.UsageError(_("-l, -q, --open and --explain-id take one query, not a list."))
    if "--open" in modes and (modes != {"--open"} or printing.explain):
        raise click.UsageError(
            _("--open prints nothing: it does not go with options that ask for lines.")
        )
    if modes & {"-l", "-c", "-q"} and (printing.explain or "--explain-id" in modes):
        raise click.UsageError(_("--explain and --explain-id do not go with -l, -c or -q."))
    if not modes:
        format_, _options = printing.resolve(display)
        if listed and not format_.names_query:
            raise click.UsageError(
                _(
                    "Queries from standard input need a format that names them: --format "
                    "json, jsonl, tsv or csv; or -c."
                )
            )
        return
    if "-q" in modes:  # as in grep, it overrides all options for lines
        return
    unused = printing.given | ({"--bom"} if display.bom else set())
    unused -= {"-0"} if "-l" in modes else set()
    unused -= {"--format"} if "--explain-id" in modes else set()
    if unused:
        raise click.UsageError(
            _("{options} sets how hits are printed and does not go with {others}.").format(
                options=", ".join(sorted(unused)), others=", ".join(sorted(modes))
            )
        )
