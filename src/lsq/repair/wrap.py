"""Estimate the width of the text around each line, from the lines themselves.

The evidence is lines that end in mid-sentence: the witnesses. If several witnesses near each
other have equal lengths, and hardly any line is longer, the text was wrapped at that width. One
file may contain texts of several widths, and texts that were never wrapped.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from lsq.repair.line_table import Measure

# The maximum distance of a line's witnesses, in lines that are not blank.
_REACH = 12
_FEWEST_WITNESSES = 3
# The minimum share of the witnesses near a line that agree.
_AGREEING = 0.5
# The minimum share of agreeing witnesses in all lines near it; lists have fewer.
_BROKEN_OFF = 0.25
# The maximum share of longer lines near it (headlines).
_LONGER = 0.25
# How far a width extends into lists and tables without witnesses, in lines.
_CARRIED = 40
_LONGER_CARRIED = 0.1
# Within this many lines, a line that ends exactly at the edge needs no witnesses.
_SURE = 6

# The minimum width of text.
_NARROWEST = 20

# Sizes are in half-width columns: two for an ideograph.
_OVER = 6  # how much longer than the width a wrapped line may be
_SLACK = 7  # how much shorter a full line may be in proportional type
_SLACK_AT_STOP = 3  # the same if it ends a sentence
_SHORT = 1  # an ideograph that does not fit leaves one column empty
_STRICT = 0.85  # fixed pitch: the minimum share of witnesses that reach the edge, or hang over it
_AT_EDGE = 0.5  # fixed pitch: the minimum share of witnesses that end exactly at the edge
_PROTRUDING = 0.05  # fixed pitch: the maximum share of longer witnesses
_HEADLINE = 0.75  # witnesses shorter than this share of the width are headlines

_ALIKE = 2
_INDENT = 4  # two ideographs
_SET_IN = 0.5  # the minimum share of first lines that are shorter by the indent
_FEWEST_FIRSTS = 2


class Width(NamedTuple):
    """The width of the text around a line, in half-width columns.

    Attributes:
        full: the minimum length of a full line.
        full_at_stop: the same for lines that end a sentence.
        edge: the width itself.
        over: the maximum length of a wrapped line.
        strict: whether every line breaks exactly at the edge, even inside words.
        few: whether the longest of a few lines is the only evidence.
    """

    full: int
    full_at_stop: int
    edge: int
    over: int
    strict: bool
    few: bool = False

    def bears(self, size: int) -> bool:
        """Whether a line of this length may have been wrapped at this width."""
        return _HEADLINE * self.edge <= size <= self.over


def widths(
    measure: Measure, open_: Sequence[bool], indents: Sequence[int]
) -> tuple[list[Width | None], int]:
    """Estimate the width around each line.

    Args:
        measure: the lengths of the lines.
        open_: whether each ends in mid-sentence.
        indents: the white space before each, in half-width columns.

    Returns:
        The widths, None where the text was not wrapped; and the indent of the first lines of
        paragraphs, in columns, if extraction dropped the space, else 0.
    """
    found = _widths(measure, open_)
    firsts = [index for index in _first_lines(measure.lengths, open_, found) if not indents[index]]
    if not _are_set_in(measure.lengths, firsts, found):
        return found, 0
    return _widths(measure.longer(firsts, _INDENT), open_), _INDENT


def _first_lines(
    lengths: Sequence[int], open_: Sequence[bool], found: Sequence[Width | None]
) -> list[int]:
    """The lines that certainly begin a paragraph: the line above is short."""
    firsts = []
    for index in range(1, len(lengths) - 1):
        width = found[index]
        if (
            open_[index]
            and width is not None
            and not open_[index - 1]
            and lengths[index - 1] < width.edge - 2 * _INDENT
            and width.edge - _INDENT - 2 * _ALIKE <= lengths[index] <= width.over
        ):
            firsts.append(index)
    return firsts


def _are_set_in(
    lengths: Sequence[int], firsts: Sequence[int], found: Sequence[Width | None]
) -> bool:
    """Whether the first lines of paragraphs are mostly shorter by two characters."""
    short = 0
    for index in firsts:
        width = found[index]
        # In proportional type the edge is the lower end of a band.
        middle = 0 if width is None or width.strict else _band(width.edge) // 2
        if width and abs(width.edge + middle - _INDENT - lengths[index]) <= 1 + middle:
            short += 1
    return len(firsts) >= _FEWEST_FIRSTS and short > _SET_IN * len(firsts)


def _widths(measure: Measure, open_: Sequence[bool]) -> list[Width | None]:
    lengths, tails = measure.lengths, measure.tails
    count = len(lengths)
    found: list[Width | None] = [None] * count
    witnesses = [index for index in range(count) if open_[index]]
    if len(witnesses) < _FEWEST_WITNESSES:
        return _width_of_few(lengths, witnesses, found)
    carried: Width | None = None
    carried_from = 0
    for index in _neighbours(witnesses, count):
        if (
            carried
            and carried.strict
            and index - carried_from < _SURE
            and carried.full <= lengths[index] <= carried.edge + 2 * tails[index]
        ):
            found[index] = carried  # it ends where the lines before it end
            continue
        start, stop = max(0, index - _REACH), min(count, index + _REACH + 1)
        span = bisect_left(witnesses, start), bisect_left(witnesses, stop)
        width = _width_at(measure, open_, witnesses, span, index)
        if width is not None:
            carried, carried_from = width, index
        elif carried and index - carried_from < _CARRIED:
            near = lengths[start:stop]
            if sum(size > carried.over for size in near) > _LONGER_CARRIED * len(near):
                carried = None
            width = carried
        found[index] = width
    if not any(found):
        return _width_of_few(lengths, witnesses, found)
    return found


def _width_at(
    measure: Measure,
    open_: Sequence[bool],
    witnesses: Sequence[int],
    span: tuple[int, int],
    index: int,
) -> Width | None:
    """The width at line `index`, from the witnesses in `span`."""
    low, high = span
    if high - low < _FEWEST_WITNESSES:
        return None
    size = measure.lengths[index]
    start, stop = max(0, index - _REACH), min(len(measure.lengths), index + _REACH + 1)
    width = _width(measure, witnesses[low:high], start, stop)
    if width is not None and (not open_[index] or width.bears(size)):
        return width
    # Two texts may meet here: the line belongs to the one that it fits better. If it is a headline
    # and fits none better, the estimate from more lines wins.
    here = bisect_left(witnesses, index)
    after = _width(measure, witnesses[here:high], index, stop)
    before = _width(measure, witnesses[low : here + 1], start, index + 1)
    fits = [one for one in (width, before, after) if one is not None]
    return min(fits, key=lambda one: abs(one.edge - size), default=None)


def _neighbours(witnesses: Sequence[int], count: int) -> list[int]:
    """The lines near a witness, which are examined."""
    near: list[int] = []
    done = 0
    for witness in witnesses:
        start = max(done, witness - _REACH)
        done = min(count, witness + _CARRIED)
        near.extend(range(start, done))
    return near


def _width(measure: Measure, witnesses: Sequence[int], start: int, stop: int) -> Width | None:
    """The width of most witnesses, if the lines from `start` to `stop` confirm it."""
    if len(witnesses) < _FEWEST_WITNESSES:
        return None
    sizes = Counter([measure.lengths[index] for index in witnesses])
    near = measure.lengths[start:stop]
    if measure.fixed_pitch:
        strict = _strict_width(measure, witnesses, sizes, len(near))
        if strict and _bears(near, strict):
            return strict
    loose = _loose_width(sizes, len(near))
    return loose if loose and _bears(near, loose) else None


def _bears(lengths: Sequence[int], width: Width) -> bool:
    """Whether few of the lines are longer than the width allows."""
    return sum(size > width.over for size in lengths) <= _LONGER * len(lengths)


def _strict_width(
    measure: Measure, witnesses: Sequence[int], sizes: Counter[int], near: int
) -> Width | None:
    """The width of lines that break exactly at the edge, except for hanging punctuation.

    Args:
        measure: the lengths of all lines.
        witnesses: the witnesses.
        sizes: the number of witnesses of each length.
        near: the number of lines around them.
    """
    lengths, tails = measure.lengths, measure.tails
    edge, support = max(sizes.items(), key=lambda item: (item[1], item[0]))
    lines = sum(times for size, times in sizes.items() if size >= _HEADLINE * edge)
    exact = sum(edge - _SHORT <= lengths[i] <= edge + 2 * tails[i] for i in witnesses)
    protruding = sum(edge + 2 * tails[i] < lengths[i] for i in witnesses)
    if (
        support < _FEWEST_WITNESSES
        or edge < _NARROWEST
        or support < _AT_EDGE * lines
        or exact < _STRICT * lines
        or exact < max(_AGREEING * len(witnesses), _BROKEN_OFF * near)
        or protruding > 1 + _PROTRUDING * exact
    ):
        return None
    return Width(edge - _SHORT, edge - _SHORT, edge, edge + _OVER, True)


def _loose_width(sizes: Counter[int], near: int) -> Width | None:
    """The width of lines that differ a little, as in proportional type.

    Arguments as for `_strict_width`.
    """
    edge = support = 0
    for size in sizes:
        agreeing = sum(sizes[size + more] for more in range(_band(size) + 1))
        if agreeing > support or (agreeing == support and size > edge):
            edge, support = size, agreeing
    if (
        support < _FEWEST_WITNESSES
        or edge < _NARROWEST
        or support < _AGREEING * sizes.total()
        or support < _BROKEN_OFF * near
    ):
        return None
    return Width(edge - _SLACK, edge - _SLACK_AT_STOP, edge, edge + _band(edge) + _OVER, False)


def _band(size: int) -> int:
    """The variation of lines of about this length in proportional type."""
    return 2 + size // 24


def _width_of_few(
    lengths: Sequence[int], witnesses: Sequence[int], found: list[Width | None]
) -> list[Width | None]:
    """The width of a text of a few lines, with the longest as the only witness."""
    if witnesses and len(lengths) <= 2 * _FEWEST_WITNESSES:
        edge = max(lengths)
        if edge >= 2 * 14 and any(lengths[i] >= edge - _ALIKE for i in witnesses):
            width = Width(edge - _ALIKE, edge - _ALIKE, edge, edge + _OVER, False, few=True)
            return [width] * len(found)
    return found
