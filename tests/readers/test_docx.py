"""Word documents."""

import pytest

from lsq.errors import ReadError
from tests.readers.conftest import Read, headings, placed, texts
from tests.readers.samples import WORD, docx, paragraph, zipped


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
        (docx("<w:p/>"), "holds no text"),
        (docx("<w:p>"), "damaged"),
        (docx(paragraph("一"))[:-40], "damaged"),
        (zipped({"a.xml": "<a/>"}), "lacks its part word/document.xml"),
        ("通知", "no docx file in it"),
        ("", "empty"),
    ],
    ids=["blank", "broken XML", "cut short", "another zip", "text", "empty"],
)
def test_what_cannot_be_read_is_told(read: Read, content: bytes | str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read("a.docx", content)
