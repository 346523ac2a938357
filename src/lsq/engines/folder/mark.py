"""The file `lsq.json`, which marks a folder as an index: which data counts, who keeps it.

An index of somebody else is opened only if the user says so, as git does with
`safe.directory`: a command looks for an index from the current folder upwards, and may find
one that somebody has prepared in a place that all may write to. Where the system has no
numbers of owners, on Windows, all are trusted.
"""

import json
import os
from typing import Any, Final, NamedTuple
from zlib import crc32

from lsq.disk import look
from lsq.engines import MARK, UNNAMED, is_index
from lsq.engines.folder.damage import link_refused
from lsq.errors import DamagedError, ForeignIndexError, NoIndexError, OwnerError
from lsq.messages import _
from lsq.segment import Segmenter

VARIABLE = "LSQ_TRUSTED"
_ROOT = 0
# Changes with every change of what is stored, and of how it is folded and cut.
FORMAT_VERSION: Final = 9

# Describes the process that writes; and what it says there while the index has no articles yet.
HOLDER: Final = "writer.json"
FIRST: Final = "first"


# The prefix of the names of folders of data.
DATA: Final = "data-"

# The file, beside the store's, that holds the dictionary words are cut with.
DICTIONARY: Final = "dictionary.words"

# Formats up to this one had no checksum.
_UNCHECKED = 2
# More than any mark has, in bytes.
_LONGEST = 10_000


def check_owner(location: str, path: str, consented: int | None = None) -> None:
    """Check that an index may be opened, by the owner of one of its files or folders.

    Trusted are the user who runs lsq, root (who can do anything), and with sudo the user who
    called it; other users only if `$LSQ_TRUSTED` names the folder of the index or one above it.

    Args:
        location: the folder of the index.
        path: the file or folder.
        consented: an owner accepted before.

    Raises:
        OwnerError: it is somebody else's.
        OSError: there is no such file.
    """
    if not hasattr(os, "geteuid"):
        return
    # The owner of a link counts too: it may lead to an index of the user's own.
    for owner in (os.stat(path).st_uid, os.lstat(path).st_uid):
        if owner != consented and not _is_mine(owner) and not _is_trusted(location):
            raise OwnerError(location, _name(owner), _to_type(location))


def _is_mine(owner: int) -> bool:
    me = os.geteuid()
    caller = os.environ.get("SUDO_UID") if me == _ROOT else None
    return owner in {me, _ROOT} or str(owner) == caller


def _is_trusted(location: str) -> bool:
    real = os.path.realpath(location)
    named = os.environ.get(VARIABLE, "").split(os.pathsep)
    # A relative path would name another folder in each current folder.
    trusted = [os.path.realpath(folder) for folder in named if os.path.isabs(folder)]
    return any(os.path.commonpath((folder, real)) == folder for folder in trusted)


def _name(owner: int) -> str:
    from pwd import getpwuid

    try:
        return getpwuid(owner).pw_name
    except KeyError:  # in a container, or on a disk of another machine
        return str(owner)


def _to_type(location: str) -> str:
    """The command for a shell that makes the location trusted."""
    from shlex import quote

    before = f'"${VARIABLE}"{os.pathsep}' if os.environ.get(VARIABLE) else ""
    return f"export {VARIABLE}={before}{quote(os.path.realpath(location))}"


class Mark(NamedTuple):
    """The content of `lsq.json`.

    Attributes:
        data: the current folder of data.
        fingerprint: of the dictionary in it.
        engine: the name of the store of its postings.
    """

    data: str
    fingerprint: str
    engine: str

    def segmenter(self) -> Segmenter:
        """Cuts words with that dictionary."""
        return Segmenter(os.path.join(self.data, DICTIONARY), self.fingerprint)


def mark_text(location: str, mark: Mark) -> str:
    """The content of `lsq.json` for `mark`."""
    said = {
        "format_version": FORMAT_VERSION,
        "data": os.path.basename(mark.data),
        "dictionary": mark.fingerprint,
        "engine": mark.engine,
        # To make an index in somebody's folder is to accept its owner.
        "folder_owner": os.stat(location).st_uid,
    }
    return json.dumps(said | {"check": _check(said)}) + "\n"


def is_incomplete(location: str) -> bool:
    """Whether the first update of the index is still running, or was killed."""
    try:
        with look(os.path.join(location, HOLDER)) as file:
            said = json.loads(file.read(_LONGEST))
        return bool(said.get(FIRST))
    except (OSError, ValueError, AttributeError):
        return False


def read_mark(location: str) -> Mark:
    """The mark of the index in the folder `location`.

    Raises:
        NoIndexError: there is none.
        OwnerError: it is somebody else's.
        ForeignIndexError: it is of another version of lsq, or a link.
        DamagedError: it cannot be parsed.
        OSError: it cannot be read.
    """
    if not is_index(location):
        raise NoIndexError(location)
    path = os.path.join(location, MARK)
    _check_no_link(path)
    check_owner(location, path)
    try:
        with look(path) as file:
            said = json.loads(file.read(_LONGEST))
        version = said["format_version"]
        check = said.pop("check", None)
        if check != _check(said) and (check is not None or version > _UNCHECKED):
            raise DamagedError(location)
        if version == FORMAT_VERSION:
            check_owner(location, location, said["folder_owner"])
            data, fingerprint = said["data"], said["dictionary"]
            engine = said.get("engine", UNNAMED)
            if (
                not isinstance(engine, str)
                or not data.startswith(DATA)
                or data != os.path.basename(data)
            ):
                raise DamagedError(location)
            _check_no_link(os.path.join(location, data))
            return Mark(os.path.join(location, data), fingerprint, engine)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise DamagedError(location) from error
    raise ForeignIndexError(
        _(
            "{location}: made by another version of lsq (format {version}, this one "
            "reads {format_version}); rebuild it with: lsq index --rebuild PATH…"
        ).format(location=location, version=version, format_version=FORMAT_VERSION)
    )


def _check_no_link(path: str) -> None:
    if os.path.islink(path):
        raise ForeignIndexError(link_refused(path))


def _check(said: dict[str, Any]) -> str:
    """The checksum of the rest."""
    return f"{crc32(json.dumps(said, sort_keys=True).encode()):08x}"
