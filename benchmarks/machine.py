"""Describe the machine and the software of a run, without naming the machine or its users."""

import os
import platform
import re
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.contenders import Contender
from benchmarks.corpora import ROOT
from benchmarks.process import FailedError, run


def description(contenders: Iterable[Contender]) -> str:
    """A list in Markdown."""
    versions = [f"{one.name}: {one.version or 'absent: not installed'}" for one in contenders]
    return "\n".join(
        f"- {line}"
        for line in [
            f"{datetime.now(UTC):%Y-%m-%d}, lsq at commit {_commit()}",
            f"{_processor()}, {os.cpu_count()} cores, {_memory()} of memory",
            f"{_system()}, {platform.python_implementation()} {platform.python_version()}",
            *versions,
        ]
    )


def _commit() -> str:
    if not shutil.which("git"):
        return "unknown"
    try:
        named = run(["git", "log", "-1", "--format=%h", "--", "src"], cwd=ROOT).output.strip()
        changed = run(["git", "status", "--porcelain", "--", "src"], cwd=ROOT).output
    except FailedError:  # not a clone
        return "unknown"
    return f"{named}, changed" if changed else named


def _processor() -> str:
    found = re.search(r"model name\s*:\s*(.+)", _read("/proc/cpuinfo"))
    return found[1] if found else platform.processor() or platform.machine()


def _memory() -> str:
    pages: int = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{pages / 2**30:.0f} GiB"


def _system() -> str:
    found = re.search(r'PRETTY_NAME="(.+)"', _read("/etc/os-release"))
    return f"{found[1]}, {platform.system()}" if found else platform.system()


def _read(path: str) -> str:
    return Path(path).read_text("utf-8") if Path(path).is_file() else ""
