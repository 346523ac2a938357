"""Pages as pictures with the matches boxed: the boxes are where the layout has the text."""

import os
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from lsq.errors import ReadError
from lsq.indexing import viewer
from lsq.indexing.extraction import itself, recover
from lsq.model import Article, Places
from lsq.readers import facsimile
from lsq.readers.drawn_page import Facsimile, PlacedRun, outlined
from lsq.readers.layout import PageContent, Rule, Run
from lsq.readers.layout.page_content import ASCENT, DESCENT
from lsq.serve.boxes import MatchBoxes, box_matches
from lsq.serve.page_cache import PageCache
from tests import recognising
from tests.readers.samples import glyphs, ofd, printed
from tests.readers.test_layout import FIRST, SECOND, set_text
from tests.recognising import Recogniser, recogniser, saved

__all__ = ["recogniser"]

WIDTH, HEIGHT = 595.0, 842.0
# In points: what PDFium and lsq round.
NEAR = 0.6
LEFT = set_text(FIRST, 72, 100)
RIGHT = set_text(SECOND, 320, 100)


@pytest.fixture
def columns(tmp_path: Path) -> Path:
    """A page of two columns, drawn line by line across both."""
    runs = sorted([*LEFT, *RIGHT], key=lambda run: run.base)
    file = tmp_path / "a.pdf"
    file.write_bytes(printed([PageContent(WIDTH, HEIGHT, runs)]))
    return file


def article_of(file: Path) -> Article:
    (article,) = recover(str(file), itself).articles
    return article


def placed(text: str, runs: Sequence[Run]) -> list[Rule]:
    """Where a string of some lines is, by where each of its characters was set."""
    chars = [
        (
            char,
            Rule(
                left, run.base - ASCENT * run.size, left + run.size, run.base + DESCENT * run.size
            ),
        )
        for run in runs
        for at, char in enumerate(run.text)
        for left in [run.left + at * run.size]
    ]
    start = "".join(char for char, _ in chars).index(text)
    boxes: list[Rule] = []
    for _, box in chars[start : start + len(text)]:
        if boxes and boxes[-1].top == box.top:
            boxes[-1] = boxes[-1]._replace(right=box.right)
        else:
            boxes.append(box)
    return boxes


def found(page: Facsimile, article: Article, text: str) -> MatchBoxes:
    start = article.text.index(text)
    return box_matches(page, article, [(start, start + len(text))])


def assert_alike(one: Sequence[Rule], other: Sequence[Rule], near: float = NEAR) -> None:
    assert len(one) == len(other), (one, other)
    for box, wanted in zip(one, other, strict=True):
        assert box == pytest.approx(wanted, abs=near)


@pytest.mark.parametrize("runs", [LEFT, RIGHT], ids=["left", "right"])
def test_every_string_of_a_page_is_boxed_where_it_was_set(columns: Path, runs: list[Run]) -> None:
    page, article = facsimile(str(columns), None, 1), article_of(columns)
    text = "".join(run.text for run in runs)
    for length in (1, 4, 14):  # the last is longer than a line
        for start in range(0, len(text) - length, 5):
            string = text[start : start + length]
            if text.count(string) == 1 and article.text.count(string) == 1:
                ((*boxes,),) = found(page, article, string).boxes
                assert_alike(boxes, placed(string, runs))


def test_a_picture_is_what_pdfium_draws(columns: Path) -> None:
    page = facsimile(str(columns), None, 1)
    image = Image.open(BytesIO(page.picture))
    image.load()
    assert (page.kind, image.format, image.mode) == ("image/png", "PNG", "RGB")
    assert (page.width, page.height, page.number, page.pages) == (WIDTH, HEIGHT, 1, 1)
    assert image.width / image.height == pytest.approx(WIDTH / HEIGHT, rel=0.01)


def test_a_picture_has_the_colours_of_the_page(tmp_path: Path) -> None:
    red = "q 1 0 0 rg 0 0 595 842 re f Q\n"
    file = tmp_path / "a.pdf"
    file.write_bytes(printed([PageContent(WIDTH, HEIGHT, list(LEFT))], red))
    image = Image.open(BytesIO(facsimile(str(file), None, 1).picture))
    assert image.getpixel((5, 5)) == (255, 0, 0)


def test_the_matching_one_of_equal_strings_is_boxed(tmp_path: Path) -> None:
    lines = [
        Run("甲乡的承包合同已经登记", 72, 182, 100, 10),
        Run("乙镇的承包合同尚未登记", 72, 182, 114, 10),
        Run("丙村的承包合同不予登记", 72, 182, 128, 10),
    ]
    file = tmp_path / "a.pdf"
    file.write_bytes(printed([PageContent(WIDTH, HEIGHT, lines)]))
    page, article = facsimile(str(file), None, 1), article_of(file)
    for line in lines:
        start = article.text.index(line.text) + 3
        ((*boxes,),) = box_matches(page, article, [(start, start + 4)]).boxes
        assert_alike(
            boxes,
            placed(line.text, [line])[:1] and [Rule(102, line.base - 8.8, 142, line.base + 1.2)],
        )


def test_a_string_that_the_page_interrupts_is_boxed_in_parts() -> None:
    runs = (
        PlacedRun("前文承包", Rule(0, 0, 40, 10), 0),
        PlacedRun("—3—", Rule(100, 50, 130, 60), 0),
        PlacedRun("合同后文", Rule(0, 20, 40, 30), 0),
    )
    page = Facsimile(b"", "", 200, 100, 3, 5, runs)
    text = "前文承包合同后文"
    article = Article("a.pdf", 1, None, text, Places((0,), (3,)), paged=True)
    answer = box_matches(page, article, [(3, 7)])
    assert answer == MatchBoxes([[Rule(20, 0, 40, 10), Rule(0, 20, 20, 30)]], 0)


