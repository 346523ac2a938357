"""The bounds of time and memory for reading a bulletin. Knows nothing of formats.

The bounds are ten times the time and twice the memory that real documents take, so a file that
reaches them was made to do harm, or is not a document. Linux limits the memory of a process
itself; elsewhere its parent measures it, which needs a library.

Source: getrlimit(2), https://man7.org/linux/man-pages/man2/getrlimit.2.html
"""

import sys

from lsq.indexing.workers import machine

# A minute and a half for LibreOffice, should it be needed, and some for a slow machine.
_SECONDS = 120
# A megabyte of text takes 0.4 seconds.
_SECONDS_A_MEGABYTE = 4

# The largest tree of XML that is read takes 1 GB.
_MEMORY = 1536 << 20
# Of 58 MB of text in one file, a byte takes 30; the rest comes on top of the above.
_MEMORY_A_BYTE = 40
# Of the memory that there is for this program; and never less than this, if there is as much
# and a little for others.
_SHARE = 0.5
_LEAST = 768 << 20
_LARGEST_SHARE = 0.75

ENFORCED = sys.platform.startswith("linux")

# How often the parent looks where the system does not enforce it.
LOOK_SECONDS = 0.25


def seconds(size: int) -> float:
    """How long a bulletin of `size` bytes may take until its words are counted."""
    return _SECONDS + _SECONDS_A_MEGABYTE * (size / (1 << 20))


def memory(size: int) -> int:
    """How many bytes of memory a process may have that reads a bulletin of `size` bytes."""
    wanted = _MEMORY + _MEMORY_A_BYTE * size
    there = machine.memory()
    return int(min(wanted, max(min(_LEAST, _LARGEST_SHARE * there), _SHARE * there)))


def confine(size: int) -> None:
    """Limit this process to the memory for a bulletin of `size` bytes, where that works."""
    if ENFORCED and sys.platform != "win32":
        import resource

        # Writable memory, so neither libraries nor mapped files count.
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        limit = memory(size)
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def used(process: int) -> int:
    """How many bytes of memory a process has; 0 if it is no longer there."""
    import psutil

    try:
        return int(psutil.Process(process).memory_info().rss)
    except psutil.Error:
        return 0
