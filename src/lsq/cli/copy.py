"""`lsq copy`: an index from one place to another."""

import gc

import click

from lsq.cli.options import ca_file_option, wait_option
from lsq.cli.streams import report, shown_progress
from lsq.messages import _


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@ca_file_option
@wait_option
@click.option("--replace", is_flag=True, help="Replace the index at TO, if there is one.")
def copy(source: str, target: str, wait: float, replace: bool) -> None:
    """Copy the index FROM to the place TO, a folder or a cluster, without the files.

    A later update of TO skips the files that are unchanged since FROM was made.

    \b
    Examples:
      lsq copy index/ https://search.example:9200/bulletins
      lsq copy https://search.example:9200/bulletins index/
    """
    from lsq.index import open_index

    gc.enable()
    with (
        open_index(source, create=False) as opened,
        open_index(target, damaged=replace) as copied,
    ):
        if not replace and copied.exists and copied.article_count():
            raise click.UsageError(
                _("{target} already contains articles; replace them with --replace").format(
                    target=target
                )
            )
        with shown_progress(_("copying")) as tell:
            articles = copied.copy_from(opened, wait, tell)
    report(_("{target}: articles: {articles:,}").format(target=target, articles=articles))
