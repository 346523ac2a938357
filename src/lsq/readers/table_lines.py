"""Convert tables to lines: each row becomes a line, with the head of the column before each cell.

    姓名 | 单位 | 金额            →  姓名 | 单位 | 金额
    张三 | 云岭县财政局 | 200     →  姓名：张三 | 单位：云岭县财政局 | 金额：200

So a hit can be read without the rest of its table. A row with a single cell is a title above the
heads, and a remark below them.

Of the tables in a document, only those with data are read as rows. Others lay out the page: a
letterhead, labels with values, text in columns; each of their cells becomes a line.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from lsq.model import Line

# The separator of cells: not white space, which squeezing drops.
BETWEEN = " | "

# The maximum length of a merged cell whose value is repeated in each row.
_REPEATED = 60

# The maximum average number of merges per row.
_REPEATS = 50

# The maximum length of a head, the maximum number of rows of heads, and of rows above them.
_LONGEST_HEAD = 40
_DEEPEST_HEAD = 3
_LOOK_AT = 20
_WIDTH = 2

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_SEAM = re.compile(rf"(?<=[{_WIDE}])\s*[\r\n]\s*(?=[{_WIDE}])")
_SPACE = re.compile(r"[\s\x00-\x1f]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMERIC = re.compile(r"[-+]?[\d.,%％]+")


class Merge(NamedTuple):
    """Merged cells: their first and last row and column, from 0."""

    top: int
    left: int
    bottom: int
    right: int


def said(value: Any) -> str:
    """The text of a cell: whole numbers without a fraction, days without a time.

    A line break becomes a space, or nothing between ideographs.
    """
    match value:
        case str():
            return _SPACE.sub(" ", _SEAM.sub("", value)).strip()
        case bool():
            return str(value).upper()
        case float():
            return f"{value:.15g}"
        case datetime.datetime():
            whole = value.time() == datetime.time()
            return value.date().isoformat() if whole else value.isoformat(" ")
        case None:
            return ""
        case _:
            return str(value)


def lines(
    rows: Iterable[tuple[int, Sequence[Any]]], merges: Iterable[Merge] = ()
) -> Iterator[Line]:
    """Convert each row that is not blank to a line.

    Args:
        rows: the place and the cells of each row, in order.
        merges: the merged cells; rows count from 0 for the first of `rows`.
    """
    table = [(place, [said(cell) for cell in cells]) for place, cells in rows]
    spans = [merge for merge in merges if merge.top < merge.bottom or merge.left < merge.right]
    cells = [row for _, row in table]
    first, depth = _heads(cells, spans)
    _repeat(cells, spans, range(first, first + depth))
    heads = _joined(cells[first : first + depth])
    titled = False
    for index, (place, row) in enumerate(table):
        filled = [at for at, cell in enumerate(row) if cell]
        if not filled:
            continue
        if index < first + depth or (len(filled) == 1 and filled[0] == 0):
            text = BETWEEN.join(row[at] for at in filled)
        else:
            text = BETWEEN.join(_headed(heads, at, row[at]) for at in filled)
        title = not titled and (index < first or index == depth == 0) and len(filled) == 1
        title = title and len(table) > 1
        titled = titled or title
        yield Line(text, place, heading=title, ends=True)


def _headed(heads: Sequence[str], at: int, cell: str) -> str:
    head = heads[at] if at < len(heads) else ""
    return f"{head}：{cell}" if head and head != cell else cell


def _heads(cells: Sequence[Sequence[str]], spans: Sequence[Merge]) -> tuple[int, int]:
    """The first row of heads and the number of such rows, which is 0 if no rows are below them."""
    for index, row in enumerate(cells[:_LOOK_AT]):
        filled = [cell for cell in row if cell]
        if len(filled) < _WIDTH:
            continue
        if not _could_be_heads(filled) or not any(map(any, cells[index + 1 :])):
            break
        depth = 1
        for merge in spans:
            if merge.top == index:
                below = merge.bottom if merge.bottom > index else index + 1
                depth = max(depth, below - index + 1)
        depth = min(depth, _DEEPEST_HEAD)
        while depth > 1 and not _could_be_heads(
            [c for row in cells[index + 1 : index + depth] for c in row if c]
        ):
            depth -= 1
        if any(map(any, cells[index + depth :])):
            return index, depth
        return index, 1
    return 0, 0


def _could_be_heads(filled: Sequence[str]) -> bool:
    """Whether cells may be heads: short distinct texts, not numbers or labels."""
    return (
        len(set(filled)) == len(filled)
        and all(len(cell) <= _LONGEST_HEAD and cell[-1] not in "：:" for cell in filled)
        and not any(_NUMERIC.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in filled)
        and not all(map(_YEAR.fullmatch, filled))
    )


def _joined(rows: Sequence[Sequence[str]]) -> list[str]:
    """The head of each column, the upper heads before the lower ones."""
    heads: list[list[str]] = [[] for _ in range(max(map(len, rows), default=0))]
    for row in rows:
        for at, cell in enumerate(row):
            if cell and cell not in heads[at]:
                heads[at].append(cell)
    return ["·".join(parts) for parts in heads]


def _repeat(cells: Sequence[list[str]], spans: Iterable[Merge], heads: range) -> None:
    """Repeat the values of merged cells: heads to the right, other values downwards."""
    work = _REPEATS * (1 + len(cells))  # in a malicious file, each merge may span all rows
    for top, left, bottom, right in spans:
        work -= 1 + min(bottom, len(cells)) - min(top, bottom)
        if work < 0:
            return
        if top >= len(cells) or left >= len(cells[top]):
            continue
        value = cells[top][left]
        if not value or len(value) > _REPEATED:
            continue
        if top in heads[:-1] and right > left:  # an upper head above several lower ones
            for at in range(left, min(right + 1, len(cells[top]))):
                cells[top][at] = cells[top][at] or value
        elif top >= heads.stop:
            for row in cells[top + 1 : bottom + 1]:
                if left < len(row):
                    row[left] = row[left] or value


# The maximum length of a cell with data, and of the mean of all cells.
_LONGEST = 400
_MEAN = 60

# The minimum number of rows with at least _CELLS cells.
_ROWS = 2
_CELLS = 2

# The first cells of a table with the metadata of a document.
_LABELS = re.compile(
    r"(?:索引号|索取号|发文字号|文号|发文日期|发文机关|发文机构|成文日期|发布日期|发布机构|发布机关|公开日期"
    r"|主题分类|主题词|体裁分类|服务对象|标题|名称|文件名称|有效性|效力状态|生成日期|公开方式|公开形式"
    r"|信息来源|分类|组配分类)"
)
_LABELLED = 0.2


def is_data(table: Sequence[Sequence[str]]) -> bool:
    """Whether a table contains data, so that its rows become lines."""
    filled = [[cell.strip() for cell in row if cell.strip()] for row in table]
    if sum(len(row) >= _CELLS for row in filled) < _ROWS:
        return False
    cells = [cell for row in filled for cell in row]
    if max(map(len, cells)) > _LONGEST or sum(map(len, cells)) > _MEAN * len(cells):
        return False
    labels = sum(
        cell[-1] in "：:" or _LABELS.fullmatch(re.sub(r"\s+", "", cell)) is not None
        for cell in cells
    )
    return labels < _LABELLED * len(cells)


def row(cells: Iterable[str]) -> str:
    """Join the cells of a row to a line."""
    return BETWEEN.join(filter(None, map(said, cells)))
