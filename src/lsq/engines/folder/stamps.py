"""The stamp of a file as a column of its articles keeps it."""

from lsq.engines import Stamp
from lsq.engines.stamps import stamp_of, stored_digest


def pack_stamp(stamp: Stamp) -> bytes:
    """The stamp as the column's bytes."""
    return f"{stamp.size} {stamp.modified} {stored_digest(stamp)}".encode()


def to_stamp(packed: bytes) -> Stamp:
    """The stamp of the column's bytes; raises ValueError for what is none."""
    size, modified, digest = packed.decode().split(" ")
    return stamp_of(int(size), int(modified), digest)
