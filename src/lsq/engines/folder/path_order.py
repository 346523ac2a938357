"""The files of an index below a folder, in the order of their paths.

Each segment has its paths sorted as stored, relative to the index. Below a folder, this is the
wanted order, unless the index is below the folder too: then some stored paths begin with fewer
`..` than others. So the paths of each prefix are a stream of their own, and all are merged.
"""

import os
from collections.abc import Iterable, Iterator
from heapq import merge
from operator import eq, itemgetter
from typing import Final

from lsq.engines.folder.damage import UNPACKING
from lsq.engines.folder.snapshot import Snapshot
from lsq.engines.folder.snapshot_segment import Segment
from lsq.engines.paths import relative, stored_path, without_dots
from lsq.engines.stamps import is_unread

# A path, the file that it was read from, and that file's packed stamp.
FileRow = tuple[str, str, bytes]

_UP: Final = "../"
# How many paths are read before their memory is freed.
_FORGET: Final = 10_000


def files_below(snapshot: Snapshot, folder: str, location: str) -> Iterator[FileRow]:
    """See `lsq.engines.Engine.files_below`.

    Args:
        snapshot: of the index.
        folder: relative to the current folder, without links.
        location: that of the index.
    """
    streams: list[Iterable[FileRow]] = []
    for prefix, replacement in _prefixes(folder, location):
        for segment in snapshot.segments:
            rows = _in_segment(segment, prefix)
            if snapshot.stamps:  # they replace those in segments
                rows = (row for row in rows if row[1].encode() not in snapshot.stamps)
            streams.append(_relative_rows(rows, prefix, replacement))
        streams.append(_relative_rows(_in_commit(snapshot, prefix), prefix, replacement))
    yield from merge(*streams, key=itemgetter(0))


def _in_segment(segment: Segment, prefix: str) -> Iterator[FileRow]:
    """The files of articles whose stored paths have a prefix, in the order of these paths.

    An archive may come several times.
    """
    deleted = segment.info.deleted
    stamps, sources = segment.column("stamp"), segment.column("source")
    # A member of an archive has a longer path than the archive.
    is_file = bytes(map(eq, segment.column("path").sizes(), sources.sizes()))
    for count, (path, numbers) in enumerate(segment.file.paths(prefix), 1):
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


def _in_commit(snapshot: Snapshot, prefix: str) -> Iterator[FileRow]:
    """The files whose stamps are in the commit, without those that were not read."""
    encoded, stamps = prefix.encode(), snapshot.stamps
    # UTF-8 sorts like its characters.
    for stored in sorted(path for path in stamps if path.startswith(encoded)):
        if not is_unread(stamps[stored]):
            with UNPACKING:
                path = stored.decode()
            yield path, path, stamps[stored]


def _prefixes(folder: str, location: str) -> Iterator[tuple[str, str]]:
    """The prefixes of stored paths below a folder, each with its form relative to the folder."""
    stored = stored_path(folder, location)
    parts = [] if stored == os.curdir else stored.split("/")
    if any(part != os.pardir for part in parts):
        yield f"{stored}/", ""
        return
    for up in range(len(parts) + 1):
        above = os.path.join(os.path.abspath(without_dots(location)), *parts[:up])
        within = relative(os.path.normpath(above), folder).replace(os.sep, "/")
        yield _UP * up, "" if within == os.curdir else f"{within}/"


def _relative_rows(rows: Iterable[FileRow], prefix: str, replacement: str) -> Iterator[FileRow]:
    """The rows with the prefix of their paths replaced, without those of another prefix."""
    size = len(prefix)
    is_up = not prefix.replace(_UP, "")
    for path, source, stamp in rows:
        # Further up, or on another drive.
        if is_up and (path.startswith(_UP, size) or os.path.isabs(path)):
            continue
        renamed = replacement + path[size:]
        yield renamed, renamed if source is path else replacement + source[size:], stamp
