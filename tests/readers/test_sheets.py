"""Spreadsheets and tables as text: a row is a line that says what its cells are."""

import datetime

import pytest

from lsq.errors import ReadError
from lsq.model import Bulletin, Line
from lsq.readers.table_lines import Merge, lines, said
from tests.readers.conftest import Read, ReadAll
from tests.readers.samples import xlsx, zipped

PEOPLE: list[list[str | float]] = [
    ["人员名单"],
    ["姓名", "单位", "金额"],
    ["张三", "财政局", 200],
    ["李四", "", 1.5],
]
LINES = [
    ("人员名单", 1),
    ("姓名 | 单位 | 金额", 2),
    ("姓名：张三 | 单位：财政局 | 金额：200", 3),
    ("姓名：李四 | 金额：1.5", 4),
]


def placed(bulletin: Bulletin) -> list[tuple[str, int]]:
    return [(line.text, line.place) for line in bulletin.lines]


def test_a_row_is_a_line_with_the_heads_of_its_columns(read: Read) -> None:
    bulletin = read("a.xlsx", xlsx({"人员": PEOPLE}))
    assert placed(bulletin) == LINES
    assert (bulletin.sheet, bulletin.exact) == ("人员", True)
    assert [line.heading for line in bulletin.lines] == [True, False, False, False]


def test_each_sheet_with_something_in_it_is_read(read_all: ReadAll) -> None:
    found = read_all("a.et", xlsx({"一": PEOPLE, "空": [], "二": [["甲", "乙"]]}))
    assert [one.sheet for one in found if isinstance(one, Bulletin)] == ["一", "二"]


def test_a_workbook_without_text_is_told(read: Read) -> None:
    with pytest.raises(ReadError, match="contains no text"):
        read("a.xlsx", xlsx({"空": []}))


@pytest.mark.parametrize(
    "content", [zipped({"xl/workbook.xml": ""}), zipped({"xl/workbook.xml": "<a>"}), b"PK\x03\x04"]
)
def test_a_damaged_workbook_is_told(read: Read, content: bytes) -> None:
    with pytest.raises(ReadError, match="damaged"):
        read("a.xlsx", content)


def test_a_bomb_is_refused(read: Read) -> None:
    bomb = zipped({"xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": b" " * (40 << 20)})
    with pytest.raises(ReadError, match="unpacks to far more"):
        read("a.xlsx", bomb)


def test_a_page_that_calls_itself_a_workbook_is_a_page(read: Read) -> None:
    page = "<html><body><table><tr><td>姓名</td></tr></table></body></html>"
    assert [line.text for line in read("a.xls", page).lines] == ["姓名"]


def test_text_that_calls_itself_a_workbook_is_a_table(read: Read) -> None:
    bulletin = read("a.xls", "姓名\t金额\n张三\t200\n")
    assert placed(bulletin)[1] == ("姓名：张三 | 金额：200", 2)


def test_shared_values_and_heads_are_said_in_each_row() -> None:
    table = [
        ["类别", "收入", ""],
        ["", "上年", "本年"],
        ["粮食", "1", "2"],
        ["", "3", "4"],
    ]
    merges = [Merge(0, 1, 0, 2), Merge(0, 0, 1, 0), Merge(2, 0, 3, 0)]
    assert [line.text for line in lines(enumerate(table, 1), merges)][2:] == [
        "类别：粮食 | 收入·上年：1 | 收入·本年：2",
        "类别：粮食 | 收入·上年：3 | 收入·本年：4",
    ]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([["1", "2"], ["3", "4"]], ["1 | 2", "3 | 4"]),
        ([["姓名：", "张三"], ["单位：", "财政局"]], ["姓名： | 张三", "单位： | 财政局"]),
        ([["姓名", "单位"], ["注：截至八月"]], ["姓名 | 单位", "注：截至八月"]),
        ([["一", "二"]], ["一 | 二"]),
        ([[], [""], ["一"]], ["一"]),
    ],
)
def test_tables_without_heads(table: list[list[str]], expected: list[str]) -> None:
    assert [line.text for line in lines(enumerate(table, 1))] == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("会\n议", "会议"),
        ("a\nb ", "a b"),
        (2.0, "2"),
        (0.1 + 0.2, "0.3"),
        (datetime.datetime(2020, 8, 26), "2020-08-26"),
        (datetime.datetime(2020, 8, 26, 9, 30), "2020-08-26 09:30:00"),
        (True, "TRUE"),
        (None, ""),
        (7, "7"),
    ],
)
def test_what_a_cell_says(value: object, expected: str) -> None:
    assert said(value) == expected


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_as_text(read: Read, separator: str, encoding: str) -> None:
    rows = ["人员名单", "姓名,单位,金额", "张三,财政局,200", "李四,,1.5", ""]
    text = "\r\n".join(rows).replace(",", separator)
    assert placed(read("a.csv", text.encode(encoding))) == LINES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '甲,乙\n"一\n二",三\n四,五\n',
            [("甲 | 乙", 1), ("甲：一二 | 乙：三", 2), ("甲：四 | 乙：五", 4)],
        ),
        ("sep=|\n甲|乙\n一|二\n", [("甲 | 乙", 2), ("甲：一 | 乙：二", 3)]),
        ('只有，一列\n"没有收尾', [("只有，一列", 1), ("没有收尾", 2)]),
    ],
)
def test_records_have_the_line_on_which_they_begin(
    read: Read, text: str, expected: list[tuple[str, int]]
) -> None:
    assert placed(read("a.csv", text)) == expected


def test_the_lines_of_a_table_are_data() -> None:
    assert list(lines([(3, ["5"])])) == [Line("5", 3, ends=True)]


def test_merges_that_all_span_all_rows_come_to_an_end() -> None:
    table = [["甲", "乙"], *(["一", ""] for _ in range(20_000))]
    merges = [Merge(1, 0, 1 << 20, 1)] * 20_000
    found = list(lines(enumerate(table, 1), merges))
    assert len(found) == len(table)
    assert found[-1].text == "一"
