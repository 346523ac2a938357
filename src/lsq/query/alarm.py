"""Hold a call of the library `regex` to a time that a clock on the wall shows.

The library counts the processor time of the process: where other programs are at work,
ten seconds of it take a minute. But it looks for signals as often as for its own limit,
so an alarm ends it. Signals reach the main thread alone, and no alarm that a program
has set for itself is touched: elsewhere the library's own limit has to do.
"""

import signal
import threading
from collections.abc import Callable
from typing import NoReturn, TypeVar

Result = TypeVar("Result")


def within(seconds: float, call: Callable[[float], Result]) -> Result:
    """What `call` gives, which itself takes a limit in seconds of processor time.

    Raises:
        TimeoutError: it takes longer.
    """
    if not _is_free():
        return call(seconds)
    before = signal.signal(signal.SIGALRM, _ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            return call(seconds)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.signal(signal.SIGALRM, before)


def _is_free() -> bool:
    """Whether there are alarms, and this program has none of its own."""
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    )


def _ring(_number: int, _frame: object) -> NoReturn:
    raise TimeoutError
