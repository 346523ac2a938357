"""Draw pages as pictures in another process, within bounds, and cache the latest."""

import os
from collections import OrderedDict
from threading import Lock
from typing import Final

from lsq.errors import ReadError
from lsq.indexing.viewer import facsimile
from lsq.messages import _
from lsq.model import Article, OcrMode
from lsq.readers.drawn_page import Facsimile
from lsq.serve.concurrency import ConcurrencyLimit

# A page takes some 400 KB, one of a newspaper a few MB.
_MAX_PAGES: Final = 8
_MAX_BYTES: Final = 16 << 20
# Each is drawn by a process with its own memory.
_MAX_PROCESSES: Final = 2

_Key = tuple[str, float, int, int]


class PageCache:
    """Draws the pages of articles, and keeps the latest.

    Args:
        mode: which pages to recognise.
    """

    def __init__(self, mode: OcrMode) -> None:
        self._mode: OcrMode = mode
        self._limit = ConcurrencyLimit(_MAX_PROCESSES)
        self._pages: OrderedDict[_Key, Facsimile] = OrderedDict()
        self._lock = Lock()

    def page(self, article: Article, number: int) -> Facsimile:
        """A page of the file that contains an article.

        Raises:
            ReadError: the page cannot be drawn.
            BusyError: too many pages are being drawn.
        """
        if not article.paged:
            raise ReadError(article.path, _("it has no pages"))
        key = _key(article.path, number)
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
                return self._pages[key]
        with self._limit.slot():
            page = facsimile(article.id, number, self._mode)
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > _MAX_PAGES or self._size() > _MAX_BYTES:
                self._pages.popitem(last=False)
        return page

    def _size(self) -> int:
        return sum(len(each.picture) for each in self._pages.values())


def _key(path: str, number: int) -> _Key:
    """The key of a page, which changes with its file."""
    file = path
    while file and not os.path.exists(file) and os.path.dirname(file) != file:
        file = os.path.dirname(file)  # a member of an archive
    try:
        status = os.stat(file)
    except OSError:
        return path, 0.0, 0, number
    return path, status.st_mtime, status.st_size, number
