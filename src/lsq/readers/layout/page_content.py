"""The content of a page, as every format passes it to the layout. Knows no format.

All lengths are in one unit of the format's choice (points, millimetres), measured from the
top left corner of the page as it is seen; y grows downwards. Text that is turned by
quarters is given in the frame in which it is upright (`turned`).
"""

from dataclasses import dataclass, field
from typing import NamedTuple

# The parts of a character's height above and below its baseline.
ASCENT, DESCENT = 0.88, 0.12


class Run(NamedTuple):
    """Characters drawn side by side on one line.

    Attributes:
        text: its characters.
        left: where it starts.
        right: where it ends.
        base: its baseline.
        size: the height of its characters.
        bold: it is set in a heavy weight.
        faint: it is as light as a watermark.
        turn: quarter turns clockwise from upright; the other numbers are in the frame
            that is turned with it.
        down: its characters stand upright, one below the other; the other numbers are
            those of a run with one quarter turn.
        slanted: it is turned by another angle than quarters.
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
    """A ruling line, or the rectangle that a box is drawn as."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class PageContent:
    """The content of one page.

    Attributes:
        width: of the page as it is seen.
        height: likewise.
        runs: its text, in any order.
        rules: its ruling lines, thin rectangles.
        pictured: the share of the page covered by pictures, from 0 to 1.
    """

    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictured: float = 0.0


def turned(x: float, y: float, turn: int, width: float, height: float) -> tuple[float, float]:
    """A point of a page in the frame in which text with that many quarter turns is upright.

    Args:
        x: on the page as it is seen.
        y: likewise.
        turn: quarter turns clockwise.
        width: of the page as it is seen.
        height: likewise.
    """
    if turn == 1:
        return y, width - x
    if turn == 2:  # noqa: PLR2004 (half a turn)
        return width - x, height - y
    if turn == 3:  # noqa: PLR2004
        return height - y, x
    return x, y
