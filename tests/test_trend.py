"""`lsq trend` and `lsq facets`: their counts equal those of an oracle on the articles."""

import csv
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.counting.facets import FACETS, FacetBy
from lsq.counting.groups import DATES, GROUPS, PERIODS, Dates, Group, periods
from lsq.engines import Engine
from lsq.errors import QueryError
from lsq.index import Index
from lsq.model import Article
from lsq.query.filters import Filters
from lsq.query.units import normalize
from lsq.search.snippets.cuts import matches
from lsq.segment import Segmenter
from lsq.text.fold import fold, squeeze
from tests.conftest import Program
from tests.factories import Factory, article, put
from tests.oracle import possible_days
from tests.queries import FIELDS, QUERIES, TERMS, TOGETHER
from tests.terminal import at_terminal
from tests.test_contract import examples, filled
from tests.test_formats import valid

SOME = QUERIES | TOGETHER | FIELDS | TERMS
LIMITS = st.sampled_from(
    [
        None,
        Filters(since="2020"),
        Filters(until="2020-08", kind=["通知"]),
        Filters(issuer=["国务院", "a"]),
        Filters(path=["1.txt"]),
    ]
)


@pytest.fixture(scope="module")
def full(
    factory: Factory, tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter
) -> Iterator[tuple[Engine, list[Article]]]:
    with factory(tmp_path_factory.mktemp("engine")) as engine:
        yield engine, filled(engine, segmenter)


def group_of(one: Article, by: Group, dates: Dates) -> str | None:
    """The group of an article, by an oracle."""
    if by == "folder":
        return os.path.dirname(one.path)
    if by in ("issuer", "kind"):
        return normalize(by, getattr(one, by)).split("\n")[-1] or None
    date = one.published if dates == "published" else one.date or one.published
    if by == "quarter" and date and len(date) > 4:
        return f"{date[:4]}-Q{(int(date[5:7]) + 2) // 3}"
    length = {"year": 4, "quarter": 99, "month": 7, "day": 10}[by]
    return date[:length] if date and len(date) >= length else None


def test_a_trend_is_the_sum_of_what_a_search_shows(
    full: tuple[Engine, list[Article]], request: pytest.FixtureRequest
) -> None:
    @examples(request, 150, 15)
    @given(
        query=SOME,
        by=st.sampled_from(GROUPS),
        dates=st.sampled_from(DATES),
        filters=LIMITS,
    )
    def asked(query: str, by: Group, dates: Dates, filters: Filters | None) -> None:
        sums_of_a_search(*full, query, by, dates, filters)

    asked()


def sums_of_a_search(  # what is asked for
    engine: Engine,
    present: list[Article],
    query: str,
    by: Group,
    dates: Dates,
    filters: Filters | None,
) -> None:
    index = Index(engine)
    trends = index.trends(by=by, dates=dates, filters=filters)
    corpus = {hit.article.id for hit in index.search("*", filters=filters)}
    inside = [one for one in present if one.id in corpus]
    try:
        hits = index.search(query, snippets=matches(), filters=filters, sort="path")
        found = trends.of(query)
    except QueryError:
        return
    counts: Counter[str | None] = Counter()
    having: Counter[str | None] = Counter()
    for hit in hits:
        if hit.snippets:
            group = group_of(hit.article, by, dates)
            counts[group] += len(hit.snippets)
            having[group] += 1
    rows = {row.value: row for row in found.rows}
    for group in {*counts, *rows} - ({None} if by in PERIODS else set()):
        mine = [one for one in inside if group_of(one, by, dates) == group]
        row = rows[group]
        assert (row.occurrences, row.articles) == (counts[group], having[group])
        assert row.of == len(mine)
        assert row.characters == sum(len(squeeze(fold(one.text))) for one in mine)
    assert found.occurrences == counts.total()
    assert found.articles == having.total()
    outside = counts[None] if by in PERIODS else 0
    assert found.outside == outside
    assert sum(row.occurrences for row in found.rows) + outside == counts.total()
    if by in PERIODS:
        assert [row.value for row in found.rows] == sorted(map(str, rows))
        placed = [one for one in inside if group_of(one, by, dates) is not None]
        dated = [
            one
            for one in inside
            if (one.published if dates == "published" else one.date or one.published)
        ]
        assert trends.undated == len(inside) - len(dated)
        assert trends.reduced == len(dated) - len(placed)


