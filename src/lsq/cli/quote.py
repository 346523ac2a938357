"""`lsq quote`: print a reference to an article, and passages of it."""

import sys

import click

from lsq.cli.options import articles as ids
from lsq.cli.options import index_option
from lsq.cli.streams import decode_argument, note
from lsq.messages import _

_STYLES = ("gbt7714", "markdown", "bibtex")
_DONE, _NOTHING = 0, 1


@click.command()
@click.argument("names", metavar="ID…", nargs=-1, required=True, shell_complete=ids)
@click.option(
    "--style",
    type=click.Choice(_STYLES),
    default=_STYLES[0],
    show_default=True,
    help="The form of the reference: GB/T 7714-2015, Markdown or BibTeX.",
)
@click.option("--match", metavar="QUERY", help="Quote the sentences that this query matches.")
@click.option(
    "--context",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="With --match: quote N sentences before and after each as well.",
)
@click.option(
    "--at",
    "places",
    metavar="PLACE",
    multiple=True,
    help="Quote the paragraphs at a line, 43, lines, 43-50, or pages, p3 or p3-p5. Repeat it for "
    "more.",
)
@index_option
def quote(
    names: tuple[str, ...],
    style: str,
    match: str | None,
    context: int,
    places: tuple[str, ...],
    location: str,
) -> int:
    """Print references to articles, with title, issuer, number, date, and path and line or page.

    Name an article by its id, or by a number (发文字号) or title that only one article has.
    --match and --at also print passages of it; the place in the reference is that of the
    first. References are in Chinese. The exit code is 0, 1 if --match finds no sentence in
    any of the articles, 2 on an error.

    \b
    Examples:
      lsq quote seeds/000_6870835c1c1f66f0.txt#2
      lsq quote seeds/004_b94f5e78ba0b3d53.txt#1 --match 百山祖 --style markdown
      lsq quote 国办发〔2018〕127号 --at 12-20
      lsq quote --style bibtex 节水办法 水法 > 引用.bib
    """
    from lsq.index import open_index
    from lsq.output.quotations import STYLES
    from lsq.relations.quotations import Stretch

    if context and match is None:
        raise click.UsageError(_("--context goes with --match."))
    wanted = [Stretch.of(place) for place in places]
    query = None if match is None else decode_argument(match)
    with open_index(location, create=False) as index:
        quotations = [
            index.quote(decode_argument(name), query, around=context, places=wanted)
            for name in names
        ]
    STYLES[style](quotations, sys.stdout)
    for one in quotations:
        if (match is not None or places) and not one.passages:
            note(_("{id}: it has no such passage to quote").format(id=one.article.id))
    nothing = (match is not None or places) and not any(one.passages for one in quotations)
    return _NOTHING if nothing else _DONE
