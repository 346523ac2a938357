"""Pages as pictures, read by another process within bounds; those seen last are kept."""

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
_KEPT: Final = 8
_KEPT_BYTES: Final = 16 << 20
# A process with memory of its own draws each.
_AT_ONCE: Final = 2

_Key = tuple[str, float, int, int]


class PageCache:
    """The pages that are shown.

    Args:
        mode: which pages to recognise.
    """

    def __init__(self, mode: OcrMode) -> None:
        self._mode: OcrMode = mode
        self._limit = ConcurrencyLimit(_AT_ONCE)
        self._kept: OrderedDict[_Key, Facsimile] = OrderedDict()
        self._lock = Lock()

    def page(self, article: Article, number: int) -> Facsimile:
        """A page of the file that an article of an index is in.

        Raises:
            ReadError: it cannot be drawn.
            BusyError: too many are drawn at once.
        """
        if not article.paged:
            raise ReadError(article.path, _("it has no pages"))
        key = _key(article.path, number)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        with self._limit.slot():
            found = facsimile(article.id, number, self._mode)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _KEPT or self._size() > _KEPT_BYTES:
                self._kept.popitem(last=False)
        return found

    def _size(self) -> int:
        return sum(len(each.picture) for each in self._kept.values())


def _key(path: str, number: int) -> _Key:
    """What tells a page from others, and from itself when its file has changed."""
    file = path
    while file and not os.path.exists(file) and os.path.dirname(file) != file:
        file = os.path.dirname(file)  # a member of an archive
    try:
        status = os.stat(file)
    except OSError:
        return path, 0.0, 0, number
    return path, status.st_mtime, status.st_size, number
