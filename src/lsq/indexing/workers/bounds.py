"""The bounds of time and memory for reading a bulletin.

They are ten times the time and twice the memory that real documents need, so a file that
reaches them is malicious or not a document. Linux enforces the bound of memory; elsewhere the
parent process measures it with psutil.

Source: getrlimit(2), https://man7.org/linux/man-pages/man2/getrlimit.2.html
"""

import sys

from lsq.indexing.workers import machine

# 90 s for LibreOffice, which old formats may need, and a reserve for slow machines.
_SECONDS = 120
# Measured: 0.4 seconds.
_SECONDS_A_MEGABYTE = 4

# The largest XML tree that is read takes 1 GB.
_MEMORY = 1536 << 20
# Measured with 58 MB of text in one file: 30 bytes, in addition to the above.
_MEMORY_A_BYTE = 40
# The share of the available memory that a process may use; at least _LEAST, but never more than
# _LARGEST_SHARE.
_SHARE = 0.5
_LEAST = 768 << 20
_LARGEST_SHARE = 0.75

ENFORCED = sys.platform.startswith("linux")

# The interval at which the parent measures memory where the system does not enforce the bound.
CHECK_SECONDS = 0.25


def seconds(size: int) -> float:
    """How long reading and segmenting a bulletin of `size` bytes may take."""
    return _SECONDS + _SECONDS_A_MEGABYTE * (size / (1 << 20))


def memory(size: int) -> int:
    """How many bytes of memory a process that reads a bulletin of `size` bytes may use."""
    wanted = _MEMORY + _MEMORY_A_BYTE * size
    available = machine.memory()
    return int(min(wanted, max(min(_LEAST, _LARGEST_SHARE * available), _SHARE * available)))


def confine(size: int) -> None:
    """Limit the memory of this process to that for `size` bytes, where the system supports it."""
    if ENFORCED and sys.platform != "win32":
        import resource

        # RLIMIT_DATA counts writable memory, not libraries or mapped files.
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        limit = memory(size)
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def used(process: int) -> int:
    """How many bytes of memory a process uses; 0 if it has ended."""
    import psutil

    try:
        return int(psutil.Process(process).memory_info().rss)
    except psutil.Error:
        return 0
