"""`lsq collocates`: its numbers are those of a table that is made by cutting every article anew."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from math import log, log2
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.counting.collocates import MEASURES, SIDES, Collocate, Measure, Side, g2
from lsq.counting.word_counts import running_counts
from lsq.engines import Engine
from lsq.engines.bm25 import TITLE_WEIGHT
from lsq.engines.spaces import first_line, squeezed_of
from lsq.errors import QueryError
from lsq.index import Index
from lsq.model import Article
from lsq.segment import Segmenter
from lsq.segment.dictionary import Dictionary
from lsq.text.fold import fold
from tests.conftest import Program
from tests.factories import Factory, article, put
from tests.queries import FIELDS, QUERIES, TERMS, TOGETHER
from tests.terminal import at_terminal
from tests.test_contract import examples, filled
from tests.test_formats import valid

if TYPE_CHECKING:
    from lsq.counting.collocates import Collocates

CLOSE = 1e-6


@pytest.fixture(scope="module")
def full(
    factory: Factory, tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter
) -> Iterator[tuple[Engine, list[Article]]]:
    with factory(tmp_path_factory.mktemp("engine")) as engine:
        yield engine, filled(engine, segmenter)


class Word(NamedTuple):
    text: str
    start: int
    end: int


def cut(segmenter: Segmenter, article: Article) -> list[Word]:
    """The words of an article, by the segmenter of queries, which is another one."""
    text = fold(article.text)
    places = sorted(segmenter.query_boundaries(text))
    pieces = (Word(text[a:b], a, b) for a, b in pairwise(places))
    return [piece for piece in pieces if any(map(str.isalnum, piece.text))]


# Articles with their words, cut once for all queries.
Cut = list[tuple[Article, list[Word]]]


def all_cut(index: Index, present: list[Article]) -> Cut:
    return [(one, cut(index._engine.segmenter, one)) for one in present]


class Table:
    """The four numbers of each word, by looking at each word of each article."""

    def __init__(self, index: Index, present: Cut, query: str, window: int, side: Side) -> None:
        # A concordance with the whole text around a match gives its position.
        places: dict[str, list[tuple[int, int]]] = {}
        for line in index.kwic(query, width=10_000):
            start = len(line.left)
            places.setdefault(line.id, []).append((start, start + len(line.match)))
        self.occurrences = sum(map(len, places.values()))
        self.having = len(places)
        self.together: Counter[str] = Counter()
        self.articles: Counter[str] = Counter()
        self.outside: Counter[str] = Counter()
        for one, words in present:
            matches = places.get(one.id, [])
            text = fold(one.text)
            found = []
            for number, word in enumerate(words):
                if any(start < word.end and word.start < end for start, end in matches):
                    continue
                self.outside[word.text] += 1
                if any(beside(text, words, number, match, window, side=side) for match in matches):
                    found.append(word.text)
            self.together.update(found)
            self.articles.update(set(found))


def beside(  # what is looked at
    text: str, words: list[Word], number: int, match: tuple[int, int], window: int, *, side: Side
) -> bool:
    """Whether a word is in the window of a match and in the same sentence."""
    (start, end), word = match, words[number]
    if word.end <= start and side != "right":
        between = [one for one in words if word.end <= one.start and one.end <= start]
        return len(between) < window and not ends(text[word.start : start])
    if word.start >= end and side != "left":
        between = [one for one in words if end <= one.start and one.end <= word.start]
        return len(between) < window and not ends(text[end - 1 : word.start])
    return False


def ends(text: str) -> bool:
    return any(mark in text for mark in "。!?;…\n")


def expected_rows(table: Table, least: int, least_articles: int) -> list[Collocate]:
    every, beside = table.outside.total(), table.together.total()
    rows = []
    for word, a in table.together.items():
        b, c = beside - a, table.outside[word] - a
        d = every - a - b - c
        expected = (a + b) * (a + c) / every
        if a < least or table.articles[word] < least_articles or a <= expected:
            continue
        terms = [
            (a, (a + b) * (a + c)),
            (b, (a + b) * (b + d)),
            (c, (c + d) * (a + c)),
            (d, (c + d) * (b + d)),
        ]
        ratio = 2 * sum(seen * log(seen / (product / every)) for seen, product in terms if seen)
        dice = 2 * a / (table.occurrences + a + c)
        rows.append(
            Collocate(
                word,
                a,
                table.articles[word],
                a + c,
                expected,
                ratio,
                14 + log2(dice),
                3 * log2(a) - log2(expected),
            )
        )
    return rows


def test_the_numbers_are_those_of_a_table_computed_apart(
    full: tuple[Engine, list[Article]],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine, present = full
    index = Index(engine)
    words = all_cut(index, present)
    # It takes 0.1 s to read, and never changes.
    monkeypatch.setattr(Dictionary, "short_words", cache(Dictionary.short_words))

    @examples(request, 100, 10)
    @given(
        query=QUERIES | TOGETHER | FIELDS | TERMS,
        window=st.integers(1, 4),
        side=st.sampled_from(SIDES),
        least=st.integers(1, 3),
        least_articles=st.integers(1, 3),
        measure=st.sampled_from(MEASURES),
    )
    def asked(
        query: str, window: int, side: Side, least: int, least_articles: int, measure: Measure
    ) -> None:
        try:
            found = index.collocates(
                query,
                window=window,
                side=side,
                least=least,
                least_articles=least_articles,
                measure=measure,
            )
        except QueryError:
            return
        table = Table(index, words, query, window, side)
        same(found, table, least, least_articles)
        order = [(-getattr(row, measure), -row.together, fold(row.word)) for row in found.rows]
        assert order == sorted(order)

    asked()


def same(found: "Collocates", table: Table, least: int, least_articles: int) -> None:
    expected = {row.word: row for row in expected_rows(table, least, least_articles)}
    folded = [row._replace(word=fold(row.word)) for row in found.rows]
    assert {row.word for row in folded} == set(expected)
    for row in folded:
        assert row == pytest.approx(expected[row.word], abs=CLOSE), row.word
    assert (found.occurrences, found.articles) == (table.occurrences, table.having)
    assert found.beside == table.together.total()
    assert found.words == table.outside.total()


def test_articles_that_were_replaced_do_not_count(
    factory: Factory, tmp_path: Path, segmenter: Segmenter
) -> None:
    """Nor do words in titles count thrice, nor words inside longer ones."""
    with factory(tmp_path) as engine:
        bodies = ["国土空间规划的规划。", "中国科学院的规划和国土 空间", "数据，数据", "空间规划"]
        before = [
            article(body, "中国科学院 规划", path=f"{number}.txt")
            for number, body in enumerate(bodies * 3)
        ]
        put(engine, segmenter, before)
        after = [article("规划", None, path="1.txt"), article("新的规划", "规划\t2", path="5.txt")]
        put(engine, segmenter, after)
        replaced = {one.path for one in after}
        present = [*(one for one in before if one.path not in replaced), *after]
        counted = Counter(word.text for one in present for word in cut(segmenter, one))
        assert running_counts(engine) == counted
        index = Index(engine)
        found = index.collocates('"规划"', least=1, least_articles=1)
        same(found, Table(index, all_cut(index, present), '"规划"', 5, "both"), 1, 1)


def test_a_folder_knows_how_often_each_word_occurs(
    full: tuple[Engine, list[Article]], segmenter: Segmenter
) -> None:
    engine, present = full
    counted: Counter[str] = Counter()
    for one in present:
        for _ in range(TITLE_WEIGHT):
            counted.update(segmenter.document_words(fold(one.title or "")))
        counted.update(segmenter.document_words(fold(one.body)))
    totals = engine.word_totals()
    assert totals is None or totals == counted


@given(st.text("国a 1\n\t，", max_size=12), st.text("国a \n", max_size=8))
def test_the_first_line_of_a_text(title: str, body: str) -> None:
    folded = f"{title}\n{body}"
    squeezed, spaces = squeezed_of(folded)
    assert first_line(squeezed.encode(), spaces).strip() == folded.partition("\n")[0].strip()


def test_a_window_ends_with_the_sentence(
    factory: Factory, tmp_path: Path, segmenter: Segmenter
) -> None:
    body = "数据在前。安全的国土，规划！空间在后\n国土。数据？安全国土"
    with factory(tmp_path) as engine:
        put(engine, segmenter, [article(body)])
        index = Index(engine)

        def words(side: Side) -> set[str]:
            rows = index.collocates('"国土"', side=side, least=1, least_articles=1).rows
            return {row.word for row in rows}

        assert words("left") == {"安全", "的"}
        assert words("right") == {"规划"}
        assert words("both") == {"安全", "的", "规划"}


def test_words_are_printed_as_they_are_written(
    factory: Factory, tmp_path: Path, segmenter: Segmenter
) -> None:
    with factory(tmp_path) as engine:
        put(engine, segmenter, [article("數據顯著的國土。經濟法律")])
        every = Index(engine).collocates('"国土"', least=1, least_articles=1)
        assert {row.word for row in every.rows} == {"數據", "顯著", "的"}
        one = Index(engine).collocates('"国土"', least=1, least_articles=1, limit=1)
        assert list(one.rows) == list(every.rows[:1])
        assert one[2:] == every[2:]


def test_g2_is_that_of_dunning() -> None:
    # His table of 1993 for "the swiss": 110, 2,442, 111 and 29,114 of 31,777 pairs of words.
    assert g2(110, 110 + 2442, 110 + 111, 31_777) == pytest.approx(270.72, abs=0.01)


@pytest.mark.parametrize(
    "wrong", [{"side": "up"}, {"measure": "mi"}, {"window": 0}, {"least": 0}, {"least_articles": 0}]
)
def test_invalid_arguments_are_refused(
    full: tuple[Engine, list[Article]], wrong: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match="side"):
        Index(full[0]).collocates("国土", **wrong)  # type: ignore[arg-type]


def test_collocates_in_every_format(lsq: Program) -> None:
    asked = ["collocates", "-F", "丽水", "--min", "2", "--min-articles", "1"]
    rows = [json.loads(line) for line in lsq(*asked, "--format", "jsonl").stdout.splitlines()]
    assert rows
    assert all(valid("collocate", row) for row in rows)
    table = list(csv.DictReader(lsq(*asked, "--format", "csv").stdout.splitlines()))
    assert [float(row["g2"]) for row in table] == [row["g2"] for row in rows]
    tsv = lsq(*asked, "--format", "tsv").stdout.splitlines()
    assert tsv[0].split("\t") == list(table[0])
    ran = lsq(*asked, "-n", "3")
    assert ran.stdout.splitlines() == tsv[1:4]
    assert "35 occurrences in 3 articles" in ran.stderr
    by_mi3 = lsq(*asked, "--measure", "mi3", "--format", "jsonl").stdout.splitlines()
    measured = [json.loads(line)["mi3"] for line in by_mi3]
    assert measured == sorted(measured, reverse=True)
    assert "mi" not in MEASURES


def test_a_terminal_shows_bars(lsq: Program) -> None:
    command = [sys.executable, "-m", "lsq", "collocates", "-F", "丽水", "--measure", "mi3"]
    shown = at_terminal(command, lsq.folder, environment={"LSQ_PAGER": "cat"})
    assert shown.code == 0
    assert "MI³" in shown.text
    assert "█" in shown.text
    assert "35 occurrences in 3 articles" in shown.text
