"""The content of a page, as readers of all formats pass it to the layout.

Lengths are in a unit of the format (points, millimetres), measured from the top left corner of
the displayed page; y grows downwards. Turned text has the coordinates of the frame in which it is
upright (`turned`).
"""

from dataclasses import dataclass, field
from typing import NamedTuple

# The shares of a character's height above and below its baseline.
ASCENT, DESCENT = 0.88, 0.12


class Run(NamedTuple):
    """Characters drawn side by side on one line.

    Attributes:
        text: its characters.
        left: its left edge.
        right: its right edge.
        base: its baseline.
        size: the font size.
        bold: whether it is bold.
        faint: whether it is as light as a watermark.
        turn: quarter turns clockwise from upright; its coordinates are those of the turned frame.
        down: whether its characters are upright, one below the other; its coordinates are those of
            a run with one quarter turn.
        slanted: whether it is turned by an angle that is not a multiple of 90 degrees.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    faint: bool = False
    turn: int = 0
    down: bool = False
    slanted: bool = False


class Rule(NamedTuple):
    """A ruling line, or another rectangle."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class PageContent:
    """The content of one page.

    Attributes:
        width: the width of the displayed page.
        height: its height.
        runs: its text, in any order.
        rules: its ruling lines, as thin rectangles.
        pictured: the share of the page covered by pictures, from 0 to 1.
    """

    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictured: float = 0.0


def turned(x: float, y: float, turn: int, width: float, height: float) -> tuple[float, float]:
    """Convert a point of the displayed page to the frame in which turned text is upright.

    Args:
        x: the horizontal position.
        y: the vertical position.
        turn: quarter turns clockwise of the text.
        width: the width of the displayed page.
        height: its height.
    """
    if turn == 1:
        return y, width - x
    if turn == 2:  # noqa: PLR2004 (half a turn)
        return width - x, height - y
    if turn == 3:  # noqa: PLR2004
        return height - y, x
    return x, y
