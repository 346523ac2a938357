"""Separate the text of a page by direction: upright, turned, vertical, slanted.

Turned and vertical text gets a frame: coordinates in which its lines run from left to right and
downwards, so that all other code handles only one direction.
"""

from collections import Counter
from dataclasses import dataclass

from lsq.readers.layout.page_content import ASCENT, DESCENT, PageContent, Rule, Run, turned

# Lengths are in units of the font size.
_BELOW = (0.7, 1.7)  # the minimum and maximum distance to the next character of a vertical line
_ASIDE = 0.5  # the maximum distance to the side
_BESIDE = 0.7  # a character this near to the side may be the next of a horizontal line
_FEWEST = 4  # the minimum number of characters below each other in a line


@dataclass(slots=True)
class Frame:
    """The text of one direction, in coordinates in which it is upright.

    Attributes:
        turn: quarter turns clockwise of the text on the page.
        down: whether its characters are upright, one below the other.
        width: the width of the page in this frame.
        height: the height of the page in this frame.
        runs: the text.
        rules: the page's ruling lines in this frame.
    """

    turn: int
    down: bool
    width: float
    height: float
    runs: list[Run]
    rules: list[Rule]

    @property
    def characters(self) -> int:
        """The number of characters."""
        return sum(len(run.text) for run in self.runs)


def frames(sheet: PageContent) -> tuple[list[Frame], list[Run]]:
    """The text of a page by direction, the most frequent first; and the slanted runs."""
    groups: dict[tuple[int, bool], list[Run]] = {}
    slanted: list[Run] = []
    for run in sheet.runs:
        if run.slanted:
            slanted.append(run)
        else:
            groups.setdefault((1 if run.down else run.turn, run.down), []).append(run)
    upright = groups.get((0, False), [])
    if sum(len(run.text) == 1 for run in upright) >= _FEWEST:
        level, vertical = _vertical(upright, sheet.width)
        if vertical:
            groups[0, False] = level
            groups.setdefault((1, True), []).extend(vertical)
    vertical, upright = groups.get((1, True), []), groups.get((0, False), [])
    if _characters(vertical) > _characters(upright) > 0:
        # Among vertical lines, a single character is part of one.
        alone = [run for run in upright if len(run.text) == 1]
        groups[0, False] = [run for run in upright if len(run.text) > 1]
        groups[1, True] = vertical + [_in_line(run, vertical, sheet.width) for run in alone]
    found = [_frame(sheet, turn, down, runs) for (turn, down), runs in groups.items() if runs]
    found.sort(key=lambda frame: -frame.characters)
    return found, slanted


def _characters(runs: list[Run]) -> int:
    return sum(len(run.text) for run in runs)


def _in_line(run: Run, vertical: list[Run], width: float) -> Run:
    """A character of a vertical page, aligned with its line if there is one."""
    own = _downward([run], width)
    middle = width - (run.left + run.right) / 2
    near = [
        line
        for line in vertical
        if abs(middle - (line.base - 0.4 * line.size)) <= _BESIDE * line.size
    ]
    if not near:
        return own
    line = min(
        near,
        key=lambda line: (
            round(abs(middle - (line.base - 0.4 * line.size)) / line.size),
            min(abs(own.left - line.right), abs(line.left - own.right)),
        ),
    )
    return own._replace(base=line.base, size=line.size, right=own.left + line.size)


def _frame(sheet: PageContent, turn: int, down: bool, runs: list[Run]) -> Frame:
    width, height = sheet.width, sheet.height
    rules = (
        sheet.rules if turn == 0 else [_turned(rule, turn, width, height) for rule in sheet.rules]
    )
    if turn % 2:
        width, height = height, width
    return Frame(turn, down, width, height, runs, rules)


def _turned(rule: Rule, turn: int, width: float, height: float) -> Rule:
    one = turned(rule.left, rule.top, turn, width, height)
    other = turned(rule.right, rule.bottom, turn, width, height)
    return Rule(
        min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
    )


