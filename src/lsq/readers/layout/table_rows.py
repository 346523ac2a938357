"""The rows of tables on a page: their cells, each with its lines joined."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from lsq.readers import table_lines
from lsq.readers.layout.fragments import Fragment
from lsq.readers.layout.page_content import DESCENT
from lsq.readers.plausibility import is_ideograph
from lsq.text.typography import ends_sentence

# Without ruling lines, a line continues a cell if it is nearer to the line above than _NEAR, or
# than _FAR and a share of the pitch of rows; a full line ends within _FULL of the edge.
_NEAR, _FAR, _CLOSER, _MUCH_CLOSER = 1.2, 2.2, 0.92, 0.75
_FULL, _WIDE = 1.3, 8.0
_LABELLED = re.compile(r"[^，。；：:]{1,16}[：:]")


class RowCell(NamedTuple):
    """A cell of a row.

    Attributes:
        text: its text.
        left: the left edge of the cell, or of its text without ruling lines.
        right: the right edge, likewise.
        full: whether the last line of its text reaches its right edge; false without ruling
            lines.
    """

    text: str
    left: float
    right: float
    full: bool = False


class Row(NamedTuple):
    """A row of a table.

    Attributes:
        cells: the cells that are not empty, from left to right.
        edges: the edges of the columns of a ruled table; empty without ruling lines.
        cut_above: whether the sides of the table continue above it without a line.
        cut_below: whether they continue below it without a line.
    """

    cells: tuple[RowCell, ...]
    edges: tuple[float, ...] = ()
    cut_above: bool = False
    cut_below: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """The key for comparing rows: the texts of its cells, without white space."""
        return tuple("".join(cell.text.split()) for cell in self.cells)


def said(cells: Sequence[RowCell]) -> str:
    """Join the cells of a row to a line."""
    return table_lines.row(cell.text for cell in cells)


def joined(texts: Sequence[str]) -> str:
    """Join the lines of a cell, with spaces only between letters."""
    text = texts[0]
    for each in texts[1:]:
        letters = (
            text[-1:].isascii()
            and each[:1].isascii()
            and (text[-1:].isalnum() or text[-1:] in ",.;:)")
        )
        text += " " + each if letters and each[:1].isalpha() else each
    return text


def close_up(text: str) -> str:
    """Remove spaces between ideographs."""
    if " " not in text:
        return text
    pieces = text.split(" ")
    closed = pieces[0]
    for piece in pieces[1:]:
        wide = closed[-1:] and piece[:1] and is_ideograph(closed[-1]) and is_ideograph(piece[0])
        closed += piece if wide else " " + piece
    return closed


def whole_rows(rows: Sequence[list[Fragment]]) -> list[list[Fragment]]:
    """Join rows without ruling lines where one continues cells of another."""
    whole: list[list[Fragment]] = []
    steps = [row[0].base - above[0].base for above, row in pairwise(rows) if len(row) > 1]
    pitch = median(steps) if steps else 0.0
    edges = _edges(rows)
    for row in rows:
        if whole and _is_wrapped(whole[-1], row, pitch, edges):
            for one in row:
                cell = max(
                    whole[-1],
                    key=lambda cell: min(cell.right, one.right) - max(cell.left, one.left),
                )
                cell.text = joined([cell.text, one.text])
                cell.bottom = one.bottom
                cell.right = max(cell.right, one.right)
        else:
            whole.append(row)
    return whole


def _edges(rows: Sequence[Sequence[Fragment]]) -> dict[float, float]:
    """The furthest right edge of the texts that begin at each position, in units of their size."""
    edges: dict[float, float] = {}
    for row in rows:
        for one in row:
            key = round(one.left / one.size)
            edges[key] = max(edges.get(key, 0.0), one.right)
    return edges


def _is_wrapped(
    above: list[Fragment], row: list[Fragment], pitch: float, edges: dict[float, float]
) -> bool:
    """Whether the fragments of a row continue cells of the row above.

    Args:
        above: the row above, with its continued cells joined.
        row: the row.
        pitch: the median distance of rows.
        edges: see `_edges`.
    """
    if len(row) >= len(above) or row[0].left <= above[0].right:
        return False
    size = row[0].size
    if row[0].base - above[0].bottom > _NEAR * size:
        # The pitch, or full cells, distinguish rows from lines of a cell.
        last = max(one.bottom for one in above) - DESCENT * size
        step = row[0].base - last
        closer = _CLOSER if len(row) == 1 else _MUCH_CLOSER
        if step > _FAR * size or (step > closer * pitch and not _is_full(above, row, edges)):
            return False
    under = [
        sum(min(cell.right, one.right) - max(cell.left, one.left) > 0 for cell in above)
        for one in row
    ]
    return all(count == 1 for count in under)


def _is_full(above: list[Fragment], row: list[Fragment], edges: dict[float, float]) -> bool:
    """Whether a fragment continues a cell that reaches the edge of its column."""
    if len(row) > 1 or _LABELLED.match(row[0].text):
        return False
    one = row[0]
    return all(
        cell.right - cell.left >= _WIDE * cell.size
        and cell.right >= edges.get(round(cell.left / cell.size), 0.0) - _FULL * cell.size
        and not ends_sentence(cell.text)
        for cell in above
        if min(cell.right, one.right) > max(cell.left, one.left)
    )
