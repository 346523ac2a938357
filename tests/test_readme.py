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
    return re.sub(r"\x1b\[[0-9;]*m", "", seen_at_terminal(command, folder))


def seen_at_terminal(command: str, folder: Path) -> str:
    """All that `command` writes to a terminal of 80 columns."""
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
    return seen.decode("utf-8").replace("\r\n", "\n")


def settled(text: str) -> str:
    """Without what differs from run to run, and without spaces at line ends."""
    text = re.sub(r"\x1b\[\?25l.*\x1b\[2K", "", text, flags=re.DOTALL)  # a bar, if it is slow
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
    others = set(re.findall(r"(?:^|\| )(\w+)", command)) - {"lsq", "python"}
    if missing := sorted(other for other in others if not shutil.which(other)):
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert lsq.shell(command) == printed.removesuffix("\n") + "\n"


def test_every_command_stands_in_the_readme(lsq: Program) -> None:
    commands = re.findall(r"^  (\w+) ", lsq("--help").stdout.split("Commands:")[1], re.MULTILINE)
    assert len(commands) >= 3
    assert all(f"lsq {command}" in README for command in commands)


def in_the_readme(beginning: str) -> str:
    """The command of the README that begins so, and is not run as it stands."""
    lines: list[str] = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]
    return next(line for line in lines if line.startswith(beginning))


def test_vim_knows_the_places(lsq: Program) -> None:
    command = in_the_readme("vim ")
    places = []
    for line in lsq.shell(command.split("(", 1)[1].removesuffix(")")).splitlines():
        file, number, message = line.split(":", 2)  # what vim calls %f:%l:%m
        assert int(number) <= (lsq.folder / file).read_text("utf-8").count("\n")
        places.append(f"{file}:{number}: {message}")
    assert places
    if not shutil.which("vim"):
        pytest.skip("vim is not installed; its lines are as it wants them")
    quietly = command.replace("vim", "vim -es -u NONE -N", 1)
    lsq.shell(f"{quietly} -c 'redir! > listed | silent clist | redir END | qa!' < /dev/null")
    listed = (lsq.folder / "listed").read_text("utf-8").splitlines()
    assert [line.split(maxsplit=1)[1] for line in listed if line] == places


def test_fzf_shows_the_place(lsq: Program) -> None:
    command = in_the_readme("lsq search 规划 | fzf")
    shown = re.search(r"--delimiter (.) --preview '(.*)'", command)
    assert shown
    hit = lsq.shell(command.split(" | ", maxsplit=1)[0]).splitlines()[-1]
    file, number, _ = hit.split(shown[1], 2)
    lines = (lsq.folder / file).read_text("utf-8").splitlines()[int(number) - 1 :]
    preview = shown[2].replace("{1}", file).replace("{2}", number)
    assert lsq.shell(preview).splitlines() == lines[:21]