def on_page(area: Rule, frame: Frame) -> Rule:
    """Convert an area of a frame to the displayed page."""
    return _turned(area, -frame.turn % 4, frame.width, frame.height) if frame.turn else area


def to_frame(area: Rule, frame: Frame, sheet: PageContent) -> Rule:
    """Convert an area of the displayed page to a frame."""
    return _turned(area, frame.turn, sheet.width, sheet.height) if frame.turn else area


def _vertical(runs: list[Run], width: float) -> tuple[list[Run], list[Run]]:
    """Separate upright runs into horizontal lines and vertical lines of characters."""
    single = [run for run in runs if len(run.text) == 1]
    cells: dict[tuple[int, int], list[Run]] = {}
    grain = Counter(round(run.size) for run in single).most_common(1)[0][0] or 1
    for run in runs:
        cells.setdefault((int(run.left // grain), int(run.base // grain)), []).append(run)
    below: dict[int, Run] = {}
    beside: Counter[int] = Counter()
    for run in single:
        lower, pitch = _below(run, cells, grain)
        if lower is None:
            continue
        below[id(run)] = lower
        if _is_beside(run, cells, grain, pitch):
            beside[id(run)] += 1
    return _chained(runs, single, below, beside, width)


def _below(
    run: Run, cells: dict[tuple[int, int], list[Run]], grain: int
) -> tuple[Run | None, float]:
    column, row = int(run.left // grain), int(run.base // grain)
    found, best = None, 0.0
    for step in range(3):
        for aside in (-1, 0, 1):
            for other in cells.get((column + aside, row + step), ()):
                pitch = (other.base - run.base) / run.size
                if (
                    _BELOW[0] <= pitch <= _BELOW[1]
                    and len(other.text) == 1
                    and abs(other.left - run.left) <= _ASIDE * run.size
                    and 0.8 <= other.size / run.size <= 1.25  # noqa: PLR2004
                    and (found is None or pitch < best)
                ):
                    found, best = other, pitch
    return found, best


def _is_beside(run: Run, cells: dict[tuple[int, int], list[Run]], grain: int, pitch: float) -> bool:
    """Whether a character has a neighbour at its side that is nearer than the one below."""
    column, row = int(run.left // grain), int(run.base // grain)
    for step in range(-2, 3):
        for level in (-1, 0, 1):
            for other in cells.get((column + step, row + level), ()):
                if (
                    other is not run
                    and abs(other.base - run.base) < 0.3 * run.size
                    and 0.3 * run.size < abs(other.left - run.left) <= (pitch + 0.1) * run.size
                ):
                    return True
    return False


def _chained(
    runs: list[Run],
    single: list[Run],
    below: dict[int, Run],
    beside: Counter[int],
    width: float,
) -> tuple[list[Run], list[Run]]:
    heads = {id(run) for run in single} - {id(run) for run in below.values()}
    taken: set[int] = set()
    vertical: list[Run] = []
    for run in single:
        if id(run) not in heads or id(run) in taken:
            continue
        chain = [run]
        while (after := below.get(id(chain[-1]))) is not None and id(after) not in taken:
            chain.append(after)
            taken.add(id(after))
        if (
            len(chain) < _FEWEST
            or 3 * sum(beside[id(one)] for one in chain) > len(chain)
            or 2 * sum(one.text.isascii() for one in chain) > len(chain)  # figures in cells
        ):
            taken.difference_update(map(id, chain))
            continue
        taken.update(map(id, chain))
        vertical.append(_downward(chain, width))
    return [run for run in runs if id(run) not in taken], vertical


def _downward(chain: list[Run], width: float) -> Run:
    """Join characters below each other to a run, in the frame of vertical text."""
    first, last = chain[0], chain[-1]
    size = sorted(one.size for one in chain)[len(chain) // 2]
    left = sorted(one.left for one in chain)[len(chain) // 2]
    return Run(
        "".join(one.text for one in chain),
        first.base - ASCENT * size,
        last.base + DESCENT * size,
        width - left - DESCENT * size,
        size,
        first.bold,
        first.faint,
        turn=0,
        down=True,
    )
