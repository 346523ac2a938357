"""Open zip containers safely, even malicious ones.

Members are read into memory one at a time and never written to the disk, so their names are
harmless. Their total size is bounded, also relative to the packed size.

Source: PKWARE APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

import contextlib
import io
import lzma
import zipfile
import zlib
from typing import Self

from lsq.errors import PackageError, ReadError
from lsq.messages import _
from lsq.readers.encoding import decode

# The compression ratio of text is 10, of the markup of a large table 80, of a bomb 1,000.
_RATIO = 100

# The bound for small packages: an empty table has a high ratio.
_ALWAYS = 32 << 20

# The maximum size of one part or member, and of all parts of a document together.
LARGEST = 256 << 20

# The maximum size of all members of an archive, which are read one after the other.
_ALL = 4 << 30

# The size of a directory with 300,000 members; parsing takes ten times as much memory.
_DIRECTORY = 16 << 20

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800

# The exceptions of `zipfile` for a damaged or unexpected container:
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,  # bzip2
    ValueError,  # negative offsets
    NotImplementedError,  # an unknown compression or version
    RuntimeError,  # encrypted without a flag in the directory
)


class Budget:
    """How many bytes may be unpacked from a file, with all packages inside it.

    Attributes:
        left: how many bytes of valid content are left.
        vain: how many bytes of damaged or too large members are left.
    """

    def __init__(self, packed: int, *, archive: bool = False) -> None:
        most = _ALL if archive else LARGEST
        self.left = min(most, max(_ALWAYS, packed * _RATIO))
        self.vain = _ALL if archive else LARGEST

    @property
    def most(self) -> int:
        """The maximum size of the next member, in bytes."""
        return min(self.left, LARGEST) if self.vain > 0 else 0

    def take(self, path: str, data: bytes, most: int) -> bytes:
        """Subtract the size of a member; returns its content.

        Args:
            path: the path of the member, for errors.
            data: the content, or its first `most + 1` bytes.
            most: the maximum, from `Budget.most` before unpacking.

        Raises:
            PackageError: the content is larger.
        """
        if len(data) > most:
            self.vain -= len(data)
            raise PackageError(path, _("it unpacks to far more than any document; refused"))
        self.left -= len(data)
        return data


def not_unpacked(path: str, name: str, error: Exception) -> ReadError:
    """The error for a member that cannot be unpacked."""
    return ReadError(
        path,
        _("damaged: {name} cannot be unpacked ({error}); fetch it again").format(
            name=name, error=error
        ),
    )


class Package:
    """A zip container.

    Attributes:
        names: the names of its members, without folders, in order.
        form: None; see `lsq.readers.archive`.
    """

    form: str | None = None

    def __init__(self, path: str, data: bytes, budget: Budget | None = None) -> None:
        """Open the container `data` at `path`.

        Raises:
            ReadError: it is damaged.
        """
        self._path = path
        self._budget = budget or Budget(len(data))
        _check_directory(path, data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            reason = _("damaged, or not downloaded whole: its end is missing; fetch it again")
            raise ReadError(path, reason) from error
        # Of several members with one name the last counts, as when unpacking.
        self._members = {_name(member): member for member in self._zip.infolist()}
        self._folded = {name.lower(): name for name in self._members}
        self.names = [name for name in self._members if not name.endswith("/")]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._folded

    def read(self, name: str, path: str | None = None) -> bytes:
        """Read a member.

        Args:
            name: one of `names`; if missing, a name that differs only in case is used, as Windows
                programs may write it so.
            path: the path for errors; by default that of the container.

        Raises:
            PackageError: it is encrypted or too large.
            ReadError: it is missing or damaged.
        """
        path = path or self._path
        member = self._members.get(name) or self._members.get(self._folded.get(name.lower(), ""))
        if member is None:
            raise ReadError(
                path, _("damaged: it lacks its part {name}; fetch it again").format(name=name)
            )
        if member.flag_bits & _ENCRYPTED:
            raise PackageError(path, _("encrypted with a password; unpack it first"))
        # The declared size is not reliable.
        most = self._budget.most
        try:
            with self._zip.open(member) as stream:
                data = stream.read(most + 1)
        except _BROKEN as error:
            # Unpacking up to the error takes time too, for thousands of members.
            self._budget.vain -= min(most, member.file_size)
            raise not_unpacked(path, name, error) from error
        return self._budget.take(path, data, most)


def _check_directory(path: str, data: bytes) -> None:
    """Refuse a directory of millions of members, which would exhaust the memory."""
    end = data.rfind(b"PK\x05\x06", -(1 << 16) - 22)
    if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > _DIRECTORY:
        raise ReadError(path, _("it has more members than lsq reads; unpack it first"))


def _name(member: zipfile.ZipInfo) -> str:
    """Decode the name of a member, which old Chinese archivers wrote in undeclared GBK."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAME:
        with contextlib.suppress(ValueError):
            name = decode(name.encode("cp437"))
    return name.replace("\\", "/").lstrip("/")
