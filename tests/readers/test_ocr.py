"""What is made of recognised lines, and what the real library recognises."""

import math
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from lsq.readers import ocr
from lsq.readers.layout import PageContent, lay_out, to_lines
from lsq.readers.ocr import MOST_PIXELS, Recognition, TextLine, scale
from lsq.readers.ocr.page import to_sheet
from tests.readers.conftest import Read, texts
from tests.recognising import SIZE, WORDS, line, saved

PAGE = Recognition(1000, 1400, ())
TEXT = [
    line(WORDS[:20], 100 + 2 * SIZE, 100),
    line(WORDS[:22], 100, 132),
    line(WORDS[:22], 100, 164),
]


def sheet_of(
    *lines: TextLine, rules: tuple[tuple[float, float, float, float], ...] = ()
) -> PageContent:
    return to_sheet(PAGE._replace(lines=lines, rules=rules))


def said(sheet: PageContent) -> list[str]:
    return [one.text for one in to_lines(lay_out([sheet]))]


def turned(one: TextLine, degrees: float, width: float = 1000, height: float = 1400) -> TextLine:
    """The line on a page that is turned clockwise around its middle."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    corners: list[float] = []
    for x, y in zip(one.corners[::2], one.corners[1::2], strict=True):
        across, along = x - width / 2, y - height / 2
        corners += (width / 2 + across * cos - along * sin, height / 2 + across * sin + along * cos)
    return one._replace(corners=tuple(corners))


@pytest.mark.parametrize("degrees", [0.0, 0.7, -0.7, 5.0, -5.0])
def test_a_page_askew_is_made_level(degrees: float) -> None:
    level = sheet_of(*TEXT)
    askew = sheet_of(*(turned(one, degrees) for one in TEXT))
    for one, other in zip(level.runs, askew.runs, strict=True):
        assert one.text == other.text
        assert one[1:5] == pytest.approx(other[1:5], abs=0.5)


def test_the_length_of_a_line_says_how_large_its_characters_are() -> None:
    low = [replace_height(one, 0.9) for one in TEXT]
    for run in sheet_of(*TEXT).runs + sheet_of(*low).runs:
        assert run.size == pytest.approx(SIZE, rel=0.02)
    first, second, _ = sheet_of(*TEXT).runs
    assert first.left - second.left == pytest.approx(2 * SIZE, abs=1)
    assert first.right == pytest.approx(second.right, abs=1)


def replace_height(one: TextLine, part: float) -> TextLine:
    x0, y0, x1, y1, x2, y2, x3, y3 = one.corners
    less = (y3 - y0) * (1 - part) / 2
    return one._replace(corners=(x0, y0 + less, x1, y1 + less, x2, y2 - less, x3, y3 - less))


@pytest.mark.parametrize("height", [0.85, 1.0, 1.25])
def test_a_short_line_is_as_large_as_the_text_above_it(height: float) -> None:
    head = line("关于规划的通知", 300, 20, 1.3 * SIZE)
    last = replace_height(line("蓝图。", 100, 196), height)
    *_, run = sheet_of(head, *TEXT, last).runs
    assert run.size == pytest.approx(SIZE, rel=0.02)


def test_a_line_over_a_gutter_is_cut() -> None:
    left, right = line(WORDS[:10], 100, 100), line(WORDS[10:20], 100 + 12 * SIZE, 100)
    shift = 12 * SIZE
    whole = TextLine(
        left.text + right.text,
        (*left.corners[:2], *right.corners[2:6], *left.corners[6:]),
        (*left.stops, *(stop + shift for stop in right.stops)),
    )
    assert [run.text for run in sheet_of(whole).runs] == [left.text, right.text]
    assert [run.text for run in sheet_of(whole._replace(stops=())).runs] == [whole.text]
    for run, one in zip(sheet_of(whole).runs, (left, right), strict=True):
        assert run.left == pytest.approx(one.corners[0], abs=0.2 * SIZE)
        assert run.right == pytest.approx(one.corners[2], abs=0.2 * SIZE)


def test_columns_of_vertical_text_are_read_from_the_right() -> None:
    columns = []
    for number, text in enumerate((WORDS[:20], WORDS[2:22], WORDS[4:10])):
        left, top = 800 - 40 * number, 100.0
        right, bottom = left + SIZE, top + SIZE * len(text)
        columns.append(TextLine(text, (left, top, right, top, right, bottom, left, bottom)))
    sheet = sheet_of(*reversed(columns))
    assert all(run.down for run in sheet.runs)
    assert said(sheet) == [one.text for one in columns]


def test_a_ruling_line_in_pieces_is_one() -> None:
    pieces = tuple((100.0 + 200 * at, 300.0, 298.0 + 200 * at, 302.0) for at in range(3))
    (rule,) = sheet_of(*TEXT, rules=pieces).rules
    assert rule.left == pytest.approx(100)
    assert rule.right == pytest.approx(698)


def test_hardly_anything_is_no_reason_to_fail() -> None:
    point = TextLine("。", (5.0,) * 8)
    assert sheet_of(TextLine(" ", (0.0,) * 8)).runs == []
    assert len(sheet_of(point, *TEXT).runs) == 4
    said(sheet_of(point))


NUMBERS = st.floats(-50, 1500)


@given(
    st.lists(
        st.builds(
            lambda text, corners, stops: TextLine(text, tuple(corners), tuple(stops[: len(text)])),
            st.text("国。（ a1", max_size=12),
            st.lists(NUMBERS, min_size=8, max_size=8),
            st.lists(NUMBERS, min_size=12, max_size=12),
        ),
        max_size=8,
    ),
    st.lists(st.tuples(*[NUMBERS] * 4), max_size=5),
)
def test_whatever_was_recognised_makes_a_sheet(
    lines: list[TextLine], rules: list[tuple[float, float, float, float]]
) -> None:
    sheet = sheet_of(*lines, rules=tuple(rules))
    kept = "".join(sorted("".join(run.text for run in sheet.runs)))
    assert kept.replace(" ", "") == "".join(sorted("".join(one.text for one in lines))).strip()
    said(sheet)


@pytest.mark.parametrize("size", [(595, 842), (2380, 3368), (14400, 14400), (30, 40), (1, 1)])
def test_a_page_is_drawn_large_enough_and_not_larger(size: tuple[int, int]) -> None:
    pixels = scale(*size)
    assert size[0] * size[1] * pixels**2 <= MOST_PIXELS * 1.01
    assert max(size) * pixels >= 1200


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The real library, without what it may have recognised before."""
    pytest.importorskip("rapidocr", reason="needs the extra ocr")
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda _: tmp_path / "cache")


