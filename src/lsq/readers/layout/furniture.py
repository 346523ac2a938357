"""Find page furniture by its position: running heads, page numbers, watermarks.

Furniture is text at the same height at the edge of several pages, equal except for numbers; it
may alternate between left and right pages. A line at the top above a rule across the page is
furniture too, even on a single page.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from lsq.readers.layout.fragments import Fragment
from lsq.readers.layout.page_content import Rule
from lsq.text.typography import column_name

# The maximum distance from the edge, as a share of the page's height.
_EDGE = 0.13
# The maximum distance of a running head above a rule from the top, likewise.
_HEAD = 0.095
_RULE_WIDTH = 0.6
_TOUCH = 3.0  # the maximum distance between the ends of lines that touch
# The minimum size of a title above a rule, relative to text, and its maximum number of lines.
_TITLE, _MOST_TITLE = 1.4, 3
# The resolution of heights, as a share of the page.
_SAME = 0.008
_FEWEST = 3  # the minimum number of pages with a head; 2 in a short document
_LONGEST = 60
_MOST_IN_ROW = 4  # rows with at least so many fragments are rows of tables

# A run of numerals is matched only from its beginning, to stay linear.
_DIGITS = re.compile(
    r"\d+|(?<![〇一二三四五六七八九十])[〇一二三四五六七八九十]++(?=[期页版月日]|$)"
)
_NUMBER = re.compile(
    r"[—–―─－\-~·•∙|\s]*(?:第\s?)?(?:\d{1,4}|[ivxlcIVXLC]{1,7})(?:\s?页)?[—–―─－\-~·•∙.|\s]*"
)
# The minimum number of equal texts on a page that form a watermark.
_TILES = 3
# The minimum number of line numbers on a page.
_NUMBERED_LINES = 6


class Furniture:
    """Detects furniture; remembers that of earlier pages."""

    def __init__(self) -> None:
        self._known: set[tuple[str, int]] = set()

    def find(
        self, pages: Sequence[tuple[list[Fragment], list[Rule], float, float]]
    ) -> list[set[int]]:
        """Find the furniture of consecutive pages.

        Args:
            pages: the fragments, rules, width and height of each.

        Returns:
            The `id`s of the fragments that are furniture, for each page.
        """
        edges = [_edge(found, height) for found, _, _, height in pages]
        counts: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
        for number, edge in enumerate(edges):
            for key, _ in edge:
                counts[key].add(number)
        needed = _FEWEST if len(pages) > _FEWEST else 2
        for (text, at), numbers in list(counts.items()):
            near = numbers | counts.get((text, at + 1), set()) | counts.get((text, at - 1), set())
            if len(near) >= needed:
                self._known.add((text, at))
        furniture = []
        for (found, rules, width, height), edge in zip(pages, edges, strict=True):
            own = {id(one) for key, one in edge if key in self._known}
            own |= {id(one) for one in _above_rule(found, rules, width, height)}
            own |= {id(one) for one in _page_numbers(found, height)}
            own |= {id(one) for one in _tiles(found)}
            own |= {id(one) for one in _line_numbers(found)}
            furniture.append(own if len(own) < len(found) else set())
        return furniture


def _edge(found: list[Fragment], height: float) -> list[tuple[tuple[str, int], Fragment]]:
    """The fragments at the edges of a page, with their text and height."""
    rows: Counter[int] = Counter(round(one.base / (_SAME * height)) for one in found)
    at_edge: defaultdict[int, list[Fragment]] = defaultdict(list)
    for one in found:
        at = round(one.base / (_SAME * height))
        is_outside = one.bottom < _EDGE * height or one.top > (1 - _EDGE) * height
        if is_outside and len(one.text) <= _LONGEST and rows[at] < _MOST_IN_ROW:
            at_edge[at].append(one)
    edge = []
    for at, row in at_edge.items():
        texts = [_DIGITS.sub("#", one.text) for one in row]
        edge += [((text, at), one) for text, one in zip(texts, row, strict=True)]
        # An alternating head has its parts in another order, or in one piece.
        whole = "".join(sorted("".join(texts).replace("#", "").replace(" ", "")))
        edge += [((whole, at), one) for one in row] if len(whole) > 1 else []
    return edge


def _above_rule(
    found: list[Fragment], rules: list[Rule], width: float, height: float
) -> list[Fragment]:
    """The fragments at the top with a rule below them across the page."""
    left = min((one.left for one in found), default=0.0)
    right = max((one.right for one in found), default=width)
    across = [
        rule.bottom
        for rule in rules
        if rule.right - rule.left >= _RULE_WIDTH * (right - left)
        and rule.bottom - rule.top < 4  # noqa: PLR2004 (points: a line)
        and rule.bottom <= _HEAD * height
        and not _is_edge(rule, rules)
    ]
    if not across or not found:
        return []
    lowest = max(across)
    above = [one for one in found if one.base <= lowest + 0.1 * one.size]
    # A title above a rule is larger than the text, and alone; a running head is not.
    usual = median(one.size for one in found)
    large = all(one.size >= _TITLE * usual and not column_name(one.text) for one in above)
    return [] if large and len(above) <= _MOST_TITLE else above


def _is_edge(rule: Rule, rules: list[Rule]) -> bool:
    """Whether a rule is the upper edge of a table or box: other rules go down from it."""
    return any(
        other.bottom - other.top > other.right - other.left
        and abs(other.top - rule.top) <= _TOUCH
        and rule.left - _TOUCH <= other.left <= rule.right + _TOUCH
        for other in rules
    )


def _page_numbers(found: list[Fragment], height: float) -> list[Fragment]:
    """The page number, alone on the first or last row at the edge of the page."""
    if len(found) < 3:  # noqa: PLR2004 (too few to decide)
        return []
    numbers = []
    for outermost in (max(found, key=lambda one: one.base), min(found, key=lambda one: one.base)):
        row = [one for one in found if abs(one.base - outermost.base) < outermost.size]
        if len(row) == 1 and _NUMBER.fullmatch(outermost.text):
            near = min(
                (abs(one.base - outermost.base) for one in found if one is not outermost),
                default=0.0,
            )
            at_edge = outermost.base > (1 - _EDGE) * height or outermost.base < _EDGE * height
            if at_edge and near > 1.3 * outermost.size:
                numbers.append(outermost)
    return numbers


def _tiles(found: list[Fragment]) -> list[Fragment]:
    """The texts of a watermark, repeated all over a page."""
    places: defaultdict[str, list[Fragment]] = defaultdict(list)
    for one in found:
        if len(one.text) > 1:
            places[one.text].append(one)
    tiles: list[Fragment] = []
    for same in places.values():
        faint = sum(one.faint for one in same)
        if len(same) >= _TILES and (2 * faint > len(same) or _lie_over(same, found)):
            tiles += same
    return tiles


def _lie_over(same: list[Fragment], found: list[Fragment]) -> bool:
    """Whether most of some equal texts overlap other texts."""
    if len(same) * len(found) > 200_000:  # noqa: PLR2004 (a table, too many pairs to compare)
        return False
    over = 0
    for one in same:
        over += any(
            other is not one
            and other.text != one.text
            and min(one.right, other.right) - max(one.left, other.left) > 0.3 * one.size
            and min(one.bottom, other.bottom) - max(one.top, other.top)
            > 0.3 * min(one.size, other.size)
            for other in found
        )
    return 2 * over > len(same)


def _line_numbers(found: list[Fragment]) -> list[Fragment]:
    """Numbers left of all text, each larger than the one above it."""
    if not found:
        return []
    numbers = sorted(
        (one for one in found if one.text.isdecimal() and len(one.text) <= 4),  # noqa: PLR2004
        key=lambda one: one.base,
    )
    if len(numbers) < _NUMBERED_LINES:
        return []
    edge = max(one.right for one in numbers)
    others = [one for one in found if not one.text.isdecimal()]
    beyond = sum(one.left < edge for one in others)
    values = [int(one.text) for one in numbers]
    steps = {after - before for before, after in pairwise(values)}
    if beyond or len(steps) != 1 or not steps <= {1, 5} or 3 * len(numbers) < len(others) // 5:
        return []
    beside = sum(
        any(abs(one.base - other.base) < 0.3 * one.size for other in others) for one in numbers
    )
    wide = [one for one in others if one.right - one.left > 8 * one.size]
    return numbers if beside == len(numbers) and 2 * len(wide) > len(others) else []
