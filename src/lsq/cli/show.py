"""`lsq show`: what lsq reads in a file."""

import sys
from typing import TYPE_CHECKING

import click

from lsq.cli.candidates import articles
from lsq.cli.notes import note
from lsq.errors import ReadError

if TYPE_CHECKING:
    from lsq.model import Article


@click.command()
@click.argument("names", metavar="PATH|ID…", nargs=-1, required=True, shell_complete=articles)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["plain", "json"]),
    default="plain",
    show_default=True,
    help="How to print articles.",
)
def show(names: tuple[str, ...], format_: str) -> int:
    """Print the articles of a file as lsq reads them, indexed or not.

    Each with its metadata, its lines put together to paragraphs. What is named is a
    file, a member of an archive, or one article by its id. The exit code is 2 if
    something could not be read.

    \b
    Examples:
      lsq show seeds/004_b94f5e78ba0b3d53.txt
      lsq show seeds/000_6870835c1c1f66f0.txt#2 --format json
    """
    from lsq.output.articles import write_json, write_plain
    from lsq.recover import recover_named

    articles: list[Article] = []
    failures: list[ReadError] = []
    for name in names:
        try:
            recovered = recover_named(name)
        except ReadError as error:
            failures.append(error)
        else:
            articles.extend(recovered.articles)
            failures.extend(recovered.failures)
    writer = write_json if format_ == "json" else write_plain
    writer(articles, sys.stdout)
    for failure in failures:
        note(str(failure))
    return 2 if failures else 0
