"""How far an update has come, drawn on a terminal. Knows rich, as `terminal` does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)


@contextmanager
def progress_bar(out: TextIO) -> Iterator[Callable[[int, int], None]]:
    """Draw a bar on `out` that is gone at the end; gives what to tell (done, total) bytes."""
    bar = Progress(
        TextColumn("indexing"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(compact=True),
        console=Console(file=out),
        transient=True,
    )
    task = bar.add_task("indexing", total=None)
    with bar:
        yield lambda done, total: bar.update(task, completed=done, total=total)
