"""Prepare a page: its fragments by direction, with tables and boxes separate."""

from dataclasses import dataclass, field

from lsq.readers.layout.fragments import Fragment, fragments
from lsq.readers.layout.frames import Frame, frames
from lsq.readers.layout.grids import Grid, grids_of, is_frame
from lsq.readers.layout.page_content import PageContent, Run

# The maximum number of characters in a cell; more are columns of a page, divided by lines.
_LONGEST_CELL = 160
# A figure with fewer characters is not a box of text.
_FEWEST_IN_BOX = 8


@dataclass(slots=True)
class Part:
    """The text of one direction.

    Attributes:
        frame: its direction.
        found: its fragments, except those in tables and boxes.
        tables: figures whose cells are read row by row.
        boxes: figures that are laid out separately, or cell by cell.
    """

    frame: Frame
    found: list[Fragment]
    tables: list[Grid] = field(default_factory=list)
    boxes: list[Grid] = field(default_factory=list)


@dataclass(slots=True)
class PreparedPage:
    """A page before its furniture is known.

    Attributes:
        sheet: the page.
        parts: its text by direction, the most frequent first.
        slanted: text at angles that are not multiples of 90 degrees.
    """

    sheet: PageContent
    parts: list[Part]
    slanted: list[Run]


def prepare(sheet: PageContent) -> PreparedPage:
    """Prepare a page, independently of others."""
    found, slanted = frames(sheet)
    return PreparedPage(sheet, [_part(frame) for frame in found], slanted)


def _part(frame: Frame) -> Part:
    tables: list[Grid] = []
    boxes: list[Grid] = []
    runs = frame.runs
    total = len(runs)
    for grid in grids_of(frame.rules):
        left = grid.take(runs)
        held = len(runs) - len(left)
        if not held:
            continue
        sizes = [sum(len(run.text) for run in cell.runs) for cell in grid.cells]
        if is_frame(grid, held, total) or sum(sizes) < _FEWEST_IN_BOX:
            continue
        if grid.is_table and max(sizes) <= _LONGEST_CELL * (2 if len(sizes) > 4 else 1):  # noqa: PLR2004
            tables.append(grid)
        elif grid.is_table and held > 0.85 * total and len(sizes) < 6:  # noqa: PLR2004
            continue  # columns with rules between them
        else:
            boxes.append(grid)
        runs = left
    return Part(frame, fragments(runs), tables, boxes)
