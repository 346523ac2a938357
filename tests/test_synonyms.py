"""Synonyms and official terms are searched, reported, and can be turned off."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lsq
from lsq.engines import Engine
from lsq.engines.opensearch.ranking import Term, Terms, scoring
from lsq.engines.registry import open_engine
from lsq.model import Article
from lsq.query import Chunk, Or
from lsq.search import searcher
from lsq.search.request import SearchRequest
from lsq.search.rerank import boosts
from lsq.search.rewrite import _Expander
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
def test_only_bare_runs_are_expanded(engine: Engine, query: str) -> None:
    assert "official.txt" not in found(engine, query)


def test_official_words_are_searched_only_with_any_word(engine: Engine) -> None:
    assert found(engine, "邻居", synonyms=False) == []
    assert found(engine, "邻居", literal=True) == []
    assert found(engine, "邻居", any_word=False) == []


def test_a_word_is_scored_with_its_weight(engine: Engine) -> None:
    ((plain,),) = (engine.search(Chunk("森林", ("森林",))).best,)
    ((less,),) = (engine.search(Chunk("森林", ("森林",), weights=(("森林", 0.5),))).best,)
    assert less.score == pytest.approx(plain.score / 2)


def test_a_word_of_several_runs_has_its_highest_weight(engine: Engine) -> None:
    light = Chunk("森林", ("森林",), any_word=True, weights=(("森林", 0.5),))
    heavy = Chunk("护林", ("森林",), any_word=True)
    ((both,),) = (engine.search(Or((light, heavy))).best,)
    ((plain,),) = (engine.search(heavy).best,)
    assert both.score == plain.score


def test_frequent_words_that_share_no_article_are_not_common(tmp_path: Path) -> None:
    bodies = ["不动产。", "相邻。"] * 30 + [OFFICIAL]
    with open_engine(str(tmp_path / "index"), create=True) as engine:
        put(engine, engine.segmenter, [article(b, path=f"{n}.txt") for n, b in enumerate(bodies)])
        assert (engine.doc_freq("不动产"), engine.doc_freq("相邻")) == (31, 31)
        assert engine.doc_freq("不动产", "相邻") == 1
        assert engine.doc_freq("不动产", "相邻", "量子") == 0
        expander = _Expander(engine)
        assert expander.doc_freq(("不动产", "相邻"), 20) == 1
        assert expander.doc_freq(("不动产", "相邻"), 31) == 31  # a bound


def test_a_cluster_scores_with_the_weight() -> None:
    def idf(weight: float) -> float:
        terms = Terms(9, 99, [Term("word", "森林", 3, [({"match_all": {}}, 1)], weight)])
        (clause,) = scoring(terms)
        value: float = clause["script_score"]["script"]["params"]["idf"]
        return value

    assert idf(0.5) == idf(1) / 2 > 0


def test_bigrams_of_official_terms_add_less_than_typed_ones() -> None:
    texts = [text.encode() for text in ("邻居，", "相邻，", "森林，")]
    typed, official, none = boosts(texts, [Chunk("邻居", ())], {"相邻": 0.7})
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


def test_the_program_reports_the_words_that_it_adds(begun: Program) -> None:
    for each in articles():
        (begun.folder / each.path).write_text(each.body, "utf-8")
    begun("index", "official.txt", "other.txt")
    ran = begun("search", "--any", "邻居", "--explain")
    assert ran.returncode == 0
    assert "also searching:" in ran.stderr
    assert "相邻权利人" in ran.stderr
    assert "also searched, for “邻居”: " in ran.stdout
    chinese = begun("search", "--any", "邻居", "-l", LC_ALL="zh_CN.UTF-8")
    assert "也找：" in chinese.stderr
    ran = begun("search", "--any", "邻居", "--explain", "--format", "jsonl")
    (record,) = map(json.loads, ran.stdout.splitlines())
    assert "相邻权利人" in record["explanation"]["synonyms"]["邻居"]
    ran = begun("search", "--any", "--no-synonyms", "邻居")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "also searching" not in ran.stderr


SAME = [
    article("社保卡在街道办理。", path="literal.txt"),
    article("社会保险基金专款专用。", path="synonym.txt"),
    article("社里要保密。保险柜在此。社会上讲。", path="nothing.txt"),
    article("社会保险法律制度。", "中华人民共和国社会保险法", path="title.txt"),
]


def hits(engine: Engine, query: str, **asked: Any) -> list[tuple[str, str]]:
    results = searcher.search(engine, SearchRequest(query, **asked))
    totals = (results.literal_total, results.synonym_total)
    told = [(hit.article.path, hit.match) for hit in results]
    assert totals == tuple(sum(how == of for _, how in told) for of in ("literal", "synonym"))
    return told


@pytest.fixture
def same(tmp_path: Path) -> Iterator[Engine]:
    with open_engine(str(tmp_path / "index"), create=True) as made:
        put(made, made.segmenter, SAME)
        yield made


def test_synonyms_come_after_literal_matches(same: Engine) -> None:
    found = hits(same, "社保")
    assert found[0] == ("literal.txt", "literal")
    assert set(found[1:]) == {("synonym.txt", "synonym"), ("title.txt", "synonym")}
    assert hits(same, "社保法") == [("title.txt", "synonym")]
    assert hits(same, "社保 街道") == [("literal.txt", "literal")]
    assert hits(same, "社保 基金") == [("synonym.txt", "synonym")]
    assert hits(same, "社会保险")[-1] == ("literal.txt", "synonym")


@pytest.mark.parametrize("query", ['"社保"', "title:社保", "同句(社保)", "近/9(社保)", "/社保/"])
def test_only_a_bare_run_has_synonyms(same: Engine, query: str) -> None:
    assert "synonym.txt" not in dict(hits(same, query))


def test_synonyms_can_be_turned_off(same: Engine) -> None:
    assert hits(same, "社保", synonyms=False) == [("literal.txt", "literal")]
    assert hits(same, "社保", literal=True) == [("literal.txt", "literal")]


def test_an_article_whose_title_is_a_synonym_comes_first(tmp_path: Path) -> None:
    cited = [article("依照民事诉讼法。" * 9, path=f"{n}.txt") for n in range(9)]
    law = article("起诉应当符合条件。", "中华人民共和国民事诉讼法", path="law.txt")
    with open_engine(str(tmp_path / "index"), create=True) as engine:
        put(engine, engine.segmenter, [*cited, law])
        results = searcher.search(engine, SearchRequest("民诉法"))
        assert results.total == 10
        first = next(iter(results))
        assert (first.article.path, first.match) == ("law.txt", "synonym")
        told = results.explain(first)
        assert (told.tier, [entry.form for entry in told.entries]) == ("alias", ["民诉法"])
        assert told.score == first.score


def test_a_passage_has_no_synonyms(same: Engine) -> None:
    assert len(hits(same, " OR ".join(["社保", *"丽水 瓯江".split()]))) == 3
    many = [f"丽水{number}" for number in range(10)]
    assert hits(same, " OR ".join(["社保", *many])) == [("literal.txt", "literal")]


def test_synonyms_that_find_no_more_are_not_reported(begun: Program) -> None:
    (begun.folder / "a.txt").write_text("社保卡，社会保险。", "utf-8")
    begun("index", "a.txt")
    for options in ([], ["-c"], ["-l"]):
        assert begun("search", "社保", *options).stderr == ""


def test_a_user_can_add_synonyms(begun: Program) -> None:
    for each in SAME:
        (begun.folder / each.path).write_text(each.body, "utf-8")
    begun("index", *(each.path for each in SAME))
    (begun.folder / "mine.tsv").write_text("# 我们\n本处\t街道\t=\n窗口\t街道\t>\n", "utf-8")
    ran = begun("search", "本处", "--synonyms", "mine.tsv", "-l")
    assert (ran.returncode, ran.stdout) == (0, "literal.txt\n")
    assert "also searching: 街道" in ran.stderr
    ran = begun("search", "本处", "--synonyms", "mine.tsv", "-c")
    assert (ran.stdout, "also searching: 街道" in ran.stderr) == ("1\n", True)
    assert begun("search", "本处").returncode == 1
    assert begun("search", "窗口", "--synonyms", "mine.tsv").returncode == 1
    assert begun("search", "--any", "窗口", "--synonyms", "mine.tsv").returncode == 0
    assert "本处" in begun("search", "本处", "--synonyms", "mine.tsv", "--explain").stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("本处\t街道\n", "mine.tsv:1: not of the form"),
        ("\n本处\t街道\t=\n本处\t街口\t=\n", "mine.tsv:3: “本处” is on line 2 already"),
        (None, "mine.tsv: cannot be read"),
    ],
)
def test_an_invalid_file_of_synonyms_is_refused(
    begun: Program, content: str | None, said: str
) -> None:
    (begun.folder / "a.txt").write_text(OFFICIAL, "utf-8")
    begun("index", "a.txt")
    if content is not None:
        (begun.folder / "mine.tsv").write_text(content, "utf-8")
    ran = begun("search", "本处", "--synonyms", "mine.tsv")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr


def test_a_file_of_synonyms_contradicts_no_synonyms(fresh: Program) -> None:
    ran = fresh("search", "本处", "--synonyms", "mine.tsv", "--no-synonyms")
    assert ran.returncode == 2
    assert "--no-synonyms" in ran.stderr


def test_the_library_can_turn_synonyms_off(tmp_path: Path) -> None:
    with lsq.open_index(str(tmp_path / "index")) as index:
        (tmp_path / "a.txt").write_text(OFFICIAL, "utf-8")
        index.update([str(tmp_path / "a.txt")])
        assert index.count("邻居", any_word=True) == 1
        assert index.count("邻居", any_word=True, synonyms=False) == 0
