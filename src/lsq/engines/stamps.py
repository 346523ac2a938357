"""How an index stores the inode of a file and the time of its last change.

They follow the digest, `digest@inode@changed`. To an lsq that does not know them they are
part of a digest that differs from any other: it reads the file where size and time differ,
and otherwise works as before. So they need no new format, nor a new field on a cluster.
"""

from lsq.engines import Stamp

_MARK = "@"


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
