"""Which files a user means by naming files and folders."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from lsq.engines import Stamp, is_index
from lsq.errors import ReadError
from lsq.messages import _, answer
from lsq.readers import is_readable


def files_at(roots: Iterable[str], failures: list[ReadError]) -> Iterator[tuple[str, Stamp]]:
    """The files at `roots`, and those below them that lsq reads, in a stable order.

    Args:
        roots: files and folders, relative to the current folder.
        failures: to which is added what is not there, or cannot be looked at.
    """
    for root in roots:
        folder = Path(root).is_dir()
        for path in filter(is_readable, _walk(root, failures)) if folder else (root,):
            try:
                path.encode()
                status = os.stat(path)
            except UnicodeEncodeError:
                name = os.fsencode(path).decode("utf-8", "backslashreplace")
                failures.append(ReadError(name, _("its name is not UTF-8; rename it")))
            except OSError as error:
                failures.append(ReadError(path, answer(error)))
            else:
                yield path, Stamp(status.st_size, status.st_mtime_ns, "")


def _walk(root: str, failures: list[ReadError]) -> Iterator[str]:
    """All files below a folder but hidden ones and those of indexes; follows no links."""

    def cannot_list(error: OSError) -> None:
        failures.append(ReadError(str(error.filename), answer(error)))

    for folder, subfolders, names in os.walk(root, onerror=cannot_list):
        # Strings, not paths: there are many, and "./" at their start is to go.
        here = "" if folder == os.curdir else folder.removeprefix(f".{os.sep}") + os.sep
        subfolders[:] = sorted(
            name for name in subfolders if not name.startswith(".") and not is_index(here + name)
        )
        for name in sorted(names):
            if not name.startswith("."):
                yield here + name
