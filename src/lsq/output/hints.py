"""What would help when nothing was found, for people, beside the results."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from lsq.hints import Hints, Missing
from lsq.output.plain import counted
from lsq.output.safety import harmless


def write_hints(hints: Hints, filters: Sequence[str], out: TextIO) -> None:
    """Write a line for each thing that would help; nothing if there is none.

    Args:
        hints: what would help.
        filters: the options that limit the search, as typed.
        out: where to; not where results go.
    """
    out.writelines(f"lsq: {harmless(line)}\n" for line in _lines(hints, filters))


def _lines(hints: Hints, filters: Sequence[str]) -> Iterator[str]:
    for missing in hints.missing:
        yield f"no article has {missing.query}{_without(missing)}"
        if missing.corrections:
            near = [f"{one.query} ({counted(one.articles)})" for one in missing.corrections]
            yield f"near to it: {', '.join(near)}"
    if hints.with_any:
        yield f"with --any: {counted(hints.with_any)}"
    if hints.unfiltered:
        yield f"without {' and '.join(filters)}: {counted(hints.unfiltered)}"


def _without(missing: Missing) -> str:
    if not missing.words:
        return ""
    return f", nor the {'word' if len(missing.words) == 1 else 'words'} {', '.join(missing.words)}"
