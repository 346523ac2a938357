"""One writer at a time: the lock of an index folder, and who holds it."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from lsq.disk import check_one_name, create, look
from lsq.engines.folder.damage import link_refused, reported
from lsq.engines.folder.mark import check_owner
from lsq.errors import ForeignIndexError, LockedError
from lsq.messages import _

LOCK, HOLDER = "writer.lock", "writer.json"
# More than is said of any holder, in bytes.
_LONGEST = 10_000


@contextmanager
def writer_lock(location: str, wait: float) -> Iterator[None]:
    """Hold the right to write to the index.

    Args:
        location: the index folder; it is made if it is not there.
        wait: how long to wait for it, in seconds.

    Raises:
        LockedError: another process holds it.
        OwnerError: the folder is somebody else's.
        ForeignIndexError: there is a link in the place of the lock.
        StorageError: the folder cannot be written to.
    """
    folder = Path(location)
    lock = FileLock(folder / LOCK)
    with reported(location):
        folder.mkdir(parents=True, exist_ok=True)
        # Who reads an index in a folder of another user's has been asked once; who writes
        # to it trusts that user not to exchange what is written.
        check_owner(location, location)
        _check_lock(folder / LOCK)
        try:
            lock.acquire(timeout=wait, poll_interval=0.05)
        except Timeout as error:
            raise LockedError(location, _holder(folder)) from error
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        holder = {"process": os.getpid(), "host": socket.gethostname(), "since": now}
        try:
            with create(folder / HOLDER, "x") as file:
                file.write(json.dumps(holder) + "\n")
        except BaseException:  # a full disk leaves an empty file
            _release(lock, folder)
            raise
    try:
        yield
    finally:
        _release(lock, folder)


def _check_lock(path: Path) -> None:
    """See that opening the lock, which old versions of filelock empty, costs nobody a file.

    Raises:
        ForeignIndexError: it is a link.
        OSError: it has content, which no lock has, and another name.
    """
    if path.is_symlink():
        raise ForeignIndexError(link_refused(str(path)))
    if path.exists() and path.stat().st_size:
        check_one_name(str(path), path)


def _release(lock: FileLock, folder: Path) -> None:
    """Let others write, even where the system does not let the file of the holder be deleted."""
    with suppress(OSError):
        (folder / HOLDER).unlink(missing_ok=True)
    lock.release()


def _holder(folder: Path) -> str:
    try:
        with look(folder / HOLDER) as file:
            said = json.loads(file.read(_LONGEST))
        return _("process {process} on {host}, since {since}").format_map(said)
    except (OSError, ValueError, KeyError, TypeError):
        return _("another process")
