"""The runner of the benchmarks runs, from end to end; how fast lsq is, no test says."""

import importlib
import re
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from benchmarks.grown import LARGEST, grown

from tests.conftest import ROOT
from tests.reports import RUNNERS, ran, traces, written_by

pytest.importorskip("resource", reason="the benchmarks measure by wait4")

from benchmarks.bars import Bar
from benchmarks.contenders import LSQ, LSQ_ALONE, PEERS
from benchmarks.tables import QUOTATIONS, Quotation

pytestmark = pytest.mark.bench

TEXTS = ("国土空间规划", "有下列情形之一的", "野生动物保护区", "公司的股东提起诉讼", "碳达峰碳中和")


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    (folder / "laws").mkdir()
    for number, text in enumerate(TEXTS):
        file = folder / "laws" / f"第{number}号(2020-08-2{number}).md"
        file.write_text(f"第{number}条\n{text}。\n" * 5, "utf-8")
    return folder


@pytest.fixture(scope="module")
def report(corpora: Path) -> str:
    return written_by(corpora, "engines", "--quick", "--peers", "none")


@pytest.fixture(scope="module")
def scale(corpora: Path) -> str:
    return written_by(corpora, "scale", "--articles", "12,6")


def first_cells(report: str, heading: str) -> list[str]:
    section = report.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [line.split(" | ")[0].removeprefix("| ") for line in section.splitlines()]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Bars", ["update with nothing changed", "recall of 50 substrings of `laws/`"]),
        ("lsq and its peers", ["lsq", "lsq --jobs 0", "a bare Python"]),
        ("Cold searches, all hits", ["chunk", "median"]),
        ("Cold searches, 10 hits", ["chunk", "median"]),
        ("Recall of random substrings", ["lsq", "lsq, just the articles of the scan"]),
        ("Growth", ["lsq"]),
        ("Imports", ["lsq --help", "lsq search, a chunk"]),
        (
            "What is recovered of files",
            ["`bulletins/` absent", "`laws/` date equal to the file name's, or a later one"],
        ),
    ],
)
def test_a_table_has_its_rows(report: str, heading: str, expected: list[str]) -> None:
    assert set(expected) <= set(first_cells(report, heading))


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Bars", ["peak memory, index and update", "peak memory, search"]),
        ("Index", ["6", "12", "last / first"]),
        ("Update", ["6", "12", "last / first"]),
        ("Cold searches", ["6", "12", "last / first"]),
        ("Memory of searches", ["6", "12"]),
        ("Cost against size", ["update, nothing changed", "index", "index: memory"]),
    ],
)
def test_growth_is_measured_at_every_size(scale: str, heading: str, expected: list[str]) -> None:
    rows = first_cells(scale, heading)
    assert [row for row in rows if row in expected] == expected


def test_recall_is_measured(report: str) -> None:
    assert "| lsq | 100.00% (50/50) |" in report


@pytest.mark.parametrize(
    ("value", "wanted", "at_least", "bound", "expected"),
    [
        (0.95, 0.95, True, False, "met"),
        (0.94, 0.95, True, False, "**NOT met**"),
        (0.06, 0.05, False, False, "**NOT met**"),
        (0.05, 0.05, False, True, "met"),
        (0.06, 0.05, False, True, "not known"),
        (None, 0.95, True, False, "not measured"),
        (0.5, None, True, False, "–"),
    ],
)
def test_a_bar_is_missed_that_is_not_known_to_be_met(
    value: float | None, wanted: float | None, at_least: bool, bound: bool, expected: str
) -> None:
    bar = Bar("what", value, wanted, None, str, at_least=at_least, bound=bound)
    assert bar.row()[3] == expected
    assert bar.missed == (expected not in {"met", "–"})


def test_a_date_is_recovered(report: str) -> None:
    assert (
        "| `laws/` date equal to the file name's, or a later one | 100.00% (5/5) | ≥ 95.0% | met |"
        in report
    )


def test_nothing_of_the_machine_is_named(corpora: Path, report: str, scale: str) -> None:
    assert not traces(report + scale, corpora)


