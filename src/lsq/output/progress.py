"""A progress bar for an update or a copy, on a terminal. Imports rich, as `terminal` does."""

import time
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

# In seconds; a shorter run shows no bar.
PATIENCE = 0.5
# The period from which the remaining time is estimated; recognising a page takes some 5 s.
_PERIOD = 120.0


@contextmanager
def progress_bar(out: TextIO, label: str) -> Iterator[Callable[[int, int, str], None]]:
    """Draw a bar on `out`, and remove it at the end.

    Yields a function that updates it: the bytes done, the bytes in all, the current task.

    Args:
        out: a terminal.
        label: the first task.
    """
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(compact=True),
        console=Console(file=out),
        transient=True,
        speed_estimate_period=_PERIOD,
    )
    task = bar.add_task(label, total=None)
    started = time.monotonic()

    def tell(done: int, total: int, label: str) -> None:
        bar.update(task, completed=done, total=total, description=label)
        if time.monotonic() - started > PATIENCE:
            bar.start()

    try:
        yield tell
    finally:
        if bar.live.is_started:
            bar.stop()
