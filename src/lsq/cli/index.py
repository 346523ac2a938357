"""`lsq index`: build an index or bring it up to date."""

from typing import TYPE_CHECKING

import click

from lsq.cli.location import index_option

if TYPE_CHECKING:
    from lsq.indexer import Summary


@click.command()
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@index_option
def index(paths: tuple[str, ...], location: str) -> int:
    """Index the files at and below each PATH.

    Files that have not changed since the last time are skipped, files that are gone
    are dropped from the index. A file that cannot be read is reported and the rest
    goes on; the exit code is then 2.

    \b
    Examples:
      lsq index seeds/
      lsq index -i /tmp/laws laws/ more/2020.txt
    """
    from lsq.index import open_index

    with open_index(location) as opened:
        summary = opened.update(paths)
    for failure in summary.failures:
        click.echo(f"lsq: {failure}", err=True)
    click.echo(_line(summary, location), err=True)
    return 2 if summary.failures else 0


def _line(summary: "Summary", location: str) -> str:
    counts = {
        "added": summary.added,
        "replaced": summary.replaced,
        "unchanged": summary.unchanged,
        "dropped": summary.dropped,
        "failed": len(summary.failures),
    }
    told = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    articles, seconds = summary.articles, summary.seconds
    return f"{location}: files: {told or 'none'}; articles: {articles:,}; {seconds:.1f} s"
