"""The README is true: its commands run, and print what it shows."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, Program, clean_environment
from tests.terminal import unstyled

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
INSTALL, TEST = (text.strip() for kind, text in BLOCKS[:2] if kind == "sh")
SHOWN = next(text for kind, text in BLOCKS if kind == "text")
EXAMPLES = [
    tuple(example.split("\n", 1))
    for kind, text in BLOCKS
    if kind == "console"
    for example in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
]


def terminal_output(command: str, folder: Path) -> str:
    """What `command` shows at a terminal of 80 columns, without its colours."""
    pty = pytest.importorskip("pty", reason="needs a POSIX pseudo-terminal")
    here, there = pty.openpty()
    with subprocess.Popen(
        ["bash", "-c", command],
        cwd=folder,
        env=clean_environment()
        | {"COLUMNS": "80", "TERM": "xterm", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        stdin=subprocess.DEVNULL,
        stdout=there,
        stderr=there,
    ) as running:
        os.close(there)
        seen = b""
        while True:
            try:
                piece = os.read(here, 4096)
            except OSError:  # Linux's way to say that the other side has closed
                piece = b""
            if not piece:
                break
            seen += piece
    os.close(here)
    assert running.returncode == 0, seen.decode("utf-8", "replace")
    return re.sub(r"\x1b\[[0-9;]*m", "", seen.decode("utf-8")).replace("\r\n", "\n")


def settled(text: str) -> str:
    """Without what differs from run to run, and without spaces at line ends."""
    return re.sub(
        r"[0-9.]+ s$", "… s", re.sub(r" +$", "", text, flags=re.MULTILINE), flags=re.MULTILINE
    ).strip()


def test_the_first_command_does_the_main_job_on_a_fresh_machine(tmp_path: Path) -> None:
    made_here = shutil.ignore_patterns(".*", "index", "__pycache__", "build", "dist")
    shutil.copytree(ROOT, tmp_path / "clone", ignore=made_here)
    shown = unstyled(terminal_output(INSTALL, tmp_path / "clone"))
    assert settled(shown) == settled(SHOWN)


def test_the_second_command_is_what_continuous_integration_runs() -> None:
    assert TEST in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 4


@pytest.mark.parametrize(("command", "printed"), EXAMPLES)
def test_an_example_prints_what_is_shown(lsq: Program, command: str, printed: str) -> None:
    assert lsq.shell(command) == printed.removesuffix("\n") + "\n"


def test_every_command_stands_in_the_readme(lsq: Program) -> None:
    commands = re.findall(r"^  (\w+) ", lsq("--help").stdout.split("Commands:")[1], re.MULTILINE)
    assert len(commands) >= 3
    assert all(f"lsq {command}" in README for command in commands)
