"""From files to an index: file → reader → repair → extract → segment → engine.

Files that have not changed since they were indexed are left alone, files that are
gone are dropped, a file that cannot be read is reported and the rest goes on.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from lsq.engines import Engine, Stamp, Update
from lsq.engines.prepared import prepared
from lsq.errors import ReadError
from lsq.indexing.extraction import digest
from lsq.indexing.files import files_at
from lsq.indexing.workers import work
from lsq.readers import load


@dataclass(frozen=True, slots=True)
class Summary:
    """What an update did; all but `articles` count files.

    Attributes:
        added: were not in the index.
        replaced: had changed.
        unchanged: had not.
        dropped: are gone, and so from the index.
        failures: what could not be read or looked at, and why; of a file that could not
            be read at all, or is in such a folder, the index keeps what it had.
        articles: how many articles the index holds now.
        seconds: how long it took.
    """

    added: int
    replaced: int
    unchanged: int
    dropped: int
    failures: tuple[ReadError, ...]
    articles: int
    seconds: float


class Progress(NamedTuple):
    """How far an update has come, in bytes of the files that have to be read."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Options:
    """How to update.

    Attributes:
        jobs: how many processes read files. With 0 this one does: a program needs no
            `if __name__ == "__main__"` then, but what kills a reader kills the program.
        wait: for how many seconds to wait for another process that writes.
        rebuild: build the index anew, from the paths named and nothing else.
        user_dict: with `rebuild`, a file of words to know.
        tell: is told how far the update has come.
    """

    jobs: int = 0
    wait: float = 0
    rebuild: bool = False
    user_dict: str | None = None
    tell: Callable[[Progress], None] = lambda _: None


def update(engine: Engine, paths: Iterable[str], options: Options | None = None) -> Summary:
    """Bring the index up to date with the files at and below `paths`.

    Raises:
        LockedError, StorageError, DamagedError: the index cannot be written to.
        DictionaryError: `options.user_dict` is not a dictionary.
        WorkerError: no process can be started; what was committed before stays.
    """
    options = options or Options()
    started = time.monotonic()
    roots = [os.path.relpath(path) for path in paths]
    files = files_at(roots)
    failures = files.failures
    if options.rebuild:
        change = engine.rebuild(user_dict=options.user_dict, wait=options.wait)
    else:
        change = engine.update(wait=options.wait)
    with change as changes:
        indexed = {} if options.rebuild else engine.stamps()
        was_below, is_unseen = _gone_from(roots), _below(files.unseen)
        gone = [
            path
            for path in indexed
            if path not in files.stamps and was_below(path) and not is_unseen(path)
        ]
        for path in gone:
            changes.drop(path)
        stale = {
            path: stamp for path, stamp in files.stamps.items() if _is_stale(path, stamp, indexed)
        }
        done = list(_put(changes, stale, engine, options, failures))
    replaced = sum(path in indexed for path in done)
    return Summary(
        added=len(done) - replaced,
        replaced=replaced,
        unchanged=len(files.stamps) - len(stale),
        dropped=len(gone),
        failures=tuple(failures),
        articles=engine.article_count(),
        seconds=time.monotonic() - started,
    )


def forget(engine: Engine, paths: Iterable[str], wait: float = 0) -> int:
    """Drop the files at and below `paths` from the index, whether they exist or not.

    Returns:
        How many files were dropped.

    Raises:
        LockedError, StorageError, DamagedError: the index cannot be written to.
    """
    roots = [os.path.relpath(path) for path in paths]
    with engine.update(wait=wait) as changes:
        below = list(filter(_below(roots), engine.stamps()))
        for path in below:
            changes.drop(path)
    return len(below)


def _put(
    changes: Update,
    stale: dict[str, Stamp],
    engine: Engine,
    options: Options,
    failures: list[ReadError],
) -> Iterator[str]:
    """Index the stale files; gives the paths of those of which something could be read."""
    total = sum(stamp.size for stamp in stale.values())
    told = 0
    files = [(path, stamp.size) for path, stamp in stale.items()]
    make = partial(prepared, segmenter=changes.segmenter, prepare=engine.prepare)
    for whole in work(files, make, options.jobs):
        failures.extend(whole.failures)
        stamp = stale[whole.path]
        if whole.articles or not whole.failures:
            changes.replace(whole.path, stamp._replace(digest=whole.digest), whole.articles)
            yield whole.path
        told += stamp.size
        options.tell(Progress(told, total))


def _is_stale(path: str, stamp: Stamp, indexed: dict[str, Stamp]) -> bool:
    """Whether a file is not the one that was indexed: by size and time, then by content."""
    known = indexed.get(path)
    if known is None or known.size != stamp.size:
        return True
    if known.modified == stamp.modified:
        return False
    try:
        return known.digest != digest(load(path))
    except ReadError:
        return True  # reading it will say why


def _gone_from(roots: Iterable[str]) -> Callable[[str], bool]:
    """Whether an indexed file should have been found below one of `roots`.

    A root that is itself gone says nothing: it may be a disk that is not mounted.
    """
    return _below(root for root in roots if Path(root).is_dir())


def _below(roots: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path is one of `roots`, of which there may be many, or below it."""
    tops = {Path(os.path.abspath(root)) for root in roots}  # Path.absolute keeps ".."

    def is_below(path: str) -> bool:
        whole = Path(os.path.abspath(path))
        return not tops.isdisjoint((whole, *whole.parents))

    return is_below
