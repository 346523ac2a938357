"""Standard input, output and error, as fit for use, whatever the caller made of them.

In a pipe or a file, what lsq prints is UTF-8 whatever the locale, so that results do not
depend on who asks. A terminal gets its own encoding, with `?` for what that lacks.
"""

import os
import signal
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import Any, NoReturn, TextIO

from lsq.errors import OutputError


class _Output(FileIO):
    """A file whose errors are told from those of all other files."""

    def write(self, data: Any, /) -> int:
        try:
            while (written := super().write(data)) is None:
                self._wait()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(error.strerror or str(error)) from error
        return written

    def _wait(self) -> None:
        """Wait until a pipe that whoever made it has made non-blocking takes more."""
        from select import select

        select([], [self], [])


def prepare() -> None:
    """Give the program streams that it can use, and have it end quietly with its reader."""
    if hasattr(signal, "SIGPIPE"):
        # Die quietly, as other filters do, when whoever reads our output stops.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    stdin, stdout, stderr = _as_they_are()
    # What was closed is taken up, in order, lest a file of the index gets its number.
    if stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # for the whole run
    if stdout is None:
        # Writing to it fails, as it would to what was closed.
        sys.stdout = _to_pipe(os.open(os.devnull, os.O_RDONLY))
    elif not stdout.isatty():
        sys.stdout = _to_pipe(stdout.fileno())
    elif isinstance(stdout, TextIOWrapper):
        stdout.reconfigure(errors="replace")
    if stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # likewise


def give_up_output() -> None:
    """Let what was not written, and cannot be, go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def end_interrupted(code: int) -> NoReturn:
    """End as an interrupt ends a program, so that a shell's loop around it ends too.

    Args:
        code: for systems on which that is an exit code like others.
    """
    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    os._exit(code)


def _as_they_are() -> tuple[TextIO | None, TextIO | None, TextIO | None]:
    """The three streams; None for what the caller has closed."""
    return sys.stdin, sys.stdout, sys.stderr


def _to_pipe(number: int) -> TextIOWrapper:
    raw = _Output(number, "w", closefd=False)
    # Line ends are as written, and a name that is not UTF-8 keeps its bytes.
    return TextIOWrapper(BufferedWriter(raw), "utf-8", "surrogateescape", newline="")
