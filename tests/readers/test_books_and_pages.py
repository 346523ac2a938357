"""Electronic books (epub) and web pages saved as one file (mht)."""

import base64
import quopri

import pytest

from lsq.errors import ReadError
from tests.readers.conftest import Read, headings, placed
from tests.readers.samples import broken, changed, epub, locked, mht, zipped


def test_chapters_come_in_reading_order_without_the_contents(read: Read) -> None:
    bulletin = read("a.epub", epub("<h1>第一章</h1><p>一<br/>二</p>", "<p>三&nbsp;</p>"))
    assert placed(bulletin.lines) == [(1, "第一章"), (2, "一"), (3, "二"), (4, "三\xa0")]
    assert headings(bulletin) == ["第一章"]


SECOND = "OEBPS/text/1.xhtml"
BOOK = epub("<p>一</p>", "<p>二</p>", "<p>三</p>")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (changed(BOOK, {SECOND: None}), "lacks its part"),
        (changed(BOOK, {SECOND: b"\x00\x81" * 50}), "not text"),
        (changed(BOOK, {SECOND: "<div>" * 3000}), "too deep"),
        (broken(BOOK, SECOND), "cannot be unpacked"),
    ],
    ids=["lost", "no text", "no page", "damaged"],
)
def test_a_book_is_read_without_a_chapter(read: Read, content: bytes, reason: str) -> None:
    bulletin = read("a.epub", content)
    assert placed(bulletin.lines) == [(1, "一"), (2, "三")]
    assert bulletin.missing is not None
    assert f"1 of its 3 parts cannot be read ({SECOND})" in bulletin.missing
    assert reason in bulletin.missing


def test_of_many_chapters_that_are_lost_some_are_named(read: Read) -> None:
    names = [f"OEBPS/text/{number}.xhtml" for number in range(1, 31)]
    bulletin = read("a.epub", changed(epub(*["<p>一</p>"] * 31), dict.fromkeys(names)))
    assert bulletin.missing is not None
    assert f"30 of its 31 parts cannot be read ({', '.join(names[:10])}, …)" in bulletin.missing
    assert read("b.epub", BOOK).missing is None


def test_a_chapter_of_links_is_text(read: Read) -> None:
    links = "<div class='nav'>" + "<p><a href='1'>条</a></p>" * 4 + "</div>"
    assert len(read("a.epub", epub(links)).lines) == 4


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (epub("<p></p>"), "contains no text"),
        (epub("<p>一</p>")[:-30], "damaged"),
        (changed(BOOK, {f"OEBPS/text/{n}.xhtml": None for n in range(3)}), "3 of its 3 parts"),
        (changed(BOOK, {SECOND: " " * (64 << 20)}), "far more"),
        (locked(BOOK, SECOND), "password"),
        (zipped({"META-INF/container.xml": "<container/>"}), "lacks its part"),
        (zipped({"META-INF/container.xml": "<x/>", "META-INF/rights.xml": ""}), "DRM"),
    ],
    ids=["no text", "cut short", "no chapter", "bomb", "encrypted", "no book", "locked"],
)
def test_a_book_that_cannot_be_read_is_told(read: Read, content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read("a.epub", content)


PAGE = "<html><body><h1>公报</h1><p>发布会上午十时开始。</p></body></html>"


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_the_page_is_read(read: Read, charset: str, declared: str, encoding: str) -> None:
    page = PAGE.encode(charset)
    encoders = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}
    content = mht(encoders.get(encoding, bytes)(page), encoding, declared)
    bulletin = read("a.mht", content)
    assert placed(bulletin.lines) == [(1, "公报"), (2, "发布会上午十时开始。")]
    assert headings(bulletin) == ["公报"]
    assert read("a.txt", content).lines == bulletin.lines


@pytest.mark.parametrize(
    "content",
    [
        mht(b"", "8bit", "utf-8"),
        mht(PAGE.encode(), "8bit", "utf-8", "text/plain"),
        b"MIME-Version:",
    ],
    ids=["an empty page", "no page", "cut short"],
)
def test_a_saved_page_that_cannot_be_read_is_told(read: Read, content: bytes) -> None:
    with pytest.raises(ReadError, match="no web page with text"):
        read("a.mht", content)
