"""Word documents."""

import pytest

from lsq.errors import ReadError
from tests.readers.conftest import Read, headings, placed, texts
from tests.readers.samples import WORD, changed, docx, paragraph, zipped


def test_a_paragraph_is_a_line_and_its_ordinal_the_place(read: Read) -> None:
    bulletin = read("a.docx", docx(paragraph("一") + "<w:p/>" + paragraph("二")))
    assert placed(bulletin.lines) == [(1, "一"), (2, ""), (3, "二")]
    assert not bulletin.paged
    assert all(line.ends for line in bulletin.lines)


RUN, END = "<w:r><w:t>", "</w:t></w:r>"


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ("<w:r><w:t>国务</w:t></w:r><w:r><w:t>院</w:t></w:r>", ["国务院"]),
        ("<w:r><w:t>国务院</w:t><w:br/><w:t>办公厅</w:t></w:r>", ["国务院", "办公厅"]),
        ("<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t></w:r>", ["一\t二"]),
        ("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>一</w:t></w:r>", ["一"]),
        ("<w:r><w:t>GB</w:t><w:noBreakHyphen/><w:t>T</w:t><w:softHyphen/></w:r>", ["GB-T"]),
        ("<w:ins><w:r><w:t>加</w:t></w:r></w:ins><w:del><w:r><w:t>减</w:t></w:r></w:del>", ["加"]),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>现</w:t></w:r>", ["现"]),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>现</w:t></w:r>", ["现"]),
        ("<w:hyperlink><w:r><w:t>见附件</w:t></w:r></w:hyperlink>", ["见附件"]),
        ("<w:r><w:instrText>PAGE</w:instrText><w:t>1</w:t></w:r>", ["1"]),
        (
            f"<w:ruby><w:rt>{RUN}hàn{END}</w:rt><w:rubyBase>{RUN}汉{END}</w:rubyBase></w:ruby>",
            ["汉"],
        ),
    ],
)
def test_what_runs_say(read: Read, runs: str, expected: list[str]) -> None:
    assert texts(read("a.docx", docx(f"<w:p>{runs}</w:p>"))) == expected


def test_a_cell_is_a_line(read: Read) -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("文号", "1号", "", "二"))
    assert texts(read("a.docx", docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))) == [
        "文号",
        "1号",
        "",
        "二",
    ]


def test_a_text_box_is_read_once(read: Read) -> None:
    space = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    box = f"<w:txbxContent>{paragraph('框')}</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    anchored = f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    body = f"<w:p {space}>{RUN}一{END}{anchored}</w:p>"
    assert texts(read("a.docx", docx(body))) == ["框", "一"]


STYLES = """
<w:style w:styleId="2"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="3"><w:name w:val="章"/><w:basedOn w:val="2"/></w:style>
<w:style w:styleId="4"><w:name w:val="Title"/></w:style>
<w:style w:styleId="5"><w:name w:val="条"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:styleId="6"><w:name w:val="Normal"/><w:basedOn w:val="7"/></w:style>
<w:style w:styleId="7"><w:name w:val="Body"/><w:basedOn w:val="6"/></w:style>
"""


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ('<w:pStyle w:val="2"/>', True),
        ('<w:pStyle w:val="3"/>', True),
        ('<w:pStyle w:val="4"/>', True),
        ('<w:pStyle w:val="5"/>', True),
        ('<w:pStyle w:val="6"/>', False),
        ('<w:pStyle w:val="8"/>', False),
        ('<w:pStyle w:val="2"/><w:outlineLvl w:val="9"/>', False),
        ('<w:outlineLvl w:val="0"/>', True),
        ("", False),
    ],
)
def test_headings_are_known_by_style_or_level(read: Read, properties: str, expected: bool) -> None:
    bulletin = read("a.docx", docx(paragraph("总则", properties), styles=STYLES))
    assert headings(bulletin) == (["总则"] if expected else [])


def test_notes_stand_at_the_end(read: Read) -> None:
    note = f"<w:footnote>{paragraph('注')}</w:footnote>"
    assert texts(read("a.docx", docx(paragraph("一"), footnotes=note))) == ["一", "注"]


def test_notes_that_are_damaged_are_told_and_cost_themselves(read: Read) -> None:
    bulletin = read("a.docx", docx(paragraph("一"), footnotes="<w:footnote>", endnotes="二"))
    assert texts(bulletin) == ["一"]
    assert bulletin.missing
    assert "1 of its 2 parts cannot be read (word/footnotes.xml)" in bulletin.missing


