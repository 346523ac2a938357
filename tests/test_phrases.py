"""`lsq phrases`: sequences of words that are set, with the counts that a search gives."""

import csv
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import log2
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.counting.collocates import g2
from lsq.counting.edges import can_begin, can_end
from lsq.counting.grams import BOUNDARY, MAX_WORDS, Grams, WordNumbers
from lsq.counting.phrases import Phrases
from lsq.engines import Engine
from lsq.errors import QueryError
from lsq.index import Index
from lsq.model import Article
from lsq.query.filters import Filters
from lsq.search.snippets.cuts import matches
from lsq.segment import Segmenter
from tests.conftest import Program
from tests.factories import Factory, article, put
from tests.terminal import at_terminal
from tests.test_formats import valid

# None of these forms a phrase with its neighbours, because each has many.
BESIDE = "国土 空间 经济 文化 城市 农村 历史 医院 学校 企业 市场 森林 河流 天气 音乐 法律".split()
SET = ("疫情防控", "显著优势", "军民融合", "国家公园体制")


@pytest.fixture(scope="module")
def made(
    factory: Factory, tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter
) -> Iterator[tuple[Engine, list[Article]]]:
    """Articles of two months, of random words; in those of 2020-01 are set phrases."""
    chance = random.Random(1)
    articles: list[Article] = []
    for number in range(60):
        new = number % 2
        sentences = []
        for _ in range(6):
            words = chance.sample(BESIDE, 4)
            words.insert(chance.randrange(5), chance.choice(SET[: 3 if new else 1]))
            if number % 5 == 0:
                words += ["和", SET[3]]
            sentences.append("".join(words) + chance.choice("。，；"))
        body = f"{''.join(sentences)}所谓“放管 服”改革：“……”。" if new else "".join(sentences)
        date = "2020-01-05" if new else "2019-10-05"
        articles.append(article(body, path=f"{number}.txt", date=date))
    with factory(tmp_path_factory.mktemp("engine")) as engine:
        put(engine, segmenter, articles)
        yield engine, articles


JANUARY = Filters(since="2020-01", until="2020-01")


def names(found: Phrases) -> list[str]:
    return [row.text for row in found.rows]


def test_set_phrases_are_found_and_compared(made: tuple[Engine, list[Article]]) -> None:
    index = Index(made[0])
    found = index.phrases(filters=JANUARY, against="before", least_words=2)
    assert names(found)[:2] == sorted(SET[1:3], key=names(found).index)
    assert (found.articles, found.other_articles) == (30, 30)
    assert set(names(found)) >= set(SET[1:3])
    # It is as frequent before; and random neighbours are no phrases.
    assert not any(word in text for text in names(found) for word in BESIDE if text not in SET)
    everything = index.phrases(least_words=2)
    assert (everything.articles, everything.other_articles) == (60, 0)
    assert set(names(everything)) >= set(SET[1:3])
    assert all(row.g2 is None and row.elsewhere is None for row in everything.rows)


@pytest.mark.parametrize("against", [None, "rest", "before", "date:2019-10", "国土"])
@pytest.mark.parametrize("quoted", [False, True])
def test_counts_are_those_of_a_search(
    made: tuple[Engine, list[Article]], against: str | None, *, quoted: bool
) -> None:
    index = Index(made[0])
    found = index.phrases(filters=JANUARY, against=against, quoted=quoted, least_articles=2)
    assert found.rows
    inside = {hit.article.id for hit in index.search("*", filters=JANUARY)}
    others = {"before": "date:..2019", "rest": "*", None: "*"}.get(against, against)
    beside = {hit.article.id for hit in index.search(str(others))} - inside
    assert (found.articles, found.other_articles) == (len(inside), len(beside))
    for row in found.rows:
        query = f'/"{row.text}"/' if quoted else f'"{row.text}"'
        counts: Counter[str] = Counter()
        for hit in index.search(query, snippets=matches()):
            counts[hit.article.id] = len(hit.snippets)
        here = sum(counts[name] for name in inside)
        there = sum(counts[name] for name in beside)
        assert (row.occurrences, row.elsewhere) == (here, there), row.text
        assert row.articles == sum(counts[name] > 0 for name in inside)
        sizes = found.characters, found.other_characters
        assert row.g2 == pytest.approx(g2(here, sizes[0], here + there, sum(sizes)))
        rates = [(count or 0.5) / size for count, size in zip((here, there), sizes, strict=True)]
        assert row.log_ratio == pytest.approx(log2(rates[0] / rates[1]))
    keys = [(-(row.g2 or 0), -row.occurrences) for row in found.rows]
    assert keys == sorted(keys)


