"""Convert ordered blocks to lines of text, each with its layout in its column.

The edges of a column are where most of its lines begin and end, so that a wider table or headline
does not make every line look short.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from lsq.model import Role, Seen
from lsq.readers.layout.blocks import Block
from lsq.readers.layout.fragments import Fragment
from lsq.readers.layout.order import Column, Placed
from lsq.readers.layout.page_content import Rule
from lsq.readers.layout.table_rows import Row, RowCell, said, whole_rows

# Lengths are in units of the font size.
_BAND = 0.8  # the maximum distance of ends at the same edge
_AGREEING = 0.25  # the minimum share of lines at an edge
_ALIKE = 1.12  # the maximum difference of sizes in one text
_FEW = 5  # a column of fewer lines may take the edges of another column
_OUTSIDE, _INDENT = -0.5, 2.7  # the range in which its lines begin, relative to that column

# Headings: the minimum size relative to text; the maximum of characters and of lines.
_LARGER, _BOLD_LARGER = 1.18, 1.04
_LONGEST_HEADING, _MOST_LINES = 80, 4
_CENTRED = 1.2

# Footnotes: the maximum size relative to text, and the mark at the beginning.
_SMALL = 0.93
_MARK = re.compile(
    r"[①-⑳⑴-⒇*＊※]|[\[［〔(（]\d{1,3}[\]］〕)）]|\d{1,3}(?![\d年月日.．、%％])|注[释：:]"
)


class Laid(NamedTuple):
    """A line with its layout.

    Attributes:
        text: its text.
        area: its area, in the coordinates of its frame.
        column: its column.
        fragment: its position, size and weight.
        role: furniture, a row of a table, or text.
        pitch: the distance to the line above, in units of its size; 0 for the first of a column.
        heading: whether it is a heading.
        ends: whether a paragraph ends with it, whatever follows.
        note: whether it is part of a footnote.
        row: its cells, if it is or may be a row of a table.
    """

    text: str
    area: Rule
    column: Column
    fragment: Fragment
    role: Role = Role.TEXT
    pitch: float = 0.0
    heading: bool = False
    ends: bool = False
    note: bool = False
    row: Row | None = None

    def seen(self, number: int) -> Seen:
        """Its layout, for `lsq.repair`."""
        one, size = self.fragment, self.fragment.size or 1.0
        return Seen(
            number,
            round((one.left - self.column.left) / size, 2),
            round((self.column.right - one.ink) / size, 2),
            round(self.pitch, 2),
            round(size, 2),
            one.bold,
            self.heading,
            self.note,
        )


@dataclass(slots=True, eq=False)
class Inner:
    """A part of a page with its own layout: a box, a table, text of another direction.

    Attributes:
        laid: its lines.
    """

    laid: list[Laid]


def lines_of(placed: Sequence[Placed], body: float, *, is_body_bold: bool) -> list[Laid]:
    """Convert blocks to lines, in order.

    Args:
        placed: the blocks.
        body: the font size of body text.
        is_body_bold: whether body text is bold.
    """
    found: list[Laid] = []
    for each in placed:
        if each.rows is not None:
            found += _rows(each.rows, each.column)
        elif each.block is not None and isinstance(each.block.inner, Inner):
            found += each.block.inner.laid
        elif each.block is not None:
            found += _block(each.block, each.column, body, is_body_bold=is_body_bold)
    return _with_pitch(found)


def body_size(found: Sequence[Fragment]) -> tuple[float, bool]:
    """The size of most characters, and whether most are bold."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for one in found:
        sizes[round(2 * one.size) / 2] += len(one.text)
        bold[one.bold] += len(one.text)
    if not sizes:
        return 10.0, False
    return sizes.most_common(1)[0][0], bold[True] > bold[False]


def with_notes(laid: list[Laid], rules: Sequence[Rule], body: float) -> list[Laid]:
    """Mark the footnotes of a page: small last lines with a mark or under a short rule.

    Args:
        laid: the lines in reading order.
        rules: the ruling lines across the page.
        body: the font size of body text.
    """
    start = len(laid)
    while (
        start
        and laid[start - 1].role is Role.TEXT
        and laid[start - 1].fragment.size <= _SMALL * body
    ):
        start -= 1
    notes = laid[start:]
    if not notes or not start or 2 * len(notes) > len(laid):
        return laid
    first = notes[0]
    above = laid[start - 1].fragment.base
    wide = first.column.right - first.column.left
    ruled = any(
        above <= rule.top <= first.fragment.base and rule.right - rule.left < 0.6 * wide
        for rule in rules
    )
    if not (ruled or _MARK.match(first.text)):
        return laid
    return [*laid[:start], *(one._replace(note=True) for one in notes)]


def _block(block: Block, column: Column, body: float, *, is_body_bold: bool) -> list[Laid]:
    heading = _is_heading(block, column, body, is_body_bold=is_body_bold)
    return [
        Laid(one.text, Rule(one.left, one.top, one.right, one.bottom), column, one, heading=heading)
        for one in block.lines
    ]


