"""Open, read and write lsq's own files: regular ones, never through a link, synced to the disk.

An attacker with write access to a folder could plant a symbolic or hard link under a name that
lsq writes to, and so make lsq overwrite another file of the user.

Files are not mapped into memory: when another process truncates a mapped file, the system
kills the reader, which cannot report anything.
"""

import errno
import os
import stat
import sys
import time
from contextlib import suppress
from io import BytesIO, FileIO
from threading import Lock
from typing import IO, Any

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # opening a pipe would wait for its writer

# In seconds: how long to retry on Windows, which refuses to replace a file that is open.
_RETRY_SECONDS = 2.0
_RETRY_PAUSE = 0.02

# In bytes: longer than any list that somebody keeps.
_LONGEST_LIST = 64 << 20


def user_folder(variable: str, *usual: str) -> str:
    """The user's folder for lsq's files of one kind (data, state); it need not exist.

    Args:
        variable: the environment variable for this kind, such as XDG_DATA_HOME; ignored on
            Windows and macOS, which have one folder for all kinds.
        usual: the default below the home folder.

    Source: https://specifications.freedesktop.org/basedir-spec/latest/
    """
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Application Support")
    else:
        # The specification says to ignore relative paths.
        named = os.environ.get(variable, "")
        base = named if os.path.isabs(named) else os.path.join(home, *usual)
    return os.path.join(base, "lsq")


def create(path: str | os.PathLike[str], mode: str = "xb") -> IO[Any]:
    """Open a new file, replacing any file of its name.

    Args:
        path: the file.
        mode: a mode of `open` with an x.

    Raises:
        OSError: it cannot be created, or another process has just created it.
    """
    with suppress(FileNotFoundError):
        os.unlink(path)
    encoding = None if "b" in mode else "utf-8"
    return open(path, mode, encoding=encoding, opener=_open)


def change(path: str | os.PathLike[str]) -> IO[bytes]:
    """Open a file for reading and writing; raises OSError for a link."""
    file = open(path, "r+b", opener=_open)  # noqa: SIM115  # the caller closes it
    try:
        check_one_name(file.fileno(), path)
    except BaseException:
        file.close()
        raise
    return file


def look(path: str | os.PathLike[str]) -> FileIO:
    """Open a file for unbuffered reading; raises OSError for a link."""
    return open(path, "rb", buffering=0, opener=_open)


def read_list(path: str | os.PathLike[str]) -> bytes:
    """The content of a file that a user names, which may be a pipe.

    Raises:
        OSError: it cannot be read, or is longer than 64 MB: a device may never end.
    """
    with open(path, "rb") as file:
        content = file.read(_LONGEST_LIST + 1)
    if len(content) > _LONGEST_LIST:
        raise OSError(errno.EINVAL, "longer than 64 MB", os.fspath(path))
    return content


def write_file(path: str | os.PathLike[str], content: bytes, *, durable: bool = True) -> None:
    """Replace a file that is the user's alone, at once: a reader sees the old content or the new.

    Args:
        path: the file; nothing else is left of an attempt that fails.
        content: what it contains from now on.
        durable: sync it to the disk.

    Raises:
        OSError: it cannot be written; names the file.
    """
    name = os.fspath(path)
    unfinished = f"{name}.{os.getpid()}.{os.urandom(4).hex()}.new"
    try:
        try:
            with create(unfinished) as file:
                if hasattr(os, "fchmod"):
                    os.fchmod(file.fileno(), 0o600)
                file.write(content)
                if durable:
                    file.flush()
                    flush(file.fileno())
            rename(unfinished, name)
        except BaseException:
            with suppress(OSError):
                os.unlink(unfinished)
            raise
        if durable:
            sync(os.path.dirname(name) or os.curdir)
    except OSError as error:
        error.filename = name
        raise


def check_one_name(file: int | str, path: str | os.PathLike[str]) -> None:
    """Check that a file, given by path or descriptor, has no hard link besides `path`.

    Raises:
        OSError: it has one, or is a folder, or cannot be examined.
    """
    status = os.stat(file)
    if status.st_nlink > 1:
        number = errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.EMLINK
        raise OSError(number, os.strerror(number), os.fspath(path))


def sync(path: str | os.PathLike[str]) -> None:
    """Sync a file, or a folder's list of files, to the disk."""
    is_folder = os.path.isdir(path)
    if os.name == "nt" and is_folder:
        return  # Windows cannot sync folders
    flags = os.O_RDONLY if is_folder else os.O_RDWR | _NO_LINK
    descriptor = os.open(path, flags)
    try:
        flush(descriptor)
    finally:
        os.close(descriptor)


def flush(descriptor: int) -> None:
    """Sync an open file to the disk.

    On macOS, `fsync` may leave data in the cache of the drive; F_FULLFSYNC flushes it, but not
    every file system supports that.

    Source: the manual pages fsync(2) and fcntl(2) of macOS.
    """
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def rename(source: str | os.PathLike[str], target: str | os.PathLike[str]) -> None:
    """Rename a file, replacing the target.

    Windows refuses this while another process has the target open. lsq keeps such files open
    for a moment only, so this retries.

    Raises:
        OSError: the system does not allow it.
    """
    end = time.monotonic() + (_RETRY_SECONDS if os.name == "nt" else 0)
    while True:
        try:
            return os.replace(source, target)
        except PermissionError:
            if time.monotonic() >= end:
                raise
            time.sleep(_RETRY_PAUSE)


class PieceFile:
    """A file open for reading by several threads; it stays readable after it is deleted.

    Args:
        source: the path, or the content.

    Raises:
        OSError: it cannot be opened, or is a link.
    """

    def __init__(self, source: str | bytes) -> None:
        self._lock = Lock()  # guards the file position
        self._file: BytesIO | FileIO
        if isinstance(source, bytes):
            self._file = BytesIO(source)
        else:
            self._file = look(source)  # `close` closes it

    def size(self) -> int:
        """The current length, in bytes."""
        with self._lock:
            return self._file.seek(0, os.SEEK_END)

    def read(self, start: int, size: int) -> bytes:
        """Read `size` bytes from `start`; fewer at the end of the file."""
        with self._lock:
            self._file.seek(start)
            return self._file.read(size) or b""

    def read_into(self, start: int, view: memoryview) -> int:
        """Read bytes from `start` into `view`; returns their number, 0 at the end of the file."""
        with self._lock:
            self._file.seek(start)
            return self._file.readinto(view) or 0

    def close(self) -> None:
        self._file.close()

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()


def _open(path: str, flags: int) -> int:
    """Open a file for `open`; raises OSError for a link, a pipe or a device, and never waits."""
    descriptor = os.open(path, flags | _NO_LINK | _NO_WAIT, 0o666)
    kind = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):  # `open` itself refuses folders
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file", path)
    return descriptor
