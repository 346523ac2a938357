"""Files for Word and Excel: read again by the libraries that write them, and by LibreOffice."""

import csv
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from lsq.cli.display import Display, Printing
from lsq.errors import RowsError
from lsq.model import Article
from lsq.output import FORMATS, ROW_FORMATS, OutputOptions
from lsq.output.links import FILES, LinkFormat
from lsq.output.office import excel_file, for_xml, word_file
from lsq.output.rows import TABLES
from lsq.output.tables import COLUMNS
from tests.conftest import FIRST, SECOND, Program
from tests.factories import article
from tests.terminal import at_terminal
from tests.test_formats import ARTICLES, WILD, Shelf

Written = Callable[[io.TextIOWrapper], object]
FORMULAS = ["=1+1", "+1", "-1", "@A1", "＝1", "#N/A", "=cmd|' /C calc'!A0", "_x0041_", "2020-08-26"]
CELLS = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.sampled_from(FORMULAS) | WILD


def written(write: Written) -> io.BytesIO:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, "utf-8", write_through=True)
    write(out)
    out.detach()
    raw.seek(0)
    return raw


def cells(file: io.BytesIO) -> list[list[Any]]:
    """The values of a workbook of one sheet; a formula fails."""
    book = openpyxl.load_workbook(file)
    (sheet,) = book.worksheets
    for row in sheet.iter_rows():
        assert not [cell.coordinate for cell in row if cell.data_type in {"f", "e"}]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def rows_of(name: str, rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> io.BytesIO:
    named = (dict(zip(columns, row, strict=True)) for row in rows)
    return written(lambda out: TABLES[name](named, columns, out))


def stored(value: Any) -> Any:
    """A value as a cell gives it back: openpyxl does not decode what Excel does."""
    return (
        re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", for_xml(value))
        if isinstance(value, str)
        else value
    )


@settings(max_examples=50)
@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_a_workbook_has_the_values_and_no_formula(rows: list[tuple[Any, Any]]) -> None:
    read = cells(rows_of("xlsx", rows, ["a", "text"]))
    assert read[0] == ["a", "text"]
    assert [list(map(stored, row)) for row in rows] == [
        [
            "" if value is None and given == "" else value
            for value, given in zip(one, row, strict=True)
        ]
        for one, row in zip(
            read[1:] + [[None, None]] * (len(rows) - len(read) + 1), rows, strict=True
        )
    ]


def test_text_that_looks_like_a_formula_stays_text_when_edited() -> None:
    book = openpyxl.load_workbook(rows_of("xlsx", [["=1", "a"]], ["a", "b"]))
    formula, text = next(book.worksheets[0].iter_rows(min_row=2))
    assert (formula.value, formula.data_type, formula.quotePrefix) == ("=1", "s", True)
    assert not text.quotePrefix


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("国" * 32767, "国" * 32767),
        ("国" * 32768, "国" * 32766 + "…"),
        ("𠀀" * 16383, "𠀀" * 16383),
        ("𠀀" * 16384, "𠀀" * 16383 + "…"),
        ("a" + "𠀀" * 16384, "a" + "𠀀" * 16382 + "…"),
    ],
    ids=["fits", "too long", "pairs", "too many pairs", "a pair is not cut"],
)
def test_a_cell_has_no_more_than_it_holds(text: str, kept: str) -> None:
    assert cells(rows_of("xlsx", [[text]], ["a"]))[1] == [kept]


def test_more_rows_begin_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_file, "_MAX_ROWS", 3)
    book = openpyxl.load_workbook(rows_of("xlsx", [[n] for n in range(5)], ["n"]))
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [
        ["n", 0, 1],
        ["n", 2, 3],
        ["n", 4],
    ]


