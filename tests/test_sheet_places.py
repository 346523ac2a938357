"""A hit in a spreadsheet has a sheet and a row for a place, in every form of output."""

import json
from pathlib import Path

import pytest

from lsq.model import Place
from lsq.output.printable import numbered
from tests.conftest import Program
from tests.readers.samples import odf, xlsx

CELL = "<table:table-cell office:value-type='string'>"
ROWS = [["姓名", "单位"], ["张三", "财政局"], ["李四", "水利局"]]


@pytest.fixture
def indexed(begun: Program, tmp_path: Path) -> Program:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/附件.xlsx").write_bytes(xlsx({"人员": ROWS, "车辆": [["车牌"], ["浙K"]]}))
    assert begun("index", "in").returncode == 0
    return begun


def test_plain_output(indexed: Program) -> None:
    line = indexed("search", "水利局").stdout
    assert line == "in/附件.xlsx:人员!3:姓名：李四 | 单位：水利局\n"
    assert indexed("search", "浙K").stdout.startswith("in/附件.xlsx:车辆!2:")


def test_programs_get_sheet_and_row(indexed: Program) -> None:
    hit = json.loads(indexed("search", "浙K", "--format", "jsonl").stdout)
    assert (hit["id"], hit["sheet"], hit["row"]) == ("in/附件.xlsx#2", "车辆", 1)
    snippet = hit["snippets"][0]
    assert (snippet["line"], snippet["page"]) == (None, None)
    assert (snippet["sheet"], snippet["row"]) == ("车辆", 2)
    head, row = indexed("search", "浙K", "--format", "tsv").stdout.splitlines()
    values = dict(zip(head.split("\t"), row.split("\t"), strict=True))
    assert (values["snippet_sheet"], values["snippet_row"], values["line"]) == ("车辆", "2", "")


def test_an_article_is_shown_with_its_sheet(indexed: Program) -> None:
    shown = indexed("show", "in/附件.xlsx#2").stdout
    assert shown.startswith("in/附件.xlsx#2 (sheet 车辆, row 1)\ntitle: 车牌\n")


def test_sheets_of_opendocument_have_places_too(begun: Program, tmp_path: Path) -> None:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"{CELL}<text:p>{one}</text:p></table:table-cell>" for one in row)
        + "</table:table-row>"
        for row in ROWS
    )
    table = f"<table:table table:name='人员'>{rows}</table:table>"
    (tmp_path / "a.ods").write_bytes(odf(table, "spreadsheet"))
    begun("index", "a.ods")
    assert begun("search", "水利局").stdout == "a.ods:人员!3:姓名：李四 | 单位：水利局\n"


def test_a_colon_in_the_name_of_a_sheet_ends_no_place() -> None:
    assert numbered(Place(None, None, "a:b", 3)) == "a：b!3"