def test_what_is_new(made: tuple[Engine, list[Article]]) -> None:
    index = Index(made[0])
    every = index.phrases(filters=JANUARY, against="before")
    new = index.phrases(filters=JANUARY, against="before", new=True)
    assert names(new) == [row.text for row in every.rows if not row.elsewhere]
    assert set(names(new)) >= set(SET[1:3])
    assert SET[0] not in names(new)


def test_quotations_are_a_list_of_their_own(made: tuple[Engine, list[Article]]) -> None:
    index = Index(made[0])
    (row,) = index.phrases(quoted=True).rows
    assert (row.text, row.occurrences, row.articles) == ("放管服", 30, 30)
    assert row.cohesion is row.left is row.right is None


def test_a_phrase_is_printed_as_it_is_written(
    factory: Factory, tmp_path: Path, segmenter: Segmenter
) -> None:
    with factory(tmp_path) as engine:
        others = "".join(BESIDE)
        bodies = [f"{others}。{one}顯著優勢{two}" for one, two in pairwise(BESIDE)]
        put(engine, segmenter, [article(body, path=f"{n}.txt") for n, body in enumerate(bodies)])
        assert names(Index(engine).phrases()) == ["顯著優勢"]


def test_others_may_have_no_text(factory: Factory, tmp_path: Path, segmenter: Segmenter) -> None:
    with factory(tmp_path) as engine:
        bodies = ["".join(BESIDE) + f"。{one}显著优势{two}" for one, two in pairwise(BESIDE)]
        made = [article(body, path=f"{n}.txt", kind="通知") for n, body in enumerate(bodies)]
        put(engine, segmenter, [*made, article("", None, path="x.txt")])
        found = Index(engine).phrases(filters=Filters(kind=["通知"]))
        assert names(found) == ["显著优势"]
        assert (found.other_articles, found.rows[0].elsewhere) == (0, None)


def test_limits(made: tuple[Engine, list[Article]]) -> None:
    index = Index(made[0])
    every = names(index.phrases(filters=JANUARY, limit=None))
    assert names(index.phrases(filters=JANUARY, limit=2)) == every[:2]
    few = index.phrases(filters=JANUARY, least_articles=29, limit=None).rows
    assert few
    assert all(row.articles >= 29 for row in few)
    assert all(row.words >= 2 for row in index.phrases(filters=JANUARY, least_words=2).rows)
    nothing = index.phrases("量子力学纲要")
    assert (nothing.rows, nothing.articles) == ([], 0)
    for wrong in ({"least_articles": 0}, {"least_words": 0}, {"against": "before"}):
        with pytest.raises(ValueError, match=r"number|date"):
            index.phrases(**wrong)
    with pytest.raises(QueryError):
        index.phrases(against='"')


@pytest.mark.parametrize(
    ("since", "until"),
    [("2020", "2019-12-31"), ("2020年3月", "2020-02-29"), ("2020-08-26", "2020-08-25")],
)
def test_the_day_before(since: str, until: str) -> None:
    earlier = Filters(since=since, until="2021", kind=["通知"]).before()
    assert (earlier.since, earlier.until) == (None, until)
    assert earlier.fields == {"kind": ["通知"]}


def test_there_is_no_day_before_the_first() -> None:
    with pytest.raises(QueryError, match="no day before"):
        Filters(since="0001").before()


