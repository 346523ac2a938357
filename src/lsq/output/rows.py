"""Hits as the rows of a table: the columns of `csv` and `tsv`, a row a snippet.

A stable interface, as `lsq.output.record` is, whose names and values these are. What is
unknown is empty. No value has a line end in it, so a row is a line.
"""

import re
from collections.abc import Iterator
from typing import Any

from lsq.output.record import records
from lsq.output.safety import harmless
from lsq.search.searcher import Results

QUERY = "query"
SNIPPET = ("snippet_line", "snippet_page", "snippet")
COLUMNS = (
    "rank",
    "id",
    "path",
    "line",
    "page",
    "title",
    "date",
    "published",
    "issuer",
    "number",
    "kind",
    "score",
    *SNIPPET,
)

_WHITE = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")


def rows(results: Results) -> Iterator[list[str]]:
    """The values of `COLUMNS` for each snippet of each hit."""
    for known in records(results, explain=False):
        for snippet in known["snippets"]:
            of_snippet = (snippet["line"], snippet["page"], snippet["text"])
            values = known | dict(zip(SNIPPET, of_snippet, strict=True))
            yield [cell(values[column]) for column in COLUMNS]


def cell(value: Any) -> str:
    """A value as text: nothing for None, and a space for what would end a line or a cell."""
    return "" if value is None else harmless(_WHITE.sub(" ", str(value)))
