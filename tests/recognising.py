"""A recogniser of the tests: it reads what a test has written into the first pixels.

The picture of a page says in its colour which page it is; recognised are three lines of it,
the first one set in and the last one short. Each call is written down.
"""

import sys
from io import BytesIO
from pathlib import Path
from types import ModuleType

import platformdirs
import pytest
from PIL import Image

from lsq.readers import ocr
from lsq.readers.ocr import Picture, Recognition, TextLine

WIDTH, HEIGHT = 620, 877
SIZE = 20
WORDS = "国土空间规划是国家空间发展的指南可持续发展的空间蓝图"


def line(text: str, left: float, top: float, size: float = SIZE) -> TextLine:
    """A level line of full-width characters, in a box that sticks out as those of models do."""
    right, over = left + size * len(text), 0.1 * size
    low, high = top + size + over, top - over
    left, right = left - over, right + over
    stops = tuple(over + size * (at + 0.5) for at in range(len(text)))
    return TextLine(text, (left, high, right, high, right, low, left, low), stops)


def lines_of_page(number: int) -> tuple[TextLine, ...]:
    """The lines on the page of that number."""
    first = f"第{'零一二三四五六七八九'[number % 10]}页" + WORDS[:17]
    return (
        line(first, 100 + 2 * SIZE, 100),
        line(WORDS[:22], 100, 132),
        line(WORDS[:9] + "。", 100, 164),
    )


def page(number: int) -> Image.Image:
    """The picture of the page of that number: nothing but a colour."""
    return Image.new("RGB", (WIDTH, HEIGHT), (200, 200, 100 + 10 * number))


def saved(*images: Image.Image, form: str = "PNG", **how: object) -> bytes:
    """The bytes of a file of these images."""
    buffer = BytesIO()
    more = {"save_all": True, "append_images": images[1:]} if len(images) > 1 else {}
    images[0].save(buffer, form, **more, **how)
    return buffer.getvalue()


class Recogniser:
    """Stands in for the library.

    Attributes:
        calls: the numbers of the pages that it was asked for.
        error: what it raises.
    """

    def __init__(self) -> None:
        self.calls: list[int] = []
        self.error: Exception | None = None

    def recognise(self, picture: Picture, threads: int) -> Recognition:
        """As `lsq.readers.ocr.recogniser` does."""
        assert threads >= 1
        assert len(picture.data) == 3 * picture.width * picture.height
        number = round((picture.data[0] - 100) / 10)
        self.calls.append(number)
        if self.error:
            raise self.error
        found = lines_of_page(number) if number else ()
        wide, high = picture.width / WIDTH, picture.height / HEIGHT
        scaled = [
            TextLine(
                one.text,
                tuple(v * (high if at % 2 else wide) for at, v in enumerate(one.corners)),
                tuple(stop * wide for stop in one.stops),
            )
            for one in found
        ]
        return Recognition(picture.width, picture.height, tuple(scaled))


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, without_ocr: None) -> Recogniser:
    """Recognise with that, and with a cache of its own."""
    assert without_ocr is None
    recogniser = Recogniser()
    module = ModuleType("lsq.readers.ocr.recogniser")
    module.recognise = recogniser.recognise  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(ocr, "recogniser", module, raising=False)
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda _: tmp_path / "cache")
    return recogniser