def test_matches_that_are_not_on_the_page_are_counted() -> None:
    page = Facsimile(b"", "", 200, 100, 3, 5, (PlacedRun("别的", Rule(0, 0, 20, 10), 0),))
    article = Article("a.pdf", 1, None, "承包合同", Places((0, 3), (3, 4)), paged=True)
    assert box_matches(page, article, [(1, 3), (4, 5)]) == MatchBoxes(
        [], 1
    )  # the other is on page 4


@pytest.mark.parametrize(
    ("turn", "box"),
    [
        (0, Rule(10, 0, 30, 10)),
        (1, Rule(0, 2.5, 40, 7.5)),
        (2, Rule(10, 0, 30, 10)),
        (3, Rule(0, 2.5, 40, 7.5)),
    ],
)
def test_text_may_be_turned(turn: int, box: Rule) -> None:
    run = PlacedRun("甲乙丙丁", Rule(0, 0, 40, 10), turn)
    assert outlined([run], 1, 3) == [box]
    ends = outlined([run], 0, 1)[0], outlined([run], 3, 4)[0]
    first, last = ends if turn < 2 else ends[::-1]
    assert (first.left, first.top) <= (last.left, last.top)


def test_letters_are_half_as_wide() -> None:
    assert outlined([PlacedRun("甲12乙", Rule(0, 0, 30, 10), 0)], 1, 3) == [Rule(10, 0, 20, 10)]


def test_text_from_top_to_bottom_is_boxed(tmp_path: Path) -> None:
    lines = [
        [
            Run(char, 300 - 20 * row, 310 - 20 * row, 100 + 11 * at, 10)
            for at, char in enumerate(text)
        ]
        for row, text in enumerate((FIRST[:20], FIRST[20:40]))
    ]
    file = tmp_path / "a.pdf"
    file.write_bytes(printed([PageContent(WIDTH, HEIGHT, [run for line in lines for run in line])]))
    page, article = facsimile(str(file), None, 1), article_of(file)
    ((box,),) = found(page, article, FIRST[5:9]).boxes
    assert_alike([box], [Rule(300, 100 + 55 - 8.8, 310, 100 + 88 + 1.2)], near=1.6)


def test_a_recognised_page_is_boxed(tmp_path: Path, recogniser: Recogniser) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(saved(recognising.page(1)))
    page, article = facsimile(str(file), None, 1), article_of(file)
    scale = page.width / recognising.WIDTH
    assert recogniser.calls
    ((box,),) = found(page, article, "国家空间发展").boxes
    at = recognising.WORDS.index("国家空间发展")
    left = 100 + recognising.SIZE * (at + 5)  # after two blanks and 第一页
    wanted = Rule(left, 100, left + 6 * recognising.SIZE, 100 + recognising.SIZE)
    assert_alike([box], [Rule(*(value * scale for value in wanted))], near=0.15 * 20 * scale)


def test_a_page_of_ofd_is_drawn_as_lsq_sees_it(tmp_path: Path) -> None:
    file = tmp_path / "a.ofd"
    file.write_bytes(ofd(glyphs(FIRST[:20], 30, 40), glyphs(SECOND[:20], 30, 60)))
    page, (*_, article) = facsimile(str(file), None, 2), recover(str(file), itself).articles
    assert page.kind == "image/svg+xml"
    assert page.pages == 2
    assert SECOND[:20].encode() in page.picture
    ((box,),) = found(page, article, SECOND[4:8]).boxes
    assert (box.right - box.left) / (box.bottom - box.top) == pytest.approx(4, rel=0.1)


def test_a_member_of_an_archive_is_drawn(columns: Path) -> None:
    archive = columns.with_name("b.zip")
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("x/a.pdf", columns.read_bytes())
    article = article_of(archive)
    page = viewer.facsimile(article.id, 1)
    assert page.runs == viewer.facsimile(article_of(columns).id, 1).runs
    with pytest.raises(ReadError, match="archive"):
        facsimile(str(archive), archive / "none.pdf", 1)


@pytest.mark.parametrize("number", [0, 2, 10**6])
def test_a_page_that_there_is_not_is_an_error(columns: Path, number: int) -> None:
    with pytest.raises(ReadError, match="no page"):
        facsimile(str(columns), None, number)


def test_only_what_has_pages_is_drawn(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("承包\n", "utf-8")
    with pytest.raises(ReadError, match="layout"):
        facsimile(str(file), None, 1)
    with pytest.raises(ReadError, match="no pages"):
        PageCache("never").page(article_of(file), 1)


def test_a_page_is_kept_until_its_file_changes(
    columns: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    page = Facsimile(b"x" * (1 << 20), "", 1, 1, 1, 99, ())

    def drawn(name: str, number: int, mode: str) -> Facsimile:
        asked.append(f"{name} {number} {mode}")
        return page

    monkeypatch.setattr("lsq.serve.page_cache.facsimile", drawn)
    cache, article = PageCache("never"), article_of(columns)
    assert [cache.page(article, 1) for _ in range(3)] == [page] * 3
    assert asked == [f"{article.id} 1 never"]
    os.utime(columns, (1, 1))
    cache.page(article, 1)
    assert len(asked) == 2
    for number in range(2, 30):  # few are kept
        cache.page(article, number)
    cache.page(article, 1)
    assert len(asked) == 31
