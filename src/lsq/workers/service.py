"""What a process that reads files does: it takes lists of them, and tells what came of each.

It trusts no file: whatever goes wrong with one is told as the failure of that one.
"""

import os
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from lsq.errors import LsqError, ReadError
from lsq.fold import fold
from lsq.messages import _
from lsq.model import Article
from lsq.readers import TOO_MUCH_MEMORY, Begin, load
from lsq.recover import digest, recover_data
from lsq.segment import Segmenter
from lsq.workers import bounds

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# A word in the title counts as often as this in the body (BM25F's field weight in
# its simple form: Robertson, Zaragoza, Taylor, "Simple BM25 Extension to Multiple
# Weighted Fields", 2004).
TITLE_WEIGHT = 3

Prepare = Callable[[Article, str, dict[str, int]], Any]


class File(NamedTuple):
    """A file to read, and its size in bytes."""

    path: str
    size: int


class Begun(NamedTuple):
    """A member of an archive that is being read from here on, and its size in bytes."""

    path: str
    size: int


class Ready(NamedTuple):
    """The process waits for files."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What became of a file.

    Attributes:
        path: the file.
        digest: of its content; empty if it could not be read at all.
        documents: its articles, prepared for the engine.
        failures: what could not be read.
    """

    path: str
    digest: str
    documents: tuple[Any, ...]
    failures: tuple[ReadError, ...]


def prepared(article: Article, segmenter: Segmenter, prepare: Prepare) -> Any:
    """An article made ready for an engine, to be found and ranked by its words."""
    folded = fold(article.text)
    title_end = len(article.title or "")
    words = segmenter.count_words(folded[title_end:])
    for word, times in segmenter.count_words(folded[:title_end]).items():
        words[word] += TITLE_WEIGHT * times
    return prepare(article, folded, words)


def work_through(
    path: str, segmenter: Segmenter, prepare: Prepare, begin: Begin = lambda *_: None
) -> Worked:
    """Read a file and prepare its articles; `begin` is told of members of an archive.

    Raises:
        DictionaryError: the words cannot be counted, of whatever file.
    """
    documents: list[Any] = []
    failures: list[ReadError] = []
    try:
        data = load(path)
        for found in recover_data(path, data, begin):
            if isinstance(found, ReadError):
                failures.append(found)
            else:
                documents.append(prepared(found, segmenter, prepare))
        return Worked(path, digest(data), tuple(documents), tuple(failures))
    except ReadError as error:
        return failed(error)
    except LsqError:
        raise
    except MemoryError:
        return failed(ReadError(path, TOO_MUCH_MEMORY))
    except Exception as error:
        # Nothing that a file holds may end a run over thousands of others.
        reason = _(
            "its text cannot be made ready for the index ({name}: {error}); this is a defect "
            "of lsq: set LSQ_DEBUG=1, try lsq show on it, and report what that says"
        ).format(name=type(error).__name__, error=error)
        return failed(ReadError(path, reason))


def failed(error: ReadError) -> Worked:
    """What became of a file that cannot be read."""
    return Worked(error.path, "", (), (error,))


def serve(connection: "Connection[Any, Any]", segmenter: Segmenter, prepare: Prepare) -> None:
    """Be such a process, until the other end of the connection is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started us stops us
    threading.Thread(target=_die_with_parent, daemon=True).start()
    # What libraries in C print about a file that they fall over is no message of ours.
    if not os.environ.get("LSQ_DEBUG"):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)

    def begin(path: str, size: int) -> None:
        bounds.confine(size)
        connection.send(Begun(path, size))

    try:
        connection.send(Ready())
        while True:
            files: Sequence[File] = connection.recv()
            for path, size in files:
                bounds.confine(size)
                try:
                    connection.send(work_through(path, segmenter, prepare, begin))
                except LsqError as error:
                    connection.send(error)
                except MemoryError:  # there is none left to tell what came of it
                    connection.send(failed(ReadError(path, TOO_MUCH_MEMORY)))
    except (EOFError, OSError):
        pass  # nobody is there any more who would read what came of them


def _die_with_parent() -> None:
    """End when the process that started us is killed: nobody else would tell us."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)
