"""A file that is open and read piece by piece, by several threads. Knows no format.

It is not mapped into memory: if somebody cuts a mapped file short, the system kills the
process that reads it, and nothing can be reported.
"""

import os
from io import BytesIO, FileIO
from threading import Lock

from lsq.disk import look


class PieceFile:
    """A file open for reading; it can be read even when it is deleted.

    Args:
        source: its path, or all of its content.

    Raises:
        OSError: it cannot be opened, or is a link.
    """

    def __init__(self, source: str | bytes) -> None:
        self._lock = Lock()  # of the place in the file
        self._file: BytesIO | FileIO
        if isinstance(source, bytes):
            self._file = BytesIO(source)
        else:
            self._file = look(source)  # `close` closes it

    def size(self) -> int:
        """How long it is now, in bytes."""
        with self._lock:
            return self._file.seek(0, os.SEEK_END)

    def read(self, start: int, size: int) -> bytes:
        """What it has there: `size` bytes, fewer if it ends sooner."""
        with self._lock:
            self._file.seek(start)
            return self._file.read(size) or b""

    def close(self) -> None:
        self._file.close()

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()
