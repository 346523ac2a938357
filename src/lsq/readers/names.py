"""Decode names in GBK, of files and members of archives, and make repeated names unique.

Old Chinese systems wrote names in GBK. Python represents bytes that are not UTF-8 as
surrogates; an index stores the decoded name, and opening it looks for the file with this name.
"""

import os
import posixpath
import re
from functools import lru_cache

from lsq.readers.encoding import decode

# Characters that UTF-8 writes in two bytes each, as GBK writes ideographs.
_TWO_BYTES = re.compile("[\u0080-\u07ff]{2}")


def is_utf8(path: str) -> bool:
    """Whether all names in a path are in UTF-8, and not in GBK that is valid UTF-8 by accident.

    The GBK bytes of 通知 are valid UTF-8: two combining marks.
    """
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    if _TWO_BYTES.search(path) is None:
        return True
    return all(decode(name.encode()) == name for name in filter(None, path.split(os.sep)))


def shown(path: str) -> str:
    """Decode a path.

    Raises:
        ValueError: a name in it is in no encoding that lsq reads.
    """
    return os.sep.join(map(_decoded_name, path.split(os.sep)))


def legible(path: str) -> str:
    """The path with each name as it is meant, as far as it is in an encoding that lsq reads."""
    return os.sep.join(map(_legible, path.split(os.sep)))


def actual(path: str) -> str:
    """The path of the file whose decoded path is `path`; `path` itself if there is none."""
    if os.path.lexists(path):
        return path
    found = os.sep if os.path.isabs(path) else ""
    drive, rest = os.path.splitdrive(path)
    for name in filter(None, rest.split(os.sep)):
        inner = os.path.join(drive + found, name)
        if not os.path.lexists(inner):
            folder = found or os.curdir
            real = _undecoded_names(folder, _time(folder)).get(name)
            if real is None:
                return path
            found = os.path.join(found, real)
        else:
            found = os.path.join(found, name)
    return drive + found


def _decoded_name(name: str) -> str:
    if is_utf8(name):
        return name
    text = decode(os.fsencode(name))
    if not text.isprintable() or "/" in text or "\ufffd" in text:
        raise ValueError(name)
    return text


def _legible(name: str) -> str:
    try:
        return _decoded_name(name)
    except ValueError:
        return name


def _time(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=64)
def _undecoded_names(folder: str, _modified: int) -> dict[str, str]:
    """The names in a folder that are not UTF-8, by their decoded names."""
    names: dict[str, str] = {}
    try:
        for name in os.listdir(folder):
            try:
                text = _decoded_name(name)
            except ValueError:
                continue
            if text != name:
                names.setdefault(text, name)
    except OSError:
        pass
    return names


def member_name(name: bytes) -> str:
    """Decode the name of a member, which old Chinese archivers wrote in undeclared GBK."""
    try:
        text = decode(name)
    except ValueError:
        text = name.decode("utf-8", "replace")
    return text.replace("\\", "/").lstrip("/")


class Distinct:
    """Makes paths unique by a number before the suffix."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}  # the number to try next, by path

    def __call__(self, path: str) -> str:
        """Return a path that was not returned before: `a.txt`, then `a (2).txt`."""
        name = path
        if name in self._taken:
            root, suffix = posixpath.splitext(path)
            number = self._next.get(path, 2)
            while (name := f"{root} ({number}){suffix}") in self._taken:
                number += 1
            self._next[path] = number + 1
        self._taken.add(name)
        return name
