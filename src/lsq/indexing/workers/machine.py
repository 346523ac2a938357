"""Find how many processors and how much memory this process may use.

A container, a batch system or `taskset` may allow a process less than the machine has. Linux
limits groups of processes (cgroups): each group by its own limit and by those of the groups
above it. Versions 1 and 2 of cgroups have different files.

Sources: sched_setaffinity(2); cgroups(7) and proc_pid_mountinfo(5);
https://docs.kernel.org/admin-guide/cgroup-v2.html (cpu.max, memory.max);
https://docs.kernel.org/admin-guide/cgroup-v1/memory.html, and scheduler/sched-bwc.html.
"""

import os
import sys
from collections.abc import Iterator
from functools import cache
from math import ceil
from pathlib import Path, PurePosixPath
from typing import NamedTuple

_PROC = Path("/proc/self")


class _ControlGroup(NamedTuple):
    """A cgroup: the folder that describes it, and whether it is of version 2."""

    folder: Path
    unified: bool


def cores() -> int:
    """How many processors this process may use, at least 1."""
    if hasattr(os, "process_cpu_count"):  # from Python 3.13 on
        allowed = os.process_cpu_count()
    elif hasattr(os, "sched_getaffinity"):
        allowed = len(os.sched_getaffinity(0))
    else:
        allowed = os.cpu_count()
    quotas = [quota for group in _groups("cpu") if (quota := _quota(group)) is not None]
    return max(1, min([allowed or 1, *map(ceil, quotas)]))


@cache
def memory() -> int:
    """How many bytes of memory this process may use.

    Cached: it is needed for each file, and finding it reads a dozen system files.
    """
    if sys.platform.startswith("linux"):
        installed = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    else:
        import psutil

        installed = int(psutil.virtual_memory().total)
    limits = [limit for group in _groups("memory") if (limit := _limit(group)) is not None]
    return min([installed, *limits])


def _quota(group: _ControlGroup) -> float | None:
    """How many processors a group may use; None for all."""
    if group.unified:
        words = _read(group.folder / "cpu.max").split()
    else:
        words = [_read(group.folder / f"cpu.cfs_{name}_us").strip() for name in ("quota", "period")]
    if len(words) == 2 and all(map(str.isdecimal, words)) and int(words[1]):  # noqa: PLR2004
        return int(words[0]) / int(words[1])
    return None  # "max" or -1: no limit


def _limit(group: _ControlGroup) -> int | None:
    """How many bytes of memory a group may use; None for all."""
    word = _read(group.folder / ("memory.max" if group.unified else "memory.limit_in_bytes"))
    return int(word) if word.strip().isdecimal() else None


def _groups(controller: str) -> Iterator[_ControlGroup]:
    """The groups that limit this process, as far as they are visible."""
    mounts = list(_mounts(controller))
    for line in _read(_PROC / "cgroup").splitlines():
        _, _, rest = line.partition(":")
        names, _, path = rest.partition(":")
        for mount, root, unified in mounts:
            if unified != (not names) or not (unified or controller in names.split(",")):
                continue
            # In a container, the mount may show only a part of the groups, without this one.
            inside = PurePosixPath(path)
            within = inside.relative_to(root) if inside.is_relative_to(root) else PurePosixPath()
            for each in (within, *within.parents):
                yield _ControlGroup(mount / each, unified)


def _mounts(controller: str) -> Iterator[tuple[Path, str, bool]]:
    """The mounts of cgroups: the folder, the group at its root, whether of version 2."""
    for line in _read(_PROC / "mountinfo").splitlines():
        before, _, after = line.partition(" - ")
        kind, _, options = after.partition(" ")
        where = before.split(" ")
        if len(where) > 4 and (  # noqa: PLR2004  # the fields up to the folder
            kind == "cgroup2"
            or (kind == "cgroup" and controller in options.split(" ")[-1].split(","))
        ):
            folder = where[4].encode().decode("unicode_escape")  # \040 is a space
            yield Path(folder), where[3], kind == "cgroup2"


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
