"""The folder an index lives in: how one is made and recognised, and its paths.

Paths are stored relative to the folder, with `/`, so that a folder and the
bulletins beside it can move together; they are shown relative to the current
folder, as the user names files. A file `lsq.json` marks the folder as an index
and says of which format.
"""

import json
import os
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, exists_in

from lsq.engines import MARK, is_index
from lsq.engines.whoosh.schema import FORMAT_VERSION, SCHEMA
from lsq.errors import ForeignIndexError, LockedError, NoIndexError, StorageError


def open_folder(location: str, *, create: bool) -> FileIndex:
    """Open the Whoosh index in the folder `location`; raises as `open_engine` says."""
    folder = Path(location)
    try:
        if not is_index(location):
            if not create:
                raise NoIndexError(location)
            _mark(folder)
        _check(folder)
        storage = FileStorage(location)
        if not exists_in(location):
            _create(storage, location)
        # The schema is given, so none is unpickled.
        return FileIndex(storage, schema=SCHEMA)
    except OSError as error:
        raise StorageError(f"{location}: {error.strerror or error}") from error


def stored_path(path: str, location: str) -> str:
    """The form in which the index keeps a path that is relative to the current folder."""
    try:
        return Path(os.path.relpath(path, location)).as_posix()
    except ValueError:  # on Windows: another drive
        return Path(path).absolute().as_posix()


def shown_path(stored: str, location: str) -> str:
    """The path, relative to the current folder, of a stored one."""
    path = Path(location, stored)
    try:
        return os.path.relpath(path)
    except ValueError:  # on Windows: another drive
        return str(path)


def _mark(folder: Path) -> None:
    if folder.exists() and any(entry.name != ".gitignore" for entry in folder.iterdir()):
        raise ForeignIndexError(
            f"{folder}: not an lsq index, and not empty; name another folder with -i"
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text(json.dumps({"format_version": FORMAT_VERSION}) + "\n", "utf-8")


def _check(folder: Path) -> None:
    try:
        version = json.loads((folder / MARK).read_text("utf-8"))["format_version"]
    except (ValueError, KeyError, TypeError) as error:
        raise ForeignIndexError(f"{folder / MARK}: damaged; {_way_out(folder)}") from error
    if version != FORMAT_VERSION:
        raise ForeignIndexError(
            f"{folder}: made by another version of lsq (format {version}, this one reads "
            f"{FORMAT_VERSION}); {_way_out(folder)}"
        )


def _way_out(folder: Path) -> str:
    return f"delete {folder} and index again with: lsq index PATH…"


def _create(storage: FileStorage, location: str) -> None:
    lock = storage.lock("MAIN_WRITELOCK")
    if not lock.acquire():
        raise LockedError(location)
    try:
        if not exists_in(location):
            FileIndex.create(storage, SCHEMA)
    finally:
        lock.release()
