"""Join fragments to lines, and lines of one size below each other to blocks.

A gap within a line is closed if it is not a gutter: an adjacent line crosses it, and none has a
gap at the same place. Two lines belong to one block if each is the only one above or below the
other. So a block never crosses the gutter between two columns.
"""

from bisect import bisect_left
from dataclasses import dataclass, field

from lsq.readers.layout.fragments import Fragment
from lsq.readers.layout.page_content import Rule

# Lengths are in units of the font size.
_SAME_ROW = 0.35  # the maximum difference of the baselines of neighbours in a row
_WIDEST_GAP = 8.0  # a wider gap separates two texts
_SPACE = 0.5  # a narrower gap is ignored
_NEXT_LINE = 2.4  # the maximum distance to the next line of a text
_NEXT_IN_BLOCK = 2.0
_ALIKE = 1.12  # the maximum difference of sizes in one text
_INDENT = 2.6  # the maximum indent of a first line
_LAST = frozenset("。！？；”）")  # the punctuation at the end of a paragraph
_STOPS = frozenset("，。、；：")
_LONG = 4.0  # a shorter line may end a paragraph
_STICKING_OUT = 1.5  # how far a line may extend beyond those above it


@dataclass(slots=True, eq=False)
class Block:
    """Lines below each other, or a part with its own layout, such as a table.

    Attributes:
        lines: its fragments, each a line; none for a part with its own layout.
        left: its left edge.
        right: its right edge, without the blank half of closing punctuation.
        top: its upper edge.
        bottom: its lower edge.
        size: the size of its characters.
        inner: the part with its own layout: a table, a box.
    """

    lines: list[Fragment]
    left: float
    right: float
    top: float
    bottom: float
    size: float
    inner: object | None = None


@dataclass(slots=True)
class Rows:
    """Fragments in rows, by their baselines, from top to bottom."""

    fragments: list[Fragment]
    bases: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.fragments.sort(key=lambda one: one.base)
        self.bases = [one.base for one in self.fragments]

    def between(self, above: float, below: float) -> list[Fragment]:
        """The fragments with a baseline between two heights."""
        return self.fragments[bisect_left(self.bases, above) : bisect_left(self.bases, below)]


def upright_rules(rules: list[Rule]) -> list[Rule]:
    """The vertical ruling lines."""
    return [rule for rule in rules if rule.bottom - rule.top > rule.right - rule.left]


def level_rules(rules: list[Rule]) -> list[Rule]:
    """The horizontal ruling lines."""
    return [rule for rule in rules if rule.bottom - rule.top <= rule.right - rule.left]


def close_gaps(found: list[Fragment], rules: list[Rule]) -> list[Fragment]:
    """The fragments, joined across gaps within a line."""
    rows = Rows(found)
    upright = upright_rules(rules)
    followers: dict[int, Fragment] = {}
    for one in rows.fragments:
        after = _right_neighbour(rows, one)
        if after is not None and _is_inner(rows, one, after, upright):
            followers[id(one)] = after
    if not followers:
        return rows.fragments
    taken: set[int] = set()
    for one in sorted(rows.fragments, key=lambda one: one.left):
        if id(one) in taken:
            continue
        after = followers.get(id(one))
        while after is not None and id(after) not in taken:
            taken.add(id(after))
            wide = after.left - one.right > _SPACE * one.size
            one.text += " " + after.text if wide else after.text
            one.right = max(one.right, after.right)
            one.top, one.bottom = min(one.top, after.top), max(one.bottom, after.bottom)
            after = followers.get(id(after))
    return [one for one in rows.fragments if id(one) not in taken]


def _right_neighbour(rows: Rows, one: Fragment) -> Fragment | None:
    reach = _SAME_ROW * one.size
    found = None
    for other in rows.between(one.base - reach, one.base + reach):
        if (
            other is not one
            and other.left >= one.right - 0.3 * one.size
            and other.left > one.left
            and (found is None or other.left < found.left)
        ):
            found = other
    return found


def _is_inner(rows: Rows, one: Fragment, after: Fragment, upright: list[Rule]) -> bool:
    """Whether the gap between neighbours is within a line of text, not a gutter."""
    size = max(one.size, after.size)
    gap = after.left - one.right
    if gap > _WIDEST_GAP * size or size > _ALIKE * min(one.size, after.size):
        return False
    if any(
        one.right - 1 <= rule.left <= after.left + 1 and rule.top < one.base < rule.bottom + size
        for rule in upright
    ):
        return False
    crossed = False
    reach = _NEXT_LINE * size
    for near in (
        rows.between(one.base + 0.6 * size, one.base + reach),
        rows.between(one.base - reach, one.base - 0.6 * size),
    ):
        across = [
            other
            for other in near
            if other.left < one.right - 0.4 * size
            and other.right > after.left + 0.4 * size
            and size <= 1.25 * other.size
            and other.size <= 1.25 * size
        ]
        if across:
            crossed = True
            continue
        if _has_gap(near, one, after, size):
            return False
    return crossed