def committed(runner: str) -> tuple[str, str]:
    """The report in the repository, and the introduction by its runner."""
    written_as = importlib.import_module(f"benchmarks.{runner}").REPORT
    return (ROOT / "benchmarks" / written_as.file).read_text("utf-8"), written_as.heading


@pytest.mark.parametrize("runner", RUNNERS)
def test_a_committed_report_is_of_its_runner(runner: str) -> None:
    text, heading = committed(runner)
    assert text.startswith(heading)


@pytest.mark.parametrize("runner", RUNNERS)
def test_a_committed_report_names_nothing_of_the_machine(runner: str) -> None:
    text, _ = committed(runner)
    assert not traces(text)


@pytest.mark.parametrize("quotation", QUOTATIONS, ids=lambda quotation: quotation.title)
def test_the_other_reports_are_quoted(report: str, quotation: Quotation) -> None:
    quoted, _ = committed(quotation.file.removesuffix(".md").lower())
    rows = table_cells(quoted, quotation.heading)
    assert len(rows) > 3
    assert table_cells(report, quotation.title) == rows
    assert table_cells(committed("engines")[0], quotation.title) == rows


def table_cells(report: str, heading: str) -> list[str]:
    section = report.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [line.split(" | ")[0] for line in section.splitlines() if line.startswith("| ")]


def test_all_contenders_are_in_the_committed_report() -> None:
    text, _ = committed("engines")
    rows = first_cells(text, "lsq and its peers")
    assert {one.name for one in (LSQ, LSQ_ALONE, *PEERS)} <= set(rows)


@pytest.mark.parametrize("runner", RUNNERS)
def test_without_corpora_nothing_is_measured(runner: str, tmp_path: Path) -> None:
    done = ran(tmp_path, runner)
    assert done.returncode == 1
    assert "/ among the corpora; set LSQ_CORPORA to the folder that has it" in done.stderr
    assert not done.stdout


@pytest.mark.parametrize(
    ("runner", "options", "message"),
    [
        ("engines", ["--only", "index,nothing"], "no such parts: nothing; there are index,"),
        ("engines", ["--peers", "lsq"], "no such peers: lsq; there are jieba + Whoosh,"),
        ("engines", ["--corpus", "nowhere"], "there is no folder nowhere"),
        ("scale", ["--articles", "6,-1"], "'-1' is not a number from 1 on"),
        ("scale", ["--room", "nowhere"], "there is no folder nowhere"),
        ("scale", ["--articles", "1000000000"], "1,000,000,000 articles take 44000 GB of disk"),
        ("ranking", ["--every", "0"], "'0' is not a number from 1 on"),
        ("cluster", ["--write", "nowhere/x.md"], "there is no folder to write 'nowhere/x.md' to"),
    ],
)
def test_options_are_judged_before_anything_is_measured(
    runner: str, options: list[str], message: str, tmp_path: Path
) -> None:
    done = ran(tmp_path, runner, *options)
    assert done.returncode == 2
    assert message in done.stderr


def test_copies_have_other_dates_numbers_and_names(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    text = "2020年8月26日，中心小学有学生1234人。" * 20
    (source / "学校(2020-08-26).txt").write_text(text, "utf-8")
    (source / "too large.txt").write_text("文" * LARGEST, "utf-8")
    first, *copies = (file for file, _ in islice(grown(source, target), 30))
    assert first.name == "000000-学校(2020-08-26).txt"
    assert first.read_text("utf-8") == text
    texts = [copy.read_text("utf-8") for copy in copies]
    assert len(set(texts)) == len(texts)
    assert {len(re.findall(r"\d{4}人", each)) for each in texts} == {20}
    assert any("中心小学有学生" not in each for each in texts)
    for copy in copies:
        assert date.fromisoformat(copy.stem[-11:-1]) != date(2020, 8, 26)


def test_a_corpus_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").write_text("国土空间规划第12号", "utf-8")
    once, again = (
        [
            (file.relative_to(tmp_path / name), file.read_bytes(), size)
            for file, size in islice(grown(source, tmp_path / name), 5)
        ]
        for name in ("once", "again")
    )
    assert once == again
    assert all(len(content) == size for _, content, size in once)
