"""Presentations of PowerPoint, WPS and OpenDocument."""

import pytest

from lsq.errors import ReadError
from tests.readers.conftest import Read, headings, placed
from tests.readers.samples import changed, odf, ppt, pptx

SLIDES = (
    [("ctrTitle", "工作汇报"), ("sldNum", "1"), ("", "发展改革委")],
    [("title", "一、总体情况"), ("body", "完成投资三亿元")],
)
LINES = [(1, "工作汇报"), (1, "发展改革委"), (2, "一、总体情况"), (2, "完成投资三亿元")]


def test_slides_come_in_the_order_in_which_they_are_shown(read: Read) -> None:
    bulletin = read("a.pptx", pptx(*SLIDES))
    assert placed(bulletin.lines) == LINES
    assert headings(bulletin) == ["工作汇报"]
    assert bulletin.paged
    assert bulletin.exact


def test_notes_and_diagrams_follow_their_slide(read: Read) -> None:
    text = "<x><a:p xmlns:a='a'><a:t>{0}</a:t></a:p></x>"
    relations = (
        '<Rs><R Id="n" Type="t/notesSlide" Target="../notes/n.xml"/>'
        '<R Id="d" Type="t/diagramData" Target="/ppt/d.xml"/>'
        '<R Id="p" Type="t/image" Target="../media/p.png"/></Rs>'
    )
    more = {
        "ppt/slides/_rels/slide2.xml.rels": relations,
        "ppt/notes/n.xml": text.format("备注"),
        "ppt/d.xml": text.format("流程图"),
    }
    bulletin = read("a.pptx", pptx(*SLIDES, more=more))
    assert placed(bulletin.lines)[:4] == [*LINES[:2], (1, "备注"), (1, "流程图")]


def test_a_row_of_a_table_is_a_line(read: Read) -> None:
    cell = "<a:tc><a:txBody><a:p><a:t>{0}</a:t></a:p></a:txBody></a:tc>"
    row = f"<a:tr>{cell.format('姓名')}{cell.format('金额')}</a:tr>"
    slide = f"<x xmlns:a='a'><a:tbl>{row}</a:tbl></x>"
    content = changed(pptx(SLIDES[0]), {"ppt/slides/slide1.xml": slide})
    assert placed(read("a.pptx", content).lines) == [(1, "姓名 | 金额")]


def test_a_damaged_slide_spoils_no_other(read: Read) -> None:
    content = changed(pptx(*SLIDES), {"ppt/slides/slide2.xml": "<broken"})
    bulletin = read("a.pptx", content)
    assert placed(bulletin.lines) == LINES[2:]
    assert "ppt/slides/slide2.xml" in (bulletin.missing or "")


def test_slides_of_before_2007(read: Read) -> None:
    old = [[(6, "工作汇报"), (4, "发展改革委")], [(0, "一、总体情况"), (1, "完成投资三亿元")]]
    bulletin = read("a.ppt", ppt(*old))
    assert placed(bulletin.lines) == LINES
    assert headings(bulletin) == ["工作汇报"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(ppt([(1, "一")])[:2000], "damaged"), (ppt(), "contains no text")],
    ids=["cut short", "empty"],
)
def test_what_is_no_presentation_is_told(read: Read, content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read("a.ppt", content)


def test_slides_of_opendocument(read: Read) -> None:
    title = (
        '<draw:frame presentation:class="title"><draw:text-box><text:p>工作汇报</text:p>'
        "</draw:text-box></draw:frame>"
    )
    pages = f"<draw:page>{title}</draw:page><draw:page><text:p>一</text:p></draw:page>"
    bulletin = read("a.odp", odf(pages, "presentation"))
    assert placed(bulletin.lines) == [(1, "工作汇报"), (2, "一")]
    assert headings(bulletin) == ["工作汇报"]
    assert bulletin.paged


ROWS = "".join(
    "<table:table-row>"
    + "".join(f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in row)
    + "</table:table-row>"
    for row in (("姓名", "金额"), ("张三", "200"))
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<text:h>通知</text:h><text:p>一<text:span>二</text:span>三</text:p>", ["通知", "一二三"]),
        ("<text:p>一<text:line-break/>二<text:tab/>三</text:p>", ["一", "二\t三"]),
        ("<text:p>a<text:s text:c='2'/>b <text:a>c</text:a></text:p>", ["a  b c"]),
        (
            (
                "<text:p>一<text:note><text:note-citation>1</text:note-citation>"
                "<text:note-body><text:p>注</text:p></text:note-body></text:note>。</text:p>"
            ),
            ["注", "一。"],
        ),
        (
            "<text:p>一<office:annotation><text:p>批注</text:p></office:annotation>。</text:p>",
            ["一。"],
        ),
        (
            "<text:tracked-changes><text:p>删</text:p></text:tracked-changes><text:p>一</text:p>",
            ["一"],
        ),
        (f"<table:table>{ROWS}</table:table>", ["姓名 | 金额", "张三 | 200"]),
    ],
)
def test_texts_of_opendocument(read: Read, body: str, expected: list[str]) -> None:
    assert [line.text for line in read("a.odt", odf(body)).lines] == expected


def test_comments_of_opendocument_are_counted(read: Read) -> None:
    body = "<text:p>一<office:annotation><text:p>批注</text:p></office:annotation></text:p>"
    assert read("a.odt", odf(body)).left_out == (("comment", 1),)


def test_an_encrypted_opendocument_is_told(read: Read) -> None:
    content = odf("", manifest="<m><encryption-data/></m>")
    with pytest.raises(ReadError, match="encrypted"):
        read("a.odt", content)
