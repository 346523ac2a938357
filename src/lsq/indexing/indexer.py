"""From files to an index: file → reader → repair → extract → segment → engine.

Files that have not changed since they were indexed are left alone, files that are
gone are dropped, a file that cannot be read is reported and the rest goes on. So much
gone at once as where a disk is not mounted stays in the index until the user says so.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from lsq.engines import Engine, Stamp, Update
from lsq.engines.bm25 import prepared
from lsq.engines.paths import plain_path
from lsq.engines.stamps import read_of, skipped_of
from lsq.errors import ReadError
from lsq.indexing import skipping
from lsq.indexing.changes import Moved, compared
from lsq.indexing.extraction import Recovered
from lsq.indexing.files import files_at
from lsq.indexing.losses import below, check_rebuild, missing
from lsq.indexing.workers import work
from lsq.model import Skipped
from lsq.segment.user_words import UserWords, read_user_words


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
        skipped: of files that no reader takes, how many there are of each kind.
        left_out: of what is no part of a text in the files read now, likewise.
        refused_words: the lines of `Options.user_dict` that are no words, and why.
        seconds: how long it took.
    """

    added: int
    replaced: int
    unchanged: int
    dropped: int
    failures: tuple[ReadError, ...]
    articles: int
    skipped: Mapping[str, int]
    left_out: Mapping[str, int]
    refused_words: tuple[str, ...]
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
        drop_missing: drop what is gone, even if it is so much that a disk may not be mounted.
        tell: is told how far the update has come.
    """

    jobs: int = 0
    wait: float = 0
    rebuild: bool = False
    user_dict: str | None = None
    drop_missing: bool = False
    tell: Callable[[Progress], None] = lambda _: None


def update(engine: Engine, paths: Iterable[str], options: Options | None = None) -> Summary:
    """Bring the index up to date with the files at and below `paths`.

    Raises:
        LockedError, StorageError, DamagedError: the index cannot be written to.
        RootError: a rebuild would lose what the index has of a path.
        DictionaryError: `options.user_dict` cannot be read.
        WorkerError: no process can be started; what was committed before stays.
    """
    options = options or Options()
    started = time.monotonic()
    roots = [plain_path(path) for path in paths]
    files = files_at(roots)
    words = _words(options)
    if options.rebuild:
        check_rebuild(engine, roots, files, drop_missing=options.drop_missing)
        change = engine.rebuild(user_words=words.words, wait=options.wait)
    else:
        change = engine.update(wait=options.wait)
    with change as changes:
        stamps = {} if options.rebuild else engine.stamps()
        indexed = read_of(stamps)
        lost = missing(indexed, roots, files, drop_missing=options.drop_missing)
        for path in lost.dropped:
            changes.drop(path)
        stale, touched = compared(files.stamps, indexed, options.jobs)
        for path, stamp in touched.items():
            changes.restamp(path, stamp)
        moved = Moved(stale, indexed, lost)
        failures = [*files.failures, *lost.failures]
        done: dict[str, tuple[Skipped, ...]] = {}
        left_out: Counter[str] = Counter()
        for whole, stamp in _put(changes, stale, engine, options, failures):
            moved.drop_old_name(changes, stamp)
            done[whole.path] = whole.skipped
            left_out.update(dict(whole.left_out))
        was_below, is_unseen = below(filter(os.path.isdir, roots)), below(files.unseen)
        look = skipping.Look(
            files.skipped,
            done,
            files.stamps,
            lambda path: was_below(path) and not is_unseen(path),
        )
        skipped = skipping.store(changes, skipped_of(stamps), look)
    replaced = sum(path in indexed for path in done)
    return Summary(
        added=len(done) - replaced,
        replaced=replaced,
        unchanged=len(files.stamps) - len(stale),
        dropped=len(lost.dropped) + moved.dropped,
        failures=tuple(failures),
        articles=engine.article_count(),
        skipped=skipped,
        left_out=left_out,
        refused_words=tuple(words.refused),
        seconds=time.monotonic() - started,
    )


def forget(engine: Engine, paths: Iterable[str], wait: float = 0) -> int:
    """Drop the files at and below `paths` from the index, whether they exist or not.

    Returns:
        How many files were dropped.

    Raises:
        LockedError, StorageError, DamagedError: the index cannot be written to.
    """
    roots = [plain_path(path) for path in paths]
    with engine.update(wait=wait) as changes:
        stamps = engine.stamps()
        gone = list(filter(below(roots), stamps))
        for path in gone:
            changes.drop(path)
    return len(gone) - len(skipped_of(stamps).keys() & set(gone))


def _words(options: Options) -> UserWords:
    if options.user_dict is None:
        return UserWords([], [])
    return read_user_words(options.user_dict)


def _put(
    changes: Update,
    stale: dict[str, Stamp],
    engine: Engine,
    options: Options,
    failures: list[ReadError],
) -> Iterator[tuple[Recovered[Any], Stamp]]:
    """Index the stale files; gives those of which something could be read."""
    total = sum(stamp.size for stamp in stale.values())
    told = 0
    files = [(path, stamp.size) for path, stamp in stale.items()]
    make = partial(prepared, segmenter=changes.segmenter, prepare=engine.prepare)
    for whole in work(files, make, options.jobs):
        failures.extend(whole.failures)
        stamp = stale[whole.path]
        if whole.articles or not whole.failures:
            stamp = stamp._replace(digest=whole.digest)
            changes.replace(whole.path, stamp, whole.articles)
            yield whole, stamp
        told += stamp.size
        options.tell(Progress(told, total))
