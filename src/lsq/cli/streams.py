"""Prepare standard input, output and error, and write notes to stderr.

In a pipe or a file, output is UTF-8 in every locale, so that results do not depend on the
user's settings. A terminal gets its own encoding, with `?` for characters it lacks.
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
from lsq.messages import _, system_message

if TYPE_CHECKING:
    from lsq.indexing import Progress


class _Output(FileIO):
    """Standard output; its errors are distinct from those of other files."""

    def write(self, data: Any, /) -> int:
        try:
            while (written := super().write(data)) is None:
                self._wait()
        except BrokenPipeError:
            end_unread()
            raise
        except OSError as error:
            if os.name == "nt" and error.errno == errno.EINVAL:
                # On Windows, the error of a pipe that nobody reads.
                raise BrokenPipeError(errno.EPIPE, system_message(error)) from error
            raise OutputError(system_message(error)) from error
        return written

    def _wait(self) -> None:
        """Wait until a non-blocking pipe accepts more."""
        from select import select

        select([], [self], [])


def prepare() -> None:
    """Set up usable streams."""
    stdin, stdout, stderr = _standard_streams()
    # Reopen closed descriptors in order, so that no file of the index gets their numbers.
    if stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # for the whole run
    if stdout is None:
        # Opened for reading, so that writing to it fails.
        sys.stdout = _to_pipe(os.open(os.devnull, os.O_RDONLY))
    elif not stdout.isatty():
        sys.stdout = _to_pipe(stdout.fileno())
    elif isinstance(stdout, TextIOWrapper):
        stdout.reconfigure(errors="replace")
    if stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # likewise
    elif isinstance(stderr, TextIOWrapper) and lookup(stderr.encoding).name == "ascii":
        # An ASCII locale must not make Chinese in messages unreadable.
        stderr.reconfigure(encoding="utf-8", errors="replace")


def decode_argument(argument: str) -> str:
    """Decode an argument that is text, not a path, if the locale could not.

    In a C locale Python may decode only ASCII; the argument is then decoded as UTF-8. A
    locale that names GB18030, GBK or GB2312 may not be installed; then it is decoded as that.
    An argument that is neither is returned unchanged; the parser reports the position.
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


def end_unread() -> None:
    """End by SIGPIPE, as other filters do, when the reader of the output stops.

    Python ignores the signal, and it stays ignored until then: a worker or a node of a cluster
    that ends while lsq writes to it must not end lsq. On systems without the signal, return.
    """
    if not hasattr(signal, "SIGPIPE"):
        return
    try:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    except ValueError:  # only the main thread may do this
        os._exit(128 + signal.SIGPIPE)
    os.kill(os.getpid(), signal.SIGPIPE)


def end_interrupted(code: int) -> NoReturn:
    """End by SIGINT, so that a loop of the shell around the program ends too.

    Args:
        code: the exit code on systems without signals.
    """
    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    os._exit(code)


def _standard_streams() -> tuple[TextIO | None, TextIO | None, TextIO | None]:
    """The three streams, typed as None if closed."""
    return sys.stdin, sys.stdout, sys.stderr


def _to_pipe(number: int) -> TextIOWrapper:
    raw = _Output(number, "w", closefd=False)
    # Line ends are not translated, and a name that is not UTF-8 keeps its bytes.
    return TextIOWrapper(BufferedWriter(raw), "utf-8", "surrogateescape", newline="")


# Characters of a query that are shown before and after the position of an error.
_CONTEXT = 18


def say(text: str) -> None:
    """Write lines to stderr, unchanged."""
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except BrokenPipeError:
        end_unread()
        raise


def note(message: str) -> None:
    """Write a note to stderr: one line that names the program."""
    from lsq.output.printable import sanitize

    say(f"lsq: {sanitize(message)}")


def report(message: str) -> None:
    """Write a result to stderr: one line, without control characters."""
    from lsq.output.printable import sanitize

    say(sanitize(message))


def format_query_error(error: QueryError, place: str = "") -> str:
    """Format an invalid query: the reason, the query, a caret under the position.

    Of a long query only the part around the position is shown.

    Args:
        error: the error.
        place: the origin of the query, such as a line of a list; empty for an argument.
    """
    from lsq.output.linebreaks import width
    from lsq.output.printable import sanitize

    start = max(0, error.position - _CONTEXT)
    end = error.position + _CONTEXT
    before = f"…{error.query[start : error.position]}" if start else error.query[: error.position]
    after = error.query[error.position : end] + ("…" if end < len(error.query) else "")
    query = sanitize(f"{before}{after}".replace("\n", " "))
    option = f"--{error.source}: " if error.source else ""
    where = f"{place}: " if place else ""
    caret = " " * width(query[: len(before)])
    return f"lsq: {where}{option}{sanitize(error.reason)}\n  {query}\n  {caret}^"


@contextmanager
def progress_shown(label: str) -> Iterator[Callable[["Progress"], None]]:
    """Yield a function that updates a progress bar, if stderr is a terminal.

    Args:
        label: the name of the task.
    """
    if not sys.stderr.isatty():
        yield lambda _progress: None
        return
    from lsq.output.progress import progress_bar

    with progress_bar(sys.stderr, label) as tell:
        yield lambda progress: tell(progress.done, progress.total, _activity(label, progress))


def _activity(label: str, progress: "Progress") -> str:
    """The name of the current activity: recognising pages, writing, or the task."""
    if progress.writing:
        return _("writing")
    if progress.page is None:
        return label
    number, pages = progress.page
    return _("recognising pages: {number} of {pages}").format(number=number, pages=pages)
