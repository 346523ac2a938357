"""The differences between two articles at a terminal: removed text in red, added in magenta.

Signs repeat what the colours say. The differing parts of a changed sentence are underlined.
"""

import shutil
from collections.abc import Iterable
from typing import Final, TextIO

from rich.style import Style

from lsq.output.differences import heading, printed, sides
from lsq.output.terminal import HEAD, MATCH, PLACE, PLAIN, Span, TerminalWriter
from lsq.relations.differences import Change

_STYLES: Final = {
    " ": (PLAIN, PLAIN),
    "-": (Style(color="red"), MATCH + Style(underline=True)),
    "+": (PLACE, PLACE + Style(bold=True, underline=True)),
}


def write(
    found: Iterable[list[Change]], titles: tuple[str, str], out: TextIO, *, colour: bool
) -> None:
    """Write changes under the names of both articles, sentence by sentence."""
    writer = TerminalWriter(out, shutil.get_terminal_size().columns, colour=colour)
    for sign, title in zip("-+", titles, strict=True):
        writer.put(title, [(0, len(title), HEAD)], label=(f"{sign * 3} ", HEAD))
    for hunk in found:
        writer.skip()
        writer.put(heading(hunk))
        for change in hunk:
            for sign, sentence, ranges in sides(change):
                style, differing = _STYLES[sign]
                text = printed(sentence)
                before = len(text) - len(sentence.text)
                spans: list[Span] = []
                at = 0
                for low, high in ranges:
                    spans.append((at, low + before, style))
                    spans.append((low + before, high + before, differing))
                    at = high + before
                writer.put(text, [*spans, (at, len(text), style)], label=(f"{sign} ", style))
