"""How an index stores the stamps of files.

The inode of a file and the time of its last change follow the digest,
`digest@inode@changed`. To an lsq that does not know them they are part of a digest that
differs from any other: it reads the file where size and time differ, and otherwise works as
before. So they need no new format, nor a new field on a cluster.

A file that was skipped is kept as one without articles. The digest of its stamp says so,
and of which kind it is: `-picture`. No content has such a digest, so no engine needs a
field of its own for it, and an index of before knows none.
"""

from collections.abc import Mapping

from lsq.engines import Stamp

# Before the inode and the time of the last change.
_MARK = "@"
# Before the kind of a file that was skipped.
_SKIPPED = "-"


def stored_digest(stamp: Stamp) -> str:
    """The digest of a stamp as it is stored."""
    if not (stamp.inode or stamp.changed):
        return stamp.digest
    return _MARK.join((stamp.digest, str(stamp.inode), str(stamp.changed)))


def stamp_of(size: int, modified: int, stored: str) -> Stamp:
    """The stamp whose digest is stored like that.

    Raises:
        ValueError: it is not.
    """
    digest, *known = stored.split(_MARK)
    if not known:
        return Stamp(size, modified, digest)
    inode, changed = map(int, known)
    return Stamp(size, modified, digest, inode, changed)


def pack_stamp(stamp: Stamp) -> bytes:
    """The stamp as the column's bytes."""
    return f"{stamp.size} {stamp.modified} {stored_digest(stamp)}".encode()


def to_stamp(packed: bytes) -> Stamp:
    """The stamp of the column's bytes; raises ValueError for what is none."""
    size, modified, digest = packed.decode().split(" ")
    return stamp_of(int(size), int(modified), digest)


def skip_stamp(kind: str) -> Stamp:
    """The stamp of a file of that kind that was skipped."""
    return Stamp(0, 0, _SKIPPED + kind)


def read_of(stamps: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """Those of the files that were read."""
    return {path: stamp for path, stamp in stamps.items() if not stamp.digest.startswith(_SKIPPED)}


def skipped_of(stamps: Mapping[str, Stamp]) -> dict[str, str]:
    """The kinds of those that were skipped."""
    return {
        path: stamp.digest.removeprefix(_SKIPPED)
        for path, stamp in stamps.items()
        if stamp.digest.startswith(_SKIPPED)
    }
