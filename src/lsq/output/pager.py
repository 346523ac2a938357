"""Send what a terminal shows through a pager such as less, as git does. Knows no hits.

Text that fits the screen is shown by `less -F` as without a pager; quitting the pager early
ends the output silently.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import PurePath
from typing import TextIO

from lsq.errors import PagerError
from lsq.messages import _, answer

_LINK = re.compile(r"\x1b\]8;[^\x1b]*+\x1b\\")
# The pagers that begin at a line named as +N.
_TAKE_A_LINE = {"less", "more", "most"}


class _Input(TextIOWrapper):
    """The standard input of a pager; `isatty` is true, as the text ends at a terminal."""

    links = True

    def isatty(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        super().write(text if self.links else _LINK.sub("", text))
        return len(text)


@contextmanager
def paged(out: TextIO, *, always: bool = False, line: int = 0) -> Iterator[TextIO]:
    """Yield a stream to write to instead of `out`, a terminal.

    Args:
        out: the terminal.
        always: less stays even for what fits the screen.
        line: where the pager begins, from 0.

    Raises:
        PagerError: the pager cannot be run.
    """
    command = _command()
    if not command:
        yield out
        return
    name = PurePath(command[0]).stem
    command += ["-R"] if name == "less" else []
    command += [f"+{line + 1}"] if line and name in _TAKE_A_LINE else []
    wishes = {"LESS": "RX" if always else "FRX", "LV": "-c"}
    if out.encoding.lower().replace("-", "") == "utf8":
        wishes["LESSCHARSET"] = "utf-8"
    try:
        pager = subprocess.Popen(  # noqa: S603  # what the user set
            command, stdin=subprocess.PIPE, env=wishes | os.environ
        )
    except OSError as error:
        raise PagerError(shlex.join(command), answer(error)) from error
    assert pager.stdin  # noqa: S101  # for the type checker: it is a pipe
    text = _Input(pager.stdin, out.encoding, out.errors, line_buffering=True)
    text.links = name == "less"
    # Only the pager receives Ctrl-C; and its end is not an error of lsq.
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGPIPE") if hasattr(signal, name)]
    before = [(number, signal.signal(number, signal.SIG_IGN)) for number in numbers]
    try:
        with suppress(BrokenPipeError):
            yield text
    finally:
        with suppress(BrokenPipeError):
            text.close()
        pager.wait()
        for number, handler in before:
            signal.signal(number, handler)


def _command() -> list[str]:
    """The pager and its arguments; empty for none.

    Raises:
        PagerError: the one set for lsq cannot be run. $PAGER is set for all programs: one
            that cannot be run is ignored.
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
