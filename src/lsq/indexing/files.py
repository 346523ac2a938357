"""Which files a user means by naming files and folders."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lsq.engines import Stamp, is_index
from lsq.errors import ReadError
from lsq.messages import _, answer
from lsq.readers import is_readable


@dataclass(slots=True)
class Files:
    """What was found; paths are relative to the current folder.

    Attributes:
        stamps: the files, in a stable order, with their sizes and times.
        unseen: files and folders that are there, but the system does not let us look.
        failures: what is not there, or cannot be looked at, and why.
    """

    stamps: dict[str, Stamp] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)
    failures: list[ReadError] = field(default_factory=list)

    def fail(self, path: str, error: OSError) -> None:
        """Add what the system answers to looking at `path`."""
        self.failures.append(ReadError(path, answer(error)))
        if not isinstance(error, FileNotFoundError):
            self.unseen.append(path)


def files_at(roots: Iterable[str]) -> Files:
    """The files at `roots`, and those below them that lsq reads.

    Args:
        roots: files and folders, relative to the current folder.
    """
    files = Files()
    for root in roots:
        folder = Path(root).is_dir()
        for path in filter(is_readable, _walk(root, files)) if folder else (root,):
            try:
                path.encode()
                status = os.stat(path)
            except UnicodeEncodeError:
                name = os.fsencode(path).decode("utf-8", "backslashreplace")
                files.failures.append(ReadError(name, _("its name is not UTF-8; rename it")))
            except OSError as error:
                files.fail(path, error)
            else:
                files.stamps[path] = Stamp(status.st_size, status.st_mtime_ns, "")
    return files


def _walk(root: str, files: Files) -> Iterator[str]:
    """All files below a folder but hidden ones and those of indexes; follows no links."""

    def cannot_list(error: OSError) -> None:
        files.fail(str(error.filename), error)

    for folder, subfolders, names in os.walk(root, onerror=cannot_list):
        # Strings, not paths: there are many, and "./" at their start is to go.
        here = "" if folder == os.curdir else folder.removeprefix(f".{os.sep}") + os.sep
        subfolders[:] = sorted(
            name for name in subfolders if not name.startswith(".") and not is_index(here + name)
        )
        for name in sorted(names):
            if not name.startswith("."):
                yield here + name
