"""`lsq facets`: count what the articles that match are."""

import click

from lsq.cli.answers import report, tell_synonyms
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

    Each row is a value, how many of the articles that match have it, of how many in the
    index, and the query that finds just these. QUERY is that of lsq search; with --any,
    --no-synonyms, --synonyms or -F, give that to the printed queries as well. The exit code is
    0 if something was found, 1 if not, 2 on an error.

    \b
    Examples:
      lsq facets 国土空间规划
      lsq facets 丽水 --by year --by kind --top 0
      lsq facets --since 2020 --by issuer --format csv
    """
    from lsq.index import open_index

    with open_index(location, create=False) as index:
        found = index.facets(request.query, by, top or None, **request.matching)
        tell_synonyms(index.synonyms(request))
        with display.paged() as out:
            if format_ == "terminal":
                from lsq.output.terminal.counts import write_facets

                write_facets(found, out, colour=display.colour)
            else:
                from lsq.output.counts import write_facets as write_rows

                write_rows(found, out, format_)
        return report(index, request, len(found), len(found))
