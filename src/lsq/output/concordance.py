"""Write keywords in context as lines, and as rows for programs.

Rows are a stable interface, as `lsq.output.records` is.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO

from lsq.counting.kwic import KwicLine
from lsq.output.plain import MATCH_OFF, MATCH_ON
from lsq.output.printable import location, promptly, sanitize

COLUMNS: Final = (
    "id", "path", "line", "page", "date", "left", "match", "right", "sheet", "row",
)  # fmt: skip


def kwic_record(line: KwicLine) -> dict[str, Any]:
    """An occurrence as plain values; null for unknown values."""
    return {
        "id": line.id,
        "path": line.path,
        **line.place._asdict(),
        "date": line.date,
        "left": line.left,
        "match": line.match,
        "right": line.right,
    }


def write_plain(lines: Iterable[KwicLine], out: TextIO, *, colour: bool) -> None:
    """Write a line for each occurrence: its place, then left, match and right, tabs between."""
    on, off = (MATCH_ON, MATCH_OFF) if colour else ("", "")

    def printed() -> Iterator[str]:
        for line in lines:
            left, match, right = map(sanitize, (line.left, line.match, line.right))
            yield f"{location(line.path, line.place)}:{left}\t{on}{match}{off}\t{right}\n"

    promptly(printed(), out.write, out)
