"""Extract the articles of files in several processes with bounded time and memory.

The results and their order are the same with any number of processes.

    files → batches → pool → processes (service), each within bounds → Recovered
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from math import ceil
from typing import TYPE_CHECKING

from lsq.engines.paths import plain_path
from lsq.indexing.extraction import Made, Recovered, Task, recover
from lsq.indexing.files import Files, walk
from lsq.indexing.workers.machine import cores
from lsq.indexing.workers.service import File, Orders, strangeness
from lsq.model import Article, OcrMode
from lsq.readers import is_picture, is_plain, ocr
from lsq.segment import load_for_documents

if TYPE_CHECKING:
    from lsq.indexing.workers.pool import Started

# The limits of a batch, which is sent to a process at once: bytes of content, and files.
BATCH_BYTES = 1 << 20
BATCH_FILES = 64
# The limit in bytes of paths: they fit into the buffer of a pipe, so that sending them to a
# stopped process does not block.
BATCH_NAMES = 4096
# Less plain text than this is read faster than another process starts, and needs no library
# that could crash.
WORTH_A_PROCESS = 4 << 20


def work(  # noqa: PLR0913 (the files, the task, its options, a callback)
    files: Sequence[tuple[str, int]],
    make: Callable[[Article], Made],
    jobs: int,
    mode: OcrMode = "auto",
    tell: Callable[[str, int, int], None] = lambda *_: None,
    *,
    task: Task[Made] = recover,
    started: "list[Started] | None" = None,
) -> Iterator[Recovered[Made]]:
    """Extract the articles of `files`, in their order.

    Args:
        files: paths, and sizes in bytes.
        make: converts each article; must support pickling.
        jobs: the number of processes that read; with 0 this process reads, without bounds.
        mode: which pages to recognise.
        tell: called for each recognised page, from any thread, with the path of the file, the
            number of the page, the number of pages.
        task: the task for each file.
        started: processes of `started_for`, to take before others are started.

    Raises:
        WorkerError: a process cannot be started.
        LsqError: from `make`, if it concerns all files alike.
    """
    if jobs == 0 or _is_little_and_plain(files):
        settings = ocr.Settings(mode, 1 if jobs else cores(), tell, strangeness)
        for path, _ in files:
            with ocr.using(settings):
                recovered = task(path, make, lambda *_: None)
            yield recovered
        return
    # Imported late: slow to import, and not needed for an index that is up to date.
    from lsq.indexing.workers.pool import Pool

    batches = list(_batches(files))
    size = min(jobs, len(batches))
    # More threads than processors are slower.
    threads = max(1, cores() // size)
    with Pool[Made](size, Orders(make, mode, threads, task), tell, started) as pool:
        yield from pool.work_through(batches)


@contextmanager
def started_for(paths: Iterable[str], jobs: int) -> "Iterator[list[Started]]":
    """Start the processes that `work` will need, before their task is known.

    A new index needs a dictionary, and making it takes as long as starting the processes. Unused
    processes are ended.

    Args:
        paths: files and folders that will be read, whether they exist or not.
        jobs: as for `work`.

    Raises:
        WorkerError: a process cannot be started.
    """
    started: list[Started] = []
    size = _needed(paths, jobs)
    try:
        if size:
            from lsq.indexing.workers import pool

            while len(started) < size:
                started.append(pool.Started(load_for_documents))
        yield started
    finally:
        for process in started:
            process.end()


def _needed(paths: Iterable[str], jobs: int) -> int:
    """The number of processes that these files can keep busy; 0 if they are small."""
    most = max(jobs * BATCH_BYTES, WORTH_A_PROCESS) if jobs else 0
    total = 0
    for path in paths:
        for size in _sizes(path):
            if total >= most:
                break
            total += size
    return min(jobs, ceil(total / BATCH_BYTES)) if total >= WORTH_A_PROCESS else 0


def _sizes(path: str) -> Iterator[int]:
    """The sizes of the files at and below a path, in bytes."""
    plain = plain_path(path)
    below = (file for file, _ in walk(plain, Files())) if os.path.isdir(plain) else (plain,)
    for file in below:
        with suppress(OSError):  # it does not exist
            yield os.path.getsize(file)


def _is_little_and_plain(files: Sequence[tuple[str, int]]) -> bool:
    little = sum(size for _, size in files) < WORTH_A_PROCESS
    return little and all(is_plain(path) for path, _ in files)


def _batches(files: Iterable[tuple[str, int]]) -> Iterator[list[File]]:
    batch: list[File] = []
    room, names = BATCH_BYTES, BATCH_NAMES
    for path, size in files:
        batch.append(File(path, size))
        # Recognising a picture takes as long as reading a full batch.
        room -= BATCH_BYTES if is_picture(path) else size
        names -= len(path.encode("utf-8", "surrogateescape"))
        if room <= 0 or names <= 0 or len(batch) == BATCH_FILES:
            yield batch
            batch, room, names = [], BATCH_BYTES, BATCH_NAMES
    if batch:
        yield batch
