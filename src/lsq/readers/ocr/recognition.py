"""Recognise the picture of a page, unless the cache contains the result.

Recognised pages are stored in the user's cache folder by the hash of their pictures, so a
rebuild, or a run after a killed one, recognises no page twice. Each page is a small file, written
under a temporary name first, so that several processes can write and none reads an incomplete
file. The size of the folder is bounded; if it is not writable, there is no cache. Its content is
not trusted.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Thread
from typing import Any

from lsq.disk import write_file
from lsq.messages import _
from lsq.readers.layout import PageContent
from lsq.readers.ocr import Picture, Recognition, TextLine, settings
from lsq.readers.ocr.page import to_sheet

# Smaller pictures have no text.
_SMALLEST = 12
# Increase this when the format of cached pages or the processing of the library's results changes.
_FORMAT = 2
_LEVEL = 6
# The maximum in each of 256 folders, from which the oldest are deleted; a page takes 2 to 8 KB.
_PAGES_A_FOLDER = 256
_LARGEST = 1 << 20


class RecognitionError(Exception):
    """A page cannot be recognised; the text says why."""


def sheet_of(picture: Picture, scale: float = 1.0) -> PageContent:
    """Recognise a picture.

    Args:
        picture: the picture of a page.
        scale: the length of a pixel, in the unit of the result.

    Raises:
        RecognitionError: the library fails.
    """
    return to_sheet(_recognised(picture), scale)


def _recognised(picture: Picture) -> Recognition:
    if min(picture.width, picture.height) < _SMALLEST:
        return Recognition(picture.width, picture.height, ())
    key = page_key(picture, _version())
    known = load_page(key)
    if known is not None:
        return known
    try:
        # Imported late: it takes a second.
        from lsq.readers.ocr import recogniser

        found = _interruptible(partial(recogniser.recognise, picture, settings().threads))
    except MemoryError as error:
        raise RecognitionError(_("it takes more memory than it may have")) from error
    except Exception as error:
        # Any exception of the library concerns only this page.
        lines = str(error).strip().splitlines()
        reason = f"{type(error).__name__}: {lines[-1] if lines else ''}"
        raise RecognitionError(reason) from error
    store_page(key, found)
    return found


def _interruptible(recognise: Callable[[], Recognition]) -> Recognition:
    """Recognise in another thread, as the library would delay an interrupt of this one."""
    future: Future[Recognition] = Future()

    def run() -> None:
        try:
            future.set_result(recognise())
        except BaseException as error:  # raised in the waiting thread
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future.result()


@cache
def _version() -> str:
    """The version of the recogniser, as results differ between versions."""
    try:
        return f"rapidocr {version('rapidocr')}"
    except PackageNotFoundError:
        return "rapidocr"


def page_key(picture: Picture, version: str) -> str:
    """The cache key of a page, unique for its picture and recogniser."""
    state = hashlib.blake2b(digest_size=20)
    state.update(f"{_FORMAT} {version} {picture.width} {picture.height}\n".encode())
    state.update(picture.data)
    return state.hexdigest()


def load_page(name: str) -> Recognition | None:
    """The cached page of a key; None if it is missing or damaged."""
    path = _path(name)
    try:
        packed = path.read_bytes()
        unpack = zlib.decompressobj()
        content = unpack.decompress(packed, _LARGEST)
        found = _to_recognition(json.loads(content))
    except (OSError, ValueError, TypeError, KeyError, zlib.error, RecursionError):
        return None
    with suppress(OSError):
        os.utime(path)  # recently used pages are pruned last
    return found


def store_page(name: str, page: Recognition) -> None:
    """Cache a page, if possible."""
    path = _path(name)
    content = json.dumps(page, ensure_ascii=False).encode("utf-8", "replace")
    if len(content) > _LARGEST:
        return
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(path, zlib.compress(content, _LEVEL), durable=False)
        _prune(path.parent)


def _path(name: str) -> Path:
    from platformdirs import user_cache_path  # a dependency of the extra

    return user_cache_path("lsq") / "recognised" / name[:2] / name


def _prune(folder: Path) -> None:
    """Delete the oldest quarter of the pages in a folder if there are too many."""
    with os.scandir(folder) as listing:
        entries = list(listing)
    if len(entries) <= _PAGES_A_FOLDER:
        return
    ages = []
    for entry in entries:
        with suppress(OSError):  # another process may delete it too
            ages.append((entry.stat().st_mtime_ns, entry.path))
    for _age, path in sorted(ages)[: len(entries) - 3 * _PAGES_A_FOLDER // 4]:
        with suppress(OSError):
            os.unlink(path)


def _to_recognition(value: Any) -> Recognition:
    """Convert JSON values to a page; raises ValueError, TypeError or KeyError if invalid."""
    width, height, lines, rules = value
    return Recognition(
        int(width),
        int(height),
        tuple(
            TextLine(_text(text), _numbers(corners, 8), _numbers(stops, len(stops)))
            for text, corners, stops in lines
        ),
        tuple(_rule(rule) for rule in rules),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _numbers(values: Any, count: int) -> tuple[float, ...]:
    if len(values) != count:
        raise ValueError("not as many")
    return tuple(map(float, values))


def _rule(values: Any) -> tuple[float, float, float, float]:
    left, top, right, bottom = _numbers(values, 4)
    return left, top, right, bottom
