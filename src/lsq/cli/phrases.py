"""`lsq phrases`: list the set phrases of some articles, compared with others."""

import click

from lsq.cli.answers import report, tell_synonyms
from lsq.cli.display import Display
from lsq.cli.options import number_option
from lsq.cli.output_options import row_options
from lsq.cli.querying import QueryCommand, query_options
from lsq.cli.streams import note, readable
from lsq.counting.phrases import BEFORE, LEAST_ARTICLES, LIMIT
from lsq.messages import _
from lsq.search.request import SearchRequest

# In so many articles a phrase can at least be called set.
_FEW = 2


@click.command(cls=QueryCommand)
@query_options
@click.option(
    "--against",
    metavar="before|rest|QUERY",
    help="Compare with the articles before --since that match otherwise (before), with all "
    "others of the index (rest, the default), or with those that match QUERY.",
)
@click.option("--new", is_flag=True, help="Print only phrases that do not occur there.")
@click.option(
    "--quoted", is_flag=True, help="List what stands in quotation marks “…”, and nothing else."
)
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
    stand together, and that is apart from what is beside it. Each row says how often it occurs,
    in how many articles, how often in the articles compared with, and how the two differ: G²,
    by which rows are sorted, says how certain it is that the rates differ, the log ratio how
    often one doubles to become the other. Where there is nothing to compare with, phrases of at
    least two words are sorted by frequency. QUERY is that of lsq search. The exit code is 0 if
    something was found, 1 if not, 2 on an error.

    \b
    Examples:
      lsq phrases --since 2020-01 --until 2020-01 --against date:2019-10
      lsq phrases 丽水 --min-words 2
      lsq phrases --since 2020 --against before --new
      lsq phrases --issuer 国务院 --quoted --format csv
    """
    from lsq.index import open_index
    from lsq.output.printable import counted

    if against == BEFORE and not (request.filters and request.filters.since):
        raise click.UsageError(_("--against before needs --since."))
    with open_index(location, create=False) as index:
        found = index.phrases(
            request.query,
            against=against and readable(against),
            new=new,
            quoted=quoted,
            least_articles=least_articles,
            least_words=least_words,
            limit=limit or None,
            **request.matching,
        )
        tell_synonyms(index.synonyms(request))
        if found.rows and against and not found.other_articles:
            note(_("no article to compare with; phrases are sorted by their frequency"))
        with display.paged() as out:
            if format_ == "terminal" and found.rows:
                from lsq.output.terminal.counts import write_phrases

                write_phrases(found, out, colour=display.colour)
            elif format_ != "terminal":
                from lsq.output.counts import phrases_summary
                from lsq.output.counts import write_phrases as write_rows

                write_rows(found, out, format_)
                if format_ == "plain" and found.rows:
                    out.flush()
                    note(phrases_summary(found))
        if found.articles and not found.rows:
            told = _("{found}, but no set phrase is in {least} of them").format(
                found=counted(found.articles), least=least_articles
            )
            if least_articles > _FEW:
                told = _("{told}: try --min-articles 2, or others to compare with").format(
                    told=told
                )
            note(told)
            return 1
        return report(index, request, len(found.rows), len(found.rows))
