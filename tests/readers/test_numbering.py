"""Numbers that Word shows but does not store."""

import pytest

from lsq.readers.wordml import chinese
from tests.readers.conftest import Read, texts
from tests.readers.samples import docx, paragraph

WORDS = {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 100: "一百", 105: "一百零五"}
WORDS |= {110: "一百一十", 1000: "一千", 1005: "一千零五", 1050: "一千零五十", 0: ""}


@pytest.mark.parametrize(("number", "words"), WORDS.items())
def test_numbers_in_words(number: int, words: str) -> None:
    assert chinese(number) == words


def level(depth: int, form: str, text: str, more: str = "") -> str:
    said = f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{said}{more}</w:lvl>'


def numbering(*levels: str, overrides: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{overrides}</w:num>'
    )


def item(text: str, depth: int = 0, identifier: int = 1) -> str:
    place = f'<w:ilvl w:val="{depth}"/><w:numId w:val="{identifier}"/>'
    return paragraph(text, f"<w:numPr>{place}</w:numPr>")


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("chineseCountingThousand", "第%1条", ["第一条 甲", "第二条 乙"]),
        ("chineseCounting", "（%1）", ["（一） 甲", "（二） 乙"]),
        ("decimal", "%1.", ["1. 甲", "2. 乙"]),
        ("upperLetter", "%1、", ["A、 甲", "B、 乙"]),
        ("lowerRoman", "%1)", ["i) 甲", "ii) 乙"]),
        ("decimalEnclosedCircle", "%1", ["① 甲", "② 乙"]),
        ("chineseLegalSimplified", "%1、", ["壹、 甲", "贰、 乙"]),
        ("ideographTraditional", "%1", ["甲 甲", "乙 乙"]),
        ("ideographDigital", "%1", ["一 甲", "二 乙"]),
        ("bullet", "●", ["甲", "乙"]),
        ("none", "", ["甲", "乙"]),
        ("somethingNew", "%1.", ["1. 甲", "2. 乙"]),
    ],
)
def test_formats(read: Read, form: str, text: str, expected: list[str]) -> None:
    content = docx(item("甲") + item("乙"), numbering=numbering(level(0, form, text)))
    assert texts(read("a.docx", content)) == expected


LEVELS = (level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))


def test_levels_count_by_themselves(read: Read) -> None:
    body = item("甲") + item("乙", 1) + item("丙", 1) + paragraph("丁") + item("戊") + item("己", 1)
    assert texts(read("a.docx", docx(body, numbering=numbering(*LEVELS)))) == [
        "第一章 甲",
        "1.1 乙",
        "1.2 丙",
        "丁",
        "第二章 戊",
        "2.1 己",
    ]


def test_a_list_may_start_anew(read: Read) -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = item("甲") + item("乙", 0, 2) + item("丙", 0, 2)
    content = docx(body, numbering=numbering(*LEVELS, overrides=restart))
    assert texts(read("a.docx", content)) == ["第一章 甲", "第五章 乙", "第六章 丙"]


def test_styles_number_their_paragraphs(read: Read) -> None:
    styles = (
        '<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    linked = level(1, "decimal", "%2、", '<w:pStyle w:val="b"/><w:suff w:val="nothing"/>')
    body = paragraph("甲", '<w:pStyle w:val="a"/>') + paragraph("乙", '<w:pStyle w:val="b"/>')
    body += paragraph("丙", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    content = docx(body, styles=styles, numbering=numbering(LEVELS[0], linked))
    assert texts(read("a.docx", content)) == ["第一章 甲", "1、乙", "丙"]


SENSELESS = {
    "nothing": "",
    "an instance of nothing": '<w:num w:numId="1"/>',
    "broken XML": "<w:lvl",
    "a level that is no number": numbering('<w:lvl w:ilvl="x"/>'),
    "a start beyond all": numbering(level(0, "decimal", "", '<w:start w:val="99999999999999"/>')),
}


@pytest.mark.parametrize("part", SENSELESS.values(), ids=SENSELESS.keys())
def test_numbering_that_makes_no_sense_does_no_harm(read: Read, part: str) -> None:
    assert texts(read("a.docx", docx(item("甲") + item("乙", 8), numbering=part))) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [
        ("", ["第一章 章", "第一条 条", "第二章 章", "第一条 条"]),
        ('<w:lvlRestart w:val="0"/>', ["第一章 章", "第一条 条", "第二章 章", "第二条 条"]),
        ('<w:lvlRestart w:val="1"/>', ["第一章 章", "第一条 条", "第二章 章", "第一条 条"]),
    ],
)
def test_a_level_starts_anew_after_those_it_says(
    read: Read, restart: str, expected: list[str]
) -> None:
    levels = (
        level(0, "chineseCounting", "第%1章"),
        level(1, "chineseCounting", "第%2条", restart),
    )
    body = (item("章") + item("条", 1)) * 2
    assert texts(read("a.docx", docx(body, numbering=numbering(*levels)))) == expected
