"""Keywords in context at a terminal: highlighted matches in one column, each with its place."""

import shutil
from collections.abc import Sequence
from typing import TextIO

from lsq.counting.kwic import Kwic, KwicLine
from lsq.messages import _
from lsq.output.linebreaks import columns, width
from lsq.output.links import LinkFormat
from lsq.output.printable import location, occurrences_in_articles, sanitize
from lsq.output.terminal import MATCH, TerminalWriter, linked

# The gap between the parts of a line, in columns.
_GAP = 1
# A place takes at most this fraction of a line: 1 / 4.
_PLACE_SHARE = 4


def write(
    lines: Sequence[KwicLine],
    found: Kwic,
    out: TextIO,
    *,
    colour: bool,
    links: LinkFormat | None = None,
) -> None:
    """Write lines of a concordance, then the number of all.

    Args:
        lines: the lines to write.
        found: the concordance.
        out: the stream to write to.
        colour: whether escape sequences may style the text.
        links: makes URLs of places; None for no links.
    """
    sheet = TerminalWriter(out, shutil.get_terminal_size().columns, colour=colour)
    places = [location(line.path, line.place) for line in lines]
    most = min(max(map(width, places), default=0), sheet.width // _PLACE_SHARE)
    room = sheet.width - most - _GAP
    widest = max((width(sanitize(line.match)) for line in lines), default=0)
    side = max(0, (room - min(widest, room // 2) - 2 * _GAP) // 2)
    side = min(side, max((width(sanitize(line.left)) for line in lines), default=0))
    for line, place in zip(lines, places, strict=True):
        label = _last(place, most)
        label += " " * (most - width(label) + _GAP)
        left = _last(sanitize(line.left), side)
        left = " " * (side - width(left)) + left
        match = _first(sanitize(line.match), room - side)
        right = _first(sanitize(line.right), room - side - width(match))
        text = f"{left}{match}{right}".rstrip()
        spans = [(len(left), len(left) + len(match), MATCH)]
        sheet.put(text, spans, label=(label, linked(links, line.path, line.place)))
    sheet.skip()
    total = found.total
    summary = occurrences_in_articles(total, found.articles)
    if len(lines) < total:
        summary = _("{shown:,} of {found}; all: -n 0").format(shown=len(lines), found=summary)
    sheet.put(summary)


def _first(text: str, room: int) -> str:
    """As much of the beginning of a text as fits."""
    taken = 0
    for number, char in enumerate(text):
        taken += columns(char)
        if taken > room:
            return text[:number]
    return text


def _last(text: str, room: int) -> str:
    """As much of the end of a text as fits."""
    taken = 0
    for number in range(len(text) - 1, -1, -1):
        taken += columns(text[number])
        if taken > room:
            return text[number + 1 :]
    return text
