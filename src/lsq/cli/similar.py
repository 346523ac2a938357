"""`lsq similar`: print the articles with the same text as another."""

from typing import TYPE_CHECKING

import click

from lsq.cli.display import Display
from lsq.cli.options import articles as ids
from lsq.cli.options import filter_options, index_option, limit_option
from lsq.cli.output_options import format_option
from lsq.cli.streams import decode_argument, note
from lsq.messages import _

if TYPE_CHECKING:
    from lsq.query.filters import Filters

_FOUND, _NOTHING = 0, 1


@click.command()
@click.argument("name", metavar="ID", shell_complete=ids)
@limit_option("articles; 0 for all, the default.")
@index_option
@filter_options
@format_option("articles")
def similar(
    name: str,
    limit: int | None,
    format_: str,
    location: str,
    filters: "Filters | None",
    display: Display,
) -> int:
    """Print the articles that share most of their text with another, the closest first.

    Name the article by its id, or by a number or title that only one article has. Listed are
    articles that contain at least 60% of its text, or whose text it contains. Each is
    identical, a reprint (95%, at least 300 characters, no other numbers or names), a version
    (the same title), an excerpt of the other, or alike. The exit code is 0 if there is one, 1
    if not, 2 on an error.

    \b
    Examples:
      lsq similar seeds/004_b94f5e78ba0b3d53.txt#1
      lsq similar 节水办法 --format jsonl
      lsq similar seeds/004_b94f5e78ba0b3d53.txt#1 --since 2020
    """
    from lsq.index import open_index
    from lsq.output import likeness
    from lsq.output.rows import TABLES

    with open_index(location, create=False) as index:
        found = index.similar(decode_argument(name), filters=filters)[: limit or None]
    with display.paged() as out:
        if format_ == "terminal":
            from lsq.output.terminal.likeness import write

            write(found, out, colour=display.colour, links=display.links())
        elif format_ == "plain":
            likeness.write_plain(found, out)
        else:
            TABLES[format_](map(likeness.record, found), likeness.COLUMNS, out)
    if not found:
        note(_("no other article says the same"))
    return _FOUND if found else _NOTHING
