"""Open files to write to, never through a link.

Where others may write to a folder too, they may have put a link under a name that lsq is
about to write to, to have it overwrite a file of the user's.
"""

import os
from contextlib import suppress
from typing import IO, Any

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def create(path: str | os.PathLike[str], mode: str = "xb") -> IO[Any]:
    """Open a new file, in the place of whatever has its name.

    Args:
        path: the file.
        mode: as `open` takes it, with an x.

    Raises:
        OSError: it cannot be made, or somebody has just made another.
    """
    with suppress(FileNotFoundError):
        os.unlink(path)
    encoding = None if "b" in mode else "utf-8"
    return open(path, mode, encoding=encoding, opener=_open)


def change(path: str | os.PathLike[str], mode: str = "r+b") -> IO[Any]:
    """Open a file to change it; raises OSError for a link."""
    return open(path, mode, opener=_open)


def _open(path: str, flags: int) -> int:
    return os.open(path, flags | _NO_LINK, 0o666)
