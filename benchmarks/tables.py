"""Tables in Markdown, formatted figures, and quotations of other reports. Measures nothing."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpora import ROOT

ABSENT = "–"
MEGA = 1_000_000
_FEW = 10


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; all columns but the first are right-aligned."""
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def section(title: str, table: str, how: str) -> str:
    """A heading, a table, and how it was measured."""
    return f"## {title}\n\n{table}\n\n{how}\n"


def seconds(value: float | None) -> str:
    """Format a time."""
    if value is None:
        return ABSENT
    if value < 1:
        return f"{value * 1000:.0f} ms"
    return f"{value:.2f} s" if value < _FEW else f"{value:.1f} s"


def megabytes(value: float | None) -> str:
    """Format a size."""
    if value is None:
        return ABSENT
    return f"{value / MEGA:.{1 if value < _FEW * MEGA else 0}f} MB"


def times(value: float | None, base: float | None) -> str:
    """Format a value as a multiple of a base."""
    if value is None or not base:
        return ABSENT
    return f"{value / base:.2f} ×" if value / base < _FEW else f"{value / base:.0f} ×"


def share(part: int, whole: int) -> str:
    """Format a count and its share of a total."""
    return f"{part / whole:.2%} ({part}/{whole})" if whole else ABSENT


FOLDER = ROOT / "benchmarks"


class Quotation(NamedTuple):
    """A section of another report to quote.

    Attributes:
        file: the report that contains it.
        heading: its heading in that report.
        title: its heading in the quoting report.
    """

    file: str
    heading: str
    title: str


QUOTATIONS = (
    Quotation("SCALE.md", "Bars", "Bars at up to 100,000 articles"),
    Quotation("SCALE.md", "Index", "Growth to 100,000 articles"),
    Quotation("RANKING.md", "Bars", "Bars for ranking"),
)

# The line of a report with its date and commit.
_MADE = re.compile(r"^- (\d{4}-\d{2}-\d{2}, lsq at commit .*)$", re.MULTILINE)


def quotations(folder: Path = FOLDER) -> list[str]:
    """The sections quoted from the existing reports in a folder."""
    return [_quoted(one, folder / one.file) for one in QUOTATIONS if (folder / one.file).exists()]


def _quoted(quotation: Quotation, file: Path) -> str:
    text = file.read_text("utf-8")
    made = _MADE.search(text)
    _, _, rest = text.partition(f"\n## {quotation.heading}\n\n")
    if not (made and rest):
        raise ValueError(f"{quotation.file}: no section {quotation.heading}, or no date")
    table, _, how = rest.partition("\n\n")
    how = how.partition("\n## ")[0].strip()
    return section(
        quotation.title, table, f"{how} From [{quotation.file}]({quotation.file}): {made[1]}."
    )
