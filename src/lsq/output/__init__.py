"""Write results: the table of formats, and the options they share. Finds nothing itself.

A new format is a function `write(results, out, options)` in a module here and a row in
`FORMATS`, which drives the checks of the command line. Writers are loaded by name, so that
a pipe never pays for the terminal's.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, TextIO

if TYPE_CHECKING:
    from lsq.counting.facets import Facet
    from lsq.errors import QueryError
    from lsq.hit import Hit
    from lsq.output.links import LinkFormat
    from lsq.search.searcher import Results


def _nothing(_hit: "Hit") -> None: ...


class OutputOptions(NamedTuple):
    """How results are written; a format heeds those that its row in `FORMATS` allows.

    Attributes:
        colour: escape sequences may style the text.
        explain: each hit is explained: why it matches, and how its score comes about.
        links: makes URLs of places; None for no links.
        null: a NUL ends each path, which in a pipe is then exact.
        named: each record names the query that found it.
        header: the names of the columns come first.
        pages: what is printed says how to see what comes after it.
        facets: what the articles that match are.
        written: called with each hit that is shown with its number, once it is written.
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
        """Write them; `out` encodes whatever it is given."""


class Format(NamedTuple):
    """A format of results.

    Attributes:
        name: as `--format` takes it.
        writer: the module of this package and the function in it that writes it.
        per_snippet: a line is a snippet, so a hit shows one unless more are asked for.
        lines: it consists of lines for programs, unlike a layout for people.
        names_query: it can tell which of many queries found a hit.
        explains: it can hold explanations.
        links: it can hold links.
        null: it can end paths with NUL.
        document: it is a whole document, read elsewhere than at this terminal: links do not
            depend on the terminal, and it says what the articles that match are.
        binary: its bytes are a file for another program, and no text.
        refusal: likewise, the function that writes the error of an invalid query.
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


# What commands other than `lsq search` print: `lsq.output.rows`, and for people and for lines
# in formats of their own.
ROW_FORMATS = ("terminal", "plain", "jsonl", "tsv", "csv", "docx", "xlsx")
# Of all formats, those whose bytes are a file for another program.
BINARY = frozenset(name for name, row in FORMATS.items() if row.binary)
# Those that may begin with a byte order mark.
MARKED = ("csv", "tsv")


class Batch:
    """Writes the answers to one query after another; each is flushed at once.

    Args:
        format_: one that names queries.
        out: the stream to write to.
        options: of the format; answers are named, and the columns of a table once.
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
        """Write that a query is invalid, where the format has an answer to each."""
        if self._format.refusal:
            _load(self._format.refusal)(error, self._out)
            self._out.flush()


def _load(name: str):  # type: ignore[no-untyped-def]  # its callers say what it is
    module, _, function = name.partition(":")
    return getattr(import_module(f"lsq.output.{module}"), function)
