"""JSON and XML: records with a text are articles, others rows."""

import json
from typing import Any

import pytest

from lsq.errors import ReadError
from lsq.model import Bulletin
from tests.readers.conftest import Read, ReadAll

TEXT = (
    "为了加强国土空间规划管理，优化国土空间布局，促进高质量发展，根据有关法律法规，"
    "结合本市实际，制定本办法，请各单位遵照执行。"
)
RECORDS: list[dict[str, Any]] = [
    {"title": "第一号", "date": "2020-08-26", "content": TEXT},
    {"title": "第二号", "content": f"{TEXT}\n第二段。", "附件": None, "页": [1, 2]},
]


def texts(bulletin: Bulletin | ReadError) -> list[str]:
    assert isinstance(bulletin, Bulletin), bulletin
    return [line.text for line in bulletin.lines]


@pytest.mark.parametrize(
    ("name", "content", "places"),
    [
        ("a.jsonl", "\n".join(json.dumps(one, ensure_ascii=False) for one in RECORDS), [1, 2]),
        ("a.json", json.dumps(RECORDS, indent=1), [2, 7]),
        ("a.json", json.dumps({"total": 2, "data": RECORDS}, indent=1), [1, 4, 9]),
    ],
)
def test_a_record_with_a_text_is_an_article(
    read_all: ReadAll, name: str, content: str, places: list[int]
) -> None:
    found = read_all(name, content)
    assert [one.lines[0].place for one in found if isinstance(one, Bulletin)] == places
    assert texts(found[-2]) == ["第一号", "date：2020-08-26", TEXT]
    assert texts(found[-1]) == ["第二号", "页：1", "页：2", TEXT, "第二段。"]
    assert isinstance(found[-1], Bulletin)
    assert found[-1].lines[0].heading


def test_records_of_short_values_are_rows(read: Read) -> None:
    rows = [{"姓名": "张三", "金额": 200}, {"姓名": "李四", "地址": {"市": "丽水"}}]
    bulletin = read("a.json", json.dumps(rows))
    assert texts(bulletin) == ["姓名：张三 | 金额：200", "姓名：李四 | 地址.市：丽水"]


def test_markup_in_values_is_read_as_a_page(read: Read) -> None:
    record = {"title": "第一号", "html": f"<p>{TEXT}</p><p>第二段。</p>"}
    assert texts(read("a.json", json.dumps(record))) == ["第一号", TEXT, "第二段。"]


def test_broken_lines_are_told(read_all: ReadAll) -> None:
    lines = [json.dumps(one) for one in (*RECORDS, RECORDS[0])]
    found = read_all("a.jsonl", "\n".join([*lines[:1], "{broken", *lines[1:]]))
    assert [one.missing for one in found if isinstance(one, Bulletin)][:2] == [
        "1 of its lines are not JSON",
        None,
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "not JSON"),
        ("[1] 2", "not JSON"),
        ("[" * 100_000, "nested too deep|not JSON"),
        ("{}", "contains no text"),
        (b"\x80\xff" * 500, "not text"),
    ],
)
def test_what_is_no_json_is_told(read: Read, content: str | bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read("a.json", content)


def test_records_of_xml(read_all: ReadAll) -> None:
    records = "".join(
        f"<Record>\n<Title><![CDATA[{one['title']}]]></Title><Content>{TEXT}</Content></Record>\n"
        for one in RECORDS
    )
    found = read_all("a.xml", f"<?xml version='1.0'?>\n<Gazette>\n{records}</Gazette>")
    assert list(map(texts, found)) == [["第一号", TEXT], ["第二号", TEXT]]


def test_a_workbook_of_excel_2003(read: Read) -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"

    def cell(text: str, index: str = "") -> str:
        return f"<Cell {index}><Data ss:Type='String'>{text}</Data></Cell>"

    third = cell("200", "ss:Index='3'")
    rows = (
        f"<Row>{cell('姓名')}{cell('单位')}{cell('金额')}</Row>"
        f"<Row ss:Index='4'>{cell('张三')}{third}</Row>"
    )
    bulletin = read(
        "a.xml",
        "<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>"
        f"<Workbook xmlns='{space}' xmlns:ss='{space}'><Worksheet ss:Name='人员'><Table>{rows}"
        "</Table></Worksheet></Workbook>",
    )
    assert bulletin.sheet == "人员"
    assert [(line.text, line.place) for line in bulletin.lines] == [
        ("姓名 | 单位 | 金额", 1),
        ("姓名：张三 | 金额：200", 4),
    ]


def test_long_names_are_not_said_again_and_again(read: Read) -> None:
    values: object = list(range(2000))
    for name in ("名" * 100_000, "乙"):
        values = {name: values}
    (line,) = read("a.json", json.dumps(values)).lines[:1]
    assert len(line.text) < 2000 * 300
