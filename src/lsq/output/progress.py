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
# Likewise: the time left is told by what was done in so long. A recognised page takes some 5.
_PERIOD = 120.0


@contextmanager
def progress_bar(out: TextIO, label: str) -> Iterator[Callable[[int, int, str], None]]:
    """Draw a bar on `out` that is gone at the end.

    Gives what to tell: how many bytes are done, of how many, and what is being done.

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
