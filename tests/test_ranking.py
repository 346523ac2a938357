"""How rankings are judged, and that the program which judges them runs."""

import json
from pathlib import Path

import pytest

from tests.reports import ran, traces

pytest.importorskip("resource", reason="the benchmarks measure by wait4")

from benchmarks.judged import ndcg, recall, reciprocal_rank


@pytest.mark.parametrize(
    ("found", "relevant", "expected"),
    [
        (["a", "b", "c"], {"a"}, (1, 1, 1)),
        (["b", "a", "c"], {"a"}, (0.6309, 1 / 2, 1)),  # 1 / log2(3)
        (["a", "b", "c"], {"a", "c"}, (0.9197, 1, 1)),  # (1 + 1/2) / (1 + 1 / log2(3))
        (["b", "c", "d", "a"], {"a"}, (0, 0, 0)),
        (["b", "a"], {"a", "x", "y", "z"}, (0.2961, 1 / 2, 1 / 4)),
        ([], {"a"}, (0, 0, 0)),
    ],
)
def test_how_good_an_order_is(
    found: list[str], relevant: set[str], expected: tuple[float, float, float]
) -> None:
    metrics = ndcg, reciprocal_rank, recall
    assert tuple(metric(found, relevant, 3) for metric in metrics) == pytest.approx(
        expected, abs=1e-4
    )


STATUTES = {
    "A1": ("合同法第一条", "违约方应当赔偿损失。"),
    "A2": ("合同法第二条", "合同自成立时生效。"),
    "A3": ("婚姻法第一条", "结婚年龄，男不得早于二十二周岁。"),
}


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    (folder / "stard").mkdir()
    entries = [
        json.dumps({"id": name, "title": title, "text": text}, ensure_ascii=False)
        for name, (title, text) in STATUTES.items()
    ]
    (folder / "stard" / "corpus.jsonl").write_text("\n".join(entries), "utf-8")
    queries = "1\t违约（方）要赔偿损失吗？\n2\t多大年龄 可以结婚|OR\n"
    (folder / "stard" / "queries.tsv").write_text(queries, "utf-8")
    (folder / "stard" / "qrels.tsv").write_text("1\t0\tA1\t1\n2\t0\tA3\t1\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def report(corpora: Path) -> str:
    done = ran(corpora, "ranking")
    assert done.returncode == 0, done.stderr
    assert "left out: no folder bulletins/" in done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "name", ["lsq", "BM25 over words", "BM25 over bigrams", "SQLite FTS5 + rjieba"]
)
def test_every_ranker_finds_what_alone_is_right(report: str, name: str) -> None:
    assert f"| {name} | **1.000** | **1.000** | **1.000** |" in report


def test_the_bars_are_judged(report: str) -> None:
    assert "| over BM25 over words | +0.000 | ≥ +0.020 | **NOT met** |" in report


def test_nothing_of_the_machine_is_named(corpora: Path, report: str) -> None:
    assert not traces(report, corpora)
