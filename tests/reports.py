"""The runners of the benchmarks in subprocesses, and what their reports must not contain."""

import re
import socket
import subprocess
from pathlib import Path

from tests.conftest import ROOT, python

# By `benchmarks.X`, the report that it writes to benchmarks/.
RUNNERS = ["engines", "scale", "ranking", "names", "cluster"]


def ran(corpora: Path, runner: str, *options: str) -> subprocess.CompletedProcess[str]:
    """A runner that has measured these corpora."""
    return python("-m", f"benchmarks.{runner}", *options, LSQ_CORPORA=str(corpora))


def written_by(corpora: Path, runner: str, *options: str) -> str:
    """The report that a runner writes of these corpora."""
    file = corpora / f"{runner}.md"
    done = ran(corpora, runner, *options, "--write", str(file))
    assert done.returncode == 0, done.stderr
    return file.read_text("utf-8")


def traces(report: str, *folders: Path) -> list[str]:
    """What of this machine a report names: folders, the host, what is imported here alone."""
    names = [str(folder) for folder in (ROOT, Path.home(), *folders) if folder.parent != folder]
    names += [socket.gethostname(), "sitecustomize", "usercustomize"]
    return [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", report)]
