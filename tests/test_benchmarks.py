"""The runner of the benchmarks runs, from end to end; how fast lsq is, no test says."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, clean_environment

pytest.importorskip("resource", reason="the benchmarks measure by wait4")

TEXTS = ("国土空间规划", "有下列情形之一的", "野生动物保护区", "公司的股东提起诉讼", "碳达峰碳中和")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("corpora")
    (folder / "laws").mkdir()
    for number, text in enumerate(TEXTS):
        (folder / "laws" / f"{number}.txt").write_text(f"第{number}条\n{text}。\n" * 5, "utf-8")
    runner = [sys.executable, "-m", "benchmarks.engines", "--quick", "--peers", "none"]
    parts = "index,search,recall,growth,imports"
    ran = subprocess.run(
        [*runner, "--only", parts, "--write", str(folder / "report.md")],
        cwd=ROOT,
        env=clean_environment() | {"LSQ_CORPORA": str(folder)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return Path(folder / "report.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("heading", "first_cells"),
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
def test_a_table_has_its_rows(report: str, heading: str, first_cells: list[str]) -> None:
    section = report.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.split(" | ")[0].removeprefix("| ") for line in section.splitlines()]
    assert set(first_cells) <= set(rows)


def test_recall_is_measured(report: str) -> None:
    assert "| lsq | 100.00% (50/50) |" in report


def test_nothing_of_the_machine_is_named(report: str) -> None:
    assert str(ROOT) not in report
