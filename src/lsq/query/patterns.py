"""Match regular expressions, within a time limit.

The library is `regex`, because it has a timeout: an expression like (a+)+b may take
exponential time. It is loaded only for a query with an expression.

The timeout counts the processor time of the process: on a busy machine, ten seconds of it may
take a minute. The library checks for signals as often as for its timeout, so an alarm ends
a match after a wall-clock time. Signals reach the main thread alone, and an alarm that the
program has set for itself is not replaced: in these cases only the library's timeout applies.
"""

import re
import signal
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

from lsq.errors import QueryError
from lsq.messages import _
from lsq.query.nodes import Regex

if TYPE_CHECKING:
    import regex

# In seconds, for all regular expressions of one query. Reading the texts does not count: that
# grows with the corpus, however simple an expression is.
TIME_LIMIT: Final = 10.0
# In seconds, without an alarm, which takes some microseconds to set for each text.
_QUICK: Final = 0.05

# Letters, digits and sets of these, each with a quantifier that may give back what it took.
_PLAIN: Final = r"(?:(?:[^\W_]|\[[^\W_](?:-?[^\W_])*+\])(?:(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??)?+)+"

Result = TypeVar("Result")


def compiled(pattern: str) -> "regex.Pattern[Any]":
    """A compiled expression; raises whatever the library does for an invalid one."""
    import regex

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # warnings of syntax that a later version may read differently
        return regex.compile(pattern, regex.MULTILINE)


def is_plain(pattern: str) -> bool:
    """Whether an expression consists of letters and digits, sets of them, and quantifiers alone.

    Its matches contain no white space, and do not depend on what stands around them.
    """
    return re.fullmatch(_PLAIN, pattern) is not None


class Patterns:
    """The compiled regular expressions of one query, with their time limit.

    Args:
        limit: in seconds, for all of them together; by default TIME_LIMIT.
    """

    def __init__(self, limit: float | None = None) -> None:
        self._limit = TIME_LIMIT if limit is None else limit
        self._spent = 0.0
        self._is_slow = False  # whether an expression has needed more than _QUICK
        self._compiled: dict[str, regex.Pattern[Any]] = {}

    def found_in(self, expression: Regex, text: str) -> bool:
        """Whether an expression matches in a text.

        Raises:
            QueryError: it takes too long, or too much memory.
        """
        pattern = self._ready(expression)
        found = self._held(expression, lambda left: pattern.search(text, timeout=left))
        return found is not None

    def ranges(self, expression: Regex, text: str) -> Iterator[tuple[int, int]]:
        """The ranges of the matches of an expression in a text, in order; raises likewise."""
        pattern = self._ready(expression)
        yield from self._held(
            expression,
            lambda left: [found.span() for found in pattern.finditer(text, timeout=left)],
        )

    def _held(self, expression: Regex, match: Callable[[float], Result]) -> Result:
        """The result of `match`, called with the seconds that are left."""
        started = time.monotonic()
        try:
            if not self._is_slow:
                try:
                    return match(min(self._left, _QUICK))
                except TimeoutError:
                    self._is_slow = True
            return within(max(1e-6, self._left - (time.monotonic() - started)), match)
        except (TimeoutError, MemoryError) as error:
            raise self._given_up(expression, error) from error
        finally:
            self._spent += time.monotonic() - started

    def _ready(self, expression: Regex) -> "regex.Pattern[Any]":
        pattern = expression.pattern
        if pattern not in self._compiled:
            self._compiled[pattern] = compiled(pattern)
        return self._compiled[pattern]

    @property
    def _left(self) -> float:
        # The library treats 0 as no time at all, and a negative number as an error.
        return max(self._limit - self._spent, 1e-6)

    def _given_up(self, expression: Regex, error: Exception) -> QueryError:
        if isinstance(error, TimeoutError):
            reason = _(
                "this regular expression takes more than {limit:g} s; simplify it: nest "
                "fewer + and *, or add a word that must occur"
            ).format(limit=self._limit)
        else:
            reason = _(
                "this regular expression takes too much memory; simplify it: leave out parts "
                "that contain themselves"
            )
        return QueryError(expression.query, expression.position, reason)


def within(seconds: float, call: Callable[[float], Result]) -> Result:
    """The result of `call`, which takes a limit in seconds of processor time itself.

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
    """Whether the system has alarms, and this program has set none."""
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    )


def _ring(_number: int, _frame: object) -> NoReturn:
    raise TimeoutError
