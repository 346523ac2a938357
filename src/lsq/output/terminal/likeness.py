"""Similar articles at a terminal."""

import shutil
from collections.abc import Iterable
from typing import TextIO

from lsq.messages import _, ngettext
from lsq.output.links import LinkFormat
from lsq.output.printable import location
from lsq.output.shown import relation_names
from lsq.output.terminal import HEAD, TerminalWriter, linked
from lsq.relations.likeness import Relative


def write(
    found: Iterable[Relative], out: TextIO, *, colour: bool, links: LinkFormat | None = None
) -> None:
    """Write articles with their relation, and with the shares of both texts in common."""
    writer = TerminalWriter(out, shutil.get_terminal_size().columns, colour=colour)
    count = 0
    for one in found:
        article = one.article
        title = article.title or article.id
        writer.put(title, [(0, len(title), HEAD)])
        where = location(article.path, article.place(0))
        writer.put(where, [(0, len(where), linked(links, article.path, article.place(0)))])
        shares = _(
            "{relation}: it has {shared:.0%} of the text; {covered:.0%} of it is there"
        ).format(relation=relation_names()[one.relation], shared=one.shared, covered=one.covered)
        date = article.date or article.published
        writer.put(f"{shares}  {date}" if date else shares)
        writer.skip()
        count += 1
    if count:
        writer.put(ngettext("{count:,} article", "{count:,} articles", count).format(count=count))
