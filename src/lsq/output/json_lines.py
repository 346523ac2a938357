"""One JSON object a hit and line (https://jsonlines.org), for programs."""

from typing import TextIO

from lsq.output.promptly import promptly
from lsq.output.record import records, to_json
from lsq.search.searcher import Results


def write(results: Results, out: TextIO, *, colour: bool, explain: bool) -> None:  # noqa: ARG001  # JSON has no colours
    """Write the hits; nothing where there are none."""
    promptly((to_json(hit) + "\n" for hit in records(results, explain=explain)), out.write, out)


def write_named(results: Results, out: TextIO, *, first: bool, explain: bool) -> None:  # noqa: ARG001  # no header
    """Write the hits, each with the query that found it."""
    named = ({"query": results.query, **hit} for hit in records(results, explain=explain))
    out.writelines(to_json(hit) + "\n" for hit in named)
