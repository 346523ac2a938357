"""Update an index from files: file → reader → repair → extract → segment → engine.

Only new and changed files are read, missing files are dropped, and unreadable files are
reported while the rest is indexed. If so many files are missing that a disk may be unmounted,
they stay in the index until the user confirms.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from lsq.engines import Engine, Stamp, Update
from lsq.engines.bm25 import prepared
from lsq.engines.paths import plain_path
from lsq.engines.stamps import noted, outdated_stamp, read_of, with_failure
from lsq.errors import ReadError
from lsq.indexing import Progress
from lsq.indexing.changes import Moved, UpdateOutcome, compared, settled, store_unread
from lsq.indexing.extraction import Recovered
from lsq.indexing.files import Files, files_at
from lsq.indexing.losses import below, check_rebuild, missing
from lsq.indexing.scan import View, scan
from lsq.indexing.workers import work
from lsq.model import OcrMode, Skipped
from lsq.readers import ocr as recognition
from lsq.segment.user_words import UserWords, read_user_words

if TYPE_CHECKING:
    from lsq.indexing.workers.pool import Started


@dataclass(frozen=True, slots=True)
class Summary:
    """The result of an update; all numbers but `articles` count files.

    Attributes:
        added: files that were not in the index.
        replaced: files that had changed.
        unchanged: files that had not changed.
        dropped: files that are gone, and were dropped from the index.
        failures: the errors; the index keeps the articles of a file that has become unreadable
            or is in an inaccessible folder.
        articles: the number of articles in the index now.
        skipped: the number of skipped files of each kind.
        left_out: the number of parts left out of texts in the files read, by kind.
        refused_words: the invalid lines of `Options.user_dict`, and why.
        recognised: the number of recognised pages of the files read.
        seconds: the duration.
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
    recognised: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Options:
    """The options of an update.

    Attributes:
        jobs: how many processes read files. With 0 this process does: then a program needs no
            `if __name__ == "__main__"`, but a crash of a reader ends it.
        wait: how long to wait for another writer, in seconds.
        rebuild: build a new index, only from the named paths.
        user_dict: with `rebuild`, a file of words to add to the dictionary.
        drop_missing: drop missing files, even if so many that a disk may not be mounted.
        tell: called with the progress, from any thread.
        ocr: which pages to recognise.
    """

    jobs: int = 0
    wait: float = 0
    rebuild: bool = False
    user_dict: str | None = None
    drop_missing: bool = False
    tell: Callable[[Progress], None] = lambda _: None
    ocr: OcrMode = "auto"


def update(
    engine: Engine,
    paths: Iterable[str],
    options: Options | None = None,
    started: "list[Started] | None" = None,
) -> Summary:
    """Bring the index up to date with the files at and below `paths`.

    Args:
        engine: holds the index.
        paths: files and folders.
        options: the options of the update.
        started: processes of `lsq.indexing.workers.started_for`, if any.

    Raises:
        LockedError, StorageError, DamagedError: the index cannot be written to.
        RootError: a rebuild would lose the articles of a path.
        DictionaryError: `options.user_dict` cannot be read.
        WorkerError: no process can be started; what was committed before stays.
    """
    options = options or Options()
    with recognition.using(recognition.Settings(options.ocr)):
        return _update(engine, paths, options, started)


def _update(
    engine: Engine, paths: Iterable[str], options: Options, started: "list[Started] | None"
) -> Summary:
    begun = time.monotonic()
    roots = [plain_path(path) for path in paths]
    scan_time = time.time_ns()
    words = _words(options)
    rebuilt: Files | None = None
    if options.rebuild:
        rebuilt = files_at(roots)
        check_rebuild(engine, roots, rebuilt, drop_missing=options.drop_missing)
        change = engine.rebuild(user_words=words.words, wait=options.wait)
    else:
        change = engine.update(wait=options.wait)
    with change as changes:
        view = View(rebuilt) if rebuilt is not None else scan(engine, roots)
        files, indexed = view.files, view.indexed
        drop = options.drop_missing
        lost = missing(indexed, roots, files, total=view.total, drop_missing=drop)
        failed: dict[str, str] = {}
        for failure in files.failures:
            known = {} if failure.path in lost.dropped else indexed
            _store_failure(changes, failure.path, failure.reason, known, failed)
        for path in lost.dropped - failed.keys():
            changes.drop(path)
        stale, touched = compared(
            files.stamps, indexed, options.jobs, recognising=recognition.is_active()
        )
        for path, stamp in touched.items():
            changes.restamp(path, settled(stamp, scan_time))
        alike = indexed if view.is_whole else engine.stamps(like=stale.values())
        moved = Moved(stale, alike, lost)
        failures = [*files.failures, *lost.failures]
        done: set[str] = set()
        members: dict[str, tuple[Skipped, ...]] = {}
        left_out: Counter[str] = Counter()
        recognised = 0
        to_read = {path: settled(stamp, scan_time) for path, stamp in stale.items()}
        for whole, stamp in _put(changes, to_read, engine, options, started):
            failures.extend(whole.failures)
            members[whole.path] = whole.skipped
            member_reasons = _reasons(whole)
            reason = member_reasons.pop(whole.path, "")
            failed.update(member_reasons)
            if not _is_read(whole):
                _store_failure(changes, whole.path, reason, indexed, failed)
                continue
            moved.drop_old_name(changes, stamp)
            done.add(whole.path)
            left_out.update(dict(whole.left_out))
            recognised += whole.notes.pages
        was_below, is_unseen = below(filter(os.path.isdir, roots)), below(files.unseen)
        outcome = UpdateOutcome(
            files.skipped,
            members,
            failed,
            files.stamps,
            lambda path: was_below(path) and not is_unseen(path),
        )
        skipped = store_unread(changes, view.unread, outcome)
    replaced = sum(path in indexed for path in done)
    return Summary(
        added=len(done) - replaced,
        replaced=replaced,
        unchanged=view.same + len(files.stamps) - len(stale),
        dropped=len(lost.dropped) + moved.dropped,
        failures=tuple(failures),
        articles=engine.article_count(),
        skipped=skipped,
        left_out=left_out,
        refused_words=tuple(words.refused),
        recognised=recognised,
        seconds=time.monotonic() - begun,
    )


