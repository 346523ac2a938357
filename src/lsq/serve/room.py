"""How many may do the same at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

from lsq.errors import BusyError

# How long a request waits for others.
_WAIT_SECONDS: Final = 20


class Room:
    """The room for some that do the same at once."""

    def __init__(self, places: int, seconds: float = _WAIT_SECONDS) -> None:
        self._places = BoundedSemaphore(places)
        self._seconds = seconds

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A place for a while.

        Raises:
            BusyError: there is none, and none becomes free.
        """
        if not self._places.acquire(timeout=self._seconds):
            raise BusyError
        try:
            yield
        finally:
            self._places.release()
