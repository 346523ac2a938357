"""Join tables across page breaks: drop repeated heads, and join rows that a break has cut.

A table continues if it is the last of one page and the first of the next, with the same columns.
Its last row continues too if the ruling lines are open at the break. If they are closed, or there
are none, the cells decide: each cell on the next page continues a full one, and the row lacks
other cells.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lsq.model import Role
from lsq.readers.layout.lines import Laid
from lsq.readers.layout.page_content import PageContent, Rule
from lsq.readers.layout.table_rows import Row, RowCell, close_up, joined, said
from lsq.text.typography import ends_sentence

# Lengths are in units of the font size.
_SAME_EDGE = 0.8  # the maximum distance between columns of one table on two pages
_FULL = 1.3  # the maximum distance of the text of a full cell from the edge
_MOST_HEADS = 3
_AGREEING = 0.9  # the minimum share of cells in columns of the table
_COLUMNS = 2

# 续表 · 续表1 · （续） · （接上页）
_CONTINUED = re.compile(
    r"[（(]?\s?[续接](?:上[表页])?表?\s?[\d一二三四五六七八九十.\-—]{0,6}\s?[)）]?"
)

Lines = list[tuple[Laid, Rule]]


class LaidOut(NamedTuple):
    """The layout of a page.

    Attributes:
        sheet: the content of the page.
        lines: the lines in reading order, with their areas on the page.
    """

    sheet: PageContent
    lines: Lines


def continued(pages: Iterable[LaidOut]) -> Iterator[LaidOut]:
    """Join tables that continue from one page to the next."""
    before: LaidOut | None = None
    heads: list[tuple[str, ...]] = []
    for page in pages:
        after = page
        if before is None:
            heads = _heads(after.lines, _last(after.lines))
        else:
            above, below = _last(before.lines), _first(after.lines)
            goes_on = _goes_on(before.lines, above, after.lines, below)
            if goes_on:
                reaches_end = below and below[-1] == max(_last(after.lines), default=-1)
                before, after = _put_together(before, above, after, below, heads)
            if not goes_on or not reaches_end:
                heads = _heads(after.lines, _last(after.lines))
            yield before
        before = after
    if before is not None:
        yield before


def _rows(lines: Lines, at: Sequence[int]) -> list[Row]:
    return [row for index in at if (row := lines[index][0].row) is not None]


def _heads(lines: Lines, at: Sequence[int]) -> list[tuple[str, ...]]:
    return [row.key for row in _rows(lines, at[:_MOST_HEADS])]


def _last(lines: Lines) -> list[int]:
    """The indexes of the table rows at the end of a page's text."""
    found: list[int] = []
    for index in range(len(lines) - 1, -1, -1):
        laid = lines[index][0]
        if laid.role is Role.FURNITURE or (laid.note and not found):
            continue
        if laid.row is None or (found and not _is_alike(laid.row, lines[found[0]][0].row, laid)):
            break
        found.insert(0, index)
    return found


def _first(lines: Lines) -> list[int]:
    """The indexes of the table rows at the beginning of a page's text.

    They may follow a line that marks a continuation (续表).
    """
    found: list[int] = []
    passed = False
    for index, (laid, _) in enumerate(lines):
        if laid.role is Role.FURNITURE:
            continue
        if laid.row is None:
            if found or passed or not _CONTINUED.fullmatch(laid.text):
                break
            passed = True
            continue
        if found and not _is_alike(lines[found[0]][0].row, laid.row, laid):
            break
        found.append(index)
    return found


def _is_alike(one: Row | None, other: Row | None, laid: Laid) -> bool:
    """Whether two rows may belong to one table: with the same ruling lines, or none."""
    if one is None or other is None:
        return False
    return _are_same(one.edges, other.edges, laid.fragment.size)


def _are_same(one: Sequence[float], other: Sequence[float], size: float) -> bool:
    """Whether columns have the same widths; they may be shifted from page to page."""
    if len(one) != len(other):
        return False
    shift = other[0] - one[0] if one else 0.0
    return all(abs(a + shift - b) <= _SAME_EDGE * size for a, b in zip(one, other, strict=True))


def _goes_on(before: Lines, above: Sequence[int], after: Lines, below: Sequence[int]) -> bool:
    """Whether the rows at the end of a page and those at the top of the next are one table."""
    if not above or not below:
        return False
    if all(lines[at].role is not Role.TABLE for lines, at in _each(before, above, after, below)):
        return False
    one, other = _rows(before, above), _rows(after, below)
    size = before[above[-1]][0].fragment.size
    if one[-1].edges or other[0].edges:
        return _are_same(one[-1].edges, other[0].edges, size)
    columns = _columns(one)
    if len(columns) < _COLUMNS:
        return False
    cells = [cell for row in other for cell in row.cells]
    shifts = {0.0, min(cell.left for cell in cells) - columns[0][0]}
    return any(
        sum(len(_under(columns, cell, shift)) == 1 for cell in cells) >= _AGREEING * len(cells)
        for shift in shifts
    ) and max(len(row.cells) for row in other) <= len(columns)


