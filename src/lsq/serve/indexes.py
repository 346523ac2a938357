"""Open the served indexes, and limit how many searches run at once."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from lsq.index import Index, open_index
from lsq.model import OcrMode
from lsq.serve.concurrency import ConcurrencyLimit
from lsq.serve.page_cache import PageCache

# Python runs one thread at a time, so more concurrent searches finish no sooner.
_MAX_SEARCHES: Final = 4


class ServedIndexes:
    """The served indexes, and the pages of their files.

    Args:
        locations: the locations of the indexes.
        mode: which pages to recognise.
    """

    def __init__(self, locations: Sequence[str], mode: OcrMode) -> None:
        self.locations = tuple(locations)
        self.searches = ConcurrencyLimit(_MAX_SEARCHES)
        self.pages = PageCache(mode)

    def names(self) -> list[str]:
        """Short names: the end of each location, or all of it if two have the same end."""
        ends = [_end(one) for one in self.locations]
        return [
            end if ends.count(end) == 1 else location
            for end, location in zip(ends, self.locations, strict=True)
        ]

    @contextmanager
    def opened(self, number: int) -> Iterator[Index]:
        """Open an index for a search, when few enough searches are running.

        It is opened anew each time, so that updates and rebuilds become visible.

        Raises:
            BusyError: too many searches are running.
            EngineError: the index cannot be opened.
        """
        location = self.locations[number if number < len(self.locations) else 0]
        with self.searches.slot(), open_index(location, create=False) as index:
            yield index


def _end(location: str) -> str:
    """The last component of a location, or the last two if the last is the default `index`."""
    parts = [part for part in location.replace(os.sep, "/").split("/") if part not in {"", "."}]
    last = parts[-1] if parts else location
    return "/".join(parts[-2:]) if last == "index" and len(parts) > 1 else last
