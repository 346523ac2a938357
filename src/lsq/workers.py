"""Read, repair and segment files in several processes. Knows no engine.

What comes out is the same, and in the same order, with any number of processes.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import wait
from typing import Any

from lsq.errors import ReadError, WorkerError
from lsq.fold import fold
from lsq.model import Article
from lsq.recover import recover
from lsq.segment import Segmenter

# A word in the title counts as often as this in the body (BM25F's field weight in
# its simple form: Robertson, Zaragoza, Taylor, "Simple BM25 Extension to Multiple
# Weighted Fields", 2004).
TITLE_WEIGHT = 3

# What is handed to a process at once: files of so many bytes together, or so many.
BATCH_BYTES = 1 << 20
BATCH_FILES = 64
# Less than this is done sooner than another process has started.
WORTH_A_PROCESS = 4 << 20
# Batches that wait for each process, so that it never waits for one.
AHEAD = 3

Prepare = Callable[[Article, str, dict[str, int]], Any]


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


def work(
    files: Sequence[tuple[str, int]], segmenter: Segmenter, prepare: Prepare, jobs: int
) -> Iterator[Worked]:
    """Work through `files`, in their order.

    Args:
        files: paths, and sizes in bytes.
        segmenter: cuts the words.
        prepare: the engine's.
        jobs: how many processes may be used.

    Raises:
        WorkerError: a process died.
    """
    if jobs == 1 or sum(size for _, size in files) < WORTH_A_PROCESS:
        for path, _ in files:
            yield _work_through(path, segmenter, prepare)
        return
    # Spawned everywhere: forking a process that has threads is not safe.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, context, _start, (segmenter, prepare))
    try:
        batches = _batches(files)
        waiting: deque[Future[list[Worked]]] = deque()
        for batch in islice(batches, jobs * AHEAD):
            waiting.append(pool.submit(_work_through_batch, batch))
        while waiting:
            yield from waiting.popleft().result()
            for batch in islice(batches, 1):
                waiting.append(pool.submit(_work_through_batch, batch))
    except BaseException as error:
        pool.shutdown(wait=False, cancel_futures=True)
        if isinstance(error, BrokenProcessPool):
            raise WorkerError from error
        raise
    pool.shutdown()


def prepared(article: Article, segmenter: Segmenter, prepare: Prepare) -> Any:
    """An article made ready for an engine, to be found and ranked by its words."""
    folded = fold(article.text)
    title_end = len(article.title or "")
    words = segmenter.count_words(folded[title_end:])
    for word, times in segmenter.count_words(folded[:title_end]).items():
        words[word] += TITLE_WEIGHT * times
    return prepare(article, folded, words)


def _work_through(path: str, segmenter: Segmenter, prepare: Prepare) -> Worked:
    recovered = recover(path)
    documents = tuple(prepared(each, segmenter, prepare) for each in recovered.articles)
    return Worked(path, recovered.digest, documents, recovered.failures)


def _batches(files: Iterable[tuple[str, int]]) -> Iterator[list[str]]:
    batch: list[str] = []
    room = BATCH_BYTES
    for path, size in files:
        batch.append(path)
        room -= size
        if room <= 0 or len(batch) == BATCH_FILES:
            yield batch
            batch, room = [], BATCH_BYTES
    if batch:
        yield batch


_equipment: tuple[Segmenter, Prepare]  # of a worker process, from its start to its end


def _start(segmenter: Segmenter, prepare: Prepare) -> None:
    global _equipment  # noqa: PLW0603  # a pool's only way to give its processes something
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started us stops us
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _equipment = segmenter, prepare


def _die_with_parent() -> None:
    """End when the process that started us is killed: nobody else would tell us."""
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _work_through_batch(paths: list[str]) -> list[Worked]:
    segmenter, prepare = _equipment
    return [_work_through(path, segmenter, prepare) for path in paths]
