"""One JSON object a hit and line (https://jsonlines.org), for programs."""

from typing import TextIO

from lsq.output.promptly import promptly
from lsq.output.record import record, to_json
from lsq.searcher import Results


def write(results: Results, out: TextIO, *, colour: bool) -> None:  # noqa: ARG001  # JSON has no colours
    """Write the hits; nothing where there are none."""
    promptly((to_json(record(hit)) + "\n" for hit in results), out.write, out)


def write_named(results: Results, out: TextIO, *, first: bool) -> None:  # noqa: ARG001  # no header
    """Write the hits, each with the query that found it."""
    out.writelines(to_json({"query": results.query, **record(hit)}) + "\n" for hit in results)
