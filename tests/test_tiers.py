"""Tiers: what was typed exactly comes first, and terms close together before scattered ones."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lsq
from lsq.engines.registry import open_engine
from lsq.engines.spaces import lines_at, squeezed_of
from lsq.model import Article
from lsq.query import And, Chunk, Literal, Query, SameParagraph, SameSentence, parse
from lsq.query.keys import edition_name, number_name, title_name
from lsq.search import searcher
from lsq.search.nearness import nearness_of_literals, nearness_of_words
from lsq.search.request import SearchRequest
from lsq.search.tiers import ladder
from lsq.text.fold import fold, squeeze_lines
from tests.conftest import Program
from tests.factories import article, put
from tests.oracle import satisfied
from tests.queries import PASSAGES, SENTENCES


@pytest.mark.parametrize(
    ("title", "name", "edition"),
    [
        ("中华人民共和国刑法", "刑法", ""),
        ("《中华人民共和国刑法》（2020修正）", "刑法", "刑法2020修正"),
        ("刑 法 (试行)", "刑法", "刑法试行"),
        ("刑法（试行）（2018修正）", "刑法", "刑法试行2018修正"),
        ("刑法修正案（七）", "刑法修正案七", ""),
        ("宪法修正案（1988年）", "宪法修正案", "宪法修正案1988年"),
        ("土地管理条例(2020-12-26)", "土地管理条例", "土地管理条例20201226"),
        ("土地管理条例2021年修订", "土地管理条例", "土地管理条例2021年修订"),
        ("雄安新区总体规划（2018—2035年）", "雄安新区总体规划20182035年", ""),
        ("关于适用《中华人民共和国民法典》的解释（一）", "关于适用民法典的解释一", ""),
        ("中华人民共和国", "中华人民共和国", ""),
        ("（试行）", "", "试行"),
        ("、", "", ""),
    ],
)
def test_titles_are_compared_without_country_version_and_punctuation(
    title: str, name: str, edition: str
) -> None:
    assert title_name(fold(title)) == name
    assert edition_name(fold(title)) == edition


def test_numbers_are_compared_without_brackets_and_spaces() -> None:
    forms = ["国办发〔2019〕6号", "国办发[2019] 6 号", "国办发（２０１９）６号"]
    assert {number_name(fold(form)) for form in forms} == {"国办发20196号"}


def found(folder: Path, articles: Sequence[Article], query: str, **asked: Any) -> list[str]:
    """The names of the files that a query finds, in order, with what answers it."""
    with open_engine(str(folder / "index"), create=True) as engine:
        named = [one._replace(path=str(folder / f"{one.path}.txt")) for one in articles]
        put(engine, engine.segmenter, named)
    with lsq.open_index(str(folder / "index")) as index:
        results = index.search(query, **asked)
        hits = [f"{Path(hit.article.path).stem} {hit.match}" for hit in results]
        assert results.literal_total == sum(
            not hit.endswith((" words", " synonym")) for hit in hits
        )
        return hits


LAW = "水行政主管部门应当加强管理，保障用水安全。" * 40
ABOUT = "本市组织学习云岭市供水条例。云岭市供水条例规定，云岭市供水条例施行。" * 3
SUPPLY = [
    article(LAW, "云岭市供水条例（2015修正）", "law-2015", date="2015-03-01"),
    article(LAW, "云岭市供水条例（2021修正）", "law-2021", date="2021-05"),
    article(LAW, "云岭市供水条例", "law-undated"),
    article(ABOUT, "关于学习《云岭市供水条例》的通知", "notice"),
    article(ABOUT, "学习会", "news"),
    article("云岭市的供水有条例。", None, "sentence"),
    article("云岭市有事，供水。\n条例如下。", None, "scattered"),
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("云岭市供水条例", ["2021 t", "2015 t", "undated t", "notice l", "news l", "sentence w"]),
        ("《云岭市供水条例》", ["2021 t", "2015 t", "undated t", "notice l"]),
        ("云岭市供水条例(2015修正)", ["2015 t"]),
        ('"云岭市供水条例"', ["2021 t", "2015 t", "undated t", "notice l", "news l"]),
    ],
)
def test_a_law_comes_before_articles_about_it(
    tmp_path: Path, query: str, expected: list[str]
) -> None:
    hits = [hit.removeprefix("law-") for hit in found(tmp_path, SUPPLY, query)]
    ways = {"t": "title", "l": "literal", "w": "words"}
    assert hits[: len(expected)] == [f"{one[:-1]}{ways[one[-1]]}" for one in expected]


def test_a_number_finds_its_document_before_those_that_cite_it(tmp_path: Path) -> None:
    cites = "按照国办发〔2019〕6号文件，" * 20
    articles = [
        article(cites, "a", "cites"),
        article("各省：国办发 2019 年 6 号。" + LAW, "b", "bears", number="国办发〔2019〕6 号"),
        article(cites, "c", "another", number="国办发〔2019〕16号"),
    ]
    for query in ("国办发〔2019〕6号", "国办发[2019] 6号", "国办发 （2019） 6 号"):
        assert found(tmp_path, articles, query)[0] == "bears number"


RUNS = [
    article("碳达峰。" * 20 + "公司股东。诉讼", "甲", "literal"),
    article("公司，股东的诉讼。", "乙", "literal-sentence"),
    article("公司股东，" * 9 + "诉与讼。", "公司 股东 诉讼", "title"),
    article("公司的股东", "诉讼", "literal-apart"),
]


def test_runs_in_one_sentence_come_before_scattered_ones(tmp_path: Path) -> None:
    hits = found(tmp_path, RUNS, "公司 股东 诉讼")
    assert hits[:2] == ["title title", "literal-sentence literal"]
    assert sorted(hits[2:]) == ["literal literal", "literal-apart literal"]


def test_literal_searches_find_no_article_by_words_alone(tmp_path: Path) -> None:
    assert found(tmp_path, SUPPLY, "云岭市供水条例", literal=True) == [
        "law-2021 title",
        "law-2015 title",
        "law-undated title",
        "notice literal",
        "news literal",
    ]


def test_any_word_puts_titles_and_literal_runs_first(tmp_path: Path) -> None:
    hits = found(tmp_path, SUPPLY, "云岭市供水条例", any_word=True)
    assert hits[:5] == [
        "law-2021 title",
        "law-2015 title",
        "law-undated title",
        "notice literal",
        "news literal",
    ]
    assert {hit.split()[1] for hit in hits[5:]} == {"words"}


@pytest.mark.parametrize(
    ("query", "any_word", "tiers"),
    [
        ("刑法", False, ("title", "number", "heading", "literal", "words")),
        ("刑法(2020)", False, ("edition", "title", "number", "heading", "literal", "words")),
        ("刑法 盗窃", False, ("title", "number", "heading", "literal", "some", "words")),
        ("刑法 OR 盗窃", False, ("heading", "literal", "words")),
        ('"刑法"', False, ("title", "number", "heading", "literal")),
        ("刑法 盗窃", True, ("title", "number", "heading", "literal", "words")),
        ("、", False, ("heading", "literal", "words")),
        ("date:2020", False, ("literal",)),
        ("/刑.法/", False, ("literal",)),
        ("*", False, ("literal",)),
    ],
)
def test_a_query_has_only_the_tiers_that_it_can_fill(
    query: str, any_word: bool, tiers: tuple[str, ...]
) -> None:
    assert ladder(parse(query, lambda run: (run,)), any_word=any_word).tiers == tiers


def test_a_pasted_page_has_only_the_tiers_literal_and_words() -> None:
    pasted = " ".join(f"第{number}条" for number in range(51))
    assert ladder(parse(pasted, lambda run: (run,))).tiers == ("literal", "words")


TEXTS = st.lists(
    st.sampled_from([*SENTENCES[:8], *PASSAGES, "国土", "空间\n规划", "。”", "\n"]),
    min_size=1,
    max_size=6,
).map("".join)
STRINGS = ["国土", "空间", "规划", "生态", "浙江", "的", "土空", "间。", "后来。", "丽水"]


def nearest(parts: Sequence[Query], folded: str) -> int:
    """How close together these are, as the oracle tells of each."""
    lined = squeeze_lines(folded)
    if all(satisfied(SameSentence(part), lined) for part in parts):
        return 0
    return 1 if all(satisfied(SameParagraph(part), lined) for part in parts) else 2


@given(TEXTS, st.lists(st.sampled_from(STRINGS), min_size=2, max_size=3, unique=True))
def test_nearness_of_literals_agrees_with_the_oracle(text: str, strings: list[str]) -> None:
    folded = fold(text)
    squeezed, spaces = squeezed_of(folded)
    parts = tuple(map(Literal, strings))
    measure = nearness_of_literals(And(parts))
    assert measure
    assert measure((squeezed.encode(), lines_at(spaces))) == nearest([And(parts)], folded)


@given(TEXTS, st.lists(st.lists(st.sampled_from(STRINGS), min_size=2, max_size=3), min_size=1))
def test_nearness_of_words_agrees_with_the_oracle(text: str, groups: list[list[str]]) -> None:
    folded = fold(text)
    squeezed, spaces = squeezed_of(folded)
    runs = tuple(Chunk("无此一串", tuple(words)) for words in groups)
    measure = nearness_of_words(And(runs))
    assert measure
    assert measure((squeezed.encode(), lines_at(spaces))) == nearest(runs, folded)


def test_an_explanation_names_the_tier(lsq: Program) -> None:
    shown = lsq("search", "--explain", "国土 规划").stdout
    assert "tier: all terms occur literally" in shown
    assert "-tier: " in shown
    assert lsq("search", "-c", "-F", "习近 平 国土规划").stdout == "0\n"


CLOSE = "云岭市的公园归国家。"
TOGETHER = "公园很多。国家如此。"
APART = "公园很多。\n国家如此。"


def test_a_limit_does_not_change_the_order(tmp_path: Path) -> None:
    """How close things stand is looked at for as many as are wanted, and no more."""
    texts = [text * times for times in (1, 2, 3) for text in (CLOSE, TOGETHER, APART)]
    with open_engine(str(tmp_path / "index"), create=True) as engine:
        put(engine, engine.segmenter, [article(text, path=f"{n}") for n, text in enumerate(texts)])
        for query in ("国家公园", "公园 国家", "国家公园 公园"):
            whole = searcher.search(engine, SearchRequest(query)).matches
            assert len(whole) == len(texts)
            for offset in range(3):
                for limit in range(1, len(texts)):
                    some = searcher.search(engine, SearchRequest(query, offset=offset, limit=limit))
                    assert list(some.matches) == list(whole[offset : offset + limit])
