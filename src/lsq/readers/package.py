"""Open zip containers safely, as if they were hostile. Knows nothing of their contents.

Members are read into memory one at a time and never written to disk, so their names are harmless.
Their size is bounded: in all, and for each relative to its packed size.

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

# Text packs to a tenth, the markup of a large table to an eightieth; a bomb of zeros to a
# thousandth.
_RATIO = 100

# The maximum content of the smallest package: an empty table packs very well.
_ALWAYS = 32 << 20

# The maximum size of one part or member, and of all parts of a document together.
LARGEST = 256 << 20

# The maximum size of all members of an archive, which are read one after the other.
_ALL = 4 << 30

# The directory of 300,000 members; parsing takes ten times its size.
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
    ValueError,  # places before the beginning
    NotImplementedError,  # an unknown compression or version
    RuntimeError,  # encrypted, where the directory does not say so
)


class Budget:
    """How many bytes may still come out of a file, all packages inside it included.

    Attributes:
        left: that number.
        vain: how many may be unpacked in vain, of what is damaged or far too large.
    """

    def __init__(self, packed: int, *, archive: bool = False) -> None:
        most = _ALL if archive else LARGEST
        self.left = min(most, max(_ALWAYS, packed * _RATIO))
        self.vain = _ALL if archive else LARGEST

    @property
    def most(self) -> int:
        """How many bytes the next member may be."""
        return min(self.left, LARGEST) if self.vain > 0 else 0

    def take(self, path: str, data: bytes, most: int) -> bytes:
        """Count what came out of a container.

        Args:
            path: what to call the member in errors.
            data: what came out, one byte more than it may be if there is more.
            most: how much it may be, as `most` said before it was unpacked.

        Raises:
            PackageError: it is too much.
        """
        if len(data) > most:
            self.vain -= len(data)
            raise PackageError(path, _("it unpacks to far more than any document; refused"))
        self.left -= len(data)
        return data


def not_unpacked(path: str, name: str, error: Exception) -> ReadError:
    """The message for a member that cannot be unpacked."""
    return ReadError(
        path,
        _("damaged: {name} cannot be unpacked ({error}); fetch it again").format(
            name=name, error=error
        ),
    )


class Package:
    """A zip container.

    Attributes:
        names: of its members, folders excluded, in the order in which they stand in it.
        form: None; see `lsq.readers.archive`.
    """

    form: str | None = None

    def __init__(self, path: str, data: bytes, budget: Budget | None = None) -> None:
        """Open the container `data`, called `path`.

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
        # Of two members with one name the later counts, as it does when unpacking.
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
        """The bytes of a member.

        Args:
            name: one of `names`; for want of it, one that differs in case only, since
                programs that grew up on Windows do not mind.
            path: what to call it in errors, where the container's own name would not do.

        Raises:
            PackageError: it is encrypted, or far too large.
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
        # The size that it claims may be a lie.
        most = self._budget.most
        try:
            with self._zip.open(member) as stream:
                data = stream.read(most + 1)
        except _BROKEN as error:
            # It was unpacked up to where it breaks; thousands of them take their time.
            self._budget.vain -= min(most, member.file_size)
            raise not_unpacked(path, name, error) from error
        return self._budget.take(path, data, most)


def _check_directory(path: str, data: bytes) -> None:
    """Refuse a directory of millions of members, which would fill the memory."""
    end = data.rfind(b"PK\x05\x06", -(1 << 16) - 22)
    if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > _DIRECTORY:
        raise ReadError(path, _("it has more members than lsq reads; unpack it first"))


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name; old Chinese archivers wrote it in GBK and did not say so."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAME:
        with contextlib.suppress(ValueError):
            name = decode(name.encode("cp437"))
    return name.replace("\\", "/").lstrip("/")
