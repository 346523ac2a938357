"""One JSON object for the whole search, for programs."""

from typing import TextIO

from lsq.output.record import records, to_json
from lsq.searcher import Results


def write(results: Results, out: TextIO, *, colour: bool, explain: bool) -> None:  # noqa: ARG001  # JSON has no colours
    """Write the query, the number of matches and the hits."""
    hits = list(records(results, explain=explain))
    out.write(to_json({"query": results.query, "total": results.total, "hits": hits}) + "\n")
