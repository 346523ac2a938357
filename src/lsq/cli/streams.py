"""Prepare standard input, output and error, and write notes to stderr.

In a pipe or a file, output is UTF-8 whatever the locale, so that results do not depend on
the user's settings. A terminal gets its own encoding, with `?` for characters it lacks.
"""

import errno
import os
import signal
import sys
from codecs import lookup
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from lsq.errors import OutputError, QueryError
from lsq.messages import _, answer

if TYPE_CHECKING:
    from lsq.indexing import Progress


class _Output(FileIO):
    """Standard output, whose errors are distinct from those of all other files."""

    def write(self, data: Any, /) -> int:
        try:
            while (written := super().write(data)) is None:
                self._wait()
        except BrokenPipeError:
            raise
        except OSError as error:
            if os.name == "nt" and error.errno == errno.EINVAL:
                # The error of Windows when nobody reads the pipe any more.
                raise BrokenPipeError(errno.EPIPE, answer(error)) from error
            raise OutputError(answer(error)) from error
        return written

    def _wait(self) -> None:
        """Wait until a pipe that its creator has made non-blocking takes more."""
        from select import select

        select([], [self], [])


def prepare() -> None:
    """Set up usable streams, and let the program end silently when its reader does."""
    if hasattr(signal, "SIGPIPE"):
        # End silently, as other filters do, when the reader of the output stops.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    stdin, stdout, stderr = _as_they_are()
    # Closed descriptors are reopened, in order, so that no file of the index gets their numbers.
    if stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # for the whole run
    if stdout is None:
        # Writing to it fails, as it would to a closed one.
        sys.stdout = _to_pipe(os.open(os.devnull, os.O_RDONLY))
    elif not stdout.isatty():
        sys.stdout = _to_pipe(stdout.fileno())
    elif isinstance(stdout, TextIOWrapper):
        stdout.reconfigure(errors="replace")
    if stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # likewise
    elif isinstance(stderr, TextIOWrapper) and lookup(stderr.encoding).name == "ascii":
        # A locale that knows no Chinese hardly means that messages shall be unreadable.
        stderr.reconfigure(encoding="utf-8", errors="replace")


def readable(argument: str) -> str:
    """An argument that is text, not a path, read from its bytes where the locale cannot.

    In a C locale Python may know ASCII alone; then it is read as UTF-8. One that names
    GB18030, or its parts GBK and GB2312, may not be installed. What is neither stays as
    it is, and is refused with its place.
    """
    if not any("\udc80" <= character <= "\udcff" for character in argument):
        return argument
    given = os.fsencode(argument)
    # Python itself sets LC_CTYPE where it does not know the locale.
    named = (os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    is_gb = any(locale.partition(".")[2].lower().startswith("gb") for locale in named)
    for encoding in ("utf-8", *(["gb18030"] if is_gb else [])):
        try:
            return given.decode(encoding)
        except UnicodeDecodeError:
            continue
    return argument


def give_up_output() -> None:
    """Discard output that cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def end_interrupted(code: int) -> NoReturn:
    """End as an interrupt ends a program, so that a shell's loop around it ends too.

    Args:
        code: the exit code on systems without signals.
    """
    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    os._exit(code)


def _as_they_are() -> tuple[TextIO | None, TextIO | None, TextIO | None]:
    """The three streams; None for a closed one."""
    return sys.stdin, sys.stdout, sys.stderr


def _to_pipe(number: int) -> TextIOWrapper:
    raw = _Output(number, "w", closefd=False)
    # Line ends are as written, and a name that is not UTF-8 keeps its bytes.
    return TextIOWrapper(BufferedWriter(raw), "utf-8", "surrogateescape", newline="")


# In characters: how much of a query is shown before and after the place of an error.
_AROUND = 18


def say(text: str) -> None:
    """Print a line on stderr, or several, as they are."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def note(message: str) -> None:
    """Write one line to stderr."""
    from lsq.output.printable import sanitize

    say(f"lsq: {sanitize(message)}")


def report(message: str) -> None:
    """Write a result to stderr: one line, without control characters."""
    from lsq.output.printable import sanitize

    say(sanitize(message))


def described(error: QueryError, place: str = "") -> str:
    """The error of a query: the reason, the query, a caret under the place in it.

    Of a long query only the part around the place is shown.

    Args:
        error: that.
        place: where the query comes from, such as a line of a list; empty for an argument.
    """
    from lsq.output.linebreaks import width
    from lsq.output.printable import sanitize

    start = max(0, error.position - _AROUND)
    end = error.position + _AROUND
    before = f"…{error.query[start : error.position]}" if start else error.query[: error.position]
    after = error.query[error.position : end] + ("…" if end < len(error.query) else "")
    query = sanitize(f"{before}{after}".replace("\n", " "))
    option = f"--{error.source}: " if error.source else ""
    where = f"{place}: " if place else ""
    caret = " " * width(query[: len(before)])
    return f"lsq: {where}{option}{sanitize(error.reason)}\n  {query}\n  {caret}^"


@contextmanager
def shown_progress(label: str) -> Iterator[Callable[["Progress"], None]]:
    """A progress bar, if stderr is a terminal; `label` names the task."""
    if not sys.stderr.isatty():
        yield lambda _progress: None
        return
    from lsq.output.progress import progress_bar

    with progress_bar(sys.stderr, label) as tell:
        yield lambda progress: tell(progress.done, progress.total, _doing(label, progress))


def _doing(label: str, progress: "Progress") -> str:
    """The current task: pages, while they are recognised; writing, at the end."""
    if progress.writing:
        return _("writing")
    if progress.page is None:
        return label
    number, pages = progress.page
    return _("recognising pages: {number} of {pages}").format(number=number, pages=pages)
