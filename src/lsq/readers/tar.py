"""Uncompressed tar archives; `lsq.readers.compressed` reads compressed ones.

Links, devices and the like are ignored. Nothing is written to the disk.

Source: POSIX.1-2017, pax (ustar and pax formats); https://docs.python.org/3/library/tarfile.html
"""

import io
import tarfile
from typing import Self

from lsq.errors import ReadError
from lsq.messages import _
from lsq.readers.names import Distinct, member_name
from lsq.readers.package import Budget, not_unpacked

# The signature of a tar header, and its offset.
MAGIC_AT = 257
MAGIC = b"ustar"

_BROKEN = (tarfile.TarError, ValueError, OSError, EOFError, RecursionError, IndexError, KeyError)

# The maximum number of members; parsing a header takes a hundred times the size of a small member.
_MOST = 100_000


class Container:
    """An open archive; see `lsq.readers.archive`.

    Args:
        path: the path of the archive.
        data: the archive.
        budget: how much may be unpacked.
        every: keep all members with one name. By default the last replaces the others, as when
            the archive is unpacked.
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