def _has_gap(near: list[Fragment], one: Fragment, after: Fragment, size: float) -> bool:
    """Whether lines above or below a gap have a gap at the same place."""
    lefts = [
        other for other in near if other.right <= after.left + 0.3 * size and other.right > one.left
    ]
    rights = [
        other for other in near if other.left >= one.right - 0.3 * size and other.left < after.right
    ]
    return any(
        abs(left.base - right.base) <= _SAME_ROW * size and left.right < right.left
        for left in lefts
        for right in rights
    )


def blocks_of(found: list[Fragment], rules: list[Rule]) -> list[Block]:
    """Join lines to blocks, in any order."""
    rows = Rows(found)
    level = level_rules(rules)
    blocks: list[Block] = []
    of: dict[int, Block] = {}
    for one in rows.fragments:
        above = _only_above(rows, one)
        block = of.get(id(above)) if above is not None else None
        if (
            above is not None
            and block is not None
            and block.lines[-1] is above
            and _belongs(block, one)
            and not _ruled_off(above, one, level)
        ):
            block.lines.append(one)
            block.left = min(block.left, one.left)
            block.right = max(block.right, _edge(one))
            block.bottom = max(block.bottom, one.bottom)
        else:
            block = block_of([one])
            blocks.append(block)
        of[id(one)] = block
    return blocks


def block_of(lines: list[Fragment]) -> Block:
    """The block that consists of some lines."""
    return Block(
        lines,
        min(one.left for one in lines),
        max(map(_edge, lines)),
        min(one.top for one in lines),
        max(one.bottom for one in lines),
        lines[0].size,
    )


def _edge(one: Fragment) -> float:
    """The right edge of a line, without the blank half of closing punctuation.

    Short last lines of paragraphs keep the blank half: below an indented paragraph they would
    seem to be a column beside it.
    """
    is_last = one.right - one.left <= _LONG * one.size and one.text[-1] in _LAST
    return one.right if is_last else one.ink


def _overlap(one: Fragment, other: Fragment) -> float:
    return min(one.right, other.right) - max(one.left, other.left)


def _are_stacked(one: Fragment, other: Fragment) -> bool:
    """Whether lines are above each other; punctuation may hang over the edge of its column."""
    return min(_reach(one), _reach(other)) > max(one.left, other.left)


def _reach(one: Fragment) -> float:
    """The right edge of a line; of a long one, without the blank half of its last punctuation."""
    hangs = one.text[-1] in _STOPS and one.right - one.left > _LONG * one.size
    return one.ink if hangs else one.right


def _only_above(rows: Rows, one: Fragment) -> Fragment | None:
    """The line above, if it is the only one above this line, and this is the only one below it."""
    above = [
        other
        for other in rows.between(one.base - _NEXT_IN_BLOCK * one.size, one.base - 0.6 * one.size)
        if _are_stacked(one, other)
    ]
    if not above:
        return None
    nearest = max(above, key=lambda other: other.base)
    beside = [other for other in above if abs(other.base - nearest.base) < 0.6 * one.size]
    if len(beside) > 1 or _overlap(one, nearest) < 0.5 * min(
        one.right - one.left, nearest.right - nearest.left
    ):
        return None
    below = [
        other
        for other in rows.between(nearest.base + 0.6 * one.size, one.base + 0.6 * one.size)
        if other is not one and _are_stacked(nearest, other)
    ]
    return None if below else nearest


def _belongs(block: Block, one: Fragment) -> bool:
    """Whether a line has the size, weight and pitch of the block above it."""
    size = block.size
    last = block.lines[-1]
    if max(one.size, size) > _ALIKE * min(one.size, size) or one.bold != last.bold:
        return False
    if len(block.lines) == 1:
        return True
    pitch = last.base - block.lines[-2].base
    if one.base - last.base > 1.35 * pitch + 0.1 * size:
        return False
    return one.left >= block.left - _INDENT * size and one.ink <= block.right + _STICKING_OUT * size


def _ruled_off(above: Fragment, one: Fragment, level: list[Rule]) -> bool:
    """Whether a ruling line separates two lines of text."""
    return any(
        above.base - 0.2 * above.size <= rule.top <= one.base - 0.5 * one.size
        and rule.left <= one.left + one.size
        and rule.right >= one.right - one.size
        for rule in level
    )
