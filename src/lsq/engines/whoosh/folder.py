"""The folder an index lives in: made, recognised, locked, swapped for a new one.

    index/lsq.json       marks the folder: the format, and which data counts
    index/data-…/        Whoosh's files, the texts, the dictionary
    index/writer.lock    held by the one that writes
    index/writer.json    who that is, for the one that waits

A rebuild fills a new data folder and then puts its name into `lsq.json`, by renaming
one file: a reader has the old index or the new one, whole.
"""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from typing import NamedTuple

from filelock import FileLock, Timeout
from whoosh.index import TOC

from lsq.engines import MARK, is_index
from lsq.engines.whoosh.damage import reported
from lsq.engines.whoosh.durable import DurableStorage, sync
from lsq.engines.whoosh.schema import DICTIONARY, FORMAT_VERSION, SCHEMA
from lsq.engines.whoosh.segments import INDEX_NAME
from lsq.errors import DamagedError, ForeignIndexError, LockedError, NoIndexError
from lsq.segment import Segmenter
from lsq.segment.dictionary import write_dictionary

_LOCK, _HOLDER = "writer.lock", "writer.json"
_DATA = "data-"
# What may lie in a folder that is to become an index.
_HARMLESS = {".gitignore", _LOCK, _HOLDER}


class Mark(NamedTuple):
    """What `lsq.json` says.

    Attributes:
        data: the folder that counts.
        fingerprint: of the dictionary in it.
    """

    data: Path
    fingerprint: str

    def segmenter(self) -> Segmenter:
        """Cuts words with that dictionary."""
        return Segmenter(self.data / DICTIONARY, self.fingerprint)


def read_mark(location: str) -> Mark:
    """What marks the folder at `location` as an index.

    Raises:
        NoIndexError: nothing does.
        ForeignIndexError: it is of another version of lsq.
        DamagedError: it cannot be understood.
        OSError: it cannot be read.
    """
    if not is_index(location):
        raise NoIndexError(location)
    try:
        said = json.loads(Path(location, MARK).read_text("utf-8"))
        version = said["format_version"]
        if version == FORMAT_VERSION:
            return Mark(Path(location, said["data"]), said["dictionary"])
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedError(location) from error
    raise ForeignIndexError(
        f"{location}: made by another version of lsq (format {version}, this one reads "
        f"{FORMAT_VERSION}); index again with: lsq index --rebuild PATH…"
    )


def check_free(location: str) -> None:
    """See that an index may be made at `location`.

    Raises:
        ForeignIndexError: there are files that lsq did not make.
    """
    folder = Path(location)
    if not is_index(location) and folder.exists():
        others = [entry.name for entry in folder.iterdir()]
        if any(name not in _HARMLESS and not name.startswith(_DATA) for name in others):
            raise ForeignIndexError(
                f"{location}: not an lsq index, and not empty; name another folder with -i"
            )


def make_data(location: str, user_dict: str | None) -> Mark:
    """Make an empty data folder, which counts for nothing yet.

    Raises:
        DictionaryError: the user's dictionary is not one.
        OSError: it cannot be written.
    """
    data = Path(location, _DATA + token_hex(4))
    data.mkdir(parents=True)
    fingerprint = write_dictionary(data / DICTIONARY, user_dict)
    TOC(SCHEMA, [], 0).write(DurableStorage(str(data)), INDEX_NAME)
    return Mark(data, fingerprint)


def publish(location: str, mark: Mark) -> None:
    """Make `mark.data` the data that counts, and delete all other."""
    said = {
        "format_version": FORMAT_VERSION,
        "data": mark.data.name,
        "dictionary": mark.fingerprint,
    }
    unfinished = Path(location, MARK + ".new")
    unfinished.write_text(json.dumps(said) + "\n", "utf-8")
    sync(unfinished)
    unfinished.replace(Path(location, MARK))
    sync(Path(location))
    sweep(location, mark.data)


def sweep(location: str, data: Path) -> None:
    """Delete the data folders that do not count; one that is in use stays for now."""
    for other in Path(location).glob(f"{_DATA}*"):
        if other.name != data.name:
            rmtree(other, ignore_errors=True)


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
    lock = FileLock(folder / _LOCK)
    with reported(location):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=wait, poll_interval=0.05)
        except Timeout as error:
            raise LockedError(location, _holder(folder)) from error
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        holder = {"process": os.getpid(), "host": socket.gethostname(), "since": now}
        (folder / _HOLDER).write_text(json.dumps(holder) + "\n", "utf-8")
    try:
        yield
    finally:
        (folder / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    try:
        said = json.loads((folder / _HOLDER).read_text("utf-8"))
        return f"process {said['process']} on {said['host']}, since {said['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