def _is_heading(block: Block, column: Column, body: float, *, is_body_bold: bool) -> bool:
    """Whether a block is a heading: larger than text, or bold and centred."""
    text = "".join(one.text for one in block.lines)
    if len(text) > _LONGEST_HEADING or len(block.lines) > _MOST_LINES:
        return False
    if not any(char.isalpha() for char in text):
        return False
    if block.size >= _LARGER * body:
        return True
    first = block.lines[0]
    if not first.bold or is_body_bold:
        return False
    if block.size >= _BOLD_LARGER * body:
        return True
    left = (block.left - column.left) / block.size
    right = (column.right - block.right) / block.size
    return min(left, right) > _CENTRED and abs(left - right) <= 2 * _CENTRED


def _rows(rows: list[list[Fragment]], column: Column) -> list[Laid]:
    """Convert rows of cells without ruling lines to lines, joining wrapped cells."""
    whole = whole_rows(rows)
    counts = [len(row) for row in whole]
    several = sum(count > 1 for count in counts)
    is_table = len(whole) > 2 and several >= 0.6 * len(whole) and max(counts) > 2  # noqa: PLR2004
    found = []
    for row in whole:
        area = Rule(
            row[0].left, min(one.top for one in row), row[-1].right, max(one.bottom for one in row)
        )
        cells = tuple(RowCell(one.text, one.left, one.right) for one in row)
        text = said(cells) if is_table else side_by_side(row)
        first = row[0]
        fragment = Fragment(text, first.left, row[-1].right, first.base, first.size, first.bold)
        role = Role.TABLE if is_table else Role.TEXT
        found.append(Laid(text, area, column, fragment, role, ends=is_table, row=Row(cells)))
    return found


def side_by_side(row: Sequence[Fragment]) -> str:
    """Join the fragments of a line, with a space in each gap except after the colon of a label."""
    text = row[0].text
    for before, one in pairwise(row):
        near = one.left - before.right < before.size and before.text[-1] in "：:"
        text += one.text if near else " " + one.text
    return text


def _with_pitch(found: list[Laid]) -> list[Laid]:
    """Set the distance of each line to the one above in its column."""
    laid: list[Laid] = []
    before: Laid | None = None
    for one in found:
        if before is not None and before.column is one.column:
            step = one.fragment.base - before.fragment.base
            if step > 0:
                one = one._replace(pitch=max(0.01, step / (one.fragment.size or 1.0)))  # noqa: PLW2901
        laid.append(one)
        before = one
    return laid


def settle_edges(pages: Sequence[Sequence[Laid]]) -> None:
    """Set the edges of each column where most of its lines begin and end.

    Args:
        pages: the lines of consecutive pages: a column of few lines takes the edges of a column
            at the same position on another page.
    """
    lines: defaultdict[int, list[Laid]] = defaultdict(list)
    columns: dict[int, Column] = {}
    for page in pages:
        for one in page:
            if one.role is Role.TEXT:
                lines[id(one.column)].append(one)
                columns[id(one.column)] = one.column
    settled: list[tuple[Column, float, int]] = []
    for key, column in columns.items():
        size = Counter(round(2 * one.fragment.size) / 2 for one in lines[key]).most_common(1)[0][0]
        own = [
            one.fragment
            for one in lines[key]
            if not one.heading and one.fragment.size <= _ALIKE * size
        ]
        if own:
            _settle(column, own, size)
        settled.append((column, size, len(own)))
    wide = [one for one in settled if one[2] >= _FEW]
    for column, size, count in settled:
        if count >= _FEW:
            continue
        for other, other_size, _ in wide:
            apart = (column.left - other.left) / size
            alike = other_size <= _ALIKE * size <= _ALIKE**2 * other_size
            if _OUTSIDE <= apart <= _INDENT and alike and column.right <= other.right + size:
                column.left, column.right = other.left, other.right
                break


def _settle(column: Column, own: list[Fragment], size: float) -> None:
    inks = sorted(one.ink for one in own)
    best, edge = 0, inks[-1]
    for at, ink in enumerate(inks):
        end = bisect_right(inks, ink + _BAND * size)
        if end - at >= best:
            best, edge = end - at, inks[end - 1]
    # The edge is where most lines end, as punctuation hangs over it; else where the longest ends.
    if best < max(2, _AGREEING * len(own)):
        edge = inks[-1]
    if len(own) >= _FEW or edge > column.right:
        column.right = edge
    lefts = sorted(one.left for one in own)
    needed = max(2, 0.1 * len(own))
    for index, left in enumerate(lefts):
        if sum(left <= other <= left + 0.5 * size for other in lefts[index:]) >= needed:
            if len(own) >= _FEW or left < column.left:
                column.left = left
            break
