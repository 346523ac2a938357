"""Run a program cold, as a shell would, and measure its time and memory."""

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_KILOBYTE = 1 if sys.platform == "darwin" else 1024  # the unit of ru_maxrss
_PAUSE = 0.05  # seconds
_BLOCK = 1 << 16


class FailedError(Exception):
    """A program ended with an unexpected status."""


@dataclass(frozen=True, slots=True)
class Run:
    """The cost and the result of a run.

    Attributes:
        seconds: the time from start to end.
        peak: the peak resident memory of the largest process, in bytes.
        peak_is_ours: whether `peak` may be the memory of the one who started it, from
            which Linux counts: it took at most that.
        together: the most resident memory of it and all processes below it at one time,
            in bytes, shared pages counted in each; 0 if not looked at.
        lines: the number of printed lines.
        output: its stdout, if kept.
        status: its exit status.
    """

    seconds: float
    peak: int
    peak_is_ours: bool
    together: int
    lines: int
    output: str
    status: int


def run(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    statuses: Sequence[int] = (0,),
    stdin: str = "",
    watch: bool = False,
    keep: bool = True,
) -> Run:
    """Run a program, reading its stdout through a pipe.

    Args:
        command: the program and its arguments.
        cwd: its working directory.
        statuses: the allowed exit statuses.
        stdin: its standard input.
        watch: look at the memory of all its processes, twenty times a second.
        keep: keep what it prints. What is kept makes this process larger, and so the
            least memory that it can tell of those it starts.

    Raises:
        FailedError: it ended with another status.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as errors:
        given.write(stdin.encode())
        given.seek(0)
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=_environment(), stdin=given, stdout=subprocess.PIPE, stderr=errors
        )
        watcher = _Watcher(process.pid) if watch else None
        with process.stdout or tempfile.TemporaryFile() as piped:
            lines, kept = 0, bytearray()
            while block := piped.read(_BLOCK):
                lines += block.count(b"\n")
                if keep:
                    kept += block
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        together = watcher.stop() if watcher else 0
        if process.returncode not in statuses:
            errors.seek(0)
            told = errors.read().decode(errors="replace")[-2000:]
            raise FailedError(f"{' '.join(command)} ended with {process.returncode}:\n{told}")
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Run(
        seconds=seconds,
        peak=usage.ru_maxrss * _KILOBYTE,
        peak_is_ours=usage.ru_maxrss <= ours,
        together=together,
        lines=lines,
        output=kept.decode(errors="replace"),
        status=process.returncode,
    )


def _environment() -> dict[str, str]:
    """This environment, but with compiled modules, as after an installation by pip."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class _Watcher(threading.Thread):
    """Samples the resident memory of a process and its descendants; only on Linux."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._most = 0
        self._ended = threading.Event()
        self.start()

    def run(self) -> None:
        while not self._ended.wait(_PAUSE):
            self._most = max(self._most, _resident(self._pid))

    def stop(self) -> int:
        self._ended.set()
        self.join()
        return self._most


def _resident(pid: int) -> int:
    folder = Path("/proc", str(pid))
    try:
        pages = int((folder / "statm").read_text().split()[1])
        tasks = [(task / "children").read_text() for task in (folder / "task").iterdir()]
    except (OSError, ValueError, IndexError):  # it has ended, or this is not Linux
        return 0
    below = sum(_resident(int(child)) for children in tasks for child in children.split())
    return pages * resource.getpagesize() + below
