"""`lsq collocates`: list the words beside the occurrences of a query."""

import sys
from typing import TextIO

import click

from lsq.cli.answers import note_synonyms, print_table, report_counted
from lsq.cli.display import Display
from lsq.cli.options import limit_option, number_option
from lsq.cli.output_options import row_options
from lsq.cli.querying import QueryCommand, query_options
from lsq.cli.streams import note
from lsq.counting.collocates import (
    LEAST,
    LEAST_ARTICLES,
    MEASURES,
    SIDES,
    WINDOW,
    Measure,
    Side,
)
from lsq.messages import _
from lsq.search.request import SearchRequest

# The default number of words at a terminal.
_TERMINAL_LIMIT = 20


@click.command(cls=QueryCommand)
@query_options
@number_option(
    "--window",
    "Look at N words on each side of an occurrence.",
    least=1,
    default=WINDOW,
    show_default=True,
)
@click.option(
    "--side",
    type=click.Choice(SIDES),
    default="both",
    show_default=True,
    help="Look only at the words to the left or right of an occurrence.",
)
@number_option(
    "--min/least",
    "Print only words that occur at least N times in the windows.",
    least=1,
    default=LEAST,
    show_default=True,
)
@number_option(
    "--min-articles/least_articles",
    "Print only words that occur in the windows of at least N articles.",
    least=1,
    default=LEAST_ARTICLES,
    show_default=True,
)
@click.option(
    "--measure",
    type=click.Choice(MEASURES),
    default="logdice",
    show_default=True,
    help="Sort by logDice, by G² or by MI³.",
)
@limit_option(f"words; 0 for all. Default: {_TERMINAL_LIMIT} at a terminal, all in a pipe.")
@row_options
def collocates(
    query: tuple[str, ...],  # noqa: ARG001  # the request says it
    request: SearchRequest,
    location: str,
    window: int,
    side: Side,
    least: int,
    least_articles: int,
    measure: Measure,
    limit: int | None,
    format_: str,
    display: Display,
) -> int:
    """List the words that occur beside QUERY more often than by chance.

    Each row is a word, its frequency in the windows around the occurrences, the number of
    articles, its frequency in the index, its expected frequency in the windows, and the
    measures: G² says how certain it is that this is not chance, logDice how exclusively the two
    occur together. A window ends at the end of the sentence. Occurrences are what lsq search -o
    prints; quotes or -F leave out articles that contain only the words of a run. The exit code
    is 0 if something was found, 1 if not, 2 on an error.

    \b
    Examples:
      lsq collocates -F 数据安全
      lsq collocates -F 百山祖 --min 1 --min-articles 1
      lsq collocates -F 处罚 --side left --window 2 --measure g2
      lsq collocates -F 生态文明 --since 2018 --format csv
    """
    from lsq.index import open_index
    from lsq.output import counts

    if limit is None and format_ == "terminal":
        limit = _TERMINAL_LIMIT
    with open_index(location, create=False) as index:
        found = index.collocates(
            request.query,
            window=window,
            side=side,
            least=least,
            least_articles=least_articles,
            measure=measure,
            limit=limit or None,
            **request.matching,
        )
        note_synonyms(index.synonyms(request))

        def write_at_terminal(out: TextIO) -> None:
            from lsq.output.terminal.counts import write_collocates

            write_collocates(found, measure, out, colour=display.colour)

        print_table(
            display,
            format_,
            found.rows,
            lambda out: counts.write_collocates(found.rows, out, format_),
            write_at_terminal,
            lambda: counts.collocates_summary(found),
        )
        if found.occurrences and not found.rows:
            from lsq.output.printable import counted_occurrences

            sys.stdout.flush()
            message = _(
                "{occurrences}, but no word occurs beside them {least} times, in {articles} "
                "articles, and more often than expected"
            ).format(
                occurrences=counted_occurrences(found.occurrences),
                least=least,
                articles=least_articles,
            )
            if max(least, least_articles) > 1:
                message = _("{message}: try --min 1 --min-articles 1").format(message=message)
            note(message)
            return 1
        return report_counted(index, request, len(found.rows))