def day(one: Article) -> int:
    return (possible_days(one.date or one.published) or [0])[0]


def test_the_first_and_the_last_appearance(
    full: tuple[Engine, list[Article]], request: pytest.FixtureRequest
) -> None:
    @examples(request, 60, 10)
    @given(query=SOME)
    def asked(query: str) -> None:
        index = Index(full[0])
        try:
            found = index.trends().of(query)
        except QueryError:
            return
        hits = [
            hit
            for hit in index.search(query, snippets=matches())
            if hit.snippets and day(hit.article)
        ]
        hits.sort(key=lambda hit: (day(hit.article), hit.article.path, hit.article.ordinal))
        if not hits:
            assert found.first is found.last is None
            return
        assert found.first is not None
        assert found.last is not None
        assert (found.first.id, found.first.match) == (
            hits[0].article.id,
            hits[0].snippets[0].text,
        )
        assert (found.last.id, found.last.match) == (
            hits[-1].article.id,
            hits[-1].snippets[-1].text,
        )

    asked()


@pytest.mark.parametrize(
    ("first", "last", "by", "expected"),
    [
        (2019_11_30, 2021_01_01, "year", ["2019", "2020", "2021"]),
        (2019_11_30, 2020_04_01, "quarter", ["2019-Q4", "2020-Q1", "2020-Q2"]),
        (2019_11_30, 2020_01_01, "month", ["2019-11", "2019-12", "2020-01"]),
        (2020_02_28, 2020_03_01, "day", ["2020-02-28", "2020-02-29", "2020-03-01"]),
    ],
)
def test_no_period_is_left_out(first: int, last: int, by: str, expected: list[str]) -> None:
    assert list(periods(first, last, by)) == expected  # type: ignore[arg-type]


def test_the_query_of_a_facet_finds_just_its_articles(
    full: tuple[Engine, list[Article]], request: pytest.FixtureRequest
) -> None:
    @examples(request, 60, 8)
    @given(query=SOME, by=st.sampled_from(FACETS), filters=LIMITS)
    def asked(query: str, by: FacetBy, filters: Filters | None) -> None:
        index = Index(full[0])
        try:
            hits = list(index.search(query, filters=filters))
            found = index.facets(query, [by], None, filters=filters)
        except QueryError:
            return
        counts = Counter(group_of(hit.article, by, "made") for hit in hits)
        assert {facet.value: facet.articles for facet in found} == counts
        assert sum(facet.articles for facet in found) == len(hits)
        everything = index.search("*", filters=filters)
        of = Counter(group_of(hit.article, by, "made") for hit in everything)
        for facet in found:
            assert facet.of == of[facet.value]
            again = {hit.article.id for hit in index.search(facet.query)}
            assert again == {
                hit.article.id for hit in hits if group_of(hit.article, by, "made") == facet.value
            }, facet

    asked()


@pytest.mark.parametrize("value", ["a b (c)", "c++ [d]", "丽水/市", "國務院-辦公廳", "a.b|c"])
def test_signs_in_a_value_are_no_operators_of_its_query(
    tmp_path: Path, whoosh: Factory, segmenter: Segmenter, value: str
) -> None:
    with whoosh(tmp_path) as engine:
        named = [
            article("国土", issuer=value, kind=value),
            article("国土", path="b.txt", issuer=f"{value}室", kind="通知"),
        ]
        put(engine, segmenter, named)
        index = Index(engine)
        found = [one for one in index.facets("国土") if one.by in ("issuer", "kind")]
        assert len(found) == 4
        for one in found:
            assert index.count(one.query) == one.articles == 1


