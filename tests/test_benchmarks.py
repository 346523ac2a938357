"""The runner of the benchmarks runs, from end to end; how fast lsq is, no test says."""

import re
import subprocess
import sys
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from benchmarks.grown import LARGEST, grown

from tests.conftest import ROOT, clean_environment

pytest.importorskip("resource", reason="the benchmarks measure by wait4")

TEXTS = ("国土空间规划", "有下列情形之一的", "野生动物保护区", "公司的股东提起诉讼", "碳达峰碳中和")


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    (folder / "laws").mkdir()
    for number, text in enumerate(TEXTS):
        (folder / "laws" / f"{number}.txt").write_text(f"第{number}条\n{text}。\n" * 5, "utf-8")
    return folder


def written_by(corpora: Path, runner: str, *options: str) -> str:
    """The report that a runner writes of these corpora."""
    file = corpora / f"{runner}.md"
    ran = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{runner}", *options, "--write", str(file)],
        cwd=ROOT,
        env=clean_environment() | {"LSQ_CORPORA": str(corpora)},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return file.read_text("utf-8")


@pytest.fixture(scope="module")
def report(corpora: Path) -> str:
    parts = "index,search,recall,growth,imports"
    return written_by(corpora, "engines", "--quick", "--peers", "none", "--only", parts)


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
    ],
)
def test_growth_is_measured_at_every_size(scale: str, heading: str, expected: list[str]) -> None:
    rows = first_cells(scale, heading)
    assert [row for row in rows if row in expected] == expected


def test_recall_is_measured(report: str) -> None:
    assert "| lsq | 100.00% (50/50) |" in report


def test_nothing_of_the_machine_is_named(report: str, scale: str) -> None:
    assert str(ROOT) not in report + scale


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
