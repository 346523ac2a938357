"""Join runs of characters, in any order, to fragments: text on one line without a gap.

A program draws a line in one go, character by character, or twice for bold type; a
fragment has each character once, from left to right.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from lsq.readers.layout.page_content import ASCENT, DESCENT, Run
from lsq.readers.plausibility import is_ideograph

# Lengths are in the size of the characters.
_GAP = 0.5  # text further apart may belong to different columns
_GAP_AT_SIGN = 0.12  # punctuation that hangs over the edge of its column is nearer to the next
_AT_EDGE, _NEAR = (
    0.15,
    4.0,
)  # of lines in a column: how far starts differ; how far apart
_LEVEL = 0.16  # the maximum difference of the baselines of neighbours in a row
_ROW = 0.35  # likewise of a whole row
_TOUCHING = 0.35  # a superscript is nearer to its word, and smaller by
_SMALLER = 0.8
_LONGEST_MARK = 5
_SPACE, _SPACE_WIDE = 0.14, 0.22  # the gap of a space between letters; between ideographs
_OVER = 0.25  # an equal run this near is the same one, printed twice

# Full-width punctuation with a blank right half, which may hang over the edge of a column.
_HALF_BLANK = frozenset("，。、；：！？”’》）」』〉】〕．")


@dataclass(slots=True, eq=False)
class Fragment:
    """Characters side by side on one line.

    Attributes:
        text: the characters.
        left: where they start.
        right: where they end.
        base: their baseline.
        size: their height.
        bold: most of them are set in a heavy weight.
        faint: they are as light as a watermark.
        top: their upper edge.
        bottom: their lower edge.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    faint: bool = False
    top: float = 0.0
    bottom: float = 0.0

    @property
    def ink(self) -> float:
        """Where their ink ends: half of closing punctuation is blank."""
        return self.right - 0.5 * self.size if self.text[-1] in _HALF_BLANK else self.right


def fragment_of(run: Run) -> Fragment:
    """The fragment of one run."""
    text, left, right, base, size, bold, faint, *_ = run
    return Fragment(
        text, left, right, base, size, bold, faint, base - ASCENT * size, base + DESCENT * size
    )


def fragments(runs: list[Run]) -> list[Fragment]:
    """The fragments of some upright runs, from top to bottom, left to right."""
    found: list[Fragment] = []
    seams: list[tuple[Fragment, Fragment]] = []
    row: list[Run] = []
    first = last = 0.0
    for run in sorted(once(runs), key=lambda run: run.base):
        if row and (
            run.base - last > _LEVEL * run.size
            or run.base - first > _ROW * min(run.size, row[0].size)
        ):
            found += _joined(row, seams)
            row = []
        if not row:
            first = run.base
        last = run.base
        row.append(run)
    if row:
        found += _joined(row, seams)
    return _with_marks(_sewn(found, seams))


def once(runs: list[Run]) -> list[Run]:
    """The runs without their repetitions, printed a hair apart to look bold."""
    places: defaultdict[str, list[Run]] = defaultdict(list)
    kept: list[Run] = []
    for run in runs:
        same = places[run.text]
        # Two narrow letters side by side, as in "all", are nearer than two prints of one letter.
        over = min(_OVER * run.size, 0.5 * (run.right - run.left))
        if same and any(
            abs(run.left - one.left) < over and abs(run.base - one.base) < _OVER * run.size
            for one in same[-50:]
        ):
            continue
        same.append(run)
        kept.append(run)
    return kept


def _joined(row: list[Run], seams: list[tuple[Fragment, Fragment]]) -> list[Fragment]:
    """The fragments of a row of runs.

    Args:
        row: the runs.
        seams: receives the fragments that are one unless a gutter is there: punctuation that hangs
            over the edge of a column may touch the next one.
    """
    if len(row) == 1:
        return [fragment_of(row[0])]
    row.sort(key=lambda run: (run.left, -run.right))
    groups: list[list[Run]] = []
    ends: list[float] = []
    for run in row:
        # Of runs of different sizes that lie over each other, the last is not always the one.
        for position in range(len(groups) - 1, max(-1, len(groups) - 4), -1):
            before = groups[position][-1]
            gap = run.left - ends[position]
            size = min(run.size, before.size)
            most = _GAP_AT_SIGN if before.text[-1] in _HALF_BLANK else _GAP
            if gap < -0.5 * size and _is_printed_over(run, groups[position], ends[position]):
                break
            if gap < -0.5 * size and _prints_over(run, groups[position]):
                groups[position][:] = [run]
                ends[position] = max(ends[position], run.right)
                break
            if -0.5 * size <= gap <= most * size and max(run.size, before.size) <= 1.4 * size:
                groups[position].append(run)
                ends[position] = max(ends[position], run.right)
                break
        else:
            groups.append([run])
            ends.append(run.right)
    found = []
    for group in groups:
        start = 0
        part: Fragment | None = None
        for at in range(1, len(group) + 1):
            if at == len(group) or group[at - 1].text[-1] in _HALF_BLANK:
                after = _fragment(group[start:at])
                found.append(after)
                if part is not None:
                    seams.append((part, after))
                part, start = after, at
    return found


