"""`lsq kwic`: its lines are the matches that `lsq search -o` prints, each in its context."""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.counting.kwic import KWIC_SORTS, KwicSort
from lsq.engines import Engine
from lsq.errors import QueryError
from lsq.index import Index
from lsq.model import Article, Sort
from lsq.search.snippets.cuts import matches
from lsq.segment import Segmenter
from lsq.text.fold import fold, squeeze
from tests.conftest import Program
from tests.factories import Factory, article, put
from tests.queries import FIELDS, QUERIES, TERMS, TOGETHER
from tests.terminal import at_terminal
from tests.test_contract import examples, filled
from tests.test_formats import valid


@pytest.fixture(scope="module")
def full(
    factory: Factory, tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter
) -> Iterator[tuple[Engine, list[Article]]]:
    with factory(tmp_path_factory.mktemp("engine")) as engine:
        yield engine, filled(engine, segmenter)


def test_the_lines_are_the_matches_that_a_search_shows(
    full: tuple[Engine, list[Article]], request: pytest.FixtureRequest
) -> None:
    @examples(request, 200, 20)
    @given(
        query=QUERIES | TOGETHER | FIELDS | TERMS,
        any_word=st.booleans(),
        sort=st.sampled_from(KWIC_SORTS),
        width=st.integers(0, 12),
    )
    def asked(query: str, *, any_word: bool, sort: KwicSort, width: int) -> None:
        lines_are_matches(*full, query, any_word=any_word, sort=sort, width=width)

    asked()


def lines_are_matches(
    engine: Engine,
    present: list[Article],
    query: str,
    *,
    any_word: bool,
    sort: KwicSort,
    width: int,
) -> None:
    index = Index(engine)
    texts = {one.id: one.text.replace("\n", " ") for one in present}
    order: Sort = "date" if sort == "date" else "path"
    try:
        hits = index.search(query, snippets=matches(), any_word=any_word, sort=order)
    except QueryError:
        with pytest.raises(QueryError):
            list(index.kwic(query, any_word=any_word))
        return
    expected = [(hit.article.id, one.text, one.place) for hit in hits for one in hit.snippets]
    found = index.kwic(query, any_word=any_word, sort=sort, width=width)
    lines = list(found)
    shown = [(line.id, line.match, line.place) for line in lines]
    if sort in ("path", "date"):
        assert shown == expected
    assert sorted(shown, key=str) == sorted(expected, key=str)
    assert found.total == len(expected)
    assert found.articles == len({name for name, _, _ in expected})
    for line in lines:
        assert len(line.left) <= width >= len(line.right)
        assert f"{line.left}{line.match}{line.right}" in texts[line.id]
    keys = [
        {"left": key(line.left)[::-1], "right": key(line.right), "match": key(line.match)}
        for line in lines
    ]
    if sort == "match":
        assert [one["match"] for one in keys] == sorted(one["match"] for one in keys)
    # Reading the lines in parts takes another path to the same lines.
    first = list(index.kwic(query, 3, any_word=any_word, sort=sort, width=width))
    rest = list(index.kwic(query, offset=3, any_word=any_word, sort=sort, width=width))
    assert first + rest == lines
    sample = list(index.kwic(query, any_word=any_word, sort=sort, width=width, sample=4, seed=1))
    assert len(sample) == min(4, len(lines))
    assert all(line in lines for line in sample)


def key(text: str) -> str:
    return squeeze(fold(text)).strip()


BODY = "甲国土丙。\n乙国 土乙。\n丙國土甲。国土"


@pytest.fixture
def small(tmp_path: Path, whoosh: Factory, segmenter: Segmenter) -> Iterator[Index]:
    with whoosh(tmp_path) as engine:
        put(
            engine,
            segmenter,
            [
                article(BODY, "国土", date="2020"),
                article("国土", path="b.txt", published="2019-01-02"),
                article("国土。" * 30, path="c.txt"),
            ],
        )
        yield Index(engine)


def test_lines_are_sorted_from_the_match_outwards(small: Index) -> None:
    query = '"国土" path:a.txt'
    assert [line.match for line in small.kwic(query)] == ["国土", "国土", "国 土", "國土", "国土"]
    right = [line.right for line in small.kwic(query, sort="right", width=1)]
    # The title ends with a line feed, followed by 甲.
    assert right == ["", "丙", "乙", " ", "甲"]
    left = [line.left for line in small.kwic(query, sort="left", width=1)]
    assert left == ["", "。", "丙", "乙", "甲"]


def test_lines_by_date_begin_with_the_oldest(small: Index) -> None:
    lines = list(small.kwic('"国土"', sort="date"))
    assert list(dict.fromkeys(line.path for line in lines)) == ["b.txt", "a.txt", "c.txt"]
    assert [lines[0].date, lines[1].date, lines[-1].date] == ["2019-01-02", "2020", None]


def test_a_sample_is_the_same_for_the_same_seed(small: Index) -> None:
    one, same, other = (list(small.kwic('"国土"', sample=9, seed=seed)) for seed in (1, 1, 2))
    assert one == same != other
    assert len(one) == 9
    assert len(list(small.kwic('"国土"', sample=99))) == 36


@pytest.mark.parametrize("wrong", [{"sort": "best"}, {"width": -1}, {"offset": -1}])
def test_what_makes_no_sense_is_refused(small: Index, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="none of"):
        small.kwic("国土", **wrong)  # type: ignore[arg-type]


def test_as_many_lines_as_a_search_prints_matches(lsq: Program) -> None:
    for query in ("丽水", "-F 规划", "同句(规划 编制)", "/“十.五”/", "title:超市"):
        asked = query.split(" ", 1) if query.startswith("-F") else [query]
        printed = lsq("search", "-o", "-n", "0", "--sort", "path", *asked).stdout.splitlines()
        lines = lsq("kwic", *asked).stdout.splitlines()
        assert len(lines) == len(printed) > 0
        assert [line.split("\t")[1] for line in lines] == [
            line.split(":", 2)[2] for line in printed
        ]


def test_rows_in_every_format(lsq: Program) -> None:
    lines = lsq("kwic", "-F", "百山祖", "--format", "jsonl").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [next(iter(row)) for row in rows] == ["format_version"] * 2
    assert all(valid("occurrence", row) for row in rows)
    tsv = [
        line.split("\t")
        for line in lsq("kwic", "-F", "百山祖", "--format", "tsv").stdout.splitlines()
    ]
    assert set(tsv[0]) == set(rows[0]) - {"format_version"}
    table = csv.DictReader(lsq("kwic", "-F", "百山祖", "--format", "csv").stdout.splitlines())
    for row, cells, record in zip(rows, tsv[1:], table, strict=True):
        assert dict(zip(tsv[0], cells, strict=True)) == record
        assert [record["left"], record["match"]] == [row["left"], row["match"]]
    coloured = lsq("kwic", "-F", "百山祖", "--color", "always").stdout
    assert coloured.count("\x1b[1;31m百山祖\x1b[0m") == 2


def test_a_terminal_shows_the_matches_in_one_column(lsq: Program) -> None:
    command = [sys.executable, "-m", "lsq", "kwic", "-F", "规划", "-n", "5"]
    shown = at_terminal(command, lsq.folder, environment={"LSQ_PAGER": "cat"})
    assert shown.code == 0
    assert "5 of 14 occurrences in 2 articles; all: -n 0" in shown.text
