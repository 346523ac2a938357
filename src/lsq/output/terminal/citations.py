"""References at a terminal, grouped by citing article, each with its target."""

import shutil
from collections.abc import Iterable
from typing import TextIO

from lsq.messages import _, ngettext
from lsq.output.links import LinkFormat
from lsq.output.printable import numbered
from lsq.output.terminal import HEAD, MATCH, PLAIN, TerminalWriter, linked
from lsq.relations.citations import Citation, Cited

_GUTTER = 4
_GAP = 2
# The width of a count, in columns.
_COUNT_WIDTH = 8


def write(
    found: Iterable[Citation], out: TextIO, *, colour: bool, links: LinkFormat | None = None
) -> None:
    """Write references under the titles of the citing articles, then their number."""
    writer = TerminalWriter(out, shutil.get_terminal_size().columns, colour=colour)
    source = ""
    count = 0
    for one in found:
        if one.source.id != source:
            if source:
                writer.skip()
            source = one.source.id
            title = one.source.title or source
            writer.put(title, [(0, len(title), HEAD)])
            writer.put(one.path, [(0, len(one.path), linked(links, one.path, one.place))])
        number = numbered(one.place)
        label = f"{number:<{_GUTTER - _GAP}}" + " " * _GAP
        text = f"{one.text} → {_target(one)}"
        spans = [(0, len(one.text), MATCH)]
        writer.put(text, spans, label=(label, linked(links, one.path, one.place)))
        count += 1
    if count:
        writer.skip()
        total = ngettext("{count:,} reference", "{count:,} references", count)
        writer.put(total.format(count=count))


def write_cited(found: Iterable[Cited], out: TextIO, *, colour: bool) -> None:
    """Write cited names with their numbers of articles and references."""
    writer = TerminalWriter(out, shutil.get_terminal_size().columns, colour=colour)
    head = _("articles"), _("references")
    for number, one in enumerate(found):
        if not number:
            writer.put("  ".join(head))
        where = f"  {one.target.id}" if one.target else ""
        label = f"{one.articles:>{_COUNT_WIDTH}}  {one.references:>{_COUNT_WIDTH}}  "
        writer.put(one.name + where, [(0, len(one.name), HEAD)], label=(label, PLAIN))


def _target(one: Citation) -> str:
    if one.form == "self":
        return _("itself")
    if not one.target:
        return _("not in the index")
    title = one.target.title or one.target.id
    notes = [one.target.date] if one.target.date else []
    if one.version == "later":
        notes.append(_("a later version"))
    return f"{title} ({_(', ').join(notes)})" if notes else title
