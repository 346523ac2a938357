"""Write results: one module a form of output. Knows nothing of how hits are found.

A new output is a module with a function `write(results, out, *, colour, explain)`, which
may have options of its own, and a line in `FORMATS`. Printers are loaded by name, so that
a pipe never pays for the terminal's.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from lsq.search.searcher import Results

Printer = Callable[..., None]

# The name of a form of output → the module of this package that writes it.
FORMATS = {
    "terminal": "terminal.hits",
    "plain": "plain",
    "json": "whole_json",
    "jsonl": "json_lines",
    "tsv": "tab_separated",
    "csv": "comma_separated",
}


def write(  # all that the forms have in common
    name: str,
    results: "Results",
    out: TextIO,
    *,
    colour: bool,
    explain: bool = False,
    **options: Any,
) -> None:
    """Write `results` to `out` in the form of that name.

    Args:
        name: one of `FORMATS`.
        results: what was found.
        out: where to; encodes whatever it is given.
        colour: whether escape sequences may colour the text.
        explain: whether to say of each hit why it matches, and how its score comes about.
        options: those that this form of output has besides.
    """
    printer: Printer = import_module(f"lsq.output.{FORMATS[name]}").write
    printer(results, out, colour=colour, explain=explain, **options)
