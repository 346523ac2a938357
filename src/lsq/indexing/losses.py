"""Find the files that an update would drop: deleted ones, and those of an unmounted disk.

The folder of an unmounted disk is empty or missing. So files stay in the index until the user
confirms that they are gone if a named path is missing, if a named folder has become empty, or
if more than half of the index is missing.
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

# In an index of at least this many files, half of it is not dropped without confirmation.
MANY = 20


@dataclass(slots=True)
class Lost:
    """The files that are gone, and what to do about them.

    Attributes:
        dropped: the files to drop from the index.
        failures: for each named path with missing files that are kept, the reason.
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
    """Find the indexed files that are gone, and decide which of these to drop.

    Args:
        indexed: the files in the index.
        roots: the named paths.
        files: the files found; settles them.
        total: the number of files in the index, which may be more than `indexed`.
        drop_missing: drop even files that may be on an unmounted disk.
    """
    folders = [root for root in roots if os.path.isdir(root)]
    covered = [*folders, *files.missing] if drop_missing else folders
    listed, was_hidden = below(folders), below(files.unseen)
    others = files.settle(indexed, lambda path: listed(path) and not was_hidden(path))
    is_unseen, was_below = below(files.unseen), below(covered)
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
    _add_missing_roots(files.missing, indexed, lost)
    return lost


def check_rebuild(
    engine: Engine, roots: Iterable[str], files: Files, *, drop_missing: bool
) -> None:
    """Check that a rebuild from these paths does not lose files by mistake.

    Raises:
        RootError: it might.
    """
    roots = list(dict.fromkeys(roots))
    named = {failure.path: failure.reason for failure in files.failures} | files.missing
    for root in roots:
        if root not in named and not os.access(root, os.R_OK):
            named[root] = os.strerror(errno.EACCES)
    _refuse([ReadError(root, named[root]) for root in roots if root in named])
    if drop_missing:
        return
    try:
        indexed = read_of(engine.stamps())
    except LsqError:  # it may be rebuilt because it cannot be read
        return
    total = len(indexed)
    _refuse(missing(indexed, roots, files.copy(), total=total, drop_missing=False).failures)
    if indexed and not (files.stamps or files.links):
        _refuse([ReadError(root, _emptied(len(indexed), root)) for root in roots])


def _refuse(failures: Sequence[ReadError]) -> None:
    if failures:
        raise RootError(failures)


def below(roots: Iterable[str]) -> Callable[[str], bool]:
    """Make a function that tells whether a path is one of `roots` or below one; fast for many."""
    root_of = _root_of(roots)
    return lambda path: root_of(path) is not None


def _root_of(roots: Iterable[str]) -> Callable[[str], str | None]:
    """Make a function that returns the root that a path is at or below; fast for many roots."""
    tops = {Path(os.path.abspath(root)): root for root in roots}  # Path.absolute keeps ".."

    def root_of(path: str) -> str | None:
        if not tops:
            return None
        whole = Path(os.path.abspath(path))
        return next((tops[part] for part in (whole, *whole.parents) if part in tops), None)

    return root_of


def _kept(  # noqa: PLR0913, PLR0917 (the missing files, the indexed ones, the found ones)
    gone: Iterable[str],
    indexed: Mapping[str, Stamp],
    total: int,
    folders: Iterable[str],
    files: Files,
    failures: list[ReadError],
) -> set[str]:
    """The missing files to keep; adds the reasons to `failures`."""
    gone = list(gone)
    if not gone:
        return set()
    names = {(stamp.inode, stamp.size, stamp.modified) for stamp in files.stamps.values()}
    lost: dict[str, list[str]] = {}
    root_of = _root_of(folders)
    for path in gone:
        inode, size, modified, root = indexed[path].inode, *indexed[path][:2], root_of(path)
        # A renamed file is not lost.
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


def _add_missing_roots(roots: Mapping[str, str], indexed: Mapping[str, Stamp], lost: Lost) -> None:
    """Add the errors of named paths that do not exist."""
    counts: dict[str, int] = {}
    dropped: set[str] = set()
    if roots:
        root_of = _root_of(roots)
        for path in indexed:
            if (root := root_of(path)) is not None:
                counts[root] = counts.get(root, 0) + 1
                if path in lost.dropped:
                    dropped.add(root)
    for root, error in roots.items():
        if root in dropped:
            continue
        reason = error
        if count := counts.get(root):
            reason = _(
                "{reason}; the index still contains {count:,} files of it; drop them with: "
                "lsq forget {path}"
            ).format(reason=error, count=count, path=quote(root))
        lost.failures.append(ReadError(root, reason))