@settings(max_examples=25)
@given(st.lists(ARTICLES, max_size=3))
def test_a_workbook_of_hits_has_the_columns_of_csv(articles: list[Article]) -> None:
    results = Shelf(articles).results()
    read = cells(written(lambda out: FORMATS["xlsx"].write(results, out, OutputOptions())))
    table = io.StringIO()
    FORMATS["csv"].write(results, table, OutputOptions())
    assert tuple(read[0]) == COLUMNS
    assert len(read) == len(list(csv.reader(io.StringIO(table.getvalue(), newline=""))))
    snippet, title = COLUMNS.index("snippet"), COLUMNS.index("title")
    for row, hit in zip(read[1:], results, strict=True):
        assert row[snippet] == stored(hit.snippets[0].text)
        assert row[title] == (stored(hit.article.title) if hit.article.title else None)


def test_matches_are_bold_in_a_workbook() -> None:
    results = Shelf([article("管理国土资源。")]).results()
    file = written(lambda out: FORMATS["xlsx"].write(results, out, OutputOptions()))
    book = openpyxl.load_workbook(file, rich_text=True)
    rich: Any = book.worksheets[0].cell(2, COLUMNS.index("snippet") + 1).value
    assert [(str(one), bool(getattr(one, "font", None))) for one in rich] == [
        ("管理", False),
        ("国土", True),
        ("资源。", False),
    ]


def document_of(shelf: Shelf, **options: Any) -> Document:
    given = OutputOptions(links=LinkFormat(FILES), **options)
    return docx.Document(written(lambda out: FORMATS["docx"].write(shelf.results(), out, given)))


@settings(max_examples=15)
@given(st.lists(ARTICLES, max_size=2))
def test_a_document_has_the_hits_whatever_is_in_them(articles: list[Article]) -> None:
    document = document_of(Shelf(articles))
    heads = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 2"]
    assert len(heads) == len(articles)
    text = "\n".join(one.text for one in document.paragraphs)
    for one in articles:
        assert for_xml(one.title or "") in text
        assert for_xml(one.issuer or "") in text
    marked = [
        run.text for one in document.paragraphs for run in one.runs if run.font.highlight_color
    ]
    assert set(marked) <= {"国土"}
    assert bool(marked) == bool(articles)


def test_a_document_leads_to_the_file() -> None:
    document = document_of(Shelf([article("国土资源。", path="a b.txt")]))
    targets = {one.target_ref for one in document.part.rels.values() if one.is_external}
    assert targets == {(Path.cwd() / "a b.txt").as_uri()}
    assert document.core_properties.title == "“国土”"
    assert document.core_properties.author == "lsq"


class Target(str):
    """An address that counts how often one is compared with another."""

    compared = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Target.compared += 1
        return str.__eq__(self, other)


def test_links_are_not_compared_with_all_others() -> None:
    document = docx.Document()
    for number in [*range(50), *range(50)]:
        word_file._add_link(document.add_paragraph(), "a", Target(f"file:///{number}"))
    assert Target.compared <= 200
    links = [one for one in document.part.rels.values() if one.is_external]
    assert len(links) == 50
    assert all(one.address for each in document.paragraphs for one in each.hyperlinks)


def test_a_table_in_a_document_has_the_values() -> None:
    document = docx.Document(
        rows_of("docx", [["=1\x07", None, 3], ["国", True, 2.5]], ["a", "b", "c"])
    )
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["a", "b", "c"],
        ["=1\ufffd", "", "3"],
        ["国", "true", "2.5"],
    ]
    with pytest.raises(RowsError, match="at most 1,000 rows"):
        rows_of("docx", [[n] for n in range(1001)], ["n"])


COMMANDS = {
    "search": ["search", "丽水"],
    "explained": ["search", "丽水", "--explain"],
    "kwic": ["kwic", "丽水"],
    "trend": ["trend", "丽水", "--by", "folder"],
    "facets": ["facets", "丽水"],
    "cite": ["cite"],
    "top": ["cite", "--top", "3", "--unresolved"],
    "diff": ["diff", f"{FIRST}#1", f"{SECOND}#1"],
}


