"""`lsq facets`: count the matching articles by issuer, kind, year and folder."""

from typing import TextIO

import click

from lsq.cli.answers import note_synonyms, print_table, report
from lsq.cli.display import Display
from lsq.cli.options import number_option
from lsq.cli.output_options import row_options
from lsq.cli.querying import QueryCommand, query_options
from lsq.counting.facets import FACETS, TOP, FacetBy
from lsq.search.request import SearchRequest


@click.command(cls=QueryCommand)
@query_options
@click.option(
    "--by",
    type=click.Choice(FACETS),
    multiple=True,
    default=FACETS,
    help="Count by issuer (发文机关), kind (文种), year or folder. Repeat it for more. Default: "
    "all of these.",
)
@number_option(
    "--top",
    "Print the N most frequent values of each; 0 for all.",
    default=TOP,
    show_default=True,
)
@row_options
def facets(
    query: tuple[str, ...],  # noqa: ARG001  # the request says it
    request: SearchRequest,
    location: str,
    by: tuple[FacetBy, ...],
    top: int,
    format_: str,
    display: Display,
) -> int:
    """Count the issuers, kinds, years and folders of the articles that match QUERY.

    Each row is a value, the number of matching articles with it, the number of all articles
    with it, and the query that finds the former. QUERY is that of lsq search. If --any,
    --no-synonyms, --synonyms or -F is given, the printed queries need it too. The exit code is
    0 if something was found, 1 if not, 2 on an error.

    \b
    Examples:
      lsq facets 国土空间规划
      lsq facets 丽水 --by year --by kind --top 0
      lsq facets --since 2020 --by issuer --format csv
    """
    from lsq.index import open_index
    from lsq.output import counts

    with open_index(location, create=False) as index:
        found = index.facets(request.query, by, top or None, **request.matching)
        note_synonyms(index.synonyms(request))

        def write_at_terminal(out: TextIO) -> None:
            from lsq.output.terminal.counts import write_facets

            write_facets(found, out, colour=display.colour)

        print_table(
            display,
            format_,
            found,
            lambda out: counts.write_facets(found, out, format_),
            write_at_terminal,
        )
        return report(index, request, len(found), len(found))
