"""Match regular expressions, within a time limit.

The library is `regex`, because it has a timeout: an expression like (a+)+b may take exponential
time. It is loaded only for a query with a regular expression.

The timeout counts the processor time of the process: ten seconds may take a minute on a busy
machine. So an alarm ends a match after the same wall-clock time; the library checks for signals
as often as for its timeout. Outside the main thread, which alone gets signals, or if the program
uses the alarm itself, only the library's timeout applies.
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

# In seconds, for all regular expressions of one query, without the time of reading the texts, which
# grows with the corpus.
TIME_LIMIT: Final = 10.0
# In seconds: how long to match without an alarm, as setting one takes some microseconds per text.
_QUICK: Final = 0.05

# What an expression consists of that matches no white space, which is a space or a line feed in
# a text: single characters, sets of them, groups and alternatives, each with a quantifier that
# may give back what it took.
_IN_SET: Final = r"(?:\\[dw]|\\[^\w\s]|[^\x00-\x20\\\[\]^&|~-])"
_REPEATED: Final = (
    rf"(?:\\[dw]|\\[^\w\s]|[^\x00-\x20\\.^$*+?{{}}\[\]()|]|\[(?:{_IN_SET}(?:-{_IN_SET})?+)++\]|\))"
    r"(?:(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??)?+"
)
_PLAIN: Final = rf"(?:{_REPEATED}|\(\?:|\((?!\?)|\|)++"

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
    """Whether an expression has only characters, sets, groups, alternatives and quantifiers.

    Its matches contain no white space, and do not depend on the text around them.
    """
    return re.fullmatch(_PLAIN, pattern) is not None


def _simple(pattern: str) -> "re.Pattern[str] | None":
    # Loaded only for a query with an expression.
    from lsq.query.simple import compile_simple

    return compile_simple(pattern)


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

    def may_be_empty(self, expression: Regex) -> bool:
        """Whether a plain expression matches where there is nothing."""
        pattern = _simple(expression.pattern) or self._ready(expression)
        return pattern.match("") is not None

    def found_in(self, expression: Regex, text: str) -> bool:
        """Whether an expression matches in a text.

        Raises:
            QueryError: it takes too long, or too much memory.
        """
        if linear := _simple(expression.pattern):
            return linear.search(text) is not None
        pattern = self._ready(expression)
        found = self._held(expression, lambda left: pattern.search(text, timeout=left))
        return found is not None

    def ranges(self, expression: Regex, text: str) -> Iterator[tuple[int, int]]:
        """The ranges of the matches of an expression in a text, in order; raises likewise."""
        if linear := _simple(expression.pattern):
            yield from (found.span() for found in linear.finditer(text))
            return
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
    """Call `call` with a limit of processor time, and limit its wall-clock time as well.

    Raises:
        TimeoutError: it takes longer.
    """
    if not _can_set_alarm():
        return call(seconds)
    before = signal.signal(signal.SIGALRM, _on_alarm)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            return call(seconds)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.signal(signal.SIGALRM, before)


def _can_set_alarm() -> bool:
    """Whether this is the main thread of a system with alarms, and the program has set none."""
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    )


def _on_alarm(_number: int, _frame: object) -> NoReturn:
    raise TimeoutError
