"""Names of files in GBK, as old Chinese systems wrote them: what they say, and the file.

To Python a byte that is not UTF-8 is a surrogate, and to an index the file is called what
its name says. The file of such a name is looked for when it is opened.
"""

import os
from functools import lru_cache

from lsq.readers.encoding import decode


def is_utf8(path: str) -> bool:
    """Whether all names in a path are in UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def shown(path: str) -> str:
    """The path as it is meant.

    Raises:
        ValueError: a name in it is in no encoding that lsq reads.
    """
    return os.sep.join(map(_shown, path.split(os.sep)))


def actual(path: str) -> str:
    """The path of the file that is shown as `path`, which stays as it is if there is none."""
    if os.path.lexists(path):
        return path
    found = os.sep if os.path.isabs(path) else ""
    drive, rest = os.path.splitdrive(path)
    for name in filter(None, rest.split(os.sep)):
        inner = os.path.join(drive + found, name)
        if not os.path.lexists(inner):
            folder = found or os.curdir
            real = _meant(folder, _time(folder)).get(name)
            if real is None:
                return path
            found = os.path.join(found, real)
        else:
            found = os.path.join(found, name)
    return drive + found


def _shown(name: str) -> str:
    if is_utf8(name):
        return name
    text = decode(os.fsencode(name))
    if not text.isprintable() or "/" in text or "\ufffd" in text:
        raise ValueError(name)
    return text


def _time(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=64)
def _meant(folder: str, _modified: int) -> dict[str, str]:
    """The names in a folder that are not UTF-8, by what they say."""
    names: dict[str, str] = {}
    try:
        for name in os.listdir(folder):
            try:
                text = _shown(name)
            except ValueError:
                continue
            if text != name:
                names.setdefault(text, name)
    except OSError:
        pass
    return names
