"""Processes that read files, watched: one that dies or takes too long costs one file.

That file is reported as unreadable; another process replaces the one
that is gone, and goes on with the files after it. Knows nothing of what readers do.
"""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from multiprocessing import get_context
from queue import SimpleQueue
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Any, Generic, Self

from lsq.errors import LsqError, ReadError, WorkerError
from lsq.indexing.extraction import Made, Recovered, failed
from lsq.indexing.workers import bounds
from lsq.indexing.workers.service import Begun, File, Orders, Recognised, serve
from lsq.messages import _, system_message
from lsq.readers import too_much_memory

# Takes the path of a file, the number of a page, how many there are.
Tell = Callable[[str, int, int], None]

# Batches that wait for each process, and for all, so that none waits for one: not even while
# nobody takes results, as it takes half a second to write a segment. The results that wait for
# that take 2 MB a batch.
_AHEAD = 3
_MEANWHILE = 6

# So long a process may take to start, or to end; both take less than a second.
_START_SECONDS = 120
_END_SECONDS = 10
# So often one is started before that is given up: it may have been stopped, or killed.
_STARTS = 3
# So long it may take to tell what it has begun to tell; the largest takes a few.
_TELL_SECONDS = 120
_STEP_SECONDS = 1.0


def _nothing() -> None:
    """Load nothing."""


class Started:
    """A process that has been started and has no orders yet.

    Args:
        load: called there, to load what is known to be needed.

    Raises:
        WorkerError: it cannot be started.
    """

    def __init__(self, load: Callable[[], None] = _nothing) -> None:
        # Spawned everywhere: forking a process that has threads is not safe.
        context = get_context("spawn")
        try:
            self.connection, theirs = context.Pipe()
            self.process = context.Process(target=serve, args=(theirs, load), daemon=True)
            self.process.start()
        except OSError as error:
            raise WorkerError(system_message(error)) from error
        theirs.close()  # or we would not see it when the process is gone

    def end(self) -> None:
        """End it without orders."""
        self.connection.close()
        self.process.kill()
        self.process.join()


