"""Extract articles of files in several processes, each within bounds. Knows no engine.

The results are the same, and in the same order, with any number of processes.

    files → batches → pool → processes (service), each within bounds → Recovered
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from lsq.indexing.extraction import Made, Recovered, Task, recover
from lsq.indexing.workers.machine import cores
from lsq.indexing.workers.service import File, strangeness
from lsq.model import Article, OcrMode
from lsq.readers import is_picture, is_plain, ocr

# What is handed to a process at once: files of so many bytes together, or so many.
BATCH_BYTES = 1 << 20
BATCH_FILES = 64
# Their names fit into what the system keeps for a process that does not read, be it stopped.
BATCH_NAMES = 4096
# Less plain text than this is read faster than another process starts; no library is needed
# that could crash.
WORTH_A_PROCESS = 4 << 20


def work(  # noqa: PLR0913 (what is done to each file, how, and who is told)
    files: Sequence[tuple[str, int]],
    make: Callable[[Article], Made],
    jobs: int,
    mode: OcrMode = "auto",
    tell: Callable[[str, int, int], None] = lambda *_: None,
    *,
    task: Task[Made] = recover,
) -> Iterator[Recovered[Made]]:
    """Extract the articles of `files`, in their order.

    Args:
        files: paths, and sizes in bytes.
        make: converts each article; it can be pickled.
        jobs: the number of other processes that read; with 0 this one does, without bounds.
        mode: which pages to recognise.
        tell: called for each recognised page, from any thread: with the file's path, the
            page's number, the number of pages.
        task: the task for each file.

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
    # Slow to import, and not needed for an index that is up to date.
    from lsq.indexing.workers.pool import Pool

    batches = list(_batches(files))
    size = min(jobs, len(batches))
    # A process with more threads than processors is slower than one with fewer.
    threads = max(1, cores() // size)
    with Pool(size, make, mode, threads, tell, task=task) as pool:
        yield from pool.work_through(batches)


def _is_little_and_plain(files: Sequence[tuple[str, int]]) -> bool:
    little = sum(size for _, size in files) < WORTH_A_PROCESS
    return little and all(is_plain(path) for path, _ in files)


def _batches(files: Iterable[tuple[str, int]]) -> Iterator[list[File]]:
    batch: list[File] = []
    room, names = BATCH_BYTES, BATCH_NAMES
    for path, size in files:
        batch.append(File(path, size))
        # Recognising a picture takes as long as reading megabytes.
        room -= BATCH_BYTES if is_picture(path) else size
        names -= len(path.encode("utf-8", "surrogateescape"))
        if room <= 0 or names <= 0 or len(batch) == BATCH_FILES:
            yield batch
            batch, room, names = [], BATCH_BYTES, BATCH_NAMES
    if batch:
        yield batch
