"""One JSON object a hit and line (https://jsonlines.org), for programs."""

from typing import TextIO

from lsq.output.record import record, to_json
from lsq.searcher import Results


def write(results: Results, out: TextIO, *, colour: bool) -> None:  # noqa: ARG001  # JSON has no colours
    """Write the hits; nothing where there are none."""
    out.writelines(to_json(record(hit)) + "\n" for hit in results)
