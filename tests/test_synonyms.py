"""With `--any`, official words are looked for as well, which is said, and can be left."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import lsq
from lsq.engines import Engine
from lsq.engines.opensearch.score import Term, Terms, scoring
from lsq.engines.registry import open_engine
from lsq.model import Article
from lsq.query import Chunk, Or
from lsq.search import searcher
from lsq.search.request import SearchRequest
from lsq.search.rerank import gains
from lsq.search.understood import _Widening
from tests.conftest import Program
from tests.factories import article, put

OFFICIAL = "不动产的相邻权利人应当正确处理相邻关系。"
OTHER = "国家保护森林。"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with open_engine(str(tmp_path / "index"), create=True) as made:
        put(made, made.segmenter, articles())
        yield made


def articles() -> list[Article]:
    return [article(OFFICIAL, path="official.txt"), article(OTHER, path="other.txt")]


def found(
    engine: Engine,
    query: str,
    *,
    any_word: bool = True,
    literal: bool = False,
    synonyms: bool = True,
) -> list[str]:
    request = SearchRequest(query, any_word=any_word, literal=literal, synonyms=synonyms)
    results = searcher.search(engine, request)
    assert searcher.count(engine, request) == results.total == len(results)
    return [match.path for match in results.matches]


def test_everyday_words_find_official_ones(engine: Engine) -> None:
    assert found(engine, "邻居") == ["official.txt"]
    assert set(found(engine, "邻居 森林")) == {"other.txt", "official.txt"}


@pytest.mark.parametrize(
    "query", ['"邻居"', "title:邻居", "同句(邻居)", "近/9(邻居)", "森林 -邻居", "/邻居/"]
)
def test_what_is_not_bare_stays_as_typed(engine: Engine, query: str) -> None:
    assert "official.txt" not in found(engine, query)


def test_only_where_any_word_will_do_and_unless_it_is_not_wanted(engine: Engine) -> None:
    assert found(engine, "邻居", synonyms=False) == []
    assert found(engine, "邻居", literal=True) == []
    assert found(engine, "邻居", any_word=False) == []


def test_a_word_weighs_what_it_is_given(engine: Engine) -> None:
    ((plain,),) = (engine.search(Chunk("森林", ("森林",))).best,)
    ((less,),) = (engine.search(Chunk("森林", ("森林",), weights=(("森林", 0.5),))).best,)
    assert less.score == pytest.approx(plain.score / 2)


def test_a_word_of_several_runs_weighs_the_highest(engine: Engine) -> None:
    light = Chunk("森林", ("森林",), any_word=True, weights=(("森林", 0.5),))
    heavy = Chunk("护林", ("森林",), any_word=True)
    ((both,),) = (engine.search(Or((light, heavy))).best,)
    ((plain,),) = (engine.search(heavy).best,)
    assert both.score == plain.score


def test_what_shares_no_article_is_not_common_however_common_its_words(tmp_path: Path) -> None:
    bodies = ["不动产。", "相邻。"] * 30 + [OFFICIAL]
    with open_engine(str(tmp_path / "index"), create=True) as engine:
        put(engine, engine.segmenter, [article(b, path=f"{n}.txt") for n, b in enumerate(bodies)])
        assert (engine.having("不动产"), engine.having("相邻")) == (31, 31)
        assert engine.having("不动产", "相邻") == 1
        assert engine.having("不动产", "相邻", "量子") == 0
        widening = _Widening(engine)
        assert widening.doc_freq(("不动产", "相邻"), 20) == 1
        assert widening.doc_freq(("不动产", "相邻"), 31) == 31  # a bound


def test_a_cluster_is_told_the_weight() -> None:
    def idf(weight: float) -> float:
        terms = Terms(9, 99, [Term("word", "森林", 3, [({"match_all": {}}, 1)], weight)])
        (clause,) = scoring(terms)
        value: float = clause["script_score"]["script"]["params"]["idf"]
        return value

    assert idf(0.5) == idf(1) / 2 > 0


def test_bigrams_of_official_words_lift_a_text_less_than_those_typed() -> None:
    texts = [text.encode() for text in ("邻居，", "相邻，", "森林，")]
    typed, official, none = gains(texts, [Chunk("邻居", ())], {"相邻": 0.7})
    assert typed[0] > official[0] > none[0] == 0


def test_the_explained_score_is_that_of_the_hit(engine: Engine) -> None:
    results = searcher.search(engine, SearchRequest("隔壁邻居 森林", any_word=True))
    for hit in results:
        told = results.explain(hit)
        assert told.rerank
        assert told.score == hit.score
        added = sum(term.score for term in told.terms) + sum(told.rerank)
        assert added == pytest.approx(hit.score)
        assert [entry.form for entry in told.entries]


def test_the_program_says_what_it_looks_for(fresh: Program) -> None:
    for each in articles():
        (fresh.folder / each.path).write_text(each.body, "utf-8")
    fresh("index", "official.txt", "other.txt")
    ran = fresh("search", "--any", "邻居", "--explain")
    assert ran.returncode == 0
    assert "also searching:" in ran.stderr
    assert "相邻权利人" in ran.stderr
    assert "also searched, for “邻居”: " in ran.stdout
    chinese = fresh("search", "--any", "邻居", "-l", LC_ALL="zh_CN.UTF-8")
    assert "也找：" in chinese.stderr
    ran = fresh("search", "--any", "邻居", "--explain", "--format", "jsonl")
    (record,) = map(json.loads, ran.stdout.splitlines())
    assert "相邻权利人" in record["explanation"]["synonyms"]["邻居"]
    ran = fresh("search", "--any", "--no-synonyms", "邻居")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "also searching" not in ran.stderr


def test_the_library_can_leave_them(tmp_path: Path) -> None:
    with lsq.open_index(str(tmp_path / "index")) as index:
        (tmp_path / "a.txt").write_text(OFFICIAL, "utf-8")
        index.update([str(tmp_path / "a.txt")])
        assert index.count("邻居", any_word=True) == 1
        assert index.count("邻居", any_word=True, synonyms=False) == 0
