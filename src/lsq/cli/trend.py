"""`lsq trend`: count how often queries occur over time, or by issuer, kind or folder."""

import os
from typing import TYPE_CHECKING

import click

from lsq.cli.answers import note_synonyms, report_counted
from lsq.cli.display import Display
from lsq.cli.options import MARK, limit_option
from lsq.cli.output_options import row_options
from lsq.cli.query_list import answer_each
from lsq.cli.querying import QueryCommand, query_options
from lsq.cli.streams import decode_argument, note
from lsq.counting.groups import DATES, GROUPS, Dates, Group
from lsq.messages import _
from lsq.search.request import SearchRequest

if TYPE_CHECKING:
    from lsq.counting.trend import Trend


def _check_plot(_context: click.Context, _option: click.Parameter, path: str | None) -> str | None:
    from lsq.output.plots import SUFFIXES

    if path is None:
        return None
    if os.path.splitext(path)[1].lower() not in SUFFIXES:
        raise click.BadParameter(_("{path!r} does not end with .svg or .png").format(path=path))
    if os.path.lexists(path):
        raise click.BadParameter(
            _("{path} exists; delete it, or give the picture another name").format(path=path)
        )
    return path


@click.command(cls=QueryCommand)
@query_options
@click.option(
    "--by",
    type=click.Choice(GROUPS),
    default="year",
    show_default=True,
    help="Count by periods, or by issuer (发文机关), kind (文种) or folder.",
)
@click.option(
    "--versus",
    multiple=True,
    metavar="QUERY",
    help="Count this query as well. Repeat it for more.",
)
@click.option(
    "--date",
    "dates",
    type=click.Choice(DATES),
    default="made",
    show_default=True,
    help="Count an article for the date when it was made (成文), else published, or for the "
    "date when it was published (发布).",
)
@limit_option("rows for each query; 0 for all, the default.")
@click.option(
    "--plot",
    type=click.Path(),
    callback=_check_plot,
    metavar="FILE",
    help="Also draw the rates, to a new file that ends with .svg or .png. It needs the extra plot.",
)
@row_options
def trend(
    query: tuple[str, ...],
    request: SearchRequest,
    location: str,
    by: Group,
    versus: tuple[str, ...],
    dates: Dates,
    limit: int | None,
    plot: str | None,
    format_: str,
    display: Display,
) -> int:
    """Count the occurrences of QUERY by year, or by the criterion of --by.

    Each row has the number of occurrences, of articles with one, of all articles of the group
    and of their characters, and the occurrences per million characters. Empty periods are
    printed, and nothing is smoothed. At a terminal and in jsonl the first and the last
    occurrence follow, and the totals of the index. Occurrences are what lsq search -o prints;
    quotes or -F leave out articles that contain only the words of a run. A QUERY of - reads
    queries from standard input, one a line. The exit code is 0 if something was found, 1 if
    not, 2 on an error.

    \b
    Examples:
      lsq trend -F 国土空间规划
      lsq trend -F 生态文明 --versus 绿色发展 --by month --since 2018
      lsq trend -F 百山祖 --by folder
      lsq trend -F 生态文明 --versus 绿色发展 --plot trend.svg
      lsq trend -F 碳达峰 --by issuer -n 20 --format csv
      lsq trend - -F --format tsv < terms.txt
    """
    from lsq.index import open_index

    with open_index(location, create=False) as index:
        trends = index.trends(by=by, dates=dates, **request.matching)
        counted: list[Trend] = []

        def count(typed: str) -> int:
            counted.append(trends.of(typed))
            return counted[-1].occurrences

        if query == (MARK,):
            code = answer_each(count, lambda _: None)
        else:
            note_synonyms(index.synonyms(request))
            code = 0 if count(request.query) else 1
        for typed in versus:
            if count(decode_argument(typed)) and code == 1:
                code = 0
        if not counted:
            return code
        # Without anything to draw, only the report of that follows.
        if plot and any(one.occurrences or one.rows for one in counted):
            from lsq.output.plots import draw, save

            suffix = os.path.splitext(plot)[1].lower()
            save(draw(counted, trends, limit, suffix), plot)
        with display.paged() as out:
            if format_ == "terminal":
                from lsq.output.terminal.counts import write_trends

                write_trends(counted, trends, limit, out, colour=display.colour)
            else:
                from lsq.output.counts import write_trends as write_rows

                write_rows(counted, trends, limit, out, format_)
        if format_ == "plain":
            from lsq.output.counts import summary

            out.flush()
            for one in counted:
                for line in summary(one, trends):
                    note(line)
        if code == 1 and len(counted) == 1 and query != (MARK,):
            return report_counted(index, request, 0)
        return code
