"""Which files were skipped: found, compared with what the index says, and stored in it.

A skipped file is one that no reader takes, in a folder or in an archive. Those of an
archive that is not read again stay as they are.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import PurePath
from typing import NamedTuple

from lsq.engines import Update
from lsq.engines.stamps import skip_stamp
from lsq.model import Skipped


class Look(NamedTuple):
    """What an update has seen.

    Attributes:
        skipped: the files in folders that no reader takes, and of which kind they are.
        read: the files that were read just now, and what of each was skipped.
        files: all files that were found and a reader takes.
        was_below: whether a path would have been found if it were there.
    """

    skipped: Mapping[str, str]
    read: Mapping[str, Iterable[Skipped]]
    files: Collection[str]
    was_below: Callable[[str], bool]


def store(changes: Update, known: Mapping[str, str], look: Look) -> Counter[str]:
    """Bring the index up to date with what was skipped.

    Args:
        changes: to the index.
        known: what the index says: the kinds of files by their paths.
        look: what was seen now.

    Returns:
        How many files of each kind were skipped, of those that were looked at.
    """
    # A file that was named itself once is read, whatever it is called.
    now = {path: kind for path, kind in look.skipped.items() if path not in look.files}
    for members in look.read.values():
        now.update(members)
    for path, kind in now.items():
        if known.get(path) != kind:
            changes.replace(path, skip_stamp(kind), ())
    for path, kind in known.items():
        if path in now or path in look.files:
            continue
        parents = map(str, PurePath(path).parents)
        archive = next((parent for parent in parents if parent in look.files), None)
        if archive is not None and archive not in look.read:
            now[path] = kind
        elif archive is not None or look.was_below(path):
            changes.drop(path)
    return Counter(now.values())
