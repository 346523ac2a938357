"""Limit how many threads run a task at once. Others wait, and are refused after a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

from lsq.errors import BusyError

# How long a thread waits for a slot.
_WAIT_SECONDS: Final = 20


class ConcurrencyLimit:
    """Limits how many threads are inside `slot` at once.

    Args:
        slots: the number of slots.
        seconds: how long a thread waits for one before it is refused.
    """

    def __init__(self, slots: int, seconds: float = _WAIT_SECONDS) -> None:
        self._slots = BoundedSemaphore(slots)
        self._seconds = seconds

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Hold a slot inside the `with` block.

        Raises:
            BusyError: no slot became free in time.
        """
        if not self._slots.acquire(timeout=self._seconds):
            raise BusyError
        try:
            yield
        finally:
            self._slots.release()
