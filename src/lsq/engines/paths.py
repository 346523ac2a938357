"""How an index names files.

Paths are stored relative to a folder, with `/`: that of the index, so that it and the
bulletins beside it can move together, or the root of an index that is in no folder.
They are shown relative to the current folder, as the user names files.
"""

import os
from functools import lru_cache


def plain_path(path: str) -> str:
    """The path relative to the current folder, the file that the system finds there.

    `link/..` is the parent of what the link leads to, which only the system knows.

    Raises:
        ValueError: on Windows, it is on another drive.
    """
    return os.path.relpath(without_dots(path))


def stored_path(path: str, location: str) -> str:
    """The form in which an index keeps a path: relative to the folder `location`."""
    try:
        relative = os.path.relpath(path, without_dots(location))
    except ValueError:  # on Windows: another drive
        relative = os.path.abspath(path)  # Path.absolute keeps ".."
    return relative.replace(os.sep, "/")


def shown_path(stored: str, location: str) -> str:
    """The path, relative to the current folder, of one that is stored."""
    folder, name = os.path.split(stored)
    return os.path.join(_shown_folder(folder, location, os.getcwd()), name)


def stored_beginning(shown: str, location: str) -> str:
    """What all stored paths begin with that, shown, begin with `shown`; others may, too."""
    if not shown.strip("./" + os.sep):  # any folder may be above this one
        return ""
    folder, name = os.path.split(shown)
    stored = stored_path(folder or os.curdir, location)
    return name if stored == os.curdir else f"{stored}/{name}"


@lru_cache
def _shown_folder(folder: str, location: str, current: str) -> str:
    path = os.path.join(without_dots(location), folder)
    try:
        shown = os.path.relpath(path, current)
    except ValueError:  # on Windows: another drive
        return path
    return "" if shown == os.curdir else shown


def without_dots(path: str) -> str:
    """The path without a `..` that follows the name of a folder, which may be a link."""
    parts = path.split(os.sep)
    # Windows itself takes a name and the `..` after it out before it looks at the disk.
    if os.pardir not in parts or os.name == "nt":
        return path
    last = len(parts) - parts[::-1].index(os.pardir)
    head, tail = parts[:last], parts[last:]
    if all(part in (os.pardir, os.curdir, "") for part in head):
        return path
    return os.path.join(os.path.realpath(os.sep.join(head)), *tail)
