"""Put blocks into columns in reading order, by cuts along white space.

A region is cut vertically along the widest white space that runs through it; if there is none,
horizontally at the widest gap. So each column is read down before the next, and a headline
separates the text above it from the text below. If no cut is possible, blocks are ordered by
pairwise precedence.

Sources: G. Nagy, S. Seth, "Hierarchical representation of optically scanned documents",
ICPR 1984 (the recursive cut); T. Breuel, "High performance document layout analysis",
SDIUT 2003 (order by pairs of blocks).
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass

from lsq.readers.layout.blocks import Block, level_rules
from lsq.readers.layout.fragments import Fragment
from lsq.readers.layout.page_content import Rule
from lsq.readers.plausibility import is_ideograph

# Lengths are in units of the font size.
_GUTTER = 0.5
_OVERLAP = 0.2  # the maximum overlap of the boxes of lines
_RULED = 2.0  # added to a gap with a ruling line in it
_BELOW_HEADLINE = 0.25  # the factor of the gap below a headline
_HEADLINE = 1.15  # the minimum size of a headline relative to text
_HEADLINE_LINES = 4
_OFF_CENTRE = 1.2  # the maximum distance of a headline from the middle of its columns
_FULL = 1.2  # a line that ends this near to the edge is full
_TEXT = 6.0  # the shortest line of a text
_ALIGNED = 0.2  # the maximum difference of baselines in one row

_LONGEST_FIGURE = 24
_FIGURE = re.compile(r"\d|^[-—–/.·*]+$")
_MOSTLY = 0.7
_FEW = 2  # with more lines, one of them is full
_MOST_PAIRS = 1_000  # the maximum number of blocks to compare in pairs
_DEEPEST = 60  # the maximum nesting of cuts


@dataclass(slots=True, eq=False)
class Column:
    """The horizontal position of lines below each other.

    Attributes:
        left: its left edge.
        right: its right edge.
    """

    left: float
    right: float


@dataclass(slots=True)
class Placed:
    """A block in its column, or lines that consist of cells side by side.

    Attributes:
        column: its column.
        block: the block; None for rows.
        rows: the cells of each row, from left to right.
    """

    column: Column
    block: Block | None = None
    rows: list[list[Fragment]] | None = None


def ordered(blocks: list[Block], rules: list[Rule]) -> list[Placed]:
    """The blocks in reading order."""
    if not blocks:
        return []
    found: list[Placed] = []
    _cut(blocks, _column(blocks), level_rules(rules), found, _DEEPEST)
    _widen(found)
    return found


def _column(blocks: list[Block]) -> Column:
    return Column(min(one.left for one in blocks), max(one.right for one in blocks))


def _cut(
    blocks: list[Block], column: Column, rules: list[Rule], found: list[Placed], depth: int
) -> None:
    if len(blocks) == 1:
        found.append(Placed(column, blocks[0]))
        return
    parts = _side_by_side(blocks)
    if parts is not None and (headed := _headed(blocks)) is not None:
        for part in headed:
            _cut(part, column, rules, found, depth - 1)
        return
    if parts is not None:
        if _are_rows(*parts):
            found.extend(_in_rows(blocks, column))
            return
        for part in parts:
            own = _column(part)
            _cut(part, own, rules, found, depth - 1)
        return
    stacked: tuple[list[Block], ...] | None
    stacked = (_below_headline(blocks) or _stacked(blocks, rules)) if depth > 0 else None
    if stacked is None:
        stacked = _around_widest(blocks) if depth > 0 else None
    if stacked is None:
        found.extend(Placed(column, block) for block in _by_pairs(blocks))
        return
    for part in stacked:
        _cut(part, column, rules, found, depth - 1)


def _headed(blocks: list[Block]) -> tuple[list[Block], list[Block]] | None:
    """The centred headline of a region and the blocks below it, if it has one.

    A short headline does not cover every gutter, yet it belongs to all columns.
    """
    first = min(blocks, key=lambda one: one.top)
    rest = [one for one in blocks if one is not first]
    if not first.lines or len(first.lines) > _HEADLINE_LINES:
        return None
    size = max(one.size for one in rest)
    if first.size < _HEADLINE * size or any(one.top < first.bottom - first.size for one in rest):
        return None
    left, right = min(one.left for one in rest), max(one.right for one in rest)
    off = abs((first.left + first.right) - (left + right)) / 2
    return ([first], rest) if off <= _OFF_CENTRE * first.size else None


def _side_by_side(blocks: list[Block]) -> tuple[list[Block], list[Block]] | None:
    """The blocks left and right of the widest vertical white space through the region, if any."""
    found = sorted(blocks, key=lambda one: one.left)
    best, at = 0.0, 0
    right = found[0].right
    size = min(one.size for one in found)
    for index in range(1, len(found)):
        gap = found[index].left - right
        if gap > best:
            best, at = gap, index
        right = max(right, found[index].right)
    if best < _GUTTER * size:
        return None
    return found[:at], found[at:]


def _stacked(blocks: list[Block], rules: list[Rule]) -> tuple[list[Block], list[Block]] | None:
    """The blocks above and below the best gap across the region, if any."""
    found = sorted(blocks, key=lambda one: one.top)
    best, at = 0.0, 0
    bottom, lowest = found[0].bottom, found[0]
    size = min(one.size for one in found)
    left, right = min(one.left for one in found), max(one.right for one in found)
    for index in range(1, len(found)):
        one = found[index]
        gap = (one.top - bottom) / size + _OVERLAP
        if gap > 0:
            if any(
                bottom - size <= rule.top <= one.top + size
                and rule.right - rule.left > 0.5 * (right - left)
                and rule.left < right
                and rule.right > left
                for rule in rules
            ):
                gap += _RULED
            if lowest.size > _HEADLINE * one.size and len(lowest.lines) <= 3:  # noqa: PLR2004
                gap *= _BELOW_HEADLINE
            if gap > best:
                best, at = gap, index
        if one.bottom >= bottom:
            bottom, lowest = one.bottom, one
    if not at:
        return None
    return found[:at], found[at:]


def _below_headline(blocks: list[Block]) -> tuple[list[Block], list[Block]] | None:
    """The headline at the top and the blocks below it, if these are texts side by side.

    Otherwise white space between paragraphs that runs across all columns may be wider than the
    gap below the headline.
    """
    head = min(blocks, key=lambda one: one.top)
    rest = [one for one in blocks if one is not head]
    if not head.lines or len(head.lines) > _HEADLINE_LINES or not rest:
        return None
    if any(head.size < _HEADLINE * one.size or one.top < head.bottom - one.size for one in rest):
        return None
    parts = _side_by_side(rest)
    if parts is None or not all(_is_text(_lines(part)) for part in parts):
        return None
    left, right = max(one.right for one in parts[0]), min(one.left for one in parts[1])
    return ([head], rest) if head.left < left and head.right > right else None


def _around_widest(blocks: list[Block]) -> tuple[list[Block], ...] | None:
    """The blocks above, the block across all white space, and the blocks below."""
    for block in sorted(blocks, key=lambda one: one.left - one.right)[:4]:
        rest = [one for one in blocks if one is not block]
        if len(rest) > 1 and _side_by_side(rest) is not None:
            middle = (block.top + block.bottom) / 2
            above = [one for one in rest if (one.top + one.bottom) / 2 < middle]
            below = [one for one in rest if (one.top + one.bottom) / 2 >= middle]
            return tuple(part for part in (above, [block], below) if part)
    return None


def _by_pairs(blocks: list[Block]) -> list[Block]:
    """The blocks in topological order of which must be read before which."""
    left = sorted(blocks, key=lambda one: (one.top, one.left))
    if len(left) > _MOST_PAIRS:
        return left
    after: list[list[int]] = [[] for _ in left]
    waits = [0] * len(left)  # the number of blocks to read before each
    for index, one in enumerate(left):
        for other, block in enumerate(left):
            if other != index and _before(one, block):
                after[index].append(other)
                waits[other] += 1
    found: list[Block] = []
    taken = [False] * len(left)
    for _ in left:
        free = (index for index, done in enumerate(taken) if not done and not waits[index])
        index = next(free, -1)
        if index < 0:
            index = taken.index(False)
        taken[index] = True
        found.append(left[index])
        for other in after[index]:
            waits[other] -= 1
    return found


def _before(one: Block, other: Block) -> bool:
    """Whether a block is read before another: it is above it, or in a column left of it."""
    if min(one.right, other.right) > max(one.left, other.left):
        return one.top < other.top
    return one.right <= other.left and one.top < other.bottom and one.bottom > other.top


def _lines(blocks: list[Block]) -> list[Fragment]:
    return [line for block in blocks for line in block.lines]


def _is_text(lines: list[Fragment]) -> bool:
    """Whether lines are running text: several are full and long enough."""
    if len(lines) < 3:  # noqa: PLR2004
        return False
    wide = sorted(line.ink for line in lines if line.right - line.left >= _TEXT * line.size)
    reach = _FULL * lines[0].size
    # The edge is where most lines end, not the longest, as punctuation hangs over it.
    full = max((bisect_right(wide, ink + reach) - at for at, ink in enumerate(wide)), default=0)
    return full >= 3 and (full > 4 or 2 * full > len(lines))  # noqa: PLR2004


def _are_rows(left: list[Block], right: list[Block]) -> bool:
    """Whether blocks side by side are read row by row: a table, labels and values."""
    if any(block.inner is not None for block in (*left, *right)):
        return False
    one, other = _lines(left), _lines(right)
    one_text, other_text = _is_text(one), _is_text(other)
    if one_text or other_text:
        for figures, names in ((one, other), (other, one)):
            if _are_figures(figures) and _share_aligned(names, figures) >= _MOSTLY:
                return True
    if one_text and other_text:
        return False
    few, many = sorted((one, other), key=len)
    aligned = round(_share_aligned(few, many) * len(few))
    if one_text or other_text:
        short = other if one_text else one
        narrow = max(line.right - line.left for line in short) < 1.5 * _TEXT * short[0].size
        return aligned == len(few) and few is short and narrow and len(few) > 1
    return 2 * aligned > len(few)


def _share_aligned(lines: list[Fragment], others: list[Fragment]) -> float:
    """The share of `lines` that are on the baseline of one of `others`."""
    bases = sorted(line.base for line in others)
    aligned = 0
    for line in lines:
        reach = _ALIGNED * line.size + 0.5
        aligned += bisect_right(bases, line.base + reach) > bisect_left(bases, line.base - reach)
    return aligned / len(lines) if lines else 0.0


def _are_figures(lines: list[Fragment]) -> bool:
    """Whether most lines are numbers, dates or codes, so cells of a table."""
    figures = sum(
        len(line.text) <= _LONGEST_FIGURE
        and _FIGURE.search(line.text) is not None
        and 3 * sum(map(is_ideograph, line.text)) <= len(line.text)
        for line in lines
    )
    return len(lines) > _FEW and figures >= _MOSTLY * len(lines)


def _in_rows(blocks: list[Block], column: Column) -> list[Placed]:
    """Convert blocks side by side to rows of cells."""
    rows: list[list[Fragment]] = []
    for line in sorted(_lines(blocks), key=lambda one: one.base):
        if rows and abs(rows[-1][0].base - line.base) <= 0.4 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda one: one.left)
    return [Placed(column, rows=rows)]


def _widen(found: list[Placed]) -> None:
    """Give columns with only short lines the width of those beside them."""
    columns: dict[int, tuple[Column, float, float]] = {}
    lines: Counter[int] = Counter()
    for placed in found:
        if placed.block is None:
            continue
        block = placed.block
        lines[id(placed.column)] += len(block.lines)
        known = columns.get(id(placed.column))
        top, bottom = (block.top, block.bottom)
        if known:
            top, bottom = min(top, known[1]), max(bottom, known[2])
        columns[id(placed.column)] = (placed.column, top, bottom)
    every = list(columns.values())
    edge = max((column.right for column, _, _ in every), default=0.0)
    for column, top, bottom in every:
        if lines[id(column)] > _FEW:
            continue
        widest = column.right
        for other, above, below in every:
            if other is not column and above < bottom + 20 and below > top - 20:
                widest = max(widest, column.left + other.right - other.left)
        for other, above, below in every:
            if other.left > column.right and above < bottom and below > top:
                widest = min(widest, other.left)
        column.right = max(column.right, min(widest, edge))
