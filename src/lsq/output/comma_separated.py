"""Values separated by commas (RFC 4180), under a line with the names of the columns.

Such files are opened in spreadsheets, and these take a value that begins with one of
`=+-@` for a formula, which may fetch and send data. So an apostrophe is put before such
a value, which shows a spreadsheet that it is text
(https://owasp.org/www-community/attacks/CSV_Injection). The other formats have no such
readers, and give the value as it is.
"""

import csv
from typing import TextIO

from lsq.output.promptly import promptly
from lsq.output.rows import COLUMNS, QUERY, cell, rows
from lsq.search.searcher import Results

# In full width too, as spreadsheets for East Asia take them.
_FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def write(results: Results, out: TextIO, *, colour: bool, explain: bool) -> None:  # noqa: ARG001  # a table has neither
    """Write a row for each snippet; where there are none, the names of the columns alone."""
    table = csv.writer(out)
    table.writerow(COLUMNS)
    promptly((list(map(_text, row)) for row in rows(results)), table.writerow, out)


def write_named(results: Results, out: TextIO, *, first: bool, explain: bool) -> None:  # noqa: ARG001  # likewise
    """Write the rows, the query in a column before all others."""
    table = csv.writer(out)
    if first:
        table.writerow([QUERY, *COLUMNS])
    table.writerows(
        [_text(value) for value in (cell(results.query), *row)] for row in rows(results)
    )


def _text(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULAS) else value