@pytest.mark.parametrize("name", ["docx", "xlsx"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_table_is_a_file_too(lsq: Program, command: str, name: str) -> None:
    if (command, name) == ("explained", "xlsx"):
        refused = lsq.piped(*COMMANDS[command], "--format", name)
        assert (refused.returncode, refused.stdout) == (2, b"")
        return
    ran = lsq.piped(*COMMANDS[command], "--format", name)
    assert not ran.stderr, ran.stderr
    file = io.BytesIO(ran.stdout)
    if name == "xlsx":
        table = lsq.piped(*COMMANDS[command], "--format", "csv").stdout.decode("utf-8")
        rows = list(csv.reader(io.StringIO(table, newline="")))
        assert len(cells(file)) == len(rows) > 1
        assert cells(file)[0] == rows[0]
    else:
        document = docx.Document(file)
        assert any(table.rows for table in document.tables)


def test_a_terminal_is_not_sent_a_file(lsq: Program) -> None:
    for args in (["search", "丽水"], ["kwic", "丽水"]):
        command = [sys.executable, "-m", "lsq", *args, "--format", "xlsx"]
        shown = at_terminal(command, lsq.folder, environment={})
        assert shown.code == 2
        assert "lsq … --format xlsx > lsq.xlsx" in shown.text.replace("\n", "")


@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_a_list_of_queries_is_no_file(lsq: Program, name: str) -> None:
    ran = lsq.piped("search", "-", "--format", name, given="丽水\n".encode())
    assert (ran.returncode, ran.stdout) == (2, b"")


def test_the_extra_that_is_missing_is_named(lsq: Program, tmp_path: Path) -> None:
    for name in ("docx", "openpyxl"):
        (tmp_path / f"{name}.py").write_text("raise ImportError\n", "utf-8")
    for name in ("docx", "xlsx"):
        ran = lsq("search", "丽水", "--format", name, PYTHONPATH=str(tmp_path))
        assert (ran.returncode, ran.stdout) == (2, "")
        assert "lsq-bulletins[office]" in ran.stderr


def test_a_byte_order_mark_comes_first_and_once(lsq: Program, tmp_path: Path) -> None:
    for args in (["search", "丽水"], ["facets", "丽水"]):
        bare = lsq.piped(*args, "--format", "csv").stdout
        assert lsq.piped(*args, "--format", "csv", "--bom").stdout == b"\xef\xbb\xbf" + bare
    queries = "丽水\n百山祖\n".encode()
    listed = lsq.piped("search", "-", "--format", "tsv", "--bom", given=queries).stdout
    assert listed.startswith(b"\xef\xbb\xbf")
    assert listed.count(b"\xef\xbb\xbf") == 1
    for args in (["search", "丽水", "--format", "json"], ["search", "丽水"], ["kwic", "丽水"]):
        refused = lsq(*args, "--bom")
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "--bom goes with" in refused.stderr
    for way in ("-l", "-c"):
        refused = lsq("search", "丽水", way, "--bom")
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "--bom" in refused.stderr
    data = str(tmp_path)
    for name in ("一", "二"):
        assert lsq("watch", "add", name, "丽水", XDG_DATA_HOME=data).returncode == 0
    told = lsq("watch", "run", "--format", "csv", "--bom", XDG_DATA_HOME=data).stdout
    assert told.startswith("\ufeffquery,")
    assert told.count("\ufeff") == 1


def test_every_format_of_rows_is_written_or_for_people() -> None:
    assert set(TABLES) == set(ROW_FORMATS) - {"terminal", "plain"}
    assert Printing("xlsx").resolve(Display("never"))[0].binary


OFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
def test_libreoffice_opens_them(lsq: Program, tmp_path: Path) -> None:
    for command, name in (("search", "docx"), ("kwic", "docx"), ("search", "xlsx")):
        file = tmp_path / f"{command}.{name}"
        file.write_bytes(lsq.piped(*COMMANDS[command], "--format", name).stdout)
        kind = (
            "csv:Text - txt - csv (StarCalc):44,34,76"
            if name == "xlsx"
            else "txt:Text (encoded):UTF8"
        )
        subprocess.run(
            [
                OFFICE or "",
                "--headless",
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--convert-to",
                kind,
                "--outdir",
                tmp_path / "read",
                file,
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        read = (tmp_path / "read" / f"{command}.{kind[:3]}").read_text("utf-8-sig")
        assert "丽水“十四五”怎么干？" in read or command == "kwic"
        assert read.count("丽水") > 5
