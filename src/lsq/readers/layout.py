"""Runs of glyphs on a page → lines of text in reading order. Knows no file format.

Most programs write a page in the order in which it is read, columns included, so their
order is kept. Where it jumps about, runs are read row by row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lsq.readers.plausibility import is_ideograph


@dataclass(frozen=True, slots=True)
class Run:
    """Text drawn in one go, on one line.

    Attributes:
        text: what is drawn.
        left: where it starts; as all numbers, in millimetres from the page's top left.
        right: where it ends, roughly.
        base: the line on which its characters stand.
        size: the height of its characters.
    """

    text: str
    left: float
    right: float
    base: float
    size: float


# This part of all steps from run to run leads on, on a page written as it is read.
_FORWARD = 0.9

# A page has no more columns than this; where it seems so, it jumps about.
_COLUMNS = 4

# What a label on a form ends with.
_COLONS = ("：", ":")

# More labels than any form has; each is compared with each value.
_LABELS = 500


def lines(*layers: list[Run]) -> list[str]:
    """The lines of a page.

    Args:
        layers: what is drawn on it, each layer in an order of its own: a form with its
            labels, then what was filled in. A value goes to the label it stands behind.
    """
    found: list[list[Run]] = []
    for layer in layers:
        runs = list(_once(layer))
        labels = [(run, line) for line in found for run in line if _is_label(run)][:_LABELS]
        for line in _lines(runs if _is_in_order(runs) else _in_rows(runs)):
            row = _row(line[0], labels)
            if row is None:
                found.append(line)
                continue
            for run in line:
                row = _row(run, labels) or row
                row.append(run)
                row.sort(key=lambda run: run.left)
    return [_joined(line) for line in found]


def _is_label(run: Run) -> bool:
    return run.text.rstrip().endswith(_COLONS)


def _row(value: Run, labels: list[tuple[Run, list[Run]]]) -> list[Run] | None:
    """The line with the label that a value stands behind, None if it stands by itself."""
    before = [(label.right, row) for label, row in labels if _continues(label, value)]
    return max(before, key=lambda found: found[0])[1] if before else None


def _lines(runs: list[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = []
    for run in runs:
        if lines and _continues(lines[-1][-1], run):
            lines[-1].append(run)
        else:
            lines.append([run])
    return lines


def _once(runs: list[Run]) -> Iterator[Run]:
    """The runs without those printed over themselves, a hair apart, to look bold."""
    seen: set[tuple[str, int, int]] = set()
    for run in runs:
        step = max(run.size, 1.0) / 2
        column, row = round(run.left / step), round(run.base / step)
        # What is a hair apart may still round apart, so look at the neighbours as well.
        near = [(run.text, column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        if not seen.intersection(near):
            yield run
        seen.add((run.text, column, row))


def _is_in_order(runs: list[Run]) -> bool:
    steps = list(pairwise(runs))
    forward = sum(_continues(*step) or step[1].base > step[0].base for step in steps)
    columns = sum(_to_next_column(*step) for step in steps)
    return forward + min(columns, _COLUMNS) >= _FORWARD * len(steps)


def _to_next_column(before: Run, after: Run) -> bool:
    return after.base <= before.base and after.left > before.right and not _continues(before, after)


def _in_rows(runs: list[Run]) -> list[Run]:
    """The runs from top to bottom, those on one line from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.base, run.left)):
        if rows and _on_one_line(rows[-1][0], run):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [run for row in rows for run in sorted(row, key=lambda run: run.left)]


def _on_one_line(one: Run, other: Run) -> bool:
    return abs(one.base - other.base) < max(one.size, other.size) / 2


def _continues(before: Run, after: Run) -> bool:
    """Whether one run goes on where another ended, a gap between them or none."""
    return (
        _on_one_line(before, after)
        and after.left > before.left
        and (after.left > before.right - max(before.size, after.size))
    )


def _joined(line: list[Run]) -> str:
    pieces = [line[0].text]
    for before, after in pairwise(line):
        gap = after.left - before.right
        wide = is_ideograph(before.text[-1]) or is_ideograph(after.text[0])
        if gap > max(before.size, after.size) * (1.0 if wide else 0.25):
            pieces.append(" ")
        pieces.append(after.text)
    return "".join(pieces).strip(" ")
