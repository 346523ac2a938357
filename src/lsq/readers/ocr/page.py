"""Convert the recognised text of a picture to a PageContent, like printed text.

The boxes of recognised lines are larger than their characters, by varying amounts, and skewed.
So the page is rotated by the slope of most of its text; the font size of a line is computed from
its length and number of characters; similar sizes are made equal; and a line across a gutter is
split at the gap.
"""

import math
import unicodedata
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from lsq.readers.layout import PageContent, Rule, Run
from lsq.readers.layout.page_content import DESCENT
from lsq.readers.ocr import Recognition, TextLine

# The minimum ratio of length to height of a line that shows the angle of the page.
_LONG = 3.0
# The minimum ratio of height to width of a box with vertical text.
_DOWN = 1.5
# The height of a box relative to its characters: minimum, maximum, usual. The length of a line
# gives their size to a hundredth, its height to a tenth.
_LEAST, _MOST, _MOSTLY = 0.85, 1.9, 1.2
# The minimum length of a line, in full-width characters, that shows their size.
_ENOUGH = 6.0
# Lines with a smaller mean width of characters consist of letters.
_IDEOGRAPHS = 0.7
# Sizes that differ by less are equal.
_ALIKE = 1.09
# The height of a box with few characters gives their size only within this factor.
_ABOUT = 1.35
# In its size: the maximum distance to the next line of the same text.
_NEXT = 2.0
# Likewise: text that is nearer is on the same line.
_SAME_LINE = 0.5
# A gap between characters, in their size, that divides a line.
_GAP = 0.8
# In their size: the blank half of a full-width bracket or stop.
_BLANK = 0.5
_OPENING = frozenset("（“‘《〈「『【〔［")
_CLOSING = frozenset("，。、；：！？”’》）」』〉】〕．")
# The maximum distance between pieces of a ruling line, in pixels.
_NEAR = 6.0


class _Box(NamedTuple):
    """A line on the level page, in coordinates in which it runs to the right."""

    text: str
    stops: tuple[float, ...]
    left: float
    right: float
    middle: float
    height: float
    down: bool


def to_sheet(page: Recognition, scale: float = 1.0) -> PageContent:
    """Convert a recognised page to the content of a page.

    Args:
        page: the recognition.
        scale: the length of a pixel in the unit of the result.
    """
    slope = _slope(page.lines)
    boxes = [_box(line, slope, page) for line in page.lines if line.text.strip()]
    runs: list[Run] = []
    for box, size in zip(boxes, _sizes(boxes), strict=True):
        runs += _runs(box, size)
    rules = _rules(page, slope)
    return PageContent(
        page.width * scale,
        page.height * scale,
        [
            run._replace(
                left=run.left * scale,
                right=run.right * scale,
                base=run.base * scale,
                size=run.size * scale,
            )
            for run in runs
        ],
        [Rule(*(value * scale for value in rule)) for rule in rules],
        pictured=1.0,
    )


def _slope(lines: Sequence[TextLine]) -> float:
    """The angle by which most of the text of the page is turned, in radians."""
    angles: list[tuple[float, float]] = []
    for line in lines:
        x0, y0, x1, y1, x2, y2, x3, y3 = line.corners
        wide, high = math.hypot(x1 - x0, y1 - y0), math.hypot(x3 - x0, y3 - y0)
        if wide > _LONG * high:
            angles.append((math.atan2(y1 - y0 + y2 - y3, x1 - x0 + x2 - x3), wide))
        elif high > _LONG * wide:
            angles.append((math.atan2(-(x3 - x0 + x2 - x1), y3 - y0 + y2 - y1), high))
    angles.sort()
    half = sum(length for _, length in angles) / 2
    for angle, length in angles:
        half -= length
        if half <= 0:
            return angle
    return 0.0


def _level(x: float, y: float, slope: float, page: Recognition) -> tuple[float, float]:
    """Rotate a point back by the angle `slope` around the middle of the page."""
    across, along = page.width / 2, page.height / 2
    x, y = x - across, y - along
    cos, sin = math.cos(slope), math.sin(slope)
    return across + x * cos + y * sin, along - x * sin + y * cos


def _box(line: TextLine, slope: float, page: Recognition) -> _Box:
    corners = line.corners
    points = [_level(corners[at], corners[at + 1], slope, page) for at in range(0, 8, 2)]
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points
    wide = math.hypot(x1 - x0, y1 - y0)
    high = math.hypot(x3 - x0, y3 - y0)
    if high > _DOWN * wide:
        return _Box(
            line.text,
            line.stops,
            (y0 + y1) / 2,
            (y2 + y3) / 2,
            page.width - (x0 + x1 + x2 + x3) / 4,
            max(wide, 1.0),
            down=True,
        )
    middle = (y0 + y1 + y2 + y3) / 4
    return _Box(
        line.text, line.stops, (x0 + x3) / 2, (x1 + x2) / 2, middle, max(high, 1.0), down=False
    )


def _width(char: str) -> float:
    """The width of a character in its size."""
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def _ink(text: str) -> float:
    """The width of the ink of a line, in its size."""
    total = sum(map(_width, text))
    return total - _BLANK * (text[0] in _OPENING) - _BLANK * (text[-1] in _CLOSING)


