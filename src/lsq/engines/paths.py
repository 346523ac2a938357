"""How an index names files.

Paths are stored relative to a folder, with `/`: that of the index, so that it and the
bulletins beside it can move together, or the root of an index that is in no folder.
They are shown relative to the current folder, as the user names files.
"""

import os
from functools import lru_cache


def stored_path(path: str, location: str) -> str:
    """The form in which an index keeps a path: relative to the folder `location`."""
    try:
        relative = os.path.relpath(path, location)
    except ValueError:  # on Windows: another drive
        relative = os.path.abspath(path)  # Path.absolute keeps ".."
    return relative.replace(os.sep, "/")


def shown_path(stored: str, location: str) -> str:
    """The path, relative to the current folder, of one that is stored."""
    folder, name = os.path.split(stored)
    return os.path.join(_shown_folder(folder, location, os.getcwd()), name)


@lru_cache
def _shown_folder(folder: str, location: str, current: str) -> str:
    path = os.path.join(location, folder)
    try:
        shown = os.path.relpath(path, current)
    except ValueError:  # on Windows: another drive
        return path
    return "" if shown == os.curdir else shown
