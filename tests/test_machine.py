"""What a process may use: by its affinity and its groups, of both versions, laid out by hand."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lsq.indexing.workers import bounds, machine

GB = 1 << 30


pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only of Linux")


@pytest.fixture
def proc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for what the system says of this process."""
    machine.memory.cache_clear()
    monkeypatch.setattr(machine, "_PROC", tmp_path)
    monkeypatch.setattr(os, "sysconf", lambda name: 16 * GB >> 12 if "PHYS" in name else 1 << 12)
    monkeypatch.setattr(os, "process_cpu_count", lambda: 8, raising=False)
    yield tmp_path
    machine.memory.cache_clear()


def lay_out(proc: Path, groups: str, mounts: str, **files: str) -> None:
    machine.memory.cache_clear()
    (proc / "cgroup").write_text(groups, "utf-8")
    (proc / "mountinfo").write_text(mounts.format(proc=proc), "utf-8")
    for name, content in files.items():
        path = proc / "fs" / name.replace("__", "/").replace("-", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content + "\n", "utf-8")


UNIFIED = "31 24 0:26 / {proc}/fs rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"
V1 = (
    "32 31 0:29 {root} {{proc}}/fs/cpu rw - cgroup cgroup rw,cpu,cpuacct\n"
    "35 31 0:32 {root} {{proc}}/fs/memory rw - cgroup cgroup rw,memory\n"
    "41 31 0:38 / {{proc}}/unified rw - cgroup2 cgroup2 rw\n"
)
V1_GROUPS = "5:memory:/box/a\n4:cpu,cpuacct:/box/a\n0::/\n"


def test_without_limits_it_is_what_the_machine_has(proc: Path) -> None:
    assert (machine.cores(), machine.memory()) == (8, 16 * GB)
    lay_out(
        proc,
        "0::/box\n",
        UNIFIED,
        **{"box__cpu-max": "max 100000", "box__memory-max": "max"},
    )
    assert (machine.cores(), machine.memory()) == (8, 16 * GB)


def test_the_least_of_a_group_and_those_above_it_counts(proc: Path) -> None:
    lay_out(
        proc,
        "0::/box/a\n",
        UNIFIED,
        **{
            "box__a__cpu-max": "300000 100000",
            "box__a__memory-max": "max",
            "box__cpu-max": "150000 100000",
            "box__memory-max": str(2 * GB),
        },
    )
    assert (machine.cores(), machine.memory()) == (2, 2 * GB)
    assert bounds.memory(256 << 20) == GB


@pytest.mark.parametrize(("root", "place"), [("/", "box__a__"), ("/box/a", ""), ("/elsewhere", "")])
def test_version_1_has_files_of_its_own(proc: Path, root: str, place: str) -> None:
    lay_out(
        proc,
        V1_GROUPS,
        V1.format(root=root),
        **{
            f"cpu__{place}cpu-cfs_quota_us": "50000",
            f"cpu__{place}cpu-cfs_period_us": "100000",
            f"memory__{place}memory-limit_in_bytes": str(GB),
        },
    )
    assert (machine.cores(), machine.memory()) == (1, GB)


def test_version_1_writes_no_limit_as_one_that_none_reaches(proc: Path) -> None:
    lay_out(
        proc,
        V1_GROUPS,
        V1.format(root="/"),
        **{
            "cpu__box__a__cpu-cfs_quota_us": "-1",
            "cpu__box__a__cpu-cfs_period_us": "100000",
            "memory__box__a__memory-limit_in_bytes": "9223372036854771712",
        },
    )
    assert (machine.cores(), machine.memory()) == (8, 16 * GB)


def test_the_system_is_asked_once_however_many_files_ask(
    proc: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(proc, "0::/box\n", UNIFIED, **{"box__memory-max": str(2 * GB)})
    assert bounds.memory(256 << 20) == GB
    monkeypatch.setattr(machine, "_read", lambda path: pytest.fail(f"{path} is read again"))
    assert bounds.memory(256 << 20) == GB


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="not what this system has")
def test_processors_that_it_may_not_run_on_do_not_count() -> None:
    allowed = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert machine.cores() == 1
    finally:
        os.sched_setaffinity(0, allowed)
