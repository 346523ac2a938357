"""Find tables and boxes by their ruling lines.

Lines that touch form a figure. If they divide it into adjacent cells, it is a table; elementary
cells without a line between them are merged. A figure without inner lines is a box, whose content
is laid out separately.

Source: A. Nurminen, "Algorithmic extraction of data in tables in PDF documents", Tampere
2013, 3.2 (cells from the crossings of lines).
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from lsq.readers.layout.page_content import Rule, Run

# In points or millimetres: the maximum distance between the ends of lines that touch.
_TOUCH = 3.0
_SAME = 2.0  # lines this near to each other are one line
# The number of sides of a table of two columns.
_FEWEST_SIDES = 3
# The maximum number of lines in a direction, and of figures; drawings have more.
_LINES = 400
_FIGURES = 60
# A figure with this share of the page's text, and few cells, is the frame of the page.
_MOST_OF_PAGE = 0.85


@dataclass(slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        row: the row of its first elementary cell, from 0.
        column: the column of its first elementary cell, from 0.
        last: the last column that it spans.
        runs: its text.
    """

    row: int
    column: int
    last: int = 0
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A figure of ruling lines.

    Attributes:
        area: the area of the figure.
        xs: the positions of its vertical lines, from left to right.
        ys: the positions of its horizontal lines, from top to bottom.
        level: its horizontal lines.
        upright: its vertical lines.
        cells: its cells, row by row; one for a box.
        open_above: whether its sides extend to an upper edge without a line.
        open_below: whether its sides extend to a lower edge without a line.
    """

    area: Rule
    xs: list[float]
    ys: list[float]
    level: list[Rule]
    upright: list[Rule]
    cells: list[Cell] = field(default_factory=list)
    open_above: bool = False
    open_below: bool = False

    def take(self, runs: Iterable[Run]) -> list[Run]:
        """Put the runs inside it into its cells; returns the others."""
        of = self._merged()
        found: dict[tuple[int, int], Cell] = {}
        left: list[Run] = []
        area = self.area
        for run in runs:
            x, y = (run.left + min(run.right, run.left + run.size)) / 2, run.base - 0.4 * run.size
            if not (area.left <= x <= area.right and area.top <= y <= area.bottom):
                left.append(run)
                continue
            column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
            row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
            key = of.get((row, column), (row, column))
            if key not in found:
                found[key] = Cell(*key)
            found[key].runs.append(run)
        for (row, column), key in of.items():
            if key in found and row == key[0]:
                found[key].last = max(found[key].last, column)
        self.cells = [found[key] for key in sorted(found)]
        return left

    @property
    def is_table(self) -> bool:
        """Whether lines divide it into adjacent cells."""
        return len(self.xs) > 2 and len({cell.column for cell in self.cells}) > 1  # noqa: PLR2004

    def _merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each elementary cell, the first of those that it is merged with."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        upright = [_Drawn(self.upright, x, upright=True) for x in self.xs]
        level = [_Drawn(self.level, y, upright=False) for y in self.ys]
        of: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(rows):
            for column in range(columns):
                key = (row, column)
                if column and _middle(self.ys, row) not in upright[column]:
                    key = of[row, column - 1]
                elif row and _middle(self.xs, column) not in level[row]:
                    key = of[row - 1, column]
                of[row, column] = key
        return of


def _middle(places: list[float], index: int) -> float:
    return (places[index] + places[index + 1]) / 2


class _Drawn:
    """The ranges drawn along one line of a grid."""

    def __init__(self, lines: list[Rule], at: float, *, upright: bool) -> None:
        if upright:
            spans = [
                (line.top, line.bottom)
                for line in lines
                if abs((line.left + line.right) / 2 - at) <= _SAME
            ]
        else:
            spans = [
                (line.left, line.right)
                for line in lines
                if abs((line.top + line.bottom) / 2 - at) <= _SAME
            ]
        self._starts: list[float] = []
        self._ends: list[float] = []
        for start, end in sorted(spans):
            if self._ends and start - 1 <= self._ends[-1] + 1:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, across: float) -> bool:
        index = bisect_right(self._starts, across + 1) - 1
        return index >= 0 and across <= self._ends[index] + 1


def grids_of(rules: list[Rule]) -> list[Grid]:
    """The figures formed by ruling lines, the smallest first."""
    if not 4 <= len(rules) <= 3000:  # noqa: PLR2004 (a box has four; a drawing more)
        return []
    found = []
    for figure in _touching(rules):
        if len(figure) < 3:  # noqa: PLR2004
            continue
        upright = [line for line in figure if line.bottom - line.top > line.right - line.left]
        level = [line for line in figure if line.bottom - line.top <= line.right - line.left]
        xs = _places([(line.left + line.right) / 2 for line in upright])
        ys = _places([(line.top + line.bottom) / 2 for line in level])
        if not upright or len(ys) < 2 or len(xs) > _LINES or len(ys) > _LINES:  # noqa: PLR2004
            continue
        # A table may be open at its sides.
        low, high = min(line.left for line in level), max(line.right for line in level)
        if xs[0] - low > 3 * _TOUCH:
            xs.insert(0, low)
        if high - xs[-1] > 3 * _TOUCH:
            xs.append(high)
        if len(xs) < 2:  # noqa: PLR2004
            continue
        if len(xs) * len(ys) <= 40_000:  # noqa: PLR2004 (cells of the largest table)
            above, below = _beyond(upright, xs, ys)
            ys = [*above, *ys, *below]
            area = Rule(xs[0], ys[0], xs[-1], ys[-1])
            found.append(
                Grid(
                    area,
                    xs,
                    ys,
                    level,
                    upright,
                    open_above=bool(above),
                    open_below=bool(below),
                )
            )
    found.sort(key=lambda one: (one.area.right - one.area.left) * (one.area.bottom - one.area.top))
    return found[:_FIGURES]


def _beyond(
    upright: list[Rule], xs: list[float], ys: list[float]
) -> tuple[list[float], list[float]]:
    """Find where the sides of a table extend beyond its horizontal lines: a page break cuts a row.

    Returns:
        The end above and the end below, as lists that are empty if the table is closed there.
    """
    ends: tuple[dict[float, float], dict[float, float]] = ({}, {})
    for line in upright:
        x = (line.left + line.right) / 2
        at = min(xs, key=lambda one: abs(one - x))
        ends[0][at] = min(ends[0].get(at, line.top), line.top)
        ends[1][at] = max(ends[1].get(at, line.bottom), line.bottom)
    if len(xs) < _FEWEST_SIDES:
        return [], []
    above = [y for y in ends[0].values() if y < ys[0] - _TOUCH]
    below = [y for y in ends[1].values() if y > ys[-1] + _TOUCH]
    return (
        [min(above)] if len(above) == len(xs) and max(above) - min(above) <= _TOUCH else [],
        [max(below)] if len(below) == len(xs) and max(below) - min(below) <= _TOUCH else [],
    )


def _places(values: list[float]) -> list[float]:
    """The positions of lines, those that nearly coincide only once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SAME:
            found.append(value)
    return found


def _touching(rules: list[Rule]) -> list[list[Rule]]:
    """The rules in groups that touch, directly or through others."""
    order = sorted(range(len(rules)), key=lambda index: rules[index].top)
    parent = list(range(len(rules)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    active: list[int] = []
    for index in order:
        one = rules[index]
        active = [other for other in active if rules[other].bottom >= one.top - _TOUCH]
        for other in active:
            near = rules[other]
            if near.left - _TOUCH <= one.right and near.right + _TOUCH >= one.left:
                parent[root(index)] = root(other)
        active.append(index)
    found: dict[int, list[Rule]] = {}
    for index in order:
        found.setdefault(root(index), []).append(rules[index])
    return list(found.values())


def is_frame(grid: Grid, runs: int, total: int) -> bool:
    """Whether a figure is the frame of the page, not a part of its content."""
    return not grid.is_table and runs > _MOST_OF_PAGE * total
