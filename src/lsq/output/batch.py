"""Write what one query after another found, so that it can be told which found what."""

from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from lsq.output import FORMATS

if TYPE_CHECKING:
    from lsq.errors import QueryError
    from lsq.search.searcher import Results

# The forms of output that name the query of a hit.
NAMING = ("json", "jsonl", "tsv", "csv")


class Batch:
    """Writes to `out` in the form `name`, one of `NAMING`; each answer is there at once."""

    def __init__(self, name: str, out: TextIO, *, explain: bool) -> None:
        self._module = import_module(f"lsq.output.{FORMATS[name]}")
        self._out = out
        self._explain = explain
        self._first = True

    def write(self, results: "Results") -> None:
        """Write what a query found."""
        first, self._first = self._first, False
        self._module.write_named(results, self._out, first=first, explain=self._explain)
        self._out.flush()

    def refuse(self, error: "QueryError") -> None:
        """Write that a query is none, where the form of output has an answer to each."""
        if hasattr(self._module, "write_refused"):
            self._module.write_refused(error, self._out)
            self._out.flush()
