"""The files of an index below a folder, in the order of their paths.

Paths are stored relative to the index, and sorted so in each segment. From a folder on, they have
the same order; but where the index lies below the folder, some begin with fewer `..` than others.
The paths of each beginning are a stream of their own, and all streams are merged.
"""

import os
from collections.abc import Iterable, Iterator
from heapq import merge
from operator import eq, itemgetter
from typing import Final

from lsq.engines.folder.damage import UNPACKING
from lsq.engines.folder.snapshot import Segment, Snapshot
from lsq.engines.paths import relative, stored_path, without_dots
from lsq.engines.stamps import is_unread

# A path, the file it was read from, and the packed stamp of that.
Filed = tuple[str, str, bytes]

_UP: Final = "../"
# After so many paths, the memory of those read is freed.
_FORGET: Final = 10_000


def files_below(snapshot: Snapshot, folder: str, location: str) -> Iterator[Filed]:
    """See `lsq.engines.Engine.files_below`.

    Args:
        snapshot: of the index.
        folder: relative to the current folder, free of links.
        location: that of the index.
    """
    streams: list[Iterable[Filed]] = []
    for beginning, replacement in _beginnings(folder, location):
        for segment in snapshot.segments:
            filed = _files(segment, beginning)
            if snapshot.stamps:  # the newer ones count
                filed = (one for one in filed if one[1].encode() not in snapshot.stamps)
            streams.append(_renamed(filed, beginning, replacement))
        alone = _of_commit(snapshot, beginning)
        streams.append(_renamed(alone, beginning, replacement))
    yield from merge(*streams, key=itemgetter(0))


def _files(segment: Segment, beginning: str) -> Iterator[Filed]:
    """The files whose articles have stored paths that begin so, in the order of these.

    For each path: the path, the file, as stored, and its packed stamp; an archive may come
    several times.
    """
    deleted = segment.info.deleted
    stamps, sources = segment.column("stamp"), segment.column("source")
    # A file in an archive has a longer path than the archive.
    is_file = bytes(map(eq, segment.column("path").sizes(), sources.sizes()))
    for count, (path, numbers) in enumerate(segment.file.paths(beginning), 1):
        last = None
        for number in numbers:
            if number in deleted:
                continue
            if is_file[number]:
                source = path
            else:
                with UNPACKING:
                    source = sources[number].decode()
            if source != last:
                yield path, source, stamps[number]
                last = source
        if count % _FORGET == 0:
            segment.file.forget()


def _of_commit(snapshot: Snapshot, beginning: str) -> Iterator[Filed]:
    """The files whose stamps are in the commit, without those that were not read."""
    sought, stamps = beginning.encode(), snapshot.stamps
    # Bytes of UTF-8 are sorted as their characters; all may be there, if all were touched.
    for stored in sorted(path for path in stamps if path.startswith(sought)):
        if not is_unread(stamps[stored]):
            with UNPACKING:
                path = stored.decode()
            yield path, path, stamps[stored]


def _beginnings(folder: str, location: str) -> Iterator[tuple[str, str]]:
    """What the stored paths below a folder begin with, and what comes there from the folder on."""
    stored = stored_path(folder, location)
    parts = [] if stored == os.curdir else stored.split("/")
    if any(part != os.pardir for part in parts):
        yield f"{stored}/", ""
        return
    for up in range(len(parts) + 1):
        above = os.path.join(os.path.abspath(without_dots(location)), *parts[:up])
        within = relative(os.path.normpath(above), folder).replace(os.sep, "/")
        yield _UP * up, "" if within == os.curdir else f"{within}/"


def _renamed(filed: Iterable[Filed], beginning: str, replacement: str) -> Iterator[Filed]:
    size = len(beginning)
    is_up = not beginning.replace(_UP, "")
    for path, source, stamp in filed:
        # Further up, or on another disk: not below the folder, or of another beginning.
        if is_up and (path.startswith(_UP, size) or os.path.isabs(path)):
            continue
        renamed = replacement + path[size:]
        yield renamed, renamed if source is path else replacement + source[size:], stamp