def _sizes(boxes: Sequence[_Box]) -> list[float]:
    """The size of the characters of each line."""
    known: dict[int, float] = {}
    letters: list[int] = []
    for at, box in enumerate(boxes):
        ink = _ink(box.text)
        if ink < _ENOUGH:
            continue
        # The margins of a box are equal in length and height.
        size = (box.right - box.left - box.height) / (ink - 1)
        if sum(map(_width, box.text)) < _IDEOGRAPHS * len(box.text):
            letters.append(at)  # letters have different widths
        elif _LEAST * size <= box.height <= _MOST * size:
            known[at] = size
    ratio = median([boxes[at].height / size for at, size in known.items()] or [_MOSTLY])
    known |= {at: boxes[at].height / ratio for at in letters}
    order = sorted(known)
    evened = _evened([known[at] for at in order], [len(boxes[at].text) for at in order])
    known = dict(zip(order, evened, strict=True))
    sizes = sorted(set(evened))
    return [
        known.get(at) or _beside(at, boxes, known, ratio) or _nearest(box.height / ratio, sizes)
        for at, box in enumerate(boxes)
    ]


def _beside(at: int, boxes: Sequence[_Box], known: dict[int, float], ratio: float) -> float | None:
    """The size of the line above or below a short one, which is probably of the same text."""
    box = boxes[at]
    about = box.height / ratio
    found, best = None, _NEXT
    for other, size in known.items():
        line = boxes[other]
        away = abs(line.middle - box.middle) / size
        if (
            line.down == box.down
            and _SAME_LINE < away < best
            and line.left < box.right
            and box.left < line.right
            and size / _ABOUT <= about <= size * _ABOUT
        ):
            found, best = size, away
    return found


def _nearest(size: float, sizes: Sequence[float]) -> float:
    """The nearest of `sizes` if it is about equal to `size`; else `size`."""
    found = min(sizes, key=lambda one: abs(math.log(one / size)), default=size)
    return found if size / _ABOUT <= found <= size * _ABOUT else size


def _evened(sizes: Sequence[float], weights: Sequence[int]) -> list[float]:
    """Replace sizes that are about equal by that of most text."""
    evened = list(sizes)
    left = sorted(range(len(sizes)), key=lambda at: sizes[at])
    while left:
        start, end = _heaviest([(sizes[at], weights[at]) for at in left])
        group = left[start:end]
        size = median([sizes[at] for at in group for _ in range(min(weights[at], 50))])
        for at in group:
            evened[at] = size
        del left[start:end]
    return evened


def _heaviest(ordered: Sequence[tuple[float, int]]) -> tuple[int, int]:
    """The range of about equal sizes that has the most weight."""
    best, found = 0, (0, 1)
    start = total = 0
    for end, (size, weight) in enumerate(ordered, 1):
        total += weight
        while size > ordered[start][0] * _ALIKE:
            total -= ordered[start][1]
            start += 1
        if total > best:
            best, found = total, (start, end)
    return found


def _runs(box: _Box, size: float) -> list[Run]:
    """The runs of a line: one, unless there are gaps in it."""
    over = max(0.0, (box.height - size) / 2)
    text = box.text
    left = box.left + over - (_BLANK * size if text[0] in _OPENING else 0.0)
    right = box.right - over + (_BLANK * size if text[-1] in _CLOSING else 0.0)
    base = box.middle + (0.5 - DESCENT) * size
    runs = []
    start, begin = 0, left
    for cut, end, after in [*_cuts(box, size), (len(text), right - box.left, 0.0)]:
        part = text[start:cut].strip()
        if part:
            least = begin + 0.1 * size
            stop = max(box.left + end, least)
            runs.append(Run(part, begin, stop, base, size, down=box.down))
        start, begin = cut, box.left + after
    return runs


def _cuts(box: _Box, size: float) -> list[tuple[int, float, float]]:
    """The gaps of a line: the index of the character after each, its start and its end."""
    stops = box.stops
    if len(stops) != len(box.text):
        return []
    cuts = []
    for at in range(1, len(stops)):
        before, after = box.text[at - 1], box.text[at]
        half, other = _width(before) * size / 2, _width(after) * size / 2
        if stops[at] - stops[at - 1] - half - other > _GAP * size:
            cuts.append((at, stops[at - 1] + half, stops[at] - other))
    return cuts


def _rules(page: Recognition, slope: float) -> list[Rule]:
    """The ruling lines of the rotated page, with their pieces joined."""
    level: list[list[float]] = []
    upright: list[list[float]] = []
    for left, top, right, bottom in page.rules:
        is_level = right - left >= bottom - top
        # On a skewed page, a stroke runs from corner to corner of its box.
        if is_level:
            rises = slope < 0
            one = _level(left, bottom if rises else top, slope, page)
            other = _level(right, top if rises else bottom, slope, page)
            level.append([one[0], (one[1] + other[1]) / 2, other[0]])
        else:
            leans = slope > 0
            one = _level(right if leans else left, top, slope, page)
            other = _level(left if leans else right, bottom, slope, page)
            upright.append([one[1], (one[0] + other[0]) / 2, other[1]])
    return [
        *(Rule(start, at - 0.5, end, at + 0.5) for start, at, end in _joined(level)),
        *(Rule(at - 0.5, start, at + 0.5, end) for start, at, end in _joined(upright)),
    ]


def _joined(strokes: list[list[float]]) -> list[list[float]]:
    """Join strokes (start, height, end) that are pieces of one line."""
    joined: list[list[float]] = []
    for start, at, end in sorted(strokes):
        for one in joined:
            if abs(one[1] - at) <= _NEAR and start - one[2] <= 4 * _NEAR:
                one[2] = max(one[2], end)
                break
        else:
            joined.append([start, at, end])
    return joined
