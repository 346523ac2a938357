"""What the other reports tell of the bars and of growth, quoted, so that one has them all.

Measures nothing: each quotation says of which day and commit it is.
"""

import re
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpora import ROOT
from benchmarks.tables import section

FOLDER = ROOT / "benchmarks"


class Quotation(NamedTuple):
    """A section to quote.

    Attributes:
        file: the report it is in.
        heading: its heading there.
        title: its heading here.
    """

    file: str
    heading: str
    title: str


QUOTATIONS = (
    Quotation("SCALE.md", "Bars", "Bars at up to 100,000 articles"),
    Quotation("SCALE.md", "Index", "Growth to 100,000 articles"),
    Quotation("RANKING.md", "Bars", "Bars for ranking"),
)

# The line of a report that says when it was made, and of what.
_MADE = re.compile(r"^- (\d{4}-\d{2}-\d{2}, lsq at commit .*)$", re.MULTILINE)


def quotations(folder: Path = FOLDER) -> list[str]:
    """The sections that the reports in a folder have; of those that are there."""
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
