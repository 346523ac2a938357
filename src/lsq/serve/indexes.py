"""Open the indexes that are served, and limit how many searches run at once."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from lsq.index import Index, open_index
from lsq.model import OcrMode
from lsq.serve.concurrency import ConcurrencyLimit
from lsq.serve.page_cache import PageCache

# Python runs one thread at a time: more searches at once only wait for one another.
_SEARCHES: Final = 4


class ServedIndexes:
    """The indexes that are served, and the pages of their files.

    Args:
        locations: where they are.
        mode: which pages to recognise.
    """

    def __init__(self, locations: Sequence[str], mode: OcrMode) -> None:
        self.locations = tuple(locations)
        self.searches = ConcurrencyLimit(_SEARCHES)
        self.pages = PageCache(mode)

    def names(self) -> list[str]:
        """What to call the indexes: the end of each location, or all where ends are the same."""
        ends = [_end(one) for one in self.locations]
        return [
            end if ends.count(end) == 1 else location
            for end, location in zip(ends, self.locations, strict=True)
        ]

    @contextmanager
    def opened(self, number: int) -> Iterator[Index]:
        """An index as it is now, among the searches that may run at once.

        It is opened anew each time, so that an update or a rebuild is seen.

        Raises:
            BusyError: too many searches run.
            EngineError: it cannot be opened.
        """
        location = self.locations[number if number < len(self.locations) else 0]
        with self.searches.slot(), open_index(location, create=False) as index:
            yield index


def _end(location: str) -> str:
    """The last names of a location: a folder of the name of all indexes says nothing."""
    parts = [part for part in location.replace(os.sep, "/").split("/") if part not in {"", "."}]
    last = parts[-1] if parts else location
    return "/".join(parts[-2:]) if last == "index" and len(parts) > 1 else last