def drawn(*lines: tuple[str, int, int]) -> Image.Image:
    """A picture of lines of Latin letters, for which Pillow has a font."""
    image = Image.new("RGB", (900, 500), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(34)
    for text, left, top in lines:
        draw.text((left, top), text, "black", font=font)
    return image


@pytest.mark.usefixtures("library")
def test_the_library_recognises_a_picture_and_a_page(read: Read) -> None:
    image = drawn(("NOTICE No. 12 of 2020", 250, 40), ("Spatial planning of the city", 80, 150))
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in ((80, 250, 820, 250), (80, 330, 820, 330)):
        draw.line((left, top, right, bottom), "black", 2)
    for across in (80, 450, 820):
        draw.line((across, 250, across, 330), "black", 2)
    draw.text((100, 270), "district", "black", font=ImageFont.load_default(34))
    draw.text((480, 270), "1234", "black", font=ImageFont.load_default(34))
    bulletin = read("a.png", saved(image))
    assert texts(bulletin) == [
        "NOTICE No. 12 of 2020",
        "Spatial planning of the city",
        "district | 1234",
    ]
    scanned = read("a.pdf", saved(image, form="PDF", resolution=150))
    assert texts(scanned) == texts(bulletin)


@pytest.mark.usefixtures("library")
def test_a_page_upside_down_is_turned(read: Read) -> None:
    lines = ("Spatial planning of the city", 80, 60), ("for the years to come", 80, 160)
    image = drawn(*lines).crop((0, 0, 900, 260))
    for way in (image, image.rotate(180)):
        said_there = "".join(texts(read("a.png", saved(way))))
        assert said_there.index("planning") < said_there.index("years")


@pytest.mark.usefixtures("library")
def test_the_library_takes_what_is_empty_or_small(read: Read) -> None:
    assert not read("a.png", saved(Image.new("RGB", (400, 300), "white"))).lines
    assert not read("b.png", saved(Image.new("RGB", (13, 4000), "black"))).lines
    with ocr.using(ocr.Settings("always", 2)):
        assert not read("c.png", saved(Image.new("L", (40, 13), 128))).lines
