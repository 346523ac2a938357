"""The main function of a worker process: receives lists of files, and sends results.

Any failure of a file is sent as an error of that file.
"""

import os
import signal
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from lsq.errors import LsqError, ReadError
from lsq.indexing.extraction import Task, failed, recover
from lsq.indexing.workers import bounds
from lsq.model import Article, OcrMode
from lsq.readers import ocr, too_much_memory

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


class File(NamedTuple):
    """A file to read, and its size in bytes."""

    path: str
    size: int


class Begun(NamedTuple):
    """A message: the process begins to read a member of an archive; its size in bytes."""

    path: str
    size: int


class Recognised(NamedTuple):
    """A message: a page is recognised; its file, its number, the number of pages."""

    path: str
    number: int
    pages: int


class Ready(NamedTuple):
    """A message: the process waits for orders, or for files."""


class Orders(NamedTuple):
    """The task of a process, and its options.

    Attributes:
        make: converts each article.
        mode: which pages to recognise.
        threads: the number of threads that recognise pages.
        task: the task for each file.
    """

    make: Callable[[Article], Any]
    mode: OcrMode = "auto"
    threads: int = 1
    task: Task[Any] = recover


def serve(connection: "Connection[Any, Any]", load: Callable[[], None]) -> None:
    """Serve until the other end of the connection is closed.

    Args:
        connection: receives Orders, then lists of files; sends Ready before either, then for each
            file Begun and Recognised messages and the result, or the LsqError that ends the run.
        load: imports what will be needed, before the orders come.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process stops this one
    threading.Thread(target=_die_with_parent, daemon=True).start()
    # Hides what C libraries print about damaged files.
    if not os.environ.get("LSQ_DEBUG"):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)

    def begin(path: str, size: int) -> None:
        bounds.confine(size)
        connection.send(Begun(path, size))

    # Imported before the bounds of a file apply.
    import lsq.extract
    import lsq.repair  # noqa: F401

    load()
    try:
        connection.send(Ready())
        make, mode, threads, task = connection.recv()
        connection.send(Ready())  # to load `make` takes none of the first file's time
        while True:
            files: Sequence[File] = connection.recv()
            for path, size in files:
                bounds.confine(size)

                def tell(_: str, number: int, pages: int, path: str = path) -> None:
                    connection.send(Recognised(path, number, pages))

                try:
                    with ocr.using(ocr.Settings(mode, threads, tell, strangeness)):
                        recovered = task(path, make, begin)
                    connection.send(recovered)
                except LsqError as error:
                    connection.send(error)
                except MemoryError:  # no memory left to send the result
                    connection.send(failed(path, ReadError(path, too_much_memory())))
    except (EOFError, OSError):
        # The parent has closed the connection. It would wait 0.1 s for a normal exit, which frees
        # rjieba's dictionary.
        os._exit(0)


def strangeness(text: str) -> float:
    """See `lsq.segment.strangeness`; imported late, as few pages need it."""
    from lsq.segment.strangeness import strangeness

    return strangeness(text)


def _die_with_parent() -> None:
    """End this process when its parent is killed."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)
