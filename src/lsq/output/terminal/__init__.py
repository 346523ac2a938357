"""Results at a terminal: lines of styled text, never wider than the terminal.

Only this package and `lsq.output.progress` import rich, and only its styles: importing its console
takes 40 ms more, and it wraps at spaces, which is wrong for Chinese.

Styles use those of the terminal's sixteen colours that are legible on dark and light
backgrounds. No information is given by colour alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from rich.color import ColorSystem
from rich.style import Style

from lsq.model import Place
from lsq.output.linebreaks import width, wrap
from lsq.output.links import LinkFormat
from lsq.output.printable import sanitize

HEAD = Style(bold=True)
PLACE = Style(color="magenta")
MATCH = Style(color="red", bold=True)
HEAD_MATCH = MATCH + Style(underline=True)
PLAIN = Style()

# A range of characters and its style; text between two ranges is plain.
Span = tuple[int, int, Style]

# The minimum width assumed of a terminal, in columns.
_MIN_WIDTH = 20

_RULE = "────"


class TerminalWriter:
    """Writes text to a terminal, line by line.

    Args:
        out: the stream of the terminal.
        width: the width of the terminal, in columns.
        colour: whether escape sequences may style the text.

    Attributes:
        width: the maximum width of a line.
        lines: the number of lines written.
        first_match: the line of the first match written, from 0; None without one.
    """

    def __init__(self, out: TextIO, width: int, *, colour: bool) -> None:
        self.width = max(width, _MIN_WIDTH)
        self.lines = 0
        self.first_match: int | None = None
        self._out = out
        self._colours = ColorSystem.STANDARD if colour else None

    def put(
        self,
        text: str,
        spans: Sequence[Span] = (),
        *,
        label: tuple[str, Style] = ("", PLAIN),
        indent: int | None = None,
    ) -> None:
        """Write `text`, wrapped.

        Args:
            text: one line; control characters are sanitized.
            spans: the styles of ranges, ascending, without overlaps.
            label: the text before the first line, and its style.
            indent: the number of empty columns before the other lines; None for the width of
                the label.
        """
        text, name = sanitize(text), sanitize(label[0])
        taken = width(name)
        indent = taken if indent is None else indent
        bare = name.strip()
        before = name.replace(bare, self._styled(bare, label[1]))
        for start, end in wrap(text, self.width - indent, self.width - taken):
            line = "".join(
                self._piece(text[low:high], style) for low, high, style in _cut(spans, start, end)
            )
            # `wrap` removes spaces at line ends, except non-breaking ones.
            self._out.write((f"{before}{line}" if line else before.rstrip()) + "\n")
            before = " " * indent
            self.lines += 1

    def rule(self, text: str) -> None:
        """Write a rule with a title for the hits below it, and an empty line."""
        # Short, because terminals disagree on the width of the character.
        self.put(f"{_RULE} {text} {_RULE}")
        self.skip()

    def skip(self) -> None:
        """Write an empty line."""
        self._out.write("\n")
        self.lines += 1

    def _piece(self, text: str, style: Style) -> str:
        if self.first_match is None and style in {MATCH, HEAD_MATCH}:
            self.first_match = self.lines
        return self._styled(text, style)

    def _styled(self, text: str, style: Style) -> str:
        return style.render(text, color_system=self._colours)


def painted(
    length: int, highlights: Iterable[tuple[int, int]], style: Style, match: Style
) -> list[Span]:
    """The spans of a text of this length: `match` for highlights, `style` for the rest."""
    spans: list[Span] = []
    at = 0
    for start, end in highlights:
        spans += (at, start, style), (start, end, match)
        at = end
    return [*spans, (at, length, style)]


def linked(links: LinkFormat | None, path: str, place: Place) -> Style:
    """The style of a place, with its link."""
    url = links.url(path, place.line) if links else None
    return PLACE + Style(link=url) if url else PLACE


def _cut(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """Clip spans to a range; text between them is plain."""
    at = start
    for low, high, style in spans:
        low, high = max(low, at), min(high, end)  # noqa: PLW2901  # what of it is here
        if low < high:
            if at < low:
                yield at, low, PLAIN
            yield low, high, style
            at = high
    if at < end:
        yield at, end, PLAIN
