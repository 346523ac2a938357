"""One JSON object for the whole search, for programs."""

from typing import TextIO

from lsq.errors import QueryError
from lsq.output.record import records, to_json
from lsq.search.searcher import Results


def write(results: Results, out: TextIO, *, colour: bool, explain: bool) -> None:  # noqa: ARG001  # JSON has no colours
    """Write the query, the number of matches and the hits."""
    hits = list(records(results, explain=explain))
    out.write(to_json({"query": results.query, "total": results.total, "hits": hits}) + "\n")


def write_named(results: Results, out: TextIO, *, first: bool, explain: bool) -> None:  # noqa: ARG001  # no header
    """The same: such an object names its query as it is."""
    write(results, out, colour=False, explain=explain)


def write_refused(error: QueryError, out: TextIO) -> None:
    """Write, in the place of such an object, why there is none."""
    out.write(to_json({"query": error.query, "error": error.reason}) + "\n")
