"""Plain text and Markdown."""

import pytest

from lsq.readers import formats
from tests.readers.conftest import Read, headings, placed, texts


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [(1, "")]),
        ("一\n二", [(1, "一"), (2, "二")]),
        ("一\r\n二\r三\n", [(1, "一"), (2, "二"), (3, "三"), (4, "")]),
        ("一\n\n　　二 ", [(1, "一"), (2, ""), (3, "　　二 ")]),
        ("一\u2028二\x0b三\f四\x85五", [(1, "一\u2028二\x0b三\f四\x85五")]),
    ],
    ids=["empty", "lines", "mixed line ends", "blank lines and white space", "no line ends"],
)
def test_lines_are_numbered_as_editors_do(
    read: Read, content: str, expected: list[tuple[int, str]]
) -> None:
    bulletin = read("a.txt", content)
    assert placed(bulletin.lines) == expected
    assert not bulletin.paged


def test_a_name_that_lies_about_the_encoding(read: Read) -> None:
    assert texts(read("宪法-gbk.txt", "宪法\r\n第一条".encode())) == ["宪法", "第一条"]
    assert texts(read("宪法-utf8.txt", "宪法\r\n第一条".encode("gbk"))) == ["宪法", "第一条"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_text_with_stray_zeros_is_a_text(read: Read, encoding: str) -> None:
    content = "第一條 本辦法自公布日施行\n".encode(encoding) * 9
    assert texts(read("a.txt", content[:30] + b"\0" + content[30:] + b"\0"))[1] == (
        "第一條 本辦法自公布日施行"
    )


def test_a_markdown_heading_of_marks_alone_says_nothing(read: Read) -> None:
    lines = read("a.md", b"# #\n## \t##  \n# a # b\n# a#\n# a ##\t").lines
    assert [line.text for line in lines] == ["", "", "a # b", "a#", "a"]
    assert all(line.heading for line in lines)


def test_markdown_headings_lose_their_marks_and_comments_their_text(read: Read) -> None:
    bulletin = read(
        "a.md", "# 土地管理法\n\n<!-- 注 -->\n## 第一章 ##\n#不是\n第一条".encode("gbk")
    )
    assert texts(bulletin) == ["土地管理法", "", "", "第一章", "#不是", "第一条"]
    assert headings(bulletin) == ["土地管理法", "第一章"]


def test_a_row_of_a_markdown_table_of_data_is_a_line_of_its_cells(read: Read) -> None:
    rows = [
        "| 县区 | 项目 |",
        "|---|:--:|",
        "| 莲都区 | 水库\\|除险 |",
        "| 青田县 | 道路",
        "",
        "完。",
    ]
    assert placed(read("a.md", "\n".join(rows)).lines) == [
        (1, "县区 | 项目"),
        (2, ""),
        (3, "莲都区 | 水库|除险"),
        (4, "青田县 | 道路"),
        (5, ""),
        (6, "完。"),
    ]


def test_in_other_markdown_tables_a_cell_is_a_line(read: Read) -> None:
    rows = "| 索引号 | 001/2023 |\n| --- | --- |\n| 发文机关 | 国务院 |"
    assert placed(read("a.md", rows).lines) == [
        (1, "索引号"),
        (1, "001/2023"),
        (2, ""),
        (3, "发文机关"),
        (3, "国务院"),
    ]


@pytest.mark.parametrize("rows", ["a | b\n甲 | 乙", "| 甲 |\n---\n| 乙 |", "---|---\n甲|乙"])
def test_bars_make_no_markdown_table_without_heads_and_the_line_below(
    read: Read, rows: str
) -> None:
    assert texts(read("a.md", rows)) == rows.split("\n")


def test_comments_before_a_page_cost_no_time() -> None:
    # Each comment doubled it once; sixty of them would not have ended.
    comments = b"<!-- -->" * 60
    assert formats.is_plain("a.txt", comments + b"<div>")
    assert not formats.is_plain("a.txt", comments + b"<html>")
