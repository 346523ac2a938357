"""`lsq collocates`: list the words that stand beside what a query finds."""

import sys

import click

from lsq.cli.answers import report_counted, tell_synonyms
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

TERMINAL_LIMIT = 20


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
    help="Look only at the words left or right of it.",
)
@number_option(
    "--min/least",
    "Print only words that stand there at least N times.",
    least=1,
    default=LEAST,
    show_default=True,
)
@number_option(
    "--min-articles/least_articles",
    "Print only words that stand there in at least N articles.",
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
@limit_option(f"words; 0 for all. Default: {TERMINAL_LIMIT} at a terminal, all in a pipe.")
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
    """List the words that stand beside QUERY more often than chance explains.

    Each row is a word, how often it stands within the window of an occurrence, in how many
    articles, how often it occurs in the index, how often it would stand there if it were spread
    evenly, and the measures: G² says how certain it is that this is no chance, logDice how
    exclusively the two occur together. The window ends with the sentence. An occurrence is what
    lsq search -o prints; quotes or -F leave out articles that have only the words of a run. The
    exit code is 0 if something was found, 1 if not, 2 on an error.

    \b
    Examples:
      lsq collocates -F 数据安全
      lsq collocates -F 百山祖 --min 1 --min-articles 1
      lsq collocates -F 处罚 --side left --window 2 --measure g2
      lsq collocates -F 生态文明 --since 2018 --format csv
    """
    from lsq.index import open_index

    if limit is None and format_ == "terminal":
        limit = TERMINAL_LIMIT
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
        tell_synonyms(index.synonyms(request))
        with display.paged() as out:
            if format_ == "terminal" and found.rows:
                from lsq.output.terminal.counts import write_collocates

                write_collocates(found, measure, out, colour=display.colour)
            elif format_ != "terminal":
                from lsq.output.counts import collocates_summary
                from lsq.output.counts import write_collocates as write_rows

                write_rows(found.rows, out, format_)
                if format_ == "plain" and found.rows:
                    out.flush()
                    note(collocates_summary(found))
        if found.occurrences and not found.rows:
            from lsq.output.printable import counted_occurrences

            sys.stdout.flush()
            told = _(
                "{occurrences}, but no word stands beside them {least} times, in {articles} "
                "articles, and more often than expected"
            ).format(
                occurrences=counted_occurrences(found.occurrences),
                least=least,
                articles=least_articles,
            )
            if max(least, least_articles) > 1:
                told = _("{told}: try --min 1 --min-articles 1").format(told=told)
            note(told)
            return 1
        return report_counted(index, request, len(found.rows))
