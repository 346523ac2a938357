"""`lsq info`: what the index holds."""

import sys

import click

from lsq import messages
from lsq.cli import skips
from lsq.cli.options import index_option
from lsq.output.lines import sanitize


@click.command()
@index_option
@click.option(
    "--skipped",
    "list_skipped",
    is_flag=True,
    help="List the skipped files instead, each with the reason.",
)
def info(location: str, *, list_skipped: bool) -> None:
    """Print where the index is and what it contains.

    \b
    Examples:
      lsq info
      lsq info -i laws-index/
      lsq info --skipped
    """
    from lsq.index import open_index

    with open_index(location, create=False) as opened:
        skipped, recognised = opened.skipped(), opened.recognised()
        location, files, articles = opened.location, len(opened.paths()), opened.article_count()
    _ = messages._ if sys.stdout.isatty() else messages.english
    if list_skipped:
        for path, kind in skipped.items():
            click.echo(f"{sanitize(path)}: {skips.reason(kind, _)}")
        return
    click.echo(sanitize(_("location: {location}").format(location=location)))
    click.echo(_("files: {count}").format(count=files))
    click.echo(_("articles: {count}").format(count=articles))
    if recognised.pages:
        click.echo(
            _("recognised: {pages} pages, {articles} articles").format(
                pages=recognised.pages, articles=recognised.articles
            )
        )
    if skipped:
        click.echo(_("skipped: {count}").format(count=len(skipped)))
