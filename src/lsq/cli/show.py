"""`lsq show`: print the articles of a file as lsq reads them."""

from typing import TYPE_CHECKING

import click

from lsq.cli.display import Display
from lsq.cli.options import articles as ids
from lsq.cli.options import index_option, ocr_option
from lsq.cli.output_options import display_options
from lsq.cli.streams import decode_argument, note
from lsq.errors import DictionaryError, EngineError, NoIndexError, ReadError

if TYPE_CHECKING:
    from lsq.model import Article, OcrMode
    from lsq.output.terminal.articles import Marked

# At a terminal, the number of lines shown above the first match.
_LINES_BEFORE = 3


@click.command()
@click.argument("names", metavar="PATH|ID…", nargs=-1, required=True, shell_complete=ids)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["terminal", "plain", "json"]),
    help="How to print articles. Default: terminal at a terminal, plain in a pipe.",
)
@click.option(
    "--highlight",
    metavar="QUERY",
    help="At a terminal, highlight the matches of this query, and begin at the first.",
)
@click.option(
    "--layout",
    is_flag=True,
    help="Draw the pages of a PDF or OFD file, or a picture, as SVG, as lsq reads them: reading "
    "order, headings, tables, headers and footers.",
)
@ocr_option
@index_option
@display_options
def show(
    names: tuple[str, ...],
    format_: str | None,
    highlight: str | None,
    layout: bool,
    ocr: "OcrMode",
    location: str,
    display: Display,
) -> int:
    """Print the articles of a file as lsq reads them, indexed or not.

    Each article is printed with its metadata, its lines joined into paragraphs. Name a
    file, a member of an archive, or one article by its id. The exit code is 2 if
    something could not be read.

    \b
    Examples:
      lsq show seeds/004_b94f5e78ba0b3d53.txt
      lsq show seeds/000_6870835c1c1f66f0.txt#2 --format json
      lsq show seeds/004_b94f5e78ba0b3d53.txt --highlight 百山祖
      lsq show --layout 公报.pdf > 公报.svg
    """
    if layout:
        return _draw(names, ocr)
    from lsq.indexing.viewer import view
    from lsq.output.records import write_json_articles, write_plain_articles

    articles: list[Article] = []
    failures: list[ReadError] = []
    for found in view(names, ocr):
        if isinstance(found, ReadError):
            failures.append(found)
        else:
            articles.append(found)
    if format_ == "terminal" or (format_ is None and display.at_terminal):
        _write_at_terminal(articles, highlight, location, display)
    else:
        writer = write_json_articles if format_ == "json" else write_plain_articles
        with display.paged() as out:
            writer(articles, out)
    for failure in failures:
        note(str(failure))
    return 2 if failures else 0


def _draw(names: tuple[str, ...], mode: "OcrMode") -> int:
    """Print the pages of files as SVG; return the exit code."""
    from lsq.indexing.viewer import pictures

    code = 0
    for found in pictures(names, mode):
        if isinstance(found, ReadError):
            note(str(found))
            code = 2
        else:
            click.echo(found, nl=False)
    return code


def _write_at_terminal(
    articles: "list[Article]", highlight: str | None, location: str, display: Display
) -> None:
    from io import StringIO

    from lsq.output.terminal.articles import Marked, write

    marked = [Marked(article) for article in articles]
    if highlight is not None:
        marked = _highlighted(articles, decode_argument(highlight), location)
    whole = StringIO()
    first = write(marked, whole, colour=display.colour, links=display.links())
    with display.paged(max(0, first - _LINES_BEFORE)) as out:
        out.write(whole.getvalue())


def _highlighted(articles: "list[Article]", highlight: str, location: str) -> "list[Marked]":
    """The articles with the matches of a query, segmented by the index's dictionary if any."""
    from lsq.index import Index, open_index
    from lsq.output.terminal.articles import Marked

    try:
        index = open_index(location, create=False)
    except (EngineError, DictionaryError) as error:
        # Without the index, only the words of its user dictionary are missing.
        if not isinstance(error, NoIndexError):
            note(str(error))
        index = Index(location)
    with index:
        return [Marked(article, index.highlights(article, highlight)) for article in articles]
