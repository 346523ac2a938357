"""Write so that the first is there before the last is made."""

from collections.abc import Callable, Iterable
from typing import TextIO, TypeVar

Row = TypeVar("Row")


def promptly(rows: Iterable[Row], put: Callable[[Row], object], out: TextIO) -> None:
    """Put one row after another; the first reaches whoever reads `out` at once.

    Args:
        rows: made one by one.
        put: writes one to `out`.
        out: where to; the others reach it as its buffer fills, which is quicker.
    """
    for number, row in enumerate(rows):
        put(row)
        if number == 0:
            out.flush()
