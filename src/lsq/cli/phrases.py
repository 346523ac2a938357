"""`lsq phrases`: list the set phrases of some articles, compared with others."""

from typing import TextIO

import click

from lsq.cli.answers import note_synonyms, print_table, report
from lsq.cli.display import Display
from lsq.cli.options import number_option
from lsq.cli.output_options import row_options
from lsq.cli.querying import QueryCommand, query_options
from lsq.cli.streams import decode_argument, note
from lsq.counting.phrases import BEFORE, LEAST_ARTICLES, LIMIT
from lsq.messages import _
from lsq.search.request import SearchRequest

# The lowest useful value of --min-articles.
_MIN_ARTICLES = 2


@click.command(cls=QueryCommand)
@query_options
@click.option(
    "--against",
    metavar="before|rest|QUERY",
    help="Compare with the articles before --since that match otherwise (before), with all "
    "others of the index (rest, the default), or with those that match QUERY.",
)
@click.option(
    "--new",
    is_flag=True,
    help="Print only phrases that do not occur in the articles compared with.",
)
@click.option("--quoted", is_flag=True, help="List only texts in quotation marks “…”.")
@number_option(
    "--min-articles/least_articles",
    "Print only phrases that occur in at least N articles.",
    least=1,
    default=LEAST_ARTICLES,
    show_default=True,
)
@number_option(
    "--min-words/least_words",
    "Print only phrases of at least N words.",
    least=1,
    most=8,
    default=1,
    show_default=True,
)
@number_option(
    "-n/--limit",
    "Print at most N phrases; 0 for all.",
    default=LIMIT,
    show_default=True,
)
@row_options
def phrases(
    query: tuple[str, ...],  # noqa: ARG001  # the request says it
    request: SearchRequest,
    location: str,
    against: str | None,
    new: bool,
    quoted: bool,
    least_articles: int,
    least_words: int,
    limit: int,
    format_: str,
    display: Display,
) -> int:
    """List the set phrases of the articles that match QUERY, such as 疫情防控.

    A phrase is a sequence of up to eight words that occurs in several articles, whose words
    belong together, and whose neighbours vary. Each row has its frequency, the number of
    articles, its frequency in the articles compared with, and two measures: rows are sorted by
    G², which says how certain it is that the rates differ; the log ratio says how often one rate
    doubles to become the other. Without articles to compare with, phrases of at least two words
    are sorted by frequency. QUERY is that of lsq search. The exit code is 0 if something was
    found, 1 if not, 2 on an error.

    \b
    Examples:
      lsq phrases --since 2020-01 --until 2020-01 --against date:2019-10
      lsq phrases 丽水 --min-words 2
      lsq phrases --since 2020 --against before --new
      lsq phrases --issuer 国务院 --quoted --format csv
    """
    from lsq.index import open_index
    from lsq.output import counts
    from lsq.output.printable import counted

    if against == BEFORE and not (request.filters and request.filters.since):
        raise click.UsageError(_("--against before needs --since."))
    with open_index(location, create=False) as index:
        found = index.phrases(
            request.query,
            against=against and decode_argument(against),
            new=new,
            quoted=quoted,
            least_articles=least_articles,
            least_words=least_words,
            limit=limit or None,
            **request.matching,
        )
        note_synonyms(index.synonyms(request))
        if found.rows and against and not found.other_articles:
            note(_("no article to compare with; phrases are sorted by their frequency"))

        def write_at_terminal(out: TextIO) -> None:
            from lsq.output.terminal.counts import write_phrases

            write_phrases(found, out, colour=display.colour)

        print_table(
            display,
            format_,
            found.rows,
            lambda out: counts.write_phrases(found, out, format_),
            write_at_terminal,
            lambda: counts.phrases_summary(found),
        )
        if found.articles and not found.rows:
            message = _("{found}, but no set phrase is in {least} of them").format(
                found=counted(found.articles), least=least_articles
            )
            if least_articles > _MIN_ARTICLES:
                message = _("{message}: try --min-articles 2, or others to compare with").format(
                    message=message
                )
            note(message)
            return 1
        return report(index, request, len(found.rows), len(found.rows))
