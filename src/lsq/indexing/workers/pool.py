"""A pool of watched processes that read files.

If a process dies or takes too long, its current file is reported as unreadable, and a new
process continues with the next file.
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

# Called with the path of a file, the number of a page, the number of pages.
Tell = Callable[[str, int, int], None]

# The numbers of batches queued for each process, and for all, so that no process waits, not even
# while the engine writes a segment, which takes half a second. Results that wait for it take 2 MB
# a batch.
_AHEAD = 3
_MEANWHILE = 6

# The timeouts for starting and ending a process; both take less than a second.
_START_SECONDS = 120
_END_SECONDS = 10
# How often to try to start a process, which may be stopped or killed meanwhile.
_STARTS = 3
# The timeout for the rest of a message after its first byte; the largest take a few seconds.
_MESSAGE_SECONDS = 120
_STEP_SECONDS = 1.0


def _nothing() -> None:
    """Do nothing: the default for `Started`."""


class Started:
    """A process that has been started and has no orders yet.

    Args:
        load: called in the process, to import what will be needed.

    Raises:
        WorkerError: it cannot be started.
    """

    def __init__(self, load: Callable[[], None] = _nothing) -> None:
        # Spawned on every system: forking a process with threads is not safe.
        context = get_context("spawn")
        try:
            self.connection, theirs = context.Pipe()
            self.process = context.Process(target=serve, args=(theirs, load), daemon=True)
            self.process.start()
        except OSError as error:
            raise WorkerError(system_message(error)) from error
        theirs.close()  # else the end of the process would not close the connection

    def end(self) -> None:
        """Kill the process, which has no orders."""
        self.connection.close()
        self.process.kill()
        self.process.join()


class Pool(Generic[Made]):
    """Processes that extract files; use it in a `with`.

    Args:
        size: the number of processes.
        orders: the task for files, and its options.
        tell: called for recognised pages, from the thread of a process.
        started: running processes to use before others are started; used ones are removed.

    Raises:
        WorkerError: a process cannot be started.
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
        # One thread waits for each process.
        self._threads = ThreadPoolExecutor(size)
        self._is_done = Event()
        Thread(target=self._watch, daemon=True).start()

    def work_through(self, batches: Iterable[Sequence[File]]) -> Iterator[Recovered[Made]]:
        """Process all files; yields their results in order.

        Raises:
            WorkerError: a process cannot be started.
            LsqError: raised in a process; it concerns all files alike.
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
        """Kill processes that stall in the middle of a message."""
        while not self._is_done.wait(_STEP_SECONDS):
            for process in self._processes:
                process.kill_if_late()

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
    """A process has ended, or exceeds its bounds; the text is the reason of a ReadError."""


class _Process(Generic[Made]):
    """A process that extracts files; replaced by a new one when it ends."""

    def __init__(self, orders: Orders, tell: Tell, started: Started | None) -> None:
        self._orders = orders
        self._tell = tell
        self._is_stopped = False
        self._deadline: float | None = None  # for the message being received
        self._take_over(started or Started())

    def work_through(self, files: Sequence[File]) -> list[Recovered[Made]]:
        """Process files; returns their results in order. Raises as `Pool.work_through` does."""
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
        """Kill the process; it is not replaced."""
        self._is_stopped = True
        self._process.kill()

    def kill_if_late(self) -> None:
        """Kill the process if its message is past the deadline; called by another thread."""
        deadline = self._deadline
        if deadline is not None and monotonic() > deadline:
            self._process.kill()

    def close(self) -> None:
        """End the process when it is idle."""
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
            # Killed while idle, so no file is to blame.
            self._replace()
            self._send(files)

    def _expect_ready(self) -> None:
        """Wait until the process is ready; start another if it is stopped or killed."""
        for left in reversed(range(_STARTS)):
            try:
                if self._says_ready():
                    self._connection.send(self._orders)
                    self._is_ready = self._says_ready()
                if self._is_ready:
                    return
            except (EOFError, OSError):
                reason = _("it ended with {how}").format(how=self._exit_status())
                if (self._process.exitcode or 0) >= 0:  # not by a signal: the next would end too
                    raise WorkerError(reason) from None
            else:
                reason = _("it takes longer than {seconds} seconds").format(seconds=_START_SECONDS)
            if not left:
                raise WorkerError(reason)
            self._replace()

    def _says_ready(self) -> bool:
        """Whether the process reports in time that it is ready."""
        if not self._connection.poll(_START_SECONDS):
            return False
        self._receive_rest()
        return True

    def _outcome(self, file: File) -> tuple[Recovered[Made], bool]:
        """The result of the current file, and whether the process is lost."""
        path, size = file
        try:
            while True:
                match message := self._receive(bounds.seconds(size), bounds.memory(size)):
                    case Recovered() as recovered:
                        return recovered, False
                    case LsqError() as error:
                        raise error
                    case Begun(path, size):
                        pass
                    case Recognised():
                        self._tell(*message)
        except _ProcessGoneError as lost:
            return failed(file.path, ReadError(path, str(lost))), True

    def _receive(self, seconds: float, memory: int) -> Any:
        """The next message of the process.

        Raises:
            _ProcessGoneError: it has ended, or exceeds these bounds.
        """
        left = seconds
        try:
            while left > 0:
                step = min(left, _STEP_SECONDS if bounds.ENFORCED else bounds.CHECK_SECONDS)
                before = monotonic()
                if self._connection.poll(step):
                    return self._receive_rest()
                if not bounds.ENFORCED and bounds.used(self._process.pid or 0) > memory:
                    raise _ProcessGoneError(too_much_memory())
                # Time during which all processes were stopped (Ctrl-Z) does not count.
                left -= min(monotonic() - before, 2 * step)
        except (EOFError, OSError):
            raise _ProcessGoneError(self._death_reason()) from None
        raise _ProcessGoneError(
            _(
                "not read within {seconds:.0f} seconds; split it, or save it again with the "
                "program that made it"
            ).format(seconds=seconds)
        )

    def _receive_rest(self) -> Any:
        """Receive a message that has begun; raises EOFError or OSError if it breaks off."""
        self._deadline = monotonic() + _MESSAGE_SECONDS
        try:
            return self._connection.recv()
        finally:
            self._deadline = None

    def _death_reason(self) -> str:
        how = self._exit_status()
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

    def _exit_status(self) -> str:
        """The signal that ended the process, or its exit code."""
        self._process.join(_END_SECONDS)
        code = self._process.exitcode or 0
        if -code in set(signal.Signals):
            return signal.Signals(-code).name
        return _("exit code {code}").format(code=code)
