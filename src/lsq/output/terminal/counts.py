"""Trends, facets, collocates and phrases at a terminal: numbers in columns, with bars."""

import shutil
from collections.abc import Sequence
from itertools import groupby
from typing import Final, TextIO

from rich.style import Style

from lsq.counting.collocates import Collocates, Measure
from lsq.counting.facets import Facet
from lsq.counting.phrases import Phrase, Phrases
from lsq.counting.trend import Trend, Trends
from lsq.messages import _
from lsq.output.counts import collocates_summary, phrases_summary, summary
from lsq.output.linebreaks import width
from lsq.output.printable import sanitize
from lsq.output.terminal import HEAD, PLAIN, TerminalWriter

_BAR: Final = Style(color="blue")
# Eighths of a column, from one to all: U+258F to U+2588.
_EIGHTHS: Final = "▏▎▍▌▋▊▉█"
_GAP: Final = "  "
# The maximum width of bars, and the minimum for drawing them, in columns.
_MAX_BAR, _MIN_BAR = 40, 5


def write_trends(
    found: Sequence[Trend],
    trends: Trends,
    limit: int | None,
    out: TextIO,
    *,
    colour: bool,
) -> None:
    """Write a table for each query, with a bar in each row, and its summary.

    Bars show occurrences per million characters, on one scale for all queries.
    """
    sheet = TerminalWriter(out, shutil.get_terminal_size().columns, colour=colour)
    most = max((row.per_million for one in found for row in one.rows), default=0.0)
    for one in found:
        sheet.put(one.query, [(0, len(one.query), HEAD)])
        _write_table(
            sheet,
            ["", _("occurrences"), _("articles"), _("per million")],
            [
                [
                    _named(row.value),
                    f"{row.occurrences:,}",
                    f"{row.articles:,}/{row.of:,}",
                    f"{row.per_million:,.1f}",
                ]
                for row in one.rows[: limit or None]
            ],
            [row.per_million / most if most else 0.0 for row in one.rows[: limit or None]],
        )
        for line in summary(one, trends):
            sheet.put(line, indent=2)
        sheet.skip()


def write_facets(found: Sequence[Facet], out: TextIO, *, colour: bool) -> None:
    """Write a table for each field, its values with bars, and the query for each."""
    sheet = TerminalWriter(out, shutil.get_terminal_size().columns, colour=colour)
    names = {"issuer": _("issuer"), "kind": _("kind"), "year": _("year"), "folder": _("folder")}
    for by, group in groupby(found, lambda one: one.by):
        rows = list(group)
        most = max(row.articles for row in rows)
        sheet.put(names[by], [(0, len(names[by]), HEAD)])
        _write_table(
            sheet,
            [],
            [[_named(row.value), f"{row.articles:,}/{row.of:,}"] for row in rows],
            [row.articles / most for row in rows],
            [row.query for row in rows],
        )
        sheet.skip()


def write_collocates(found: Collocates, measure: Measure, out: TextIO, *, colour: bool) -> None:
    """Write a table of words, with bars that show the measure they are sorted by."""
    sheet = TerminalWriter(out, shutil.get_terminal_size().columns, colour=colour)
    head = ["", _("together"), _("articles"), _("expected"), "G²", "logDice"]
    bars = [max(0.0, getattr(row, measure)) for row in found.rows]
    most = max(bars, default=0.0)
    _write_table(
        sheet,
        head + ["MI³"] * (measure == "mi3"),
        [
            [
                sanitize(row.word),
                f"{row.together:,}",
                f"{row.articles:,}",
                f"{row.expected:,.2f}",
                f"{row.g2:,.1f}",
                f"{row.logdice:.2f}",
                *([f"{row.mi3:.2f}"] * (measure == "mi3")),
            ]
            for row in found.rows
        ],
        [bar / most if most else 0.0 for bar in bars],
    )
    sheet.put(collocates_summary(found), indent=2)


def write_phrases(found: Phrases, out: TextIO, *, colour: bool) -> None:
    """Write a table of phrases, with bars that show what they are sorted by."""
    sheet = TerminalWriter(out, shutil.get_terminal_size().columns, colour=colour)
    head = ["", _("occurrences"), _("articles")]
    rows = [
        [sanitize(row.text), f"{row.occurrences:,}", f"{row.articles:,}", *_compared(row)]
        for row in found.rows
    ]
    bars: list[float] = [row.occurrences for row in found.rows]
    if found.other_articles:
        head += [_("elsewhere"), "G²", _("log ratio")]
        bars = [row.g2 or 0.0 for row in found.rows]
    most = max(bars, default=0.0)
    _write_table(sheet, head, rows, [bar / most if most else 0.0 for bar in bars])
    sheet.put(phrases_summary(found), indent=2)


def _compared(row: Phrase) -> list[str]:
    if row.g2 is None or row.log_ratio is None:
        return []
    return [f"{row.elsewhere:,}", f"{row.g2:,.1f}", f"{row.log_ratio:.1f}"]


def _named(value: str | None) -> str:
    return _("(none)") if value is None else sanitize(value) or "."


def _write_table(
    sheet: TerminalWriter,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    bars: Sequence[float],
    notes: Sequence[str] = (),
) -> None:
    """Write rows of cells, the first left-aligned and the others right-aligned, then a bar.

    Args:
        sheet: the writer of the terminal.
        head: the names of the columns; empty for none.
        rows: the cells.
        bars: the length of each row's bar, from 0 to 1.
        notes: a line to print below each row, indented.
    """
    lines = [head, *rows] if head else rows
    if not rows:
        return
    widths = [max(width(row[column]) for row in lines) for column in range(len(rows[0]))]
    widths[0] = min(widths[0], sheet.width // 2)
    room = min(_MAX_BAR, sheet.width - sum(widths) - len(_GAP) * len(widths))
    if head:
        sheet.put(_row(head, widths))
    for number, row in enumerate(rows):
        text = _row(row, widths)
        bar = _bar(bars[number], room) if room >= _MIN_BAR else ""
        sheet.put(f"{text}{_GAP}{bar}".rstrip(), [(len(text), len(text) + 2 + len(bar), _BAR)])
        if notes:
            sheet.put(notes[number], label=(_GAP, PLAIN))


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = _shortened(cells[0], widths[0])
    first += " " * (widths[0] - width(first))
    rest = (
        " " * (most - width(cell)) + cell for cell, most in zip(cells[1:], widths[1:], strict=True)
    )
    return _GAP.join((first, *rest))


def _shortened(text: str, room: int) -> str:
    """The text, or an ellipsis, which may take two columns, and the end that fits."""
    if width(text) <= room:
        return text
    while text and width(text) + width("…") > room:
        text = text[1:]
    return f"…{text}"


def _bar(part: float, room: int) -> str:
    eighths = round(part * room * len(_EIGHTHS))
    if part and not eighths:
        eighths = 1
    whole, rest = divmod(eighths, len(_EIGHTHS))
    return _EIGHTHS[-1] * whole + (_EIGHTHS[rest - 1] if rest else "")