@given(
    st.lists(st.text("国土空 间，a1\n", max_size=14), max_size=6),
    st.lists(st.text("国土空 间，a1\n", max_size=14), max_size=3),
    st.integers(1, 3),
)
def test_sequences_are_counted_as_by_looking_at_each(
    segmenter: Segmenter, texts: list[str], others: list[str], least: int
) -> None:
    words = WordNumbers(segmenter)
    words.add(texts)
    grams = Grams(words, least)
    counts = counted(segmenter, texts)
    spelled = ["", *words.vocabulary]
    found = {tuple(spelled[word] for word in one.words): one for one in grams.grams.values()}
    assert {key: one.frequency for key, one in found.items()} == {
        key: times for key, times in counts.items() if times >= least
    }
    assert len(words) == sum(times for key, times in counts.items() if len(key) == 1)
    for key, one in found.items():
        text = texts[words.texts[one.place]]
        end = words.ends[one.place + len(key) - 1]
        assert text[words.starts[one.place] : end] == "".join(key)
        assert BOUNDARY not in one.words
    more = WordNumbers(segmenter, words.vocabulary)
    more.add(others)
    elsewhere = grams.count_in(more)
    numbers = {tuple(spelled[word] for word in one.words): n for n, one in grams.grams.items()}
    expected = counted(segmenter, others)
    assert len(more) == sum(times for key, times in expected.items() if len(key) == 1)
    assert {key: elsewhere[number] for key, number in numbers.items()} == {
        key: expected[key] for key in numbers
    }


def counted(segmenter: Segmenter, texts: list[str]) -> Counter[tuple[str, ...]]:
    """The sequences of adjacent words in some texts, by looking at each."""
    counts: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        words = segmenter.running_words(text)
        for first in range(len(words)):
            for last in range(first, min(first + MAX_WORDS, len(words))):
                some = words[first : last + 1]
                if all(a[1] == b[0] for a, b in pairwise(some)):
                    counts[tuple(text[start:end] for start, end in some)] += 1
    return counts


@pytest.mark.parametrize("word", ["的", "表示", "记者", "12", "十三", "三年", "第一节", "5万亿元"])
def test_words_that_no_phrase_begins_or_ends_with(word: str) -> None:
    assert not can_begin(word)
    assert not can_end(word)


@pytest.mark.parametrize("word", ["疫情", "三严", "一带", "5g", "第三方"])
def test_words_that_a_phrase_may_begin_and_end_with(word: str) -> None:
    assert can_begin(word)
    assert can_end(word)


def test_verbs_that_need_an_object_begin_no_phrase() -> None:
    assert not can_begin("推进")
    assert can_end("建设")
    assert not can_end("参加")


def test_phrases_in_every_format(lsq: Program) -> None:
    asked = ["phrases", "丽水", "--min-articles", "2"]
    rows = [json.loads(line) for line in lsq(*asked, "--format", "jsonl").stdout.splitlines()]
    assert rows
    assert all(valid("phrase", row) for row in rows)
    for row in rows:
        shown = lsq("search", "-o", f'"{row["phrase"]}"').stdout.splitlines()
        assert len(shown) == row["occurrences"]
    table = list(csv.DictReader(lsq(*asked, "--format", "csv").stdout.splitlines()))
    assert [row["phrase"] for row in table] == [row["phrase"] for row in rows]
    ran = lsq(*asked, "-n", "2")
    assert [line.split("\t")[0] for line in ran.stdout.splitlines()] == [
        row["phrase"] for row in rows[:2]
    ]
    assert "3 articles, 5,537 characters" in ran.stderr


@pytest.mark.parametrize(
    "args", [["丽水", "--min-articles", "2"], ["--path", "004", "--min-articles", "1"]]
)
def test_a_terminal_shows_bars(lsq: Program, args: list[str]) -> None:
    command = [sys.executable, "-m", "lsq", "phrases", *args]
    shown = at_terminal(command, lsq.folder, environment={"LSQ_PAGER": "cat"})
    assert shown.code == 0
    assert "█" in shown.text
    assert ("G²" in shown.text) == ("--path" in args)
