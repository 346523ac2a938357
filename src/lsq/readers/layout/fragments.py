"""Join runs of characters, in any order, to fragments: text on one line without a gap.

Programs draw a line as a whole, character by character, or twice to imitate bold type; a fragment
contains each character once, from left to right.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from lsq.readers.layout.page_content import ASCENT, DESCENT, Run
from lsq.readers.plausibility import is_ideograph

# Lengths are in units of the font size.
_GAP = 0.5  # the maximum gap in a fragment; wider ones may be gutters
_GAP_AT_SIGN = 0.12  # the same after punctuation, which may hang over the edge of its column
_AT_EDGE, _NEAR = 0.15, 4.0  # the maximum difference of starts, and distance, of lines in a column
_LEVEL = 0.16  # the maximum difference of the baselines of neighbours in a row
_ROW = 0.35  # the maximum difference of baselines in a row
_TOUCHING, _SMALLER = 0.35, 0.8  # superscripts: the maximum distance to the word, and ratio of size
_LONGEST_MARK = 5
_SPACE, _SPACE_WIDE = 0.14, 0.22  # the gap of a space between letters; between ideographs
_OVER = 0.25  # the maximum distance of two prints of one run

# Full-width punctuation with a blank right half, which may hang over the edge of a column.
_HALF_BLANK = frozenset("，。、；：！？”’》）」』〉】〕．")


@dataclass(slots=True, eq=False)
class Fragment:
    """Characters side by side on one line.

    Attributes:
        text: the characters.
        left: their left edge.
        right: their right edge.
        base: their baseline.
        size: the font size.
        bold: whether most of them are bold.
        faint: whether they are as light as a watermark.
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
        """The right edge of their ink: half of closing punctuation is blank."""
        return self.right - 0.5 * self.size if self.text[-1] in _HALF_BLANK else self.right


def fragment_of(run: Run) -> Fragment:
    """The fragment of one run."""
    text, left, right, base, size, bold, faint, *_ = run
    return Fragment(
        text, left, right, base, size, bold, faint, base - ASCENT * size, base + DESCENT * size
    )


def fragments(runs: list[Run]) -> list[Fragment]:
    """Join upright runs to fragments, from top to bottom, left to right."""
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
    """Drop repetitions of runs, which are printed slightly shifted to imitate bold type."""
    places: defaultdict[str, list[Run]] = defaultdict(list)
    kept: list[Run] = []
    for run in runs:
        same = places[run.text]
        # Two narrow letters, as in "all", are nearer than two prints of one letter.
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
    """Join a row of runs to fragments.

    Args:
        row: the runs.
        seams: receives pairs of fragments to join unless a gutter is between them, as punctuation
            that hangs over the edge of a column may touch the next column.
    """
    if len(row) == 1:
        return [fragment_of(row[0])]
    row.sort(key=lambda run: (run.left, -run.right))
    groups: list[list[Run]] = []
    ends: list[float] = []
    for run in row:
        # If runs of different sizes overlap, the run may continue an earlier group.
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
    """Join the fragments of seams where there is no gutter."""
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
    """Whether a run repeats a part of the text at its position."""
    return (
        run.left >= group[0].left - _OVER * run.size
        and run.right <= end + _OVER * run.size
        and any(run.text in one.text for one in group)
    )


def _prints_over(run: Run, group: list[Run]) -> bool:
    """Whether a run repeats the whole text at its position."""
    return (
        run.left <= group[0].left + _OVER * run.size
        and run.right >= group[-1].right - _OVER * run.size
        and run.text.startswith("".join(one.text for one in group))
    )


def _fragment(group: list[Run]) -> Fragment:
    """Join adjacent runs to a fragment."""
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
    """The constant gap of letter-spaced characters, in units of their size; else 0."""
    gaps = sorted(
        (run.left - before.right) / run.size
        for before, run in pairwise(group)
        if len(run.text) == 1 and is_ideograph(run.text)
    )
    return gaps[len(gaps) // 2] if len(gaps) > 2 else 0.0  # noqa: PLR2004 (two are no evidence)


def _is_space(before: Run, run: Run, tracking: float) -> bool:
    gap = (run.left - before.right) / min(run.size, before.size)
    if is_ideograph(before.text[-1]) or is_ideograph(run.text[0]):
        return gap > _SPACE_WIDE and gap > 1.6 * tracking
    return gap > _SPACE


def _with_marks(found: list[Fragment]) -> list[Fragment]:
    """Join superscripts to their words."""
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
