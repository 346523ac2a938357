"""`lsq info`: what the index holds."""

import sys

import click

from lsq import messages
from lsq.cli.options import index_option


@click.command()
@index_option
def info(location: str) -> None:
    """Say where the index is and what it holds.

    \b
    Examples:
      lsq info
      lsq info -i laws-index/
    """
    from lsq.index import open_index

    with open_index(location, create=False) as opened:
        location, files, articles = opened.location, len(opened.paths()), opened.article_count()
    _ = messages._ if sys.stdout.isatty() else messages.english
    click.echo(_("location: {location}").format(location=location))
    click.echo(_("files: {count}").format(count=files))
    click.echo(_("articles: {count}").format(count=articles))
