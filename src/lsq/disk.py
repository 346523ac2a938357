"""Open the files of an index, never through a link.

Where others may write to a folder too, they may have put a link under a name that lsq is
about to write to, to have it overwrite a file of the user's. A second name of such a file,
a hard link, would do as well, where the system lets them make one.
"""

import errno
import os
from contextlib import suppress
from io import FileIO
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


def change(path: str | os.PathLike[str]) -> IO[bytes]:
    """Open a file to read and change it; raises OSError for a link."""
    file = open(path, "r+b", opener=_open)  # noqa: SIM115  # the caller closes it
    try:
        check_one_name(file.fileno(), path)
    except BaseException:
        file.close()
        raise
    return file


def look(path: str | os.PathLike[str]) -> FileIO:
    """Open a file to read it, without a buffer; raises OSError for a link."""
    return open(path, "rb", buffering=0, opener=_open)


def check_one_name(file: int | str, path: str | os.PathLike[str]) -> None:
    """See that a file, which may be open, has no other name than `path`.

    Raises:
        OSError: it has, or it cannot be looked at.
    """
    if os.stat(file).st_nlink > 1:
        raise OSError(errno.EMLINK, os.strerror(errno.EMLINK), os.fspath(path))


def _open(path: str, flags: int) -> int:
    return os.open(path, flags | _NO_LINK, 0o666)
