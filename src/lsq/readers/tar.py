"""Tar archives, as their bytes say; packed ones come from `lsq.readers.compressed`.

Links, devices and the like are no members. Nothing is written to the disk.

Source: POSIX.1-2017, pax (ustar and pax formats); https://docs.python.org/3/library/tarfile.html
"""

import io
import tarfile
from typing import Self

from lsq.errors import ReadError
from lsq.messages import _
from lsq.readers.names import Distinct, member_name
from lsq.readers.package import Budget, not_unpacked

# Where a header says that it is one, and what it says.
MAGIC_AT = 257
MAGIC = b"ustar"

_BROKEN = (tarfile.TarError, ValueError, OSError, EOFError, RecursionError, IndexError, KeyError)

# Headers of this many members; parsing takes a hundred times the size of an empty one.
_MOST = 100_000


class Container:
    """An open archive; see `lsq.readers.archive`.

    Args:
        path: what it is called.
        data: the archive.
        budget: how much may come out of it.
        every: whether members with one name are all to be read. By default the later
            counts, as when it is unpacked: what is appended to an archive replaces.
    """

    form: str | None = None

    def __init__(self, path: str, data: bytes, budget: Budget, *, every: bool = False) -> None:
        self._path = path
        self._budget = budget
        try:
            self._tar = tarfile.open(  # noqa: SIM115  # closed when the `with` is left
                fileobj=io.BytesIO(data), mode="r:", errors="surrogateescape"
            )
            self._members: dict[str, tarfile.TarInfo] = {}
            distinct = Distinct()
            for count, member in enumerate(self._tar):
                if count >= _MOST:
                    raise ReadError(path, _("it has more members than lsq reads; unpack it first"))
                if member.isreg():
                    name = member_name(member.name.encode("utf-8", "surrogateescape"))
                    self._members[distinct(name) if every else name] = member
        except _BROKEN as error:
            raise ReadError(
                path,
                _("damaged, or not downloaded whole ({error}); fetch it again").format(error=error),
            ) from error
        self.names = list(self._members)

    def read(self, name: str, path: str | None = None) -> bytes:
        """The bytes of a member."""
        path = path or self._path
        most = self._budget.most
        try:
            stream = self._tar.extractfile(self._members[name])
            data = stream.read(most + 1) if stream else b""
        except _BROKEN as error:
            raise not_unpacked(path, name, error) from error
        return self._budget.take(path, data, most)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._tar.close()
