"""A pseudo-terminal with somebody at it: what programs show there, and keys for them."""

import os
import re
import select
import struct
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import clean_environment

# Makes standard input the controlling terminal, as a login does, and goes on as a program.
_LOGIN = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""


class Seen(NamedTuple):
    """The result: the exit code, and everything sent to the terminal."""

    code: int
    raw: str

    @property
    def text(self) -> str:
        """Without styles and links, with line feeds alone."""
        return unstyled(self.raw).replace("\r\n", "\n")


def unstyled(text: str) -> str:
    """Without styles and links."""
    return re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", text)


def at_terminal(
    args: Sequence[str],
    folder: Path,
    *,
    size: tuple[int, int] = (80, 24),
    keys: Sequence[tuple[str, str]] = (),
    environment: Mapping[str, str],
    patience: float = 60.0,
) -> Seen:
    """Run a program at a terminal.

    Args:
        args: the program and its arguments.
        folder: where to run it.
        size: of the terminal, columns and rows.
        keys: what to press, each after what has to be seen before.
        environment: variables to set.
        patience: how many seconds it may take.
    """
    pty = pytest.importorskip("pty", reason="needs a POSIX pseudo-terminal")
    import fcntl
    import termios

    here, there = pty.openpty()
    columns, rows = size
    fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-c", _LOGIN, *args],
        cwd=folder,
        env=clean_environment() | {"TERM": "xterm", "PYTHONUTF8": "1"} | dict(environment),
        stdin=there,
        stdout=there,
        stderr=there,
        start_new_session=True,
    ) as running:
        os.close(there)
        seen = _watch(here, list(keys), patience)
        if seen is None:
            running.kill()
    os.close(here)
    assert seen is not None, "it does not end"
    return Seen(running.returncode, seen)


def _watch(terminal: int, keys: list[tuple[str, str]], patience: float) -> str | None:
    """All that is shown until nobody shows anything; None if that takes too long."""
    shown = b""
    looked = 0
    until = time.monotonic() + patience
    while select.select([terminal], [], [], max(0, until - time.monotonic()))[0]:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux's way to say that the other side has closed
            piece = b""
        if not piece:
            # An interrupt throws away what waits to be shown, characters in two.
            return shown.decode("utf-8", "replace")
        shown += piece
        if keys and (at := shown.find(keys[0][0].encode(), looked)) >= 0:
            looked = at + len(keys[0][0].encode())
            os.write(terminal, keys.pop(0)[1].encode())
    return None
