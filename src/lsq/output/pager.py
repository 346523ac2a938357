"""Show long output page by page, by a pager such as less. Knows no hits.

What fits the screen is written as it is. The pager is started as soon as it does not,
and is given the rest as it comes; leaving it early ends the output quietly.
"""

import io
import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePath
from typing import Any, TextIO, cast

from lsq.errors import PagerError
from lsq.messages import _, answer
from lsq.output.wrap import width

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")
_LINK = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\")

# The pagers that begin at a line named as +N, and the first less that knows links (its NEWS).
_TAKE_A_LINE = {"less", "more", "most"}
_LINKS_SINCE = 581


@contextmanager
def paged(out: TextIO, *, always: bool = False, line: int = 0) -> Iterator[TextIO]:
    """Give what to write to instead of `out`, a terminal.

    Args:
        out: the terminal.
        always: start the pager even for what fits the screen.
        line: where the pager begins, from 0.
    """
    command = _command()
    if not command:
        yield out
        return
    pager = _Pager(out, command, always=always, line=line)
    try:
        yield cast("TextIO", pager)
    except BrokenPipeError:
        if not pager.started:
            raise
    finally:
        pager.finish()


class _Pager(io.TextIOBase):
    """A text that goes to a terminal, or to a pager once it is longer than the screen."""

    def __init__(self, out: TextIO, command: list[str], *, always: bool, line: int) -> None:
        self._out = out
        self._command = command
        self._always = always
        self._line = line
        self._screen = shutil.get_terminal_size()
        self._rows = 0
        self._unfinished = ""
        self._waiting: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._links = True
        self._handlers: dict[int, Any] = {}

    @property
    def started(self) -> bool:
        return self._process is not None

    @property
    def encoding(self) -> str:  # type: ignore[override]  # where it is known
        return self._out.encoding

    def isatty(self) -> bool:
        return True  # that is where all of it ends

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if self._process and self._process.stdin:
            self._process.stdin.write(text if self._links else _LINK.sub("", text))
            return len(text)
        self._waiting.append(text)
        *lines, self._unfinished = (self._unfinished + text).split("\n")
        self._rows += sum(map(self._height, lines))
        # A line is left for the prompt of the shell.
        if self._always or self._rows >= self._screen.lines:
            self._start()
        return len(text)

    def flush(self) -> None:
        if self._process and self._process.stdin:
            self._process.stdin.flush()

    def finish(self) -> None:
        """Write what is left, and wait until the pager is left."""
        if not (self._process and self._process.stdin):
            self._out.write("".join(self._waiting))
            return
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def _height(self, line: str) -> int:
        """How many rows of the screen a line takes."""
        return max(1, -(-width(_ESCAPE.sub("", line)) // self._screen.columns))

    def _start(self) -> None:
        text = "".join(self._waiting)
        self._waiting.clear()
        name = PurePath(self._command[0]).stem
        command = list(self._command)
        if name == "less":
            command.append("-R")
        self._links = name == "less" and _version_of_less(command[0]) >= _LINKS_SINCE
        if self._line and name in _TAKE_A_LINE:
            command.append(f"+{self._line + 1}")
        try:
            self._process = subprocess.Popen(  # noqa: S603  # what the user set
                command,
                stdin=subprocess.PIPE,
                bufsize=1,  # a line is there as soon as it is written
                encoding=self._out.encoding,
                errors=self._out.errors,
                env=_environment(self._out.encoding, once=not self._always),
            )
        except OSError as error:
            raise PagerError(shlex.join(command), answer(error)) from error
        # The pager alone hears of Ctrl-C; and when it is gone, that is no reason to die.
        for signal_name in ("SIGINT", "SIGPIPE"):
            if number := getattr(signal, signal_name, None):
                self._handlers[number] = signal.signal(number, signal.SIG_IGN)
        self.write(text)


def _command() -> list[str]:
    """The pager and its arguments; empty for none.

    Raises:
        PagerError: the one set for lsq cannot be run. Of $PAGER, which is for every
            program, lsq does without one that cannot.
    """
    for name in ("LSQ_PAGER", "PAGER"):
        given = os.environ.get(name)
        if given is None:
            continue
        try:
            command = shlex.split(given, posix=os.name != "nt")
        except ValueError:  # a quote that is not closed
            command = [given]
        if command and not shutil.which(command[0]):
            if name == "LSQ_PAGER":
                raise PagerError(given, _("no such program"))
            return []
        return [] if command == ["cat"] else command
    return ["less"] if shutil.which("less") else []


def _version_of_less(program: str) -> int:
    """The version of less, a whole number; 0 for what is only called so."""
    said = subprocess.run(  # noqa: S603  # the pager itself
        [program, "--version"], capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    version = re.match(r"less (\d+)", said.stdout)
    return int(version[1]) if version else 0


def _environment(encoding: str, *, once: bool) -> dict[str, str]:
    """What the pager finds set; the user's own wishes stand.

    Args:
        encoding: of what it is given.
        once: less may leave at once what fits the screen.
    """
    wishes = {"LESS": "FRX" if once else "RX", "LV": "-c"}
    if encoding.lower().replace("-", "") == "utf8":
        wishes["LESSCHARSET"] = "utf-8"
    return wishes | os.environ
