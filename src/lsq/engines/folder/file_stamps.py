"""The stamps of the files in an index, by the paths that are shown.

Only an update and `lsq info` read them; a search does not import this.
"""

from collections.abc import Iterable

from lsq.engines import Stamp
from lsq.engines.folder.damage import UNPACKING, translate_errors
from lsq.engines.folder.snapshot import Snapshot
from lsq.engines.paths import shown_path
from lsq.engines.stamps import is_unread, pack_stamp, size_and_time, to_stamp


def stamps(
    snapshot: Snapshot, location: str, like: Iterable[Stamp] | None = None
) -> dict[str, Stamp]:
    """The stamps of files, by path.

    Args:
        snapshot: of the index.
        location: the folder of the index.
        like: return only the stamps with the size and time of one of these; None for all.

    Raises:
        DamagedError: what is stored is damaged.
    """
    sought = None if like is None else {size_and_time(pack_stamp(stamp)) for stamp in like}
    if sought == set():
        return {}
    with translate_errors(location):
        packed = snapshot.packed_stamps(lambda one: sought is None or size_and_time(one) in sought)
    return _unpacked(packed, location)


def unread(snapshot: Snapshot, location: str) -> dict[str, Stamp]:
    """The stamps of files that were skipped, or could never be read, by path.

    Raises:
        DamagedError: what is stored is damaged.
    """
    packed = {path: stamp for path, stamp in snapshot.stamps.items() if is_unread(stamp)}
    return _unpacked(packed, location)


def _unpacked(packed: dict[bytes, bytes], location: str) -> dict[str, Stamp]:
    with translate_errors(location):
        with UNPACKING:
            unpacked = {source.decode(): to_stamp(stamp) for source, stamp in packed.items()}
        return {shown_path(path, location): stamp for path, stamp in unpacked.items()}
