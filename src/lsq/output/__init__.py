"""Write results: the table of formats, and the options they share.

A new format is a function `write(results, out, options)` in a module here and a row in
`FORMATS`, which drives the checks of the command line. Writers are loaded by name, so that
output to a pipe does not import the terminal's.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, TextIO

if TYPE_CHECKING:
    from lsq.counting.facets import Facet
    from lsq.errors import QueryError
    from lsq.hit import Hit
    from lsq.output.links import LinkFormat
    from lsq.search.searcher import Results


def _nothing(_hit: "Hit") -> None: ...


class OutputOptions(NamedTuple):
    """How to write results; a format ignores options that its row in `FORMATS` excludes.

    Attributes:
        colour: style the text with escape sequences.
        explain: explain each hit: why it matches, and its score.
        links: makes URLs of places; None for no links.
        null: end each path with NUL; paths in a pipe are then exact.
        named: name the query in each record.
        header: begin with the names of the columns.
        pages: end with how to see the next hits.
        facets: the facets of the matching articles.
        written: called with each hit, once it is written with its number.
    """

    colour: bool = False
    explain: bool = False
    links: "LinkFormat | None" = None
    null: bool = False
    named: bool = False
    header: bool = True
    pages: bool = True
    facets: "Sequence[Facet]" = ()
    written: "Callable[[Hit], None]" = _nothing


class Writer(Protocol):
    """Writes results in one format."""

    def __call__(self, results: "Results", out: TextIO, options: OutputOptions) -> None:
        """Write results to a text stream."""


class Format(NamedTuple):
    """A format of results.

    Attributes:
        name: its value in `--format`.
        writer: the module of this package and the function in it that writes the format.
        per_snippet: a line is a snippet, so a hit has one unless more are requested.
        lines: it consists of lines for programs, not a layout for people.
        names_query: it can name the query that found a hit, for many queries.
        explains: it can contain explanations.
        links: it can contain links.
        null: it can end paths with NUL.
        document: it is a document to read elsewhere: its links do not depend on this terminal,
            and it contains facets.
        binary: it is a binary file for another program.
        refusal: as `writer`, the function that writes the error of an invalid query; None if
            errors are not part of the format.
    """

    name: str
    writer: str
    per_snippet: bool = False
    lines: bool = True
    names_query: bool = False
    explains: bool = False
    links: bool = False
    null: bool = False
    document: bool = False
    binary: bool = False
    refusal: str | None = None

    def write(self, results: "Results", out: TextIO, options: OutputOptions) -> None:
        """Write `results` to `out`."""
        writer: Writer = _load(self.writer)
        writer(results, out, options)


FORMATS = {
    row.name: row
    for row in (
        Format("terminal", "terminal.hits:write", lines=False, explains=True, links=True),
        Format("plain", "plain:write", per_snippet=True, explains=True, null=True),
        Format(
            "json",
            "records:write_object",
            names_query=True,
            explains=True,
            refusal="records:write_refused",
        ),
        Format("jsonl", "records:write_lines", names_query=True, explains=True),
        Format("tsv", "tables:write_tsv", per_snippet=True, names_query=True),
        Format("csv", "tables:write_csv", per_snippet=True, names_query=True),
        Format(
            "html", "html.search_page:write", lines=False, explains=True, links=True, document=True
        ),
        Format(
            "docx",
            "office.word_file:write",
            lines=False,
            explains=True,
            links=True,
            document=True,
            binary=True,
        ),
        Format("xlsx", "office.excel_file:write", per_snippet=True, binary=True),
    )
}


# The formats of commands other than `lsq search`: those of `lsq.output.rows`, and the command's
# own terminal and plain.
ROW_FORMATS = ("terminal", "plain", "jsonl", "tsv", "csv", "docx", "xlsx")
BINARY = frozenset(name for name, row in FORMATS.items() if row.binary)
# The formats that may begin with a byte order mark.
MARKED = ("csv", "tsv")


class Batch:
    """Writes the answers to many queries; each is flushed at once.

    Args:
        format_: a format with `names_query`.
        out: the stream to write to.
        options: the options; every answer names its query, and only the first has a header.
    """

    def __init__(self, format_: Format, out: TextIO, options: OutputOptions) -> None:
        self._format = format_
        self._out = out
        self._options = options._replace(named=True)

    def write(self, results: "Results") -> None:
        """Write the hits of a query."""
        self._format.write(results, self._out, self._options)
        self._options = self._options._replace(header=False)
        self._out.flush()

    def refuse(self, error: "QueryError") -> None:
        """Write the error of an invalid query, if the format supports that."""
        if self._format.refusal:
            _load(self._format.refusal)(error, self._out)
            self._out.flush()


def _load(name: str):  # type: ignore[no-untyped-def]  # depends on the name
    module, _, function = name.partition(":")
    # Importing `importlib`, and `warnings` with it, would take longer than the plain writer.
    return getattr(__import__(f"lsq.output.{module}", fromlist=[function]), function)
