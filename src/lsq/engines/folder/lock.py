"""One writer at a time: the lock of an index folder, and who holds it."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from lsq.engines.folder.damage import reported
from lsq.errors import LockedError
from lsq.messages import _

LOCK, HOLDER = "writer.lock", "writer.json"


@contextmanager
def writer_lock(location: str, wait: float) -> Iterator[None]:
    """Hold the right to write to the index.

    Args:
        location: the index folder; it is made if it is not there.
        wait: how long to wait for it, in seconds.

    Raises:
        LockedError: another process holds it.
        StorageError: the folder cannot be written to.
    """
    folder = Path(location)
    lock = FileLock(folder / LOCK)
    with reported(location):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=wait, poll_interval=0.05)
        except Timeout as error:
            raise LockedError(location, _holder(folder)) from error
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        holder = {"process": os.getpid(), "host": socket.gethostname(), "since": now}
        (folder / HOLDER).write_text(json.dumps(holder) + "\n", "utf-8")
    try:
        yield
    finally:
        (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    try:
        said = json.loads((folder / HOLDER).read_text("utf-8"))
        return _("process {process} on {host}, since {since}").format_map(said)
    except (OSError, ValueError, KeyError, TypeError):
        return _("another process")
