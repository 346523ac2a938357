"""The table formats, tsv and csv: a row per snippet, under a line with the column names.

This is a stable interface with the names and values of `lsq.output.records`. Unknown values are
empty. Values contain no line ends, so a row is a line.

tsv: https://www.iana.org/assignments/media-types/text/tab-separated-values; values contain no
tabs, so nothing needs quoting. csv: RFC 4180. Spreadsheets interpret a value that begins with one
of `=+-@` as a formula, which may fetch and send data; such a value gets an apostrophe, which
marks it as text (https://owasp.org/www-community/attacks/CSV_Injection).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from lsq.output import OutputOptions
from lsq.output.printable import promptly, sanitize
from lsq.output.records import records
from lsq.query.fields import METADATA
from lsq.search.searcher import Results

QUERY = "query"
SNIPPET = ("snippet_line", "snippet_page", "snippet")
IN_SHEET = ("snippet_sheet", "snippet_row")
# The metadata with columns before the score, as in earlier versions.
_FIRST = METADATA.index("kind") + 1
COLUMNS = (
    "rank",
    "id",
    "path",
    "line",
    "page",
    *METADATA[:_FIRST],
    "score",
    *SNIPPET,
    # Added later, so that the positions of the others stay.
    "sheet",
    "row",
    *IN_SHEET,
    "match",
    *METADATA[_FIRST:],
    "ocr",
)

# With --group-reprints, after all others.
REPRINTS = "reprints"

_WHITE = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
# Also in full width, which East Asian spreadsheets accept.
FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def write_tsv(results: Results, out: TextIO, options: OutputOptions) -> None:
    """Write one row per snippet, its values separated by tabs."""
    _write(results, out, options, lambda row: out.write("\t".join(row) + "\n"))


def write_csv(results: Results, out: TextIO, options: OutputOptions) -> None:
    """Write one row per snippet, its values separated by commas, formulas disarmed."""
    import csv

    put = csv.writer(out).writerow
    _write(results, out, options, lambda row: put(map(_disarmed, row)))


def write_rows(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], out: TextIO, *, as_csv: bool = False
) -> None:
    """Write rows of named values as tsv, or as csv, under the names of the columns."""
    put: Callable[[Sequence[str]], object]
    if as_csv:
        import csv

        writer = csv.writer(out)
        put = lambda row: writer.writerow(map(_disarmed, row))  # noqa: E731  # as above
    else:
        put = lambda row: out.write("\t".join(row) + "\n")  # noqa: E731  # likewise
    put(columns)
    promptly(([_cell(row[column]) for column in columns] for row in rows), put, out)


def _write(
    results: Results,
    out: TextIO,
    options: OutputOptions,
    put: Callable[[Sequence[str]], object],
) -> None:
    """Write a header, if `options` has one, then one row per snippet."""
    columns = columns_of(results)
    if options.header:
        put([QUERY, *columns] if options.named else columns)
    named = [_cell(results.query)] if options.named else []
    rows = ([*named, *(_cell(values[name]) for name in columns)] for values in values_of(results))
    promptly(rows, put, out)


def columns_of(results: Results) -> Sequence[str]:
    """The columns of a table of hits."""
    return COLUMNS if results.reprints is None else (*COLUMNS, REPRINTS)


def values_of(results: Results) -> Iterator[dict[str, Any]]:
    """The values of each snippet by column, and its `highlights`."""
    for known in records(results, explain=False):
        for snippet in known["snippets"]:
            of_snippet = (snippet["line"], snippet["page"], snippet["text"])
            in_sheet = (snippet["sheet"], snippet["row"])
            names = (*SNIPPET, *IN_SHEET)
            values = known | dict(zip(names, (*of_snippet, *in_sheet), strict=True))
            if REPRINTS in known:
                values[REPRINTS] = " ".join(known[REPRINTS])
            yield values | {"highlights": snippet["highlights"]}


def _cell(value: Any) -> str:
    """A value as text: empty for None, and a space for characters that end a line or a cell."""
    if isinstance(value, bool):
        return str(value).lower()  # as in JSON
    return "" if value is None else sanitize(_WHITE.sub(" ", str(value)))


def _disarmed(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULAS) else value