class Pool(Generic[Made]):
    """So many processes that recover files; to be used in a `with`.

    Args:
        size: how many.
        orders: what each of them does with files.
        tell: called for recognised pages, from the thread of a process.
        started: processes to take before others are started; those taken are removed.

    Raises:
        WorkerError: one cannot be started.
    """

    def __init__(
        self,
        size: int,
        orders: Orders,
        tell: Tell = lambda *_: None,
        started: list[Started] | None = None,
    ) -> None:
        self._processes: list[_Process[Made]] = []
        for _number in range(size):
            self._processes.append(_Process(orders, tell, started.pop() if started else None))
        self._idle: SimpleQueue[_Process[Made]] = SimpleQueue()
        for process in self._processes:
            self._idle.put(process)
        # A thread waits for each, whatever else is done meanwhile.
        self._threads = ThreadPoolExecutor(size)
        self._is_done = Event()
        Thread(target=self._watch, daemon=True).start()

    def work_through(self, batches: Iterable[Sequence[File]]) -> Iterator[Recovered[Made]]:
        """The results of all files, in their order.

        Raises:
            WorkerError: a process cannot be started.
            LsqError: what was raised in one, and concerns all files alike.
        """
        rest = iter(batches)
        waiting: deque[Future[list[Recovered[Made]]]] = deque()
        for batch in islice(rest, len(self._processes) * _AHEAD + _MEANWHILE):
            waiting.append(self._submit(batch))
        while waiting:
            yield from waiting.popleft().result()
            for batch in islice(rest, 1):
                waiting.append(self._submit(batch))

    def _submit(self, batch: Sequence[File]) -> "Future[list[Recovered[Made]]]":
        try:
            return self._threads.submit(self._hand_out, batch)
        except RuntimeError as error:  # the system has no thread left
            raise WorkerError(str(error)) from error

    def _watch(self) -> None:
        """End the processes that have begun to tell something and do not go on."""
        while not self._is_done.wait(_STEP_SECONDS):
            for process in self._processes:
                process.end_if_late()

    def _hand_out(self, batch: Sequence[File]) -> list[Recovered[Made]]:
        process = self._idle.get()
        try:
            return process.work_through(batch)
        finally:
            self._idle.put(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is not None:
            for process in self._processes:
                process.stop()
        self._threads.shutdown(cancel_futures=True)
        self._is_done.set()
        for process in self._processes:
            process.close()


class _ProcessGoneError(Exception):
    """A process is gone, or had to be stopped; its text is the reason of a ReadError."""


class _Process(Generic[Made]):
    """A process that recovers files, and those that take its place."""

    def __init__(self, orders: Orders, tell: Tell, started: Started | None) -> None:
        self._orders = orders
        self._tell = tell
        self._is_stopped = False
        self._late: float | None = None  # when what it is telling should have been told
        self._take_over(started or Started())

    def work_through(self, files: Sequence[File]) -> list[Recovered[Made]]:
        """The results of the files, in their order; raises as `Pool.work_through` does."""
        done: list[Recovered[Made]] = []
        while rest := files[len(done) :]:
            self._send(rest)
            for file in rest:
                recovered, is_lost = self._outcome(file)
                done.append(recovered)
                if is_lost:
                    self._replace()
                    break
        return done

    def stop(self) -> None:
        """End whatever it does; it cannot be used any more."""
        self._is_stopped = True
        self._process.kill()

    def end_if_late(self) -> None:
        """End it if it takes too long to tell what it has begun to; for another thread."""
        late = self._late
        if late is not None and monotonic() > late:
            self._process.kill()

    def close(self) -> None:
        """End it when it has nothing to do."""
        self._connection.close()
        self._process.join(_END_SECONDS)
        self._process.kill()
        self._process.join()

    def _take_over(self, started: Started) -> None:
        self._connection, self._process = started.connection, started.process
        self._is_ready = False

    def _replace(self) -> None:
        if self._is_stopped:
            raise WorkerError(_("it was stopped"))
        self._process.kill()
        self.close()
        self._take_over(Started())

    def _send(self, files: Sequence[File]) -> None:
        if not self._is_ready:
            self._expect_ready()
        try:
            self._connection.send(files)
        except OSError:
            # Killed while it had nothing to do, so no file is to blame.
            self._replace()
            self._send(files)

    def _expect_ready(self) -> None:
        """Wait until it has started, or start another, should it be stopped or killed."""
        for left in reversed(range(_STARTS)):
            try:
                if self._says_ready():
                    self._connection.send(self._orders)
                    self._is_ready = self._says_ready()
                if self._is_ready:
                    return
            except (EOFError, OSError):
                reason = _("it ended with {how}").format(how=self._end())
                if (self._process.exitcode or 0) >= 0:  # of itself, as the next one would
                    raise WorkerError(reason) from None
            else:
                reason = _("it takes longer than {seconds} seconds").format(seconds=_START_SECONDS)
            if not left:
                raise WorkerError(reason)
            self._replace()

    def _says_ready(self) -> bool:
        """Whether it says so in time."""
        if not self._connection.poll(_START_SECONDS):
            return False
        self._take()
        return True

    def _outcome(self, file: File) -> tuple[Recovered[Made], bool]:
        """The result of the current file, and whether the process is lost with it."""
        path, size = file
        try:
            while True:
                match told := self._receive(bounds.seconds(size), bounds.memory(size)):
                    case Recovered() as recovered:
                        return recovered, False
                    case LsqError() as error:
                        raise error
                    case Begun(path, size):
                        pass
                    case Recognised():
                        self._tell(*told)
        except _ProcessGoneError as lost:
            return failed(file.path, ReadError(path, str(lost))), True

    def _receive(self, seconds: float, memory: int) -> Any:
        """The next message of the process.

        Raises:
            _ProcessGoneError: it is gone, or exceeds these bounds.
        """
        left = seconds
        try:
            while left > 0:
                step = min(left, _STEP_SECONDS if bounds.ENFORCED else bounds.LOOK_SECONDS)
                before = monotonic()
                if self._connection.poll(step):
                    return self._take()
                if not bounds.ENFORCED and bounds.used(self._process.pid or 0) > memory:
                    raise _ProcessGoneError(too_much_memory())
                # While all of us were stopped (Ctrl-Z), it could not read either.
                left -= min(monotonic() - before, 2 * step)
        except (EOFError, OSError):
            raise _ProcessGoneError(self._fate()) from None
        raise _ProcessGoneError(
            _(
                "not read within {seconds:.0f} seconds; split it, or save it again with the "
                "program that made it"
            ).format(seconds=seconds)
        )

    def _take(self) -> Any:
        """The rest of a message; raises EOFError or OSError if it does not continue."""
        self._late = monotonic() + _TELL_SECONDS
        try:
            return self._connection.recv()
        finally:
            self._late = None

    def _fate(self) -> str:
        how = self._end()
        if how == "SIGKILL":
            return _(
                "the process that read it was killed, perhaps for lack of memory; close "
                "other programs and try again (lsq index --jobs 1 PATH… reads one file at a "
                "time)"
            )
        return _(
            "damaged or malicious: the process that read it ended with {how}; save it "
            "again with the program that made it"
        ).format(how=how)

    def _end(self) -> str:
        """How the process ended: by which signal, or with which exit code."""
        self._process.join(_END_SECONDS)
        code = self._process.exitcode or 0
        if -code in set(signal.Signals):
            return signal.Signals(-code).name
        return _("exit code {code}").format(code=code)
