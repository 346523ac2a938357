"""Text recognition (OCR): the picture of a page → what stands on it, with places → Sheet.

    Picture → cache, or recogniser (rapidocr) and rules (cv2) → Recognition → sheets → Sheet

A page of a PDF without usable text and a file that is a picture come through here, and what
is recognised takes the same way through `lsq.readers.layout` as printed text. The library is
the extra extra `ocr`; without it, what needs it says how to install it. `settings` says
whether to recognise, and in how many threads: set once for a run, in each of its processes. All
else is imported when there is a page.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from typing import NamedTuple

from lsq.messages import _
from lsq.model import OcrMode

# What the extra brings along; each is of use only with the others.
_LIBRARIES = ("rapidocr", "onnxruntime", "PIL", "cv2")


class Settings(NamedTuple):
    """How to recognise.

    Attributes:
        mode: which pages.
        threads: how many of this process compute.
        tell: is told of each page that has been recognised: the file's path, the page's
            number, how many pages there are.
    """

    mode: OcrMode = "auto"
    threads: int = 1
    tell: Callable[[str, int, int], None] = lambda *_: None


_USUAL = Settings()
_CURRENT: ContextVar[Settings] = ContextVar("ocr", default=_USUAL)


def settings() -> Settings:
    """The settings of this run."""
    return _CURRENT.get()


@contextmanager
def using(chosen: Settings) -> Iterator[None]:
    """Recognise like that for a while."""
    token = _CURRENT.set(chosen)
    try:
        yield
    finally:
        _CURRENT.reset(token)


@cache
def is_installed() -> bool:
    """Whether the extra is there; none of it is imported."""
    return all(find_spec(library) is not None for library in _LIBRARIES)


def is_active() -> bool:
    """Whether what has no usable text is recognised."""
    return settings().mode != "never" and is_installed()


def is_always() -> bool:
    """Whether pages are recognised even if they have text."""
    return settings().mode == "always" and is_installed()


def advice() -> str:
    """What to do about a page that has to be recognised and was not."""
    if not is_installed():
        return _("to have it recognised, install OCR with: pip install 'lsq-bulletins[ocr]'")
    return _("to have it recognised, use --ocr auto")
