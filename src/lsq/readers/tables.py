"""Which tables of a document hold data, and how a row of such a one reads.

Other tables lay out a page: a letterhead, labels with their values, text in columns;
their cells are lines of their own. Knows no format.
"""

import re
from collections.abc import Iterable, Sequence

from lsq.readers.rows import BETWEEN, said

__all__ = ["is_data", "row", "said"]

# Cells of data are short; what is longer is text that a table lays out.
_LONGEST = 400
_MEAN = 60

# So many rows with two cells make a table.
_ROWS = 2
_CELLS = 2

# What stands in the first cells where a table says what is known of a document.
_LABELS = re.compile(
    r"(?:索引号|索取号|发文字号|文号|发文日期|发文机关|发文机构|成文日期|发布日期|发布机构|发布机关|公开日期"
    r"|主题分类|主题词|体裁分类|服务对象|标题|名称|文件名称|有效性|效力状态|生成日期|公开方式|公开形式"
    r"|信息来源|分类|组配分类)"
)
_LABELLED = 0.2


def is_data(table: Sequence[Sequence[str]]) -> bool:
    """Whether a table of these texts has rows that are read as rows."""
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
    """The line that a row is."""
    return BETWEEN.join(filter(None, map(said, cells)))
