"""OFD: pages put together from runs of glyphs."""

import pytest

from lsq.errors import ReadError
from tests.readers.conftest import Read, placed, texts
from tests.readers.samples import broken, changed, glyphs, locked, ofd, zipped


def test_places_are_pages(read: Read) -> None:
    bulletin = read("a.ofd", ofd(glyphs("第一页", 30, 20), glyphs("第二页", 30, 20)))
    assert placed(bulletin.lines) == [(1, "第一页"), (2, "第二页")]
    assert bulletin.paged


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([glyphs("国务", 30, 20), glyphs("院", 40, 20)], ["国务院"]),
        ([glyphs("国务院", 30, 20), glyphs("办公厅", 30, 27)], ["国务院", "办公厅"]),
        ([glyphs("第", 30, 20), glyphs("5", 35, 20.4, 4), glyphs("号", 37, 20)], ["第5号"]),
        ([glyphs("姓名", 30, 20), glyphs("单位", 80, 20)], ["姓名 单位"]),
        ([glyphs("OFD", 30, 20, 4, "2 2"), glyphs("1.0", 38, 20, 4, "2 1")], ["OFD 1.0"]),
        ([glyphs("通知", 30, 20), glyphs("通知", 30.2, 20.1)], ["通知"]),
        ([glyphs("甲", 30, 20), glyphs("甲", 35, 20)], ["甲甲"]),
        (
            [
                glyphs(text * 14, x, y)
                for y, line in ((20, "上左"), (27, "中右"), (34, "下末"))
                for x, text in zip((20, 110), line, strict=True)
            ],
            [text * 14 for text in "上中下左右末"],
        ),
        (
            [glyphs(str(n), x, y) for n, x, y in ((6, 60, 40), (3, 20, 30), (5, 20, 40))]
            + [glyphs(str(n), x, y) for n, x, y in ((1, 20, 20), (4, 60, 30), (2, 60, 20))],
            ["1 2", "3 4", "5 6"],
        ),
        ([glyphs(" ", 20, 20), glyphs("一", 30, 20)], ["一"]),
    ],
    ids=[
        "runs go on",
        "lines",
        "small figures",
        "gaps",
        "gaps between words",
        "printed twice",
        "said twice",
        "columns stay columns",
        "jumbled runs are read by rows",
        "blanks",
    ],
)
def test_runs_become_lines(read: Read, objects: list[str], expected: list[str]) -> None:
    assert texts(read("a.ofd", ofd("".join(objects)))) == expected


def test_values_go_to_the_labels_of_the_template(read: Read) -> None:
    labels = glyphs("文号：", 20, 20) + glyphs("日期：", 90, 20) + glyphs("落款", 20, 80)
    values = glyphs("1号", 36, 20) + glyphs("2月", 106, 20) + glyphs("正文", 20, 50)
    assert texts(read("a.ofd", ofd(values, template=labels))) == [
        "文号：1号 日期：2月",
        "正文",
        "落款",
    ]


PAGES = ofd(*(glyphs(text, 30, 20) for text in "一二三"), template=glyphs("号", 60, 20))
SECOND, TEMPLATE = "Doc_0/Pages/1.xml", "Doc_0/Tpls/Content.xml"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (changed(PAGES, {SECOND: None}), "lacks its part"),
        (changed(PAGES, {SECOND: "<Page"}), "XML"),
        (broken(PAGES, SECOND), "cannot be unpacked"),
    ],
    ids=["lost", "broken XML", "damaged"],
)
def test_a_document_is_read_without_a_page(read: Read, content: bytes, reason: str) -> None:
    bulletin = read("a.ofd", content)
    assert placed(bulletin.lines) == [(1, "一 号"), (3, "三 号")]
    assert bulletin.missing is not None
    assert f"1 of its 4 parts cannot be read ({SECOND})" in bulletin.missing
    assert reason in bulletin.missing


def test_pages_are_read_without_their_template(read: Read) -> None:
    bulletin = read("a.ofd", broken(PAGES, TEMPLATE))
    assert placed(bulletin.lines) == [(1, "一"), (2, "二"), (3, "三")]
    assert bulletin.missing is not None
    assert TEMPLATE.lower() in bulletin.missing.lower()


@pytest.mark.parametrize("deltas", ["", "5", "g 2 5", "g 2", "g 999999999 5", "x", "1e400", "nan"])
def test_steps_that_make_no_sense_do_no_harm(read: Read, deltas: str) -> None:
    objects = glyphs("国务院", 30, 20, deltas=deltas) + glyphs("办公厅", 30, 40)
    assert texts(read("a.ofd", ofd(objects))) == ["国务院", "办公厅"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (ofd(""), "contains no text"),
        (ofd(glyphs("\ue001" * 60, 0, 0)), "fonts"),
        (ofd(glyphs("一", 0, 0))[:-30], "damaged"),
        (broken(ofd(glyphs("一", 0, 0)), "Doc_0/Pages/0.xml"), "1 of its 2 parts"),
        (locked(PAGES, SECOND), "password"),
        (zipped({"OFD.xml": "<OFD><DocBody><DocRoot>x</DocRoot></DocBody></OFD>"}), "its part x"),
        (zipped({"OFD.xml": "<OFD"}), "damaged"),
        (zipped({"OFD.xml": "<OFD/>", "Doc_0/Encryptions.xml": ""}), "encrypted"),
    ],
    ids=[
        "pictures",
        "fonts",
        "cut short",
        "no page",
        "encrypted",
        "lacks a part",
        "broken XML",
        "locked",
    ],
)
def test_what_cannot_be_read_is_told(read: Read, content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read("a.ofd", content)
