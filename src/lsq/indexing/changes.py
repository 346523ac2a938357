"""Find the files that have changed, moved, or are skipped or failed, compared with the index.

A file is unchanged if its size, modification time, inode and change time (ctime) are the same.
If the size is the same and others differ, its content decides. Values unknown to the index,
which another lsq or another system may have written, are not compared.

The clock of a file system advances in steps. A file that changed just before lsq examined it
may change again within the same step, without a change of its times. So the ctime of such a
file is not stored, and in the next update its content decides.

A skipped file is one that no reader takes; a failed one is one that its reader refused. Both
may be members of archives; those of an archive that is not read again keep their state.
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

# In ns: more than a step of the clock, which is up to two seconds where times are whole seconds.
_STEP = 20_000_000
_SECOND = 1_000_000_000
_COARSE_STEP = 2 * _SECOND
# Stored in place of a ctime that is not reliable; no file has it.
_JUST_NOW = 1

# How many files are read at once for comparison; more are not faster.
THREADS = 4


def compared(
    found: Mapping[str, Stamp],
    indexed: Mapping[str, Stamp],
    jobs: int,
    *,
    recognising: bool = False,
) -> tuple[dict[str, Stamp], dict[str, Stamp]]:
    """Compare the found files with the index.

    Args:
        found: the files found.
        indexed: the files in the index.
        jobs: how many files may be read at once.
        recognising: whether pages can be recognised now; then files with unread pages are stale.

    Returns:
        The stale files, which must be read; and those with the same content but another stamp.
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


def settled(stamp: Stamp, scan_time: int) -> Stamp:
    """The stamp to store for a file that was examined at `scan_time` or later, in ns."""
    step = _STEP if stamp.changed % _SECOND else _COARSE_STEP
    return stamp._replace(changed=_JUST_NOW) if stamp.changed > scan_time - step else stamp


def _is_same(known: Stamp, stamp: Stamp) -> bool:
    """Whether all values that both stamps have are the same."""
    return (
        known.modified == stamp.modified
        and (known.inode == stamp.inode or not (known.inode and stamp.inode))
        and (known.changed == stamp.changed or not (known.changed and stamp.changed))
    )


def _digests(paths: Iterable[str], jobs: int) -> dict[str, str]:
    """The digests of files; of unreadable ones, which indexing reports, an empty string."""
    from concurrent.futures import ThreadPoolExecutor  # not for an unchanged index

    def digest(path: str) -> tuple[str, str]:
        try:
            return path, digest_of(pieces(path))
        except ReadError:
            return path, ""

    with ThreadPoolExecutor(min(max(jobs, 1), THREADS)) as pool:
        return dict(pool.map(digest, paths))


class Moved:
    """Detects files that have been renamed since they were indexed.

    Args:
        new: the files to index.
        indexed: the files in the index.
        lost: the files in the index that are gone.

    Attributes:
        dropped: the number of old names dropped so far.
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
        """Drop the old name, if any, of a file that has been indexed under its new name."""
        for path in self._old.pop(identity(stamp), ()):
            if content_digest(self._indexed[path].digest) == content_digest(stamp.digest):
                changes.drop(path)
                self.dropped += 1


def identity(stamp: Stamp) -> tuple[int, int, int]:
    """The values that stay the same when a file is renamed."""
    return stamp.inode, stamp.size, stamp.modified


class UpdateOutcome(NamedTuple):
    """What an update found and read.

    Attributes:
        skipped: the files in folders that no reader takes, and their kinds.
        read: the files read, with the skipped members of each.
        failed: the unreadable files, members and folders, and the reasons.
        files: all files found that a reader takes.
        was_below: tells whether a path was in the scanned folders.
    """

    skipped: Mapping[str, str]
    read: Mapping[str, Iterable[Skipped]]
    failed: Mapping[str, str]
    files: Collection[str]
    was_below: Callable[[str], bool]


def store_unread(
    changes: Update, known: Mapping[str, Stamp], outcome: UpdateOutcome
) -> Counter[str]:
    """Update the skipped and the failed files of the index.

    Args:
        changes: to the index.
        known: those in the index: see `lsq.engines.stamps.unread_of`.
        outcome: what the update found and read.

    Returns:
        The number of skipped files of each kind.
    """
    # A file that was once named explicitly is read, whatever its suffix.
    skipped = outcome.skipped.items()
    now = {path: skip_stamp(kind) for path, kind in skipped if path not in outcome.files}
    for members in outcome.read.values():
        now.update((path, skip_stamp(kind)) for path, kind in members)
    now.update((path, failure_stamp(reason)) for path, reason in outcome.failed.items())
    for path, stamp in now.items():
        if known.get(path) != stamp:
            changes.replace(path, stamp, ())
    for path, stamp in known.items():
        if path in now or path in outcome.files:
            continue
        parents = map(str, PurePath(path).parents)
        archive = next((parent for parent in parents if parent in outcome.files), None)
        if archive is not None and archive not in outcome.read:
            now[path] = stamp
        elif archive is not None or outcome.was_below(path):
            changes.drop(path)
    return Counter(skipped_of(now).values())
