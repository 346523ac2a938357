"""Make, publish and replace the data of an index, by one writer at a time.

    index/lsq.json       marks the folder: the format, the current data, its store
    index/data-…/        the store's files, the texts, the dictionary
    index/writer.lock    held by the writer
    index/writer.json    describes the writer, for those that wait

A rebuild fills a new data folder and then puts its name into `lsq.json`, by renaming one file:
a reader has either the whole old index or the whole new one.
"""

import json
import os
import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from typing import Any

from filelock import FileLock, Timeout

from lsq.disk import check_one_name, create, look, rename, sync
from lsq.engines import MARK, State, is_index
from lsq.engines.folder.damage import link_refused, translate_errors
from lsq.engines.folder.mark import (
    DATA,
    DICTIONARY,
    FIRST,
    FORMAT_VERSION,
    HOLDER,
    Mark,
    check_owner,
    is_incomplete,
    mark_text,
)
from lsq.engines.folder.signatures import SIGNATURES
from lsq.engines.folder.store import UNFINISHED, Store
from lsq.errors import ForeignIndexError, LockedError
from lsq.messages import _
from lsq.segment import UserWord

LOCK = "writer.lock"
# In bytes: more than any description of a writer has.
_LONGEST = 10_000
# Files that may be in a folder that becomes an index.
_HARMLESS = {".gitignore", LOCK, HOLDER}
# The names of folders of data, and of the files in them besides the store's.
_DATA_NAME = re.compile(re.escape(DATA) + "[0-9a-f]{8}")
_DATA_FILE = re.compile(rf"{re.escape(DICTIONARY)}(\.new)?|\w+{re.escape(UNFINISHED)}")


@contextmanager
def writer_lock(location: str, wait: float) -> Iterator[None]:
    """Hold the writer lock of the index.

    Args:
        location: the index folder; it is made if it is not there.
        wait: how long to wait for it, in seconds.

    Raises:
        LockedError: another process holds it.
        OwnerError: the folder is somebody else's.
        ForeignIndexError: the lock file is a link.
        StorageError: the folder cannot be written to.
    """
    folder = Path(location)
    lock = FileLock(folder / LOCK)
    with translate_errors(location):
        folder.mkdir(parents=True, exist_ok=True)
        # The owner of the folder could replace what is written.
        check_owner(location, location)
        _check_lock(folder / LOCK)
        try:
            lock.acquire(timeout=wait, poll_interval=0.05)
        except Timeout as error:
            raise LockedError(location, _holder(folder)) from error
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        holder: dict[str, Any] = {
            "process": os.getpid(),
            "host": socket.gethostname(),
            "since": now,
        }
        if is_incomplete(location):  # a first update was killed, and this one goes on
            holder[FIRST] = True
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


def begin_first(location: str) -> None:
    """Note, under the writer lock, that the index has no articles yet.

    The note goes with the lock. If the process is killed, it stays until an update succeeds.

    Raises:
        StorageError: the folder cannot be written to.
    """
    path = Path(location, HOLDER)
    with translate_errors(location):
        with look(path) as file:
            holder = json.loads(file.read(_LONGEST))
        with create(path, "x") as file:
            file.write(json.dumps(holder | {FIRST: True}) + "\n")


def _check_lock(path: Path) -> None:
    """Check the lock file before it is opened, as old versions of filelock would empty it.

    Raises:
        ForeignIndexError: it is a link.
        OSError: it has content, unlike a lock, and another name.
    """
    if path.is_symlink():
        raise ForeignIndexError(link_refused(str(path)))
    if path.exists() and path.stat().st_size:
        check_one_name(str(path), path)


def _release(lock: FileLock, folder: Path) -> None:
    """Release the lock, even if the file of the holder cannot be deleted."""
    with suppress(OSError):
        (folder / HOLDER).unlink(missing_ok=True)
    lock.release()


def _holder(folder: Path) -> str:
    try:
        with look(folder / HOLDER) as file:
            holder = json.loads(file.read(_LONGEST))
        return _("process {process} on {host}, since {since}").format_map(holder)
    except (OSError, ValueError, KeyError, TypeError):
        return _("another process")


def check_free(location: str, store: Store) -> None:
    """Check that an index may be made at `location`.

    Raises:
        ForeignIndexError: there are files that lsq did not make.
    """
    folder = Path(location)
    if is_index(location):
        return
    try:
        folder.stat()
    except FileNotFoundError:
        return
    if any(
        entry.name not in _HARMLESS and not _is_data(entry, store) for entry in folder.iterdir()
    ):
        raise ForeignIndexError(
            _("{location}: not an lsq index, and not empty; name another folder with -i").format(
                location=location
            )
        )


def make_data(location: str, store: Store, user_words: Sequence[UserWord] = ()) -> Mark:
    """Make an empty data folder, which `lsq.json` does not name yet.

    Raises:
        OSError: it cannot be written.
    """
    # An update does not need it.
    from lsq.segment.making import write_dictionary

    data = os.path.join(location, DATA + token_hex(4))  # see _DATA_NAME
    os.mkdir(data)
    try:
        fingerprint = write_dictionary(Path(data, DICTIONARY), user_words)
        store.commit_nothing(data)
    except BaseException:
        rmtree(data, ignore_errors=True)
        raise
    return Mark(data, fingerprint, store.name)


def publish(location: str, mark: Mark, store: Store) -> None:
    """Make `mark.data` the current data, and delete all other data."""
    unfinished = Path(location, MARK + ".new")
    with create(unfinished, "x") as file:
        file.write(mark_text(location, mark))
    sync(unfinished)
    rename(unfinished, Path(location, MARK))
    sync(Path(location))
    sweep(location, mark.data, store)


def sweep(location: str, data: str, store: Store) -> None:
    """Delete the data folders that are not current; Windows keeps one that is in use."""
    for other in Path(location).glob(f"{DATA}*"):
        if other.name != os.path.basename(data) and _is_data(other, store):
            rmtree(other, ignore_errors=True)


def sweep_unfinished(data: str) -> None:
    """Delete unfinished files in a folder of data, of this process or of one that was killed."""
    for leftover in Path(data).glob(f"*{UNFINISHED}"):
        if leftover.is_dir() and not leftover.is_symlink():
            rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


def state(mark: Mark, store: Store) -> State:
    """The state of an index, from the folder of its data.

    Raises:
        OSError: it cannot be read.
    """
    total = signatures = 0
    for entry in Path(mark.data).iterdir():
        with suppress(FileNotFoundError):  # a writer has just deleted it
            found = entry.stat()
            total += found.st_size
            signatures += found.st_size * (entry.suffix == SIGNATURES)
    return State(mark.engine, FORMAT_VERSION, store.committed(mark.data), total, signatures)


def _is_data(folder: Path, store: Store) -> bool:
    """Whether lsq made this folder with this store, so that lsq may delete it."""
    return (
        _DATA_NAME.fullmatch(folder.name) is not None
        and folder.is_dir()
        and not folder.is_symlink()
        and all(
            _DATA_FILE.fullmatch(entry.name) or store.owns(entry.name) for entry in folder.iterdir()
        )
    )
