"""Compressed files (gz, bz2, xz) and compressed tar archives (tar.gz, tgz).

A compressed file is a container with one member, named like the file without its last suffix.
The members of a compressed tar archive are those of the archive.

Sources: RFC 1952 (gzip); https://sourceware.org/bzip2; https://tukaani.org/xz
"""

import bz2
import gzip
import io
import lzma
import zlib
from pathlib import PurePath
from typing import BinaryIO, Self, cast

from lsq.readers import tar
from lsq.readers.archive import OpenContainer
from lsq.readers.package import Budget, not_unpacked

_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)


class Container:
    """An open compressed file; see `lsq.readers.archive`."""

    form: str | None = None

    def __init__(self, path: str, data: bytes, budget: Budget) -> None:
        self._path = path
        name = PurePath(path).stem
        self._data, self._error = b"", None
        most = budget.most
        try:
            with _opened(data) as stream:
                self._data = stream.read(most + 1)
        except _BROKEN as error:
            raise not_unpacked(path, name, error) from error
        self._inside: OpenContainer | None = None
        self.is_sole = False
        budget.take(path, self._data, most)
        if self._data[tar.MAGIC_AT :].startswith(tar.MAGIC):
            self._inside = tar.Container(path, self._data, budget)
            self.names = self._inside.names
        else:
            self.names = [name]
            self.is_sole = True

    def read(self, name: str, path: str | None = None) -> bytes:
        """The bytes of a member."""
        return self._inside.read(name, path) if self._inside else self._data

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._inside:
            self._inside.__exit__(*error)


def _opened(data: bytes) -> BinaryIO:
    stream = io.BytesIO(data)
    if data.startswith(b"BZh"):
        return cast("BinaryIO", bz2.BZ2File(stream))
    if data.startswith(b"\xfd7zXZ\0"):
        return cast("BinaryIO", lzma.LZMAFile(stream))
    return cast("BinaryIO", gzip.GzipFile(fileobj=stream))
