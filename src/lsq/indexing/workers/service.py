"""The work of a process that extracts files: it receives lists of them, and sends results.

It trusts no file: any failure of one is reported as its error.
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
    """A member of an archive that is being read from here on, and its size in bytes."""

    path: str
    size: int


class Recognised(NamedTuple):
    """A page that has been recognised: of which file, its number, of how many."""

    path: str
    number: int
    pages: int


class Ready(NamedTuple):
    """The process waits for orders, or for files."""


class Orders(NamedTuple):
    """What a process does with files.

    Attributes:
        make: what to make of each article.
        mode: which pages to recognise.
        threads: how many of the process recognise.
        task: what to do with each file.
    """

    make: Callable[[Article], Any]
    mode: OcrMode = "auto"
    threads: int = 1
    task: Task[Any] = recover


def serve(connection: "Connection[Any, Any]", load: Callable[[], None]) -> None:
    """Be such a process, until the other end of the connection is closed.

    Args:
        connection: takes Orders, then lists of files; gives Ready before either, and of each file
            what members it has come to, the pages it has recognised, and what was recovered, or
            the LsqError that ends all.
        load: loads what is known to be needed, before the orders come.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started us stops us
    threading.Thread(target=_die_with_parent, daemon=True).start()
    # Output of C libraries about a damaged file is not a message of lsq.
    if not os.environ.get("LSQ_DEBUG"):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)

    def begin(path: str, size: int) -> None:
        bounds.confine(size)
        connection.send(Begun(path, size))

    # The imports of extraction happen before the bounds of a file apply.
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
                except MemoryError:  # there is none left to tell what came of it
                    connection.send(failed(path, ReadError(path, too_much_memory())))
    except (EOFError, OSError):
        # Nobody is there any more who would read what came of them. To free rjieba's dictionary
        # and all else takes 0.1 s, for which the one who started us would wait.
        os._exit(0)


def strangeness(text: str) -> float:
    """See `lsq.segment.strangeness`, which few pages need and takes a while to be ready."""
    from lsq.segment.strangeness import strangeness

    return strangeness(text)


def _die_with_parent() -> None:
    """End when the process that started us is killed: nobody else would tell us."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)