def test_the_document_may_be_called_otherwise(read: Read) -> None:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    content = zipped(
        {
            "_rels/.rels": f'<Relationships><Relationship Type="{relation}" Target="/w/d.xml"/>'
            "</Relationships>",
            "w/d.xml": f'<w:document xmlns:w="{WORD}">{paragraph("一")}</w:document>',
        }
    )
    assert texts(read("a.docx", content)) == ["一"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (docx("<w:p/>"), "contains no text"),
        (docx("<w:p>"), "damaged"),
        (docx(paragraph("一"))[:-40], "damaged"),
        (zipped({"a.xml": "<a/>"}), "lacks its part word/document.xml"),
        ("通知", "contains no docx file"),
        ("", "empty"),
    ],
    ids=["blank", "broken XML", "cut short", "another zip", "text", "empty"],
)
def test_what_cannot_be_read_is_told(read: Read, content: bytes | str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read("a.docx", content)


def test_a_row_of_data_is_a_line(read: Read) -> None:
    cells = [["姓名", "单位"], ["张三", "财政局"], ["李四", ""]]
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(text)}</w:tc>' for text in row)}</w:tr>"
        for row in cells
    )
    bulletin = read("a.docx", docx(f"<w:tbl>{rows}</w:tbl>{paragraph('注')}"))
    assert [(line.text, line.place) for line in bulletin.lines] == [
        ("姓名 | 单位", 1),
        ("张三 | 财政局", 3),
        ("李四", 5),
        ("注", 7),
    ]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ("<w:r><w:sym w:font='Symbol' w:char='F0B3'/></w:r>", "≥"),
        ("<w:r><w:sym w:font='Wingdings 2' w:char='0052'/></w:r>", "☑"),
        ("<w:r><w:sym w:font='Webdings' w:char='F052'/></w:r>", ""),
        ("<w:r><w:sym w:font='Symbol' w:char='x'/></w:r>", ""),
        ("<w:r><w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr><w:t>\uf0b1甲</w:t></w:r>", "±甲"),
        ("<w:r><w:pict><v:textpath xmlns:v='v' string='艺术字'/></w:pict></w:r>", "艺术字"),
    ],
)
def test_signs_and_drawn_words(read: Read, runs: str, expected: str) -> None:
    assert "".join(texts(read("a.docx", docx(f"<w:p>{RUN}一{END}{runs}</w:p>")))) == "一" + expected


def test_what_is_left_out_is_counted(read: Read) -> None:
    content = docx(
        paragraph("一"),
        header1=paragraph("页眉"),
        header2=paragraph(""),
        footer1=paragraph("页脚"),
        comments="<w:comment/><w:comment/>",
    )
    assert read("a.docm", content).left_out == (("header", 2), ("comment", 2))


def test_inserted_files_stand_where_they_are_shown(read: Read) -> None:
    relation = '<Relationship Id="r1" Target="{0}"/><Relationship Id="r2" Target="/word/no.htm"/>'
    chunk = "<w:altChunk r:id='{0}' xmlns:r='r'/>"
    body = f"{paragraph('一')}{chunk.format('r1')}{paragraph('三')}{chunk.format('r2')}"
    members = {
        "word/_rels/document.xml.rels": f"<A>{relation.format('a.htm')}</A>",
        "word/a.htm": "<html><body><p>二</p></body></html>",
    }
    bulletin = read("a.docx", changed(docx(body), members))
    assert [(line.text, line.place) for line in bulletin.lines] == [("一", 1), ("二", 2), ("三", 3)]
    assert "word/no.htm" in (bulletin.missing or "")


def test_a_file_that_inserts_itself_comes_to_an_end(read: Read) -> None:
    relation = '<Relationships><Relationship Id="r1" Target="a.docx"/></Relationships>'
    content = docx(paragraph("一") + "<w:altChunk r:id='r1' xmlns:r='r'/>")
    for _depth in range(5):
        content = changed(
            content, {"word/_rels/document.xml.rels": relation, "word/a.docx": content}
        )
    assert texts(read("a.docx", content)).count("一") == 4


def test_documents_in_one_file_of_xml(read: Read) -> None:
    label = "<w:listPr><wx:t xmlns:wx='x' w:val='第二条'/></w:listPr>"
    body = paragraph("一") + paragraph("二", label)
    old = (
        "<?xml version='1.0'?><?mso-application progid='Word.Document'?>"
        f"<w:wordDocument xmlns:w='{WORD}'><w:body>{body}</w:body></w:wordDocument>"
    )
    assert texts(read("a.doc", old)) == ["一", "第二条二"]
    flat = (
        "<?xml version='1.0'?><pkg:package xmlns:pkg='p'><pkg:part pkg:name='/word/document.xml'>"
        f"<pkg:xmlData><w:document xmlns:w='{WORD}'><w:body>{paragraph('一')}</w:body></w:document>"
        "</pkg:xmlData></pkg:part></pkg:package>"
    )
    assert texts(read("a.xml", flat)) == ["一"]
