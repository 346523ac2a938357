"""Text recognition (OCR): the picture of a page → its text with positions → PageContent.

    Picture → cache, or recogniser (rapidocr) and rules (cv2) → Recognition → page → PageContent

This recognises pictures, and pages of a PDF without usable text; `lsq.readers.layout` processes
the result like printed text. The libraries are the extra `ocr`; without it, errors say how to
install it. `settings` says which pages to recognise, and in how many threads; each process of a
run sets it. The libraries are imported for the first page.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from typing import NamedTuple

from lsq.messages import _
from lsq.model import OcrMode

# In dots per inch: characters of 9 points are 19 pixels high. At 200, recognition takes up to
# twice the time and is not better.
_DPI = 150
_POINTS = 72
# The minimum length of the longer side in pixels, as a page with a small nominal size may be a
# large picture.
_LEAST = 1240
# A million pixels take the library 250 MB.
MOST_PIXELS = 4_500_000

# The pixels to which the shorter side of a small picture is enlarged, and the maximum factor.
_SHORTER, _TIMES = 736, 3.0
# The libraries of the extra; each is useful only with the others.
_LIBRARIES = ("rapidocr", "onnxruntime", "PIL", "cv2")


class Picture(NamedTuple):
    """The picture of a page.

    Attributes:
        width: the width in pixels.
        height: the height in pixels.
        data: the rows from top to bottom; a pixel is three bytes: blue, green, red.
    """

    width: int
    height: int
    data: bytes


class TextLine(NamedTuple):
    """A line of text on a picture; lengths are in pixels.

    Attributes:
        text: its text.
        corners: x and y of its corners: top left, top right, bottom right, bottom left, as seen
            when the text is upright.
        stops: the middles of its characters, measured from the beginning of the line; empty if
            unknown.
    """

    text: str
    corners: tuple[float, ...]
    stops: tuple[float, ...] = ()


class Recognition(NamedTuple):
    """The recognised content of a picture.

    Attributes:
        width: the width of the picture, in pixels.
        height: its height.
        lines: the lines of text, in any order.
        rules: the ruling lines: left, top, right, bottom of each.
    """

    width: int
    height: int
    lines: tuple[TextLine, ...]
    rules: tuple[tuple[float, float, float, float], ...] = ()


def fitting(width: int, height: int) -> tuple[int, int]:
    """The size in pixels to which a picture is scaled for recognition."""
    wanted = min(max(1.0, _SHORTER / min(width, height)), _TIMES)
    part = min(wanted, math.sqrt(MOST_PIXELS / (width * height)))
    return max(1, int(width * part)), max(1, int(height * part))


def scale(width: float, height: float) -> float:
    """The pixels per point for a page with this width and height in points."""
    wanted = max(_DPI / _POINTS, _LEAST / max(width, height, 1.0))
    pixels = width * height * wanted**2
    return wanted * min(1.0, math.sqrt(MOST_PIXELS / max(pixels, 1.0)))


class Settings(NamedTuple):
    """The settings of recognition.

    Attributes:
        mode: the pages to recognise.
        threads: the number of threads of this process.
        tell: called for each recognised page with the path of the file, the number of the page,
            the number of pages.
        strangeness: measures how likely a text is wrong, from 0 to 1
            (`lsq.segment.strangeness`); 0 if unknown.
    """

    mode: OcrMode = "auto"
    threads: int = 1
    tell: Callable[[str, int, int], None] = lambda *_: None
    strangeness: Callable[[str], float] = lambda _: 0.0


_USUAL = Settings()
_CURRENT: ContextVar[Settings] = ContextVar("ocr", default=_USUAL)


def settings() -> Settings:
    """The settings of this run."""
    return _CURRENT.get()


@contextmanager
def using(chosen: Settings) -> Iterator[None]:
    """Use these settings in a context."""
    token = _CURRENT.set(chosen)
    try:
        yield
    finally:
        _CURRENT.reset(token)


@cache
def is_installed() -> bool:
    """Whether the extra is installed; does not import it."""
    return all(find_spec(library) is not None for library in _LIBRARIES)


def is_active() -> bool:
    """Whether pages without usable text are recognised."""
    return settings().mode != "never" and is_installed()


def is_always() -> bool:
    """Whether pages are recognised even if they have text."""
    return settings().mode == "always" and is_installed()


def advice() -> str:
    """The advice for a page that needs recognition and was not recognised."""
    if not is_installed():
        return _("to have it recognised, install OCR with: pip install 'lsq-bulletins[ocr]'")
    return _("to have it recognised, use --ocr auto")