def _sewn(found: list[Fragment], seams: list[tuple[Fragment, Fragment]]) -> list[Fragment]:
    """The fragments, joined where no gutter is between them."""
    if not seams:
        return found
    inner = {id(after) for _, after in seams}
    starts = [(one.left, one.base) for one in found if id(one) not in inner]
    into: dict[int, Fragment] = {}
    for before, after in seams:
        near = sum(
            abs(left - after.left) <= _AT_EDGE * after.size
            and abs(base - after.base) < _NEAR * after.size
            for left, base in starts
        )
        if near >= 2:  # noqa: PLR2004 (a column starts there)
            continue
        whole = into.get(id(before), before)
        space = after.left - whole.right > _SPACE_WIDE * after.size
        whole.text += " " + after.text if space else after.text
        whole.right = max(whole.right, after.right)
        into[id(after)] = whole
    return [one for one in found if id(one) not in into]


def _is_printed_over(run: Run, group: list[Run], end: float) -> bool:
    """Whether a run is printed over an equal part of the text at its place."""
    return (
        run.left >= group[0].left - _OVER * run.size
        and run.right <= end + _OVER * run.size
        and any(run.text in one.text for one in group)
    )


def _prints_over(run: Run, group: list[Run]) -> bool:
    """Whether a run repeats all of the text at its place."""
    return (
        run.left <= group[0].left + _OVER * run.size
        and run.right >= group[-1].right - _OVER * run.size
        and run.text.startswith("".join(one.text for one in group))
    )


def _fragment(group: list[Run]) -> Fragment:
    """The fragment of runs side by side."""
    whole = fragment_of(group[0])
    if len(group) == 1:
        return whole
    tracking = _tracking(group)
    pieces = [group[0].text]
    before = group[0]
    for run in group[1:]:
        if _is_space(before, run, tracking):
            pieces.append(" ")
        pieces.append(run.text)
        before = run
    whole.text = "".join(pieces)
    whole.right = max(run.right for run in group)
    longest = max(group, key=lambda run: len(run.text))
    if longest is not group[0]:
        whole.size, whole.base = longest.size, longest.base
        whole.top, whole.bottom = (
            longest.base - ASCENT * longest.size,
            longest.base + DESCENT * longest.size,
        )
    total = sum(len(run.text) for run in group)
    whole.bold = 2 * sum(len(run.text) for run in group if run.bold) > total
    whole.faint = all(run.faint for run in group)
    return whole


def _tracking(group: list[Run]) -> float:
    """The constant gap of letter-spaced characters, in their size; else 0."""
    gaps = sorted(
        (run.left - before.right) / run.size
        for before, run in pairwise(group)
        if len(run.text) == 1 and is_ideograph(run.text)
    )
    return gaps[len(gaps) // 2] if len(gaps) > 2 else 0.0  # noqa: PLR2004 (two say nothing)


def _is_space(before: Run, run: Run, tracking: float) -> bool:
    gap = (run.left - before.right) / min(run.size, before.size)
    if is_ideograph(before.text[-1]) or is_ideograph(run.text[0]):
        return gap > _SPACE_WIDE and gap > 1.6 * tracking
    return gap > _SPACE


def _with_marks(found: list[Fragment]) -> list[Fragment]:
    """The fragments, with superscripts joined to their words."""
    if not any(len(one.text) <= _LONGEST_MARK for one in found):
        return found
    found.sort(key=lambda one: one.base)
    kept: list[Fragment] = []
    for index, one in enumerate(found):
        if len(one.text) <= _LONGEST_MARK:
            host = _host(found, index)
            if host is not None:
                host.text += one.text
                host.right = max(host.right, one.right)
                continue
        kept.append(one)
    return kept


def _host(found: list[Fragment], index: int) -> Fragment | None:
    """The fragment that a small one, raised or lowered, belongs to."""
    one = found[index]
    for step in (1, -1):
        other = index + step
        while 0 <= other < len(found) and abs(found[other].base - one.base) < found[other].size:
            host = found[other]
            if (
                one.size < _SMALLER * host.size
                and -_TOUCHING * host.size < one.left - host.right < _TOUCHING * host.size
                and host.top - 0.3 * one.size < one.base - 0.4 * one.size < host.bottom
            ):
                return host
            other += step
    return None
