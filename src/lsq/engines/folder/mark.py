"""The file `lsq.json`, which marks a folder as an index, and the check of the index's owner.

An index of another user is opened only if the user allows it, as with git's `safe.directory`:
commands look for an index in the current folder and those above it, and may find one that
somebody has prepared in a folder that everyone can write to. On Windows, where files have no
numeric owners, every index is trusted.
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
# Increased when anything stored, folding or segmentation changes.
FORMAT_VERSION: Final = 9

# The file that describes the writing process; its key for an index without articles yet.
HOLDER: Final = "writer.json"
FIRST: Final = "first"
# The prefix of the names of data folders.
DATA: Final = "data-"
# The file of the dictionary for segmentation, in a data folder.
DICTIONARY: Final = "dictionary.words"

# Formats up to this one had no checksum.
_UNCHECKED = 2
# In bytes: more than any mark has.
_LONGEST = 10_000


def check_owner(location: str, path: str, consented: int | None = None) -> None:
    """Check that the owner of a file or folder of an index is trusted.

    Trusted are the user who runs lsq, root, and with sudo the user who called it; others only if
    `$LSQ_TRUSTED` names the folder of the index or one above it.

    Args:
        location: the folder of the index.
        path: the file or folder.
        consented: an owner who was accepted before.

    Raises:
        OwnerError: the owner is not trusted.
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
    """The shell command that makes the location trusted."""
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
    content = {
        "format_version": FORMAT_VERSION,
        "data": os.path.basename(mark.data),
        "dictionary": mark.fingerprint,
        "engine": mark.engine,
        # Whoever makes an index in a folder of another user accepts that owner.
        "folder_owner": os.stat(location).st_uid,
    }
    return json.dumps(content | {"check": _checksum(content)}) + "\n"


def is_incomplete(location: str) -> bool:
    """Whether the first update of the index is still running, or was killed."""
    try:
        with look(os.path.join(location, HOLDER)) as file:
            holder = json.loads(file.read(_LONGEST))
        return bool(holder.get(FIRST))
    except (OSError, ValueError, AttributeError):
        return False


def read_mark(location: str) -> Mark:
    """The mark of the index in the folder `location`.

    Raises:
        NoIndexError: there is none.
        OwnerError: it belongs to another user.
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
            content = json.loads(file.read(_LONGEST))
        version = content["format_version"]
        checksum = content.pop("check", None)
        if checksum != _checksum(content) and (checksum is not None or version > _UNCHECKED):
            raise DamagedError(location)
        if version == FORMAT_VERSION:
            check_owner(location, location, content["folder_owner"])
            data, fingerprint = content["data"], content["dictionary"]
            engine = content.get("engine", UNNAMED)
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


def _checksum(content: dict[str, Any]) -> str:
    return f"{crc32(json.dumps(content, sort_keys=True).encode()):08x}"
