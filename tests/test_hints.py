"""Hints of a search without a hit: missing parts, similar strings, searches that find more."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lsq.engines.folder import FolderEngine
from lsq.engines.registry import store_of
from lsq.index import Index
from lsq.output.linebreaks import width
from lsq.query.filters import Filters
from lsq.search.hints import CORRECTED, PARTS
from lsq.search.hints.corrections import (
    MOST,
    affixes,
    is_similar,
    one_edit,
    similar_to,
    sounds_alike,
)
from lsq.segment import Segmenter
from lsq.text.fold import IDEOGRAPH, fold, squeeze
from tests.conftest import ROOT, Program, made_by
from tests.factories import article, put
from tests.queries import FINDING, SENTENCES

TEXTS = [
    "国土空间规划，生态产品。",
    "国土空间规划，百山祖国家公园。",
    "行政许可法规定，著作权法规定。",
    "规划与法规。公务员的规定。",
    "习近平总书记强调，GDP增长。",
    *SENTENCES[:20],
]


LETTERS = "规划土"
RUNS = [run for text in TEXTS for run in re.findall(IDEOGRAPH + "{4,}", squeeze(fold(text)))]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("hints")
    articles = [
        article(text, path=str(folder / "a.txt"), ordinal=ordinal)
        for ordinal, text in enumerate(TEXTS, 1)
    ]
    with FolderEngine(str(folder / "index"), store_of, create=True) as engine:
        put(engine, segmenter, articles)
        yield Index(engine)


@pytest.mark.parametrize(
    ("query", "proposed"),
    [
        pytest.param("国土空间归划", "国土空间规划", id="sounds alike"),
        pytest.param("国土空间规化", "国土空间规划", id="the tone does not count"),
        pytest.param("國土空間規化", "国土空间规划", id="in Traditional"),
        pytest.param("国土空坚规划", "国土空间规划", id="a character of the first half"),
        pytest.param("囯土空间规划", "国土空间规划", id="the first character"),
        pytest.param("国土空规划", "国土空间规划", id="one too few"),
        pytest.param('"国土空间的规划"', '"国土空间规划"', id="one too many"),
        pytest.param("国土间空规划", "国土空间规划", id="two swapped"),
        pytest.param("国间土空规划划", None, id="twice wrong"),
        pytest.param('"国土空间归划"', '"国土空间规划"', id="a literal"),
        pytest.param("百山族", "百山祖", id="no word of the index"),
        pytest.param("公务元", "公务员", id="a word"),
        pytest.param("归划", "规划", id="a word of two"),
        pytest.param("著权作法", "著作权法", id="swapped, three words"),
        pytest.param("规画法规", "规划法规", id="words that stand apart"),
        pytest.param("GPD", "gdp", id="letters"),
        pytest.param("title:习近平总书纪", "习近平总书记", id="in a field"),
        pytest.param("同句(规定 公务园)", "公务员", id="in a sentence"),
        pytest.param("魑魅魍魉", None, id="nothing near"),
    ],
)
def test_similar_strings_in_the_articles_are_suggested(
    index: Index, query: str, proposed: str | None
) -> None:
    assert index.count(query) == 0
    corrections = [one for part in index.hints(query).missing for one in part.corrections]
    assert [one.query for one in corrections][:1] == ([proposed] if proposed else [])


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("魑魅", []),
        ("魑魅 规划", [("魑魅", ())]),
        ("(魑魅 (规划))", [("魑魅", ())]),
        ("规划魑魅", [("规划魑魅", ("魑魅",))]),
        ('"魑魅" 规划', [('"魑魅"', ())]),
        ("(魑魅 | 魍魉) 规划", [("魑魅", ()), ("魍魉", ())]),
        ("同句(规划 魑魅)", [("魑魅", ())]),
        ("同句(总书记 公务员)", []),
        ("同句(总书记 公务员) 规划", [("sentence(总书记 公务员)", ())]),
        ("number:99号", []),
        ("number:99号 规划", [('number:"99号"', ())]),
        ("规划 date:1949", [("date:1949-01-01..1949-12-31", ())]),
        ("规划 -*", [("-*", ())]),
        ("总书记 公务员", []),
    ],
)
def test_the_parts_that_no_article_contains_are_reported(
    index: Index, query: str, missing: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert index.count(query) == 0
    assert [(part.query, part.words) for part in index.hints(query).missing] == missing


def test_other_searches_that_find_more_are_counted(index: Index) -> None:
    assert index.hints("总书记 公务员")[1:] == (index.count("总书记 | 公务员"), 0)
    assert index.hints("总书记 公务员", any_word=True).with_any == 0
    dated = Filters(since="2020")
    assert index.hints("国土空间规划", filters=dated)[1:] == (0, index.count("国土空间规划"))
    assert index.hints("总书记 公务员", filters=dated)[1:] == (0, 0)
    assert [part.query for part in index.hints("魑魅", filters=dated).missing] == ["魑魅"]
    found = index.count("总书记 公务员", any_word=True)
    assert index.hints("总书记 公务员", filters=dated, any_word=True)[1:] == (0, found)


@given(query=FINDING, any_word=st.booleans())
def test_hints_are_true(index: Index, query: str, any_word: bool) -> None:
    assume(index.count(query, any_word=any_word) == 0)
    hints = index.hints(query, any_word=any_word)
    assert len(hints.missing) <= PARTS
    assert sum(bool(part.corrections) for part in hints.missing) <= CORRECTED
    assert hints.with_any == (0 if any_word else index.count(query, any_word=True))
    for part in hints.missing:
        assert len(part.corrections) <= MOST
        for word in part.words:
            assert index.count(f"「{word}」") == 0
        for correction in part.corrections:
            assert correction.articles == index.count(correction.query) > 0


@given(run=st.sampled_from(RUNS), data=st.data())
def test_a_swap_of_two_characters_is_corrected(index: Index, run: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(run) - 4))
    text = run[start : start + data.draw(st.integers(4, 8))]
    place = data.draw(st.integers(0, len(text) - 2))
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assume(index.count(f'"{swapped}"') == 0)
    [part] = index.hints(f'"{swapped}"').missing
    assert part.corrections


@pytest.mark.parametrize(
    ("text", "word", "sounds"),
    [
        ("规化", "规划", True),
        ("归画", "规划", True),
        ("重庆", "虫清", True),
        ("规定", "规划", None),  # half of it is another word
        ("规", "规划", None),
        ("规划局", "规划", None),
        ("规划", "规划局", None),
        ("划规", "规划", None),
        ("养狗", "养老", None),
        ("规划局", "规划处", False),
        ("规划局", "规划分局", False),
        ("gpd", "gdp", False),
        ("税", "睡", True),
        ("税", "谁", True),
        ("税", "法", None),
        ("税", "睡眠", None),
        ("视", "是", True),
        ("规划", "规划", None),
        ("国土规", "规划", None),
    ],
)
def test_similar_words(text: str, word: str, sounds: bool | None) -> None:
    assert similar_to(text, ["规律", word]).get(word) == sounds
    assert sounds_alike(text, word) == bool(sounds)
    if sounds is not None:
        assert is_similar(text, word)


@given(st.text(LETTERS, min_size=1, max_size=4), st.text(LETTERS, min_size=1, max_size=4))
def test_one_edit_replaces_inserts_deletes_or_swaps(text: str, other: str) -> None:
    places = range(len(text) + 1)
    edited = {text[:at] + text[at + 1 :] for at in places}
    edited |= {text[:at] + char + text[at:] for at in places for char in LETTERS}
    edited |= {text[:at] + char + text[at + 1 :] for at in places[:-1] for char in LETTERS}
    edited |= {text[:at] + text[at : at + 2][::-1] + text[at + 2 :] for at in places}
    assert one_edit(text, other) == (other in edited - {text})


@given(st.text("规划归化国土ab", min_size=1), st.text("规划归化国土ab", min_size=1))
def test_similarity_is_mutual(text: str, other: str) -> None:
    assert is_similar(text, other) == is_similar(other, text)
    assert sounds_alike(text, other) == sounds_alike(other, text)
    assert not is_similar(text, text)


def test_the_table_of_readings_agrees_with_its_source() -> None:
    table = ROOT / "src" / "lsq" / "search" / "hints" / "readings.txt"
    assert made_by("readings_table.py").split() == table.read_text("utf-8").split()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("规划 or 法规", [("or", "OR")]),
        ("规划 And 法规", [("and", "AND")]),
        ("规划 && 法规", [("&&", "AND")]),
        ("规划 并且 法规", [("并且", "AND")]),
        ("!规划", [("!规划", "-…")]),
        ("规划 —法规", None),
        ("国土+规划", [("国土+规划", "AND")]),
        ("国土?规划", [("国土?规划", "/….*…/")]),
        ("国土＊规划 *空间", [("国土*规划", "/….*…/"), ("*空间", "/….*…/")]),
        ("title:规划*", [("规划*", "/….*…/")]),
        ("同句 (规划 法规)", [("同句 (", "同句(…)")]),
        ("近　（规划 法规）", [("近 (", "near/30(…)")]),
        ("同句(规划 法规) OR -法规", []),
        ('"国土*规划" "or" "同句 (规划)"', []),
        ("* 1+3+n gdp*2", []),
        ("规划怎么办？", []),
        ("同句 规划", []),
    ],
)
def test_operators_of_other_programs_are_recognised(
    index: Index, query: str, told: list[tuple[str, str]] | None
) -> None:
    found = [(text, instead) for text, instead, _sure in index.foreign_operators(query)]
    assert [instead for _text, instead in found] == ["-…"] if told is None else found == told


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("二〇三〇年魑魅", "no article contains 二〇三〇年魑魅"),
        ("規劃魑魅魍魎", "no article contains 規劃魑魅魍魎"),
        ("“魑魅” 规划", "no article contains “魑魅”"),
    ],
)
def test_missing_parts_are_reported_as_typed(lsq: Program, query: str, told: str) -> None:
    assert told in lsq("search", query).stderr


def test_the_place_in_a_long_query_is_shown_on_one_line(lsq: Program) -> None:
    ran = lsq("search", "国土空间" * 50 + " (" + "规划" * 50)
    _, shown, caret = ran.stderr.splitlines()
    assert "(" in shown
    assert width(shown) < 80
    assert width(shown[: shown.index("(")]) == caret.index("^")


def test_a_piece_of_a_phrase_is_not_suggested(tmp_path: Path, segmenter: Segmenter) -> None:
    with FolderEngine(str(tmp_path / "index"), store_of, create=True) as engine:
        put(engine, segmenter, [article("建立网络安全审计制度。" * 3), article("网络安全审核。")])
        (part,) = Index(engine).hints('"网络安全审查"').missing
    assert [one.query for one in part.corrections] == ['"网络安全审核"', '"网络安全审计"']


@given(
    st.text(LETTERS, min_size=1, max_size=6), st.text(LETTERS + "归化吐", min_size=1, max_size=7)
)
def test_every_similar_string_has_one_of_the_affixes(text: str, other: str) -> None:
    assert affixes(text).has(other) or not similar_to(text, [other])


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("归划", "规划"),
        ("规划局", "划规局"),
        ("规划土地", "规土划地"),
        ("规划土地", "规划大土地"),
        ("规划土地", "大规划土地"),
        ("规划土地", "规划土地大"),
        ("规划土地", "划土地"),
        ("规划土地局", "规划土地句"),
    ],
)
def test_a_similar_string_has_one_of_the_affixes(text: str, other: str) -> None:
    assert similar_to(text, [other])
    assert affixes(text).has(other)
