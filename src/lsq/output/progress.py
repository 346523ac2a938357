"""How far an update or a copy has come, drawn on a terminal. Knows rich, as `terminal` does."""

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

# In seconds: what is done sooner needs no bar.
PATIENCE = 0.5


@contextmanager
def progress_bar(out: TextIO, label: str) -> Iterator[Callable[[int, int], None]]:
    """Draw a bar on `out` that is gone at the end; gives what to tell (done, total) bytes.

    Args:
        out: a terminal.
        label: what is being done.
    """
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(compact=True),
        console=Console(file=out),
        transient=True,
    )
    task = bar.add_task(label, total=None)
    started = time.monotonic()

    def tell(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)
        if time.monotonic() - started > PATIENCE:
            bar.start()

    try:
        yield tell
    finally:
        if bar.live.is_started:
            bar.stop()
