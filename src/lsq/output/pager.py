"""Send output to a terminal through a pager such as less, as git does.

`less -F` ends at once if the text fits the screen. Quitting the pager early is no error.
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
from lsq.messages import _, system_message

_LINK = re.compile(r"\x1b\]8;[^\x1b]*+\x1b\\")
# The pagers with an option +N for the first line.
_TAKE_A_LINE = {"less", "more", "most"}


class _Input(TextIOWrapper):
    """The standard input of a pager; `isatty` is true, because the text is for a terminal."""

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
        always: less stays open even if the text fits the screen.
        line: the first line that the pager shows, from 0.

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
    defaults = {"LESS": "RX" if always else "FRX", "LV": "-c"}
    if out.encoding.lower().replace("-", "") == "utf8":
        defaults["LESSCHARSET"] = "utf-8"
    try:
        pager = subprocess.Popen(  # noqa: S603  # the user's choice
            command, stdin=subprocess.PIPE, env=defaults | os.environ
        )
    except OSError as error:
        raise PagerError(shlex.join(command), system_message(error)) from error
    assert pager.stdin  # noqa: S101  # for the type checker: it is a pipe
    text = _Input(pager.stdin, out.encoding, out.errors, line_buffering=True)
    text.links = name == "less"
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the pager
    try:
        with suppress(BrokenPipeError):
            yield text
    finally:
        with suppress(BrokenPipeError):
            text.close()
        pager.wait()
        signal.signal(signal.SIGINT, before)


def _command() -> list[str]:
    """The pager and its arguments; empty for none.

    Raises:
        PagerError: $LSQ_PAGER cannot be run. A $PAGER that cannot be run is ignored, because
            it is not set for lsq alone.
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
