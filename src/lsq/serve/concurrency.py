"""Limit how many threads do the same at once; others wait, and are refused after a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

from lsq.errors import BusyError

# How long a request waits for others.
_WAIT_SECONDS: Final = 20


class ConcurrencyLimit:
    """Limits how many threads are inside `slot` at once.

    Args:
        places: how many.
        seconds: how long another waits before it is refused.
    """

    def __init__(self, places: int, seconds: float = _WAIT_SECONDS) -> None:
        self._places = BoundedSemaphore(places)
        self._seconds = seconds

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Hold one of the places inside the `with` block.

        Raises:
            BusyError: there is none, and none becomes free.
        """
        if not self._places.acquire(timeout=self._seconds):
            raise BusyError
        try:
            yield
        finally:
            self._places.release()
