"""`lsq kwic`: print the occurrences of a query in their context."""

import click

from lsq.cli.answers import note_synonyms, report_counted
from lsq.cli.display import Display
from lsq.cli.options import limit_option, number_option
from lsq.cli.output_options import row_options
from lsq.cli.querying import QueryCommand, query_options
from lsq.counting.kwic import KWIC_SORTS, WIDTH, KwicSort
from lsq.search.request import SearchRequest

# The default number of lines at a terminal.
_TERMINAL_LIMIT = 50


@click.command(cls=QueryCommand)
@query_options
@number_option(
    "--width",
    "Print N characters before each match, and N after it; at a terminal, as many of them as fit.",
    default=WIDTH,
    show_default=True,
)
@click.option(
    "--sort",
    type=click.Choice(KWIC_SORTS),
    default="path",
    show_default=True,
    help="Sort by the match, by the text right or left of it, from the match outwards, by "
    "date, or by path and place.",
)
@number_option("--sample", "Print only N occurrences, drawn at random.", least=1)
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    metavar="S",
    help="The seed of --sample: the same S draws the same occurrences.",
)
@limit_option(f"lines; 0 for all. Default: {_TERMINAL_LIMIT} at a terminal, all in a pipe.")
@row_options
def kwic(
    query: tuple[str, ...],  # noqa: ARG001  # the request says it
    request: SearchRequest,
    location: str,
    width: int,
    sort: KwicSort,
    sample: int | None,
    seed: int,
    limit: int | None,
    format_: str,
    display: Display,
) -> int:
    """Print each occurrence of QUERY on a line, with the text before and after it.

    QUERY is that of lsq search, and occurrences are what lsq search -o prints; quotes or -F
    leave out articles that contain only the words of a run. In a pipe a line is
    path:line:left, TAB, match, TAB, right. The exit code is 0 if something was found, 1 if
    not, 2 on an error.

    \b
    Examples:
      lsq kwic 国土空间规划
      lsq kwic -F 百山祖 --sort right
      lsq kwic '/第[一二三四五]批/' --sort match --width 30
      lsq kwic 丽水 --since 2019 --sample 100 --seed 7 --format csv
      lsq kwic -F 规划 | cut -f2,3 | sort | uniq -c
    """
    from lsq.index import open_index
    from lsq.output.concordance import COLUMNS, kwic_record, write_plain
    from lsq.output.rows import TABLES, Counted

    if limit is None and format_ == "terminal":
        limit = _TERMINAL_LIMIT
    with open_index(location, create=False) as index:
        found = index.kwic(
            request.query,
            limit or None,
            width=width,
            sort=sort,
            sample=sample,
            seed=seed,
            **request.matching,
        )
        note_synonyms(index.synonyms(request))
        lines = Counted(found)
        with display.paged() as out:
            if format_ == "plain":
                write_plain(lines, out, colour=display.colour)
            elif format_ in TABLES:
                TABLES[format_](map(kwic_record, lines), COLUMNS, out)
            elif found.total:
                from lsq.output.terminal.concordance import write

                write(list(lines), found, out, colour=display.colour, links=display.links())
        return report_counted(index, request, lines.count)
