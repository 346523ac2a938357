"""Find the files an index would lose: deleted ones, and those of an unmounted disk.

The folder of an unmounted disk is empty or missing. So the files below a path that is missing
itself stay in the index, and so do those whose loss would leave a folder empty or take more
than half of an index, until the user confirms that they are gone.
"""

import errno
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote

from lsq.engines import Engine, Stamp
from lsq.engines.stamps import read_of
from lsq.errors import LsqError, ReadError, RootError
from lsq.indexing.files import Files
from lsq.messages import _

# From this many files on, more than half of an index is not dropped without confirmation.
MANY = 20


@dataclass(slots=True)
class Lost:
    """The decision on the files that are gone.

    Attributes:
        dropped: the files to drop from the index.
        failures: the reasons for keeping missing files, by named path.
    """

    dropped: set[str] = field(default_factory=set)
    failures: list[ReadError] = field(default_factory=list)


def missing(
    indexed: Mapping[str, Stamp],
    roots: Iterable[str],
    files: Files,
    *,
    total: int,
    drop_missing: bool,
) -> Lost:
    """The files of the index that are gone, and which of these to drop.

    Args:
        indexed: what the index holds.
        roots: the named paths.
        files: the existing files; each gets one name.
        total: how many files the index holds, which may be more than `indexed`.
        drop_missing: drop files that may be on an unmounted disk, too.
    """
    folders = [root for root in roots if os.path.isdir(root)]
    looked_for = [*folders, *files.missing] if drop_missing else folders
    listed, was_hidden = below(folders), below(files.unseen)
    others = files.settle(indexed, lambda path: listed(path) and not was_hidden(path))
    is_unseen, was_below = below(files.unseen), below(looked_for)
    lost = Lost(others)
    gone = [
        path
        for path in indexed
        if path not in files.stamps
        and path not in others
        and was_below(path)
        and not is_unseen(path)
    ]
    kept = set() if drop_missing else _kept(gone, indexed, total, folders, files, lost.failures)
    lost.dropped.update(path for path in gone if path not in kept)
    _tell_missing(files.missing, indexed, lost)
    return lost


def check_rebuild(
    engine: Engine, roots: Iterable[str], files: Files, *, drop_missing: bool
) -> None:
    """Check that a rebuild from these paths loses nothing by mistake.

    Raises:
        RootError: it would.
    """
    roots = list(dict.fromkeys(roots))
    named = {failure.path: failure.reason for failure in files.failures} | files.missing
    for root in roots:
        if root not in named and not os.access(root, os.R_OK):
            named[root] = os.strerror(errno.EACCES)
    _stop([ReadError(root, named[root]) for root in roots if root in named])
    if drop_missing:
        return
    try:
        indexed = read_of(engine.stamps())
    except LsqError:  # it is rebuilt because it cannot be read
        return
    # The content of the index does not matter for a rebuild.
    total = len(indexed)
    _stop(missing(indexed, roots, files.copy(), total=total, drop_missing=False).failures)
    if indexed and not (files.stamps or files.links):
        _stop([ReadError(root, _emptied(len(indexed), root)) for root in roots])


def _stop(failures: Sequence[ReadError]) -> None:
    if failures:
        raise RootError(failures)


def below(roots: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path is one of `roots`, of which there may be many, or below it."""
    root_of = _root_of(roots)
    return lambda path: root_of(path) is not None


def _root_of(roots: Iterable[str]) -> Callable[[str], str | None]:
    """Make a function that returns the root of a path, among `roots`, which may be many."""
    tops = {Path(os.path.abspath(root)): root for root in roots}  # Path.absolute keeps ".."

    def root_of(path: str) -> str | None:
        if not tops:
            return None
        whole = Path(os.path.abspath(path))
        return next((tops[part] for part in (whole, *whole.parents) if part in tops), None)

    return root_of


def _kept(  # noqa: PLR0913, PLR0917 (what is gone, what is known of it, what is there)
    gone: Iterable[str],
    indexed: Mapping[str, Stamp],
    total: int,
    folders: Iterable[str],
    files: Files,
    failures: list[ReadError],
) -> set[str]:
    """The missing files that are kept; adds the reasons for the named folders."""
    gone = list(gone)
    if not gone:
        return set()
    names = {(stamp.inode, stamp.size, stamp.modified) for stamp in files.stamps.values()}
    lost: dict[str, list[str]] = {}
    root_of = _root_of(folders)
    for path in gone:
        inode, size, modified, root = indexed[path].inode, *indexed[path][:2], root_of(path)
        # A moved file is not lost.
        if root is not None and not (inode and (inode, size, modified) in names):
            lost.setdefault(root, []).append(path)
    kept: set[str] = set()
    for root in files.empty:
        if paths := lost.pop(root, None):
            failures.append(ReadError(root, _emptied(len(paths), root)))
            kept.update(paths)
    count = sum(map(len, lost.values()))
    if total >= MANY and count > total / 2:
        for root, paths in lost.items():
            reason = _(
                "{count:,} of the {all:,} files in the index are missing; if the path is "
                "right and the disk is mounted, drop them with: lsq index --drop-missing "
                "{path}"
            ).format(count=len(paths), all=total, path=quote(root))
            failures.append(ReadError(root, reason))
            kept.update(paths)
    return kept


def _emptied(count: int, root: str) -> str:
    return _(
        "no files here, but the index contains {count:,}; if the path is right and "
        "the disk is mounted, drop them with: lsq index --drop-missing {path}"
    ).format(count=count, path=quote(root))


def _tell_missing(roots: Mapping[str, str], indexed: Mapping[str, Stamp], lost: Lost) -> None:
    """Add the errors of the named paths that do not exist."""
    counts: dict[str, int] = {}
    dropped: set[str] = set()
    if roots:
        root_of = _root_of(roots)
        for path in indexed:
            if (root := root_of(path)) is not None:
                counts[root] = counts.get(root, 0) + 1
                if path in lost.dropped:
                    dropped.add(root)
    for root, reason in roots.items():
        told = reason
        if root in dropped:
            continue
        if count := counts.get(root):
            told = _(
                "{reason}; the index still contains {count:,} files of it; drop them with: "
                "lsq forget {path}"
            ).format(reason=reason, count=count, path=quote(root))
        lost.failures.append(ReadError(root, told))