def test_folders_below_do_not_count(tmp_path: Path, whoosh: Factory, segmenter: Segmenter) -> None:
    paths = ["甲 乙/a.txt", "甲 乙/丙/b.txt", "x.txt", "甲/c[1].txt"]
    with whoosh(tmp_path) as engine:
        put(engine, segmenter, [article("国土", path=path) for path in paths])
        index = Index(engine)
        found = index.facets("国土", ["folder"])
        assert sorted(one.value or "" for one in found) == ["", "甲", "甲 乙", "甲 乙/丙"]
        assert all(index.count(one.query) == 1 for one in found)


def test_there_is_no_other_facet(full: tuple[Engine, list[Article]]) -> None:
    with pytest.raises(ValueError, match="no facet"):
        Index(full[0]).facets("国土", ["title"])  # type: ignore[list-item]


def test_trends_in_every_format(lsq: Program) -> None:
    asked = ["trend", "-F", "丽水", "--versus", "规划", "--by", "folder"]
    rows = [json.loads(line) for line in lsq(*asked, "--format", "jsonl").stdout.splitlines()]
    assert all(valid("trend" if "value" in row else "trend_summary", row) for row in rows)
    counts = [row for row in rows if "value" in row]
    assert [(row["query"], row["value"]) for row in counts] == [
        ("丽水", "seeds"),
        ("规划", "seeds"),
    ]
    printed = lsq("search", "-F", "-o", "-n", "0", "丽水").stdout.count("\n")
    assert counts[0]["occurrences"] == printed
    assert [row["query"] for row in rows if "summary" in row] == ["丽水", "规划"]
    table = list(csv.DictReader(lsq(*asked, "--format", "csv").stdout.splitlines()))
    assert [int(row["occurrences"]) for row in table] == [row["occurrences"] for row in counts]
    tsv = lsq(*asked, "--format", "tsv").stdout.splitlines()
    assert tsv[0].split("\t") == list(table[0])
    plain = lsq(*asked)
    assert plain.stdout.splitlines()[0].split("\t")[:3] == ["丽水", "seeds", str(printed)]
    assert "the index: 3 articles" in plain.stderr


def test_trends_of_a_list_of_queries(lsq: Program) -> None:
    given = '丽水\n"\n\n量子力学纲要\n'.encode()
    ran = lsq.piped("trend", "-", "--by", "folder", "--format", "tsv", given=given)
    assert ran.returncode == 2
    assert b"line 2" in ran.stderr
    rows = ran.stdout.decode().splitlines()
    assert [line.split("\t")[0] for line in rows] == ["query", "丽水"]
    nothing = lsq.piped("trend", "-", given="量子力学纲要\n".encode())
    assert nothing.returncode == 1, nothing.stderr


def test_facets_in_every_format(lsq: Program) -> None:
    lines = lsq("facets", "丽水", "--format", "jsonl").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert all(valid("facet", row) for row in rows)
    assert {row["by"] for row in rows} == set(FACETS)
    for row in rows:
        assert lsq("search", "-c", row["query"]).stdout.strip() == str(row["articles"])
    table = list(csv.DictReader(lsq("facets", "丽水", "--format", "csv").stdout.splitlines()))
    assert [row["query"].removeprefix("'") for row in table] == [row["query"] for row in rows]
    plain = lsq("facets", "丽水", "--by", "folder", "--top", "1").stdout
    assert plain.split("\t")[:4] == ["folder", "seeds", "3", "3"]


def test_a_terminal_shows_bars(lsq: Program) -> None:
    for args in (["trend", "-F", "规划", "--by", "folder"], ["facets", "规划"]):
        command = [sys.executable, "-m", "lsq", *args]
        shown = at_terminal(command, lsq.folder, environment={"LSQ_PAGER": "cat"})
        assert shown.code == 0
        assert re.search(r"^seeds +[0-9].*█$", shown.text, re.MULTILINE)
