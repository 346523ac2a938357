"""Convert between stored paths and shown paths.

An index stores paths with `/`, relative to its folder, so that it and the bulletins beside it can
move together; an index on a cluster, relative to its root. Paths are shown relative to the
current folder, as the user names files.
"""

import os
import re
import sys
from functools import lru_cache

# Characters that Python or UTF-8 may have made of a name in GBK: see `lsq.readers.names`.
_DOUBTFUL = re.compile("[\udc80-\udcff\u0080-\u07ff]")


def plain_path(path: str) -> str:
    """The path relative to the current folder, with links resolved as the system does.

    `link/..` is the parent of the link's target, which only the system knows.
    """
    return relative(without_dots(path))


def relative(path: str, folder: str = os.curdir) -> str:
    """The path relative to a folder; absolute where, on Windows, it is on another drive."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return os.path.abspath(path)  # Path.absolute keeps ".."


def real_path(path: str) -> str:
    """The path free of links, with the names that the disk has.

    On macOS `A` and `a` are one file, as are the two ways to write an accent, and
    `os.path.realpath` keeps what was typed; on Windows it does not.

    Source: F_GETPATH in the manual page fcntl(2) of macOS.
    """
    real = os.path.realpath(path)
    if sys.platform == "darwin":
        import fcntl

        try:
            descriptor = os.open(real, os.O_RDONLY)
        except OSError:
            return real
        try:
            return os.fsdecode(fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024)).rstrip(b"\0"))
        except OSError:
            return real
        finally:
            os.close(descriptor)
    return real


def stored_path(path: str, location: str) -> str:
    """The stored form of a path: relative to the folder `location`, with `/`."""
    return _between(path, without_dots(location), os.getcwd()).replace(os.sep, "/")


def shown_path(stored: str, location: str) -> str:
    """The shown form of a stored path: relative to the current folder."""
    folder, name = os.path.split(stored)
    return os.path.join(_shown_folder(folder, location, os.getcwd()), name)


def stored_beginning(shown: str, location: str) -> str:
    """A prefix of all stored paths whose shown form begins with `shown`; others may have it too."""
    if not shown.strip("./" + os.sep):  # any folder may contain the current one
        return ""
    folder, name = os.path.split(shown)
    stored = stored_path(folder or os.curdir, location)
    return name if stored == os.curdir else f"{stored}/{name}"


def _between(path: str, folder: str, current: str) -> str:
    """The path relative to a folder, where names in GBK count as what they say.

    Files have such names already, but not the folder of the index, nor the current one: a file
    would have another path from there.
    """
    if not any(map(_DOUBTFUL.search, (path, folder, current))):
        return relative(path, folder)
    from lsq.readers.names import legible  # which few need

    return relative(legible(os.path.abspath(path)), legible(os.path.abspath(folder)))


@lru_cache
def _shown_folder(folder: str, location: str, current: str) -> str:
    path = os.path.join(without_dots(location), folder)
    shown = _between(path, current, current)
    return "" if shown == os.curdir else shown


def without_dots(path: str) -> str:
    """The path without `..` after the name of a folder: the folder may be a link."""
    parts = path.split(os.sep)
    # Windows removes `name\..` from a path before it accesses the disk.
    if os.pardir not in parts or os.name == "nt":
        return path
    last = len(parts) - parts[::-1].index(os.pardir)
    head, tail = parts[:last], parts[last:]
    if all(part in (os.pardir, os.curdir, "") for part in head):
        return path
    return os.path.join(os.path.realpath(os.sep.join(head)), *tail)
