"""Values separated by tabs, under a line with the names of the columns.

https://www.iana.org/assignments/media-types/text/tab-separated-values: no value holds a
tab or a line end, so nothing needs quoting.
"""

from collections.abc import Sequence
from typing import TextIO

from lsq.output.promptly import promptly
from lsq.output.rows import COLUMNS, QUERY, cell, rows
from lsq.search.searcher import Results


def write(results: Results, out: TextIO, *, colour: bool, explain: bool) -> None:  # noqa: ARG001  # a table has neither
    """Write a row for each snippet; where there are none, the names of the columns alone."""
    out.write(_line(COLUMNS))
    promptly(map(_line, rows(results)), out.write, out)


def write_named(results: Results, out: TextIO, *, first: bool, explain: bool) -> None:  # noqa: ARG001  # likewise
    """Write the rows, the query in a column before all others."""
    if first:
        out.write(_line([QUERY, *COLUMNS]))
    out.writelines(_line([cell(results.query), *row]) for row in rows(results))


def _line(values: Sequence[str]) -> str:
    return "\t".join(values) + "\n"
