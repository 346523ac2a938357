"""Find the files at and below the paths that a user names.

A file with several links to it is found once, under its own path if that is found or indexed,
else under the path of a link.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from stat import S_ISREG

from lsq.engines import Stamp, is_index
from lsq.engines.paths import real_path, relative
from lsq.errors import ReadError
from lsq.messages import _, system_message
from lsq.readers import is_readable, junk
from lsq.readers.names import actual, is_utf8, shown

# The system's errors for a path without a file: links may lead to nothing, to themselves, or
# through a folder that has become a file.
GONE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}


@dataclass(slots=True)
class Files:
    """The files found; paths are relative to the current folder.

    Attributes:
        stamps: the files, in a stable order, with their sizes and times.
        links: the files found through links: their own paths and stamps.
        empty: the named folders without files.
        missing: the named paths that do not exist, with the system's errors.
        unseen: files and folders that exist but cannot be accessed.
        failures: the other errors.
        skipped: the files in folders that no reader takes, and their kinds.
    """

    stamps: dict[str, Stamp] = field(default_factory=dict)
    links: dict[str, tuple[str, Stamp]] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)
    failures: list[ReadError] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)

    def fail(self, path: str, error: OSError) -> None:
        """Add a system error for `path`."""
        self.failures.append(ReadError(_legible(path), system_message(error)))
        if error.errno not in GONE:
            self.unseen.append(path)

    def skip(self, path: str, name: str) -> None:
        """Add a file in a folder that no reader takes."""
        self.skipped[_legible(path)] = junk.kind(name)

    def copy(self) -> "Files":
        """A copy that can be settled with another index."""
        return replace(self, stamps=dict(self.stamps), links=dict(self.links))

    def settle(self, indexed: Mapping[str, Stamp], was_below: Callable[[str], bool]) -> set[str]:
        """Choose one path for each file, and add the files that only the index knows.

        Args:
            indexed: the files in the index.
            was_below: tells whether a path was in the scanned folders.

        Returns:
            The paths in the index that are replaced by other paths.
        """
        real_name = _real_names()
        others: set[str] = set()
        for path in indexed:
            # Once named explicitly: hidden, without a known suffix, or behind a link.
            if path not in self.stamps and path not in self.links and was_below(path):
                self._keep(path, real_name)
        names: dict[str, str] = {}
        # Of several links to one file, the indexed one stays.
        for path in sorted(self.links, key=lambda path: path not in indexed):
            real, stamp = self.links[path]
            known = real in self.stamps or real in indexed
            name = names.setdefault(real, real if known else path)
            self.stamps.setdefault(name, stamp)
            if name != path and path in indexed:
                others.add(path)
        self.links.clear()
        return others

    def add(self, path: str, real: str) -> None:
        """Add the file at `path`, whose own path is `real`; raises OSError if there is none."""
        status = os.stat(path)
        stamp = stamp_of(status)
        if path == real or not S_ISREG(status.st_mode):
            self.stamps[path] = stamp
        else:
            self.links[path] = real, stamp

    def add_meant(self, path: str) -> None:
        """Add the file at `path`, whose name is not UTF-8, under its decoded name.

        Raises:
            OSError: it is gone.
        """
        try:
            name = shown(path)
        except ValueError:
            name = os.fsencode(path).decode("utf-8", "backslashreplace")
            self.failures.append(ReadError(name, _("its name is not UTF-8; rename it")))
            return
        if name in self.stamps or os.path.lexists(name):
            reason = _("its name is in GBK and reads like another file's; rename it")
            self.failures.append(ReadError(name, reason))
            return
        self.stamps[name] = stamp_of(os.stat(path))

    def _keep(self, path: str, real_name: Callable[[str, bool], str]) -> None:
        try:
            if S_ISREG(os.stat(path).st_mode):
                self.add(path, real_name(path, os.path.islink(path)))
        except OSError as error:
            if error.errno not in GONE:
                self.unseen.append(path)


def files_at(roots: Iterable[str]) -> Files:
    """Find the files at `roots`, and those below them that lsq reads.

    Args:
        roots: files and folders, relative to the current folder.
    """
    files = Files()
    real_name = _real_names()
    for root in roots:
        found = 0
        is_folder = os.path.isdir(root)
        # On a case-insensitive file system, the typed path may differ from the real name too.
        named = ((root, os.path.islink(root) or sys.platform == "darwin"),)
        called = names_below(root)
        for below, is_link in walk(root, files) if is_folder else named:
            found += 1
            path = called(below)
            try:
                if path.isascii() or is_utf8(path):
                    files.add(path, real_name(path, is_link))
                else:
                    files.add_meant(path)
            except OSError as error:
                if path == root and error.errno in GONE:
                    files.missing[root] = system_message(error)
                else:
                    files.fail(path, error)
        if is_folder and not found and root not in files.unseen:
            files.empty.append(root)
    return files


def _legible(path: str) -> str:
    """The decoded path, with escapes if it is neither UTF-8 nor GBK."""
    if is_utf8(path):
        return path
    try:
        return shown(path)
    except ValueError:
        return os.fsencode(path).decode("utf-8", "backslashreplace")


def is_gone(path: str) -> bool:
    """Whether `path` does not exist; false if it only cannot be accessed."""
    try:
        os.stat(actual(path))
    except OSError as error:
        return error.errno in GONE
    return False


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file whose content has not been read."""
    return Stamp(status.st_size, status.st_mtime_ns, "", status.st_ino, status.st_ctime_ns)