def forget(engine: Engine, paths: Iterable[str], wait: float = 0) -> int:
    """Drop the files at and below `paths` from the index, whether they exist or not.

    Returns:
        The number of dropped files.

    Raises:
        LockedError, StorageError, DamagedError: the index cannot be written to.
    """
    roots = [plain_path(path) for path in paths]
    with engine.update(wait=wait) as changes:
        stamps = engine.stamps()
        gone = list(filter(below(roots), stamps))
        for path in gone:
            changes.drop(path)
    return len(read_of(stamps).keys() & set(gone))


def _words(options: Options) -> UserWords:
    if options.user_dict is None:
        return UserWords([], [])
    return read_user_words(options.user_dict)


def _put(
    changes: Update,
    stale: Mapping[str, Stamp],
    engine: Engine,
    options: Options,
    started: "list[Started] | None",
) -> Iterator[tuple[Recovered[Any], Stamp]]:
    """Index the stale files; yields the result of each."""
    progress = _ProgressReporter(stale, options.tell)
    files = [(path, stamp.size) for path, stamp in stale.items()]
    make = partial(prepared, segmenter=changes.segmenter, prepare=engine.prepare)
    reading = work(
        files, make, options.jobs, options.ocr, progress.page_recognised, started=started
    )
    for whole in reading:
        stamp = stale[whole.path]
        if _is_read(whole):
            reason = _reasons(whole).get(whole.path, "")
            stamp = stamp._replace(digest=with_failure(noted(whole.digest, whole.notes), reason))
            changes.replace(whole.path, stamp, whole.articles)
        yield whole, stamp
        progress.file_read(whole.path)
    progress.all_read()


def _is_read(whole: Recovered[Any]) -> bool:
    """Whether any part of a file could be read."""
    return bool(whole.articles) or not whole.failures


def _store_failure(
    changes: Update,
    path: str,
    reason: str,
    indexed: Mapping[str, Stamp],
    failed: dict[str, str],
) -> None:
    """Store the reason in the stamp of an indexed file, whose articles stay; else in `failed`.

    The reason is empty for an archive if only its members have one.
    """
    if known := indexed.get(path):
        outdated = outdated_stamp(known, reason)
        if outdated != known:
            changes.restamp(path, outdated)
    elif reason:
        failed[path] = reason


def _reasons(whole: Recovered[Any]) -> dict[str, str]:
    """The first reason why a file, and each member of it, could not be read."""
    return {failure.path: failure.reason for failure in reversed(whole.failures)}


class _ProgressReporter:
    """Reports the progress of an update; several threads report pages."""

    def __init__(self, stale: Mapping[str, Stamp], tell: Callable[[Progress], None]) -> None:
        self._sizes = {path: stamp.size for path, stamp in stale.items()}
        self._total = sum(self._sizes.values())
        self._done = 0
        self._parts: dict[str, float] = {}  # the bytes done of each file in progress
        self._lock = Lock()
        self._tell = tell

    def page_recognised(self, path: str, number: int, pages: int) -> None:
        """Report a recognised page of a file."""
        with self._lock:
            if path not in self._sizes:
                return
            self._parts[path] = self._sizes[path] * number / pages
            done = self._done + int(sum(self._parts.values()))
        self._tell(Progress(done, self._total, (number, pages)))

    def file_read(self, path: str) -> None:
        """Report that a file has been read."""
        with self._lock:
            self._parts.pop(path, None)
            self._done += self._sizes.pop(path)
            done = self._done + int(sum(self._parts.values()))
        self._tell(Progress(done, self._total))

    def all_read(self) -> None:
        """Report that all files have been read, and the index is being written."""
        self._tell(Progress(self._total, self._total, writing=True))
