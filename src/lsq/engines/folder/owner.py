"""Whose an index is: that of somebody else is opened only if the user says so.

As git does with `safe.directory`: a command looks for an index upwards from where it is
run, and so might come to a folder that somebody has laid out for it in a place that all
may write to. Where the system knows no owners by number, on Windows, all are trusted.
"""

import os

from lsq.errors import OwnerError

VARIABLE = "LSQ_TRUSTED"
_ROOT = 0


def check_owner(location: str, path: str, consented: int | None = None) -> None:
    """See that an index may be opened, as far as one of its files or folders tells.

    That may be the user's who runs lsq, root's (who can do as they like anyway), and
    with sudo that of the user who called it; another's, where `$LSQ_TRUSTED` names the
    folder of the index or one that it is in.

    Args:
        location: the folder of the index.
        path: the file or folder.
        consented: a user who has been consented to before.

    Raises:
        OwnerError: it is somebody else's.
        OSError: there is no such file.
    """
    if not hasattr(os, "geteuid"):
        return
    # A link is as much theirs who made it: it may lead to an index of one's own.
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
    # A relative one would be another folder wherever one goes.
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