def _each(
    before: Lines, above: Sequence[int], after: Lines, below: Sequence[int]
) -> Iterator[tuple[list[Laid], int]]:
    for lines, at in ((before, above), (after, below)):
        laid = [one for one, _ in lines]
        for index in at:
            yield laid, index


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The left and right edges of the columns of rows without ruling lines."""
    whole = max(rows, key=lambda row: len(row.cells))
    columns = [(cell.left, cell.right) for cell in whole.cells]
    for row in rows:
        for cell in row.cells:
            under = _under(columns, cell, 0.0)
            if len(under) == 1:
                left, right = columns[under[0]]
                columns[under[0]] = (min(left, cell.left), max(right, cell.right))
    return columns


def _under(columns: Sequence[tuple[float, float]], cell: RowCell, shift: float) -> list[int]:
    """The columns that a cell overlaps."""
    return [
        index
        for index, (left, right) in enumerate(columns)
        if cell.left < right + shift and cell.right > left + shift
    ]


def _put_together(
    before: LaidOut,
    above: Sequence[int],
    after: LaidOut,
    below: Sequence[int],
    heads: Sequence[tuple[str, ...]],
) -> tuple[LaidOut, LaidOut]:
    """Join a table across two pages: drop repeated heads, and join a cut row."""
    lines, following = list(before.lines), list(after.lines)
    for index in range(below[0]):  # the mark of a continuation
        following[index] = _as_furniture(following[index])
    rows = _rows(following, below)
    repeated = 0
    for head, row in zip(heads, rows[:-1], strict=False):
        if row.key != head:
            break
        repeated += 1
    if all(len(row.cells) < _COLUMNS for row in rows[:repeated]):
        repeated = 0  # a cell that spans the table may describe another
    for index in below[:repeated]:
        following[index] = _as_furniture(following[index])
    for page, at in ((lines, above), (following, below[repeated:])):
        for index in at:
            page[index] = _as_row(page[index])
    last, first = lines[above[-1]], following[below[repeated]]
    whole = _whole(_rows(lines, above), rows[repeated], first[0].fragment.size)
    if whole is not None:
        lines[above[-1]] = (last[0]._replace(text=said(whole.cells), row=whole), last[1])
        del following[below[repeated]]
    return before._replace(lines=lines), after._replace(lines=following)


def _as_furniture(line: tuple[Laid, Rule]) -> tuple[Laid, Rule]:
    return line[0]._replace(role=Role.FURNITURE, row=None), line[1]


def _as_row(line: tuple[Laid, Rule]) -> tuple[Laid, Rule]:
    """Mark a line as a row of the table, if it alone was not enough for one."""
    laid, area = line
    if laid.role is Role.TABLE or laid.row is None:
        return line
    return laid._replace(role=Role.TABLE, text=said(laid.row.cells), ends=True), area


def _whole(rows: Sequence[Row], other: Row, size: float) -> Row | None:
    """Join the last row with its continuation on the next page; None if there is none."""
    one = rows[-1]
    spans = list(zip(one.edges, one.edges[1:], strict=False)) if one.edges else _columns(rows)
    shift = other.edges[0] - one.edges[0] if one.edges else 0.0
    if not one.edges and any(len(_under(spans, cell, shift)) != 1 for cell in other.cells):
        shift = min(cell.left for cell in other.cells) - spans[0][0]
    parts: dict[int, RowCell] = {_at(spans, cell, 0.0): cell for cell in one.cells}
    more = {_at(spans, cell, shift): cell for cell in other.cells}
    if not (one.cut_below or other.cut_above):
        lacks = any(at not in more for at in parts)
        lacks = lacks and (bool(one.edges) or min(more) > min(parts))
        if not lacks or not all(
            at in parts and _may_go_on(parts[at], spans[at][1], size, is_ruled=bool(one.edges))
            for at in more
        ):
            return None
    for at, cell in more.items():
        before = parts.get(at)
        if before is None:
            parts[at] = cell._replace(left=cell.left - shift, right=cell.right - shift)
        else:
            text = close_up(joined([before.text, cell.text]))
            parts[at] = before._replace(text=text, full=cell.full)
    return one._replace(cells=tuple(parts[at] for at in sorted(parts)), cut_below=other.cut_below)


def _at(spans: Sequence[tuple[float, float]], cell: RowCell, shift: float) -> int:
    """The column of a cell: the one that it covers most."""
    return max(
        range(len(spans)),
        key=lambda index: (
            min(cell.right - shift, spans[index][1]) - max(cell.left - shift, spans[index][0]),
            -index,
        ),
    )


def _may_go_on(cell: RowCell, edge: float, size: float, *, is_ruled: bool) -> bool:
    """Whether the text of a cell may continue: it is full, and does not end with a sentence."""
    full = cell.full if is_ruled else cell.right >= edge - _FULL * size
    return full and not ends_sentence(cell.text)
