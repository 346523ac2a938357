"""Tables as text (csv, tsv), with any separator and in any encoding.

A record becomes a line (`lsq.readers.table_lines`). Its place is the line of the file on which
it begins, as a quoted cell may contain line breaks.

Source: RFC 4180, and the output of spreadsheets: tabs, semicolons, a line `sep=;` on top.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator

from lsq.model import Bulletin
from lsq.readers import table_lines
from lsq.readers.text import read_lines

_SEPARATORS = (",", "\t", ";", "|")

# How many lines are examined to find the separator.
_SAMPLE = 50

# A cell may be an article; Python's own limit is 128 KB.
_LARGEST_CELL = 16 << 20

_DECLARED = re.compile(r"sep=(.)", re.IGNORECASE)


def read(path: str, data: bytes) -> Bulletin:
    """Read a table.

    Raises:
        ReadError: it is not text, or has too many or too long lines.
    """
    body = read_lines(path, data)
    declared = _DECLARED.fullmatch(body[0])
    if declared:
        del body[0]
    separator = declared[1] if declared else _separator(body[:_SAMPLE])
    records = _records(body, separator, first=2 if declared else 1)
    return Bulletin(path, tuple(table_lines.lines(records)), exact=True)


def _records(body: list[str], separator: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """The records, each with the line on which it begins."""
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader((f"{line}\n" for line in body), delimiter=separator)
    while True:
        place = first + reader.line_num
        try:
            record = next(reader, None)
        except csv.Error:  # an unclosed quote
            yield from ((first + at, [body[at]]) for at in range(place - first, len(body)))
            return
        if record is None:
            return
        yield place, record


def _separator(sample: list[str]) -> str:
    """The separator that gives most records the same number of cells, and the most cells."""

    def quality(separator: str) -> tuple[float, int]:
        try:
            widths = Counter(
                len(record) for record in csv.reader(sample, delimiter=separator) if record
            )
        except csv.Error:
            return 0, 0
        width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(1, 0))
        return (count / widths.total() if width > 1 else 0), width

    return max(_SEPARATORS, key=quality)