def walk(root: str, files: Files) -> Iterator[tuple[str, bool]]:
    """Find all files below a folder that lsq reads, in the order of their paths.

    Skips junk and the files of indexes; does not follow links to folders.

    Returns:
        Paths, and whether each is a link.
    """
    called = names_below(root)
    stack = _listed(root, files, called)
    while stack:
        name, path, is_link = stack.pop()
        if name.endswith("/"):
            stack += _listed(path, files, called)
        else:
            yield path, is_link


def beginning(root: str) -> str:
    """The prefix of the paths below a folder; empty for the current folder."""
    # Strings, not paths: there are many.
    return "" if root == os.curdir else root.removesuffix(os.sep) + os.sep


def names_below(root: str) -> Callable[[str], str]:
    """Make a function that converts a path of `walk` to the path that the index stores.

    They differ if the current folder is below `root`: in `a`, the file `../a/b.txt` is `b.txt`.
    """
    ups, current = root.split(os.sep), os.getcwd()
    if any(part != os.pardir for part in ups) or not is_utf8(current):
        return str
    parts = current.split(os.sep)[-len(ups) :]
    # The longest first: it needs the fewest "..".
    beginnings = [
        (os.sep.join([root, *parts[: len(parts) - up], ""]), (os.pardir + os.sep) * up)
        for up in range(len(parts))
    ]

    def name(path: str) -> str:
        for here, short in beginnings:
            if path.startswith(here):
                return short + path[len(here) :]
        return path

    return name


def _listed(folder: str, files: Files, called: Callable[[str], str]) -> list[tuple[str, str, bool]]:
    """List what `walk` finds in a folder, the last path first.

    Returns:
        Names, with a `/` after those of folders, in descending order; paths; whether each is a
        link.
    """
    here = beginning(folder)
    found: list[tuple[str, str, bool]] = []
    try:
        with os.scandir(folder) as listing:
            entries = {entry.name: entry for entry in listing}
        for name, entry in entries.items():
            path = here + name
            if junk.is_junk(name):
                continue
            if _is_folder(entry):
                is_ours = is_index(path) or junk.is_companion(name, entries)
                if not entry.is_symlink() and not is_ours:
                    found.append((f"{name}/", path, False))
            elif is_readable(name):
                found.append((name, path, entry.is_symlink()))
            else:
                files.skip(called(path), name)
    except OSError as error:
        files.fail(called(folder), error)
    found.sort(reverse=True)
    return found


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a circular link; it is reported when it is examined as a file
        return False


def _real_names() -> Callable[[str, bool], str]:
    """Make a function that returns a file's path without links; folders are cached."""

    @cache
    def real_folder(folder: str) -> tuple[str, bool]:
        real = real_path(folder)
        return real, real == os.path.abspath(folder)

    def real_name(path: str, is_link: bool) -> str:
        if is_link:
            return relative(real_path(path))
        folder, name = os.path.split(path)
        real, is_same = real_folder(folder)
        return path if is_same else relative(os.path.join(real, name))

    return real_name
