"""`lsq info`: what the index holds."""

import click

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
        click.echo(f"location: {opened.location}")
        click.echo(f"files: {len(opened.paths())}")
        click.echo(f"articles: {opened.article_count()}")
