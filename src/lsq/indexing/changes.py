"""Which files have changed, were renamed, skipped or failed, compared with what the index says.

A file is the one that was indexed if size, time, inode and the time of its last change are
the same; where only these differ its content decides. Values that are unknown, of a file
indexed by another lsq or on another system, are not compared.

The clock of a file system advances in steps. A file that changed just before lsq examined it
may change again within the same step, and its times stay the same. So the time of the last
change of such a file is not stored, and next time its content decides.

A skipped file is one that no reader takes, a failed one is one that its reader refused, both in a
folder or in an archive. Those of an archive that is not read again stay as they are.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import PurePath
from typing import NamedTuple

from lsq.engines import Stamp, Update
from lsq.engines.stamps import content_digest, failure_stamp, notes_of, skip_stamp, skipped_of
from lsq.errors import ReadError
from lsq.indexing.extraction import digest_of
from lsq.indexing.files import is_gone
from lsq.indexing.losses import Lost
from lsq.model import Skipped
from lsq.readers import pieces

# In ns: more than a step, which is a second or two where times are whole seconds.
_STEP = 20_000_000
_SECOND = 1_000_000_000
_COARSE_STEP = 2 * _SECOND
# Stands for a time of the last change that is not to be trusted; no file has it.
_JUST_NOW = 1

# How many files are read at once to be compared; more are not faster.
THREADS = 4


def compared(
    found: Mapping[str, Stamp],
    indexed: Mapping[str, Stamp],
    jobs: int,
    *,
    recognising: bool = False,
) -> tuple[dict[str, Stamp], dict[str, Stamp]]:
    """The files to index, and those to be given another stamp, whose content is the same.

    Args:
        found: what is there.
        indexed: what the index holds.
        jobs: how many files may be read at once.
        recognising: whether pages can be recognised now; then files with unread pages are stale.
    """
    stale: dict[str, Stamp] = {}
    touched: dict[str, Stamp] = {}
    doubtful: dict[str, Stamp] = {}
    for path, stamp in found.items():
        known = indexed.get(path)
        if (
            known is None
            or known.size != stamp.size
            or (recognising and notes_of(known.digest).unread)
        ):
            stale[path] = stamp
        elif not _is_same(known, stamp):
            doubtful[path] = stamp
        elif known.changed != stamp.changed or known.inode != stamp.inode:
            touched[path] = stamp._replace(digest=known.digest)  # now it is known
    digests = _digests(doubtful, jobs) if doubtful else {}
    for path, stamp in doubtful.items():
        before = indexed[path].digest
        if digests[path] == content_digest(before):
            touched[path] = stamp._replace(digest=before)
        else:
            stale[path] = stamp
    if doubtful:  # in the order in which they were found
        stale = {path: stamp for path, stamp in found.items() if path in stale}
    return stale, touched


def settled(stamp: Stamp, looked: int) -> Stamp:
    """The stamp to store for a file that was examined at `looked` or later, in ns."""
    step = _STEP if stamp.changed % _SECOND else _COARSE_STEP
    return stamp._replace(changed=_JUST_NOW) if stamp.changed > looked - step else stamp


def _is_same(known: Stamp, stamp: Stamp) -> bool:
    """Whether no value known of both shows that the file has changed."""
    return (
        known.modified == stamp.modified
        and (known.inode == stamp.inode or not (known.inode and stamp.inode))
        and (known.changed == stamp.changed or not (known.changed and stamp.changed))
    )


def _digests(paths: Iterable[str], jobs: int) -> dict[str, str]:
    """The digests of files, without those that cannot be read: indexing reports these."""
    from concurrent.futures import ThreadPoolExecutor  # not for an unchanged index

    def digest(path: str) -> tuple[str, str]:
        try:
            return path, digest_of(pieces(path))
        except ReadError:
            return path, ""

    with ThreadPoolExecutor(min(max(jobs, 1), THREADS)) as pool:
        return dict(pool.map(digest, paths))


class Moved:
    """Finds files that were indexed under a name that is gone and now have another.

    Args:
        new: the files to index.
        indexed: what the index holds.
        lost: the files of it that are gone.

    Attributes:
        dropped: how many old names have been dropped.
    """

    def __init__(self, new: Mapping[str, Stamp], indexed: Mapping[str, Stamp], lost: Lost) -> None:
        self.dropped = 0
        sought = {identity(stamp) for stamp in new.values() if stamp.inode}
        self._old: dict[tuple[int, int, int], list[str]] = {}
        self._indexed = indexed
        for path, stamp in indexed.items():
            if identity(stamp) in sought and path not in lost.dropped and is_gone(path):
                self._old.setdefault(identity(stamp), []).append(path)

    def drop_old_name(self, changes: Update, stamp: Stamp) -> None:
        """Drop the old name of a file that was indexed under its new one, if it has one."""
        for path in self._old.pop(identity(stamp), ()):
            if content_digest(self._indexed[path].digest) == content_digest(stamp.digest):
                changes.drop(path)
                self.dropped += 1


def identity(stamp: Stamp) -> tuple[int, int, int]:
    """The values that stay the same when a file is moved on its disk."""
    return stamp.inode, stamp.size, stamp.modified


class Scanned(NamedTuple):
    """The result of scanning for an update.

    Attributes:
        skipped: the files in folders that no reader takes, and their kinds.
        read: the files read in this update, with the skipped members of each.
        failed: the files and members of which nothing was read in this update, and why; files and
            folders that the system refuses among them.
        files: all files found that a reader takes.
        was_below: whether a path was in the scanned folders.
    """

    skipped: Mapping[str, str]
    read: Mapping[str, Iterable[Skipped]]
    failed: Mapping[str, str]
    files: Collection[str]
    was_below: Callable[[str], bool]


def store_unread(changes: Update, known: Mapping[str, Stamp], look: Scanned) -> Counter[str]:
    """Update the skipped and the failed files of the index.

    Args:
        changes: to the index.
        known: those in the index: see `lsq.engines.stamps.unread_of`.
        look: the result of the scan.

    Returns:
        The number of skipped files of each kind in the scan.
    """
    # A file that was named explicitly once is read, whatever its name.
    now = {path: skip_stamp(kind) for path, kind in look.skipped.items() if path not in look.files}
    for members in look.read.values():
        now.update((path, skip_stamp(kind)) for path, kind in members)
    now.update((path, failure_stamp(reason)) for path, reason in look.failed.items())
    for path, stamp in now.items():
        if known.get(path) != stamp:
            changes.replace(path, stamp, ())
    for path, stamp in known.items():
        if path in now or path in look.files:
            continue
        parents = map(str, PurePath(path).parents)
        archive = next((parent for parent in parents if parent in look.files), None)
        if archive is not None and archive not in look.read:
            now[path] = stamp
        elif archive is not None or look.was_below(path):
            changes.drop(path)
    return Counter(skipped_of(now).values())
