"""The articles that are like one, for people."""

import shutil
from collections.abc import Iterable
from typing import TextIO

from lsq.messages import _, ngettext
from lsq.output.links import LinkFormat
from lsq.output.printable import location
from lsq.output.terminal import HEAD, TerminalWriter, linked
from lsq.relations.likeness import Relative


def write(
    found: Iterable[Relative], out: TextIO, *, colour: bool, links: LinkFormat | None = None
) -> None:
    """Write each with how it is related and how much of both texts is the same."""
    writer = TerminalWriter(out, shutil.get_terminal_size().columns, colour=colour)
    names = {
        "identical": _("identical"),
        "reprint": _("reprint"),
        "version": _("version"),
        "excerpt": _("excerpt"),
        "alike": _("alike"),
    }
    count = 0
    for one in found:
        article = one.article
        title = article.title or article.id
        writer.put(title, [(0, len(title), HEAD)])
        where = location(article.path, article.place(0))
        writer.put(where, [(0, len(where), linked(links, article.path, article.place(0)))])
        said = _(
            "{relation}: it has {shared:.0%} of the text; {covered:.0%} of it is there"
        ).format(relation=names[one.relation], shared=one.shared, covered=one.covered)
        date = article.date or article.published
        writer.put(f"{said}  {date}" if date else said)
        writer.skip()
        count += 1
    if count:
        writer.put(ngettext("{count:,} article", "{count:,} articles", count).format(count=count))
