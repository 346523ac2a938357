"""Reranking: which texts get higher boosts, and that boosts are never negative."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.engines.registry import open_engine
from lsq.query import Chunk, Literal
from lsq.search import searcher
from lsq.search.request import SearchRequest
from lsq.search.rerank import DEPTH, LEAD, Boosts, bigrams, characters
from lsq.search.rerank import boosts as boosts_of_bytes
from tests.factories import article, put

FILLER = "本条例自公布之日起施行，" * 10
ALPHABET = "国土空间规划法，\nab1 "

TEXTS = st.text(ALPHABET, max_size=80)
SEVERAL = st.lists(TEXTS, max_size=8)
PARTS = st.lists(
    st.text(ALPHABET, min_size=1, max_size=8).flatmap(
        lambda text: st.sampled_from([Literal(text), Chunk(text, tuple(text))])
    ),
    max_size=3,
)


def boosts(texts: Iterable[str], parts: Iterable[Literal | Chunk]) -> list[Boosts]:
    return boosts_of_bytes([text.encode() for text in texts], parts)


def gained(query: str, *texts: str) -> list[float]:
    """What matches boost, in all."""
    return [sum(boost) for boost in boosts(texts, [Chunk(query, ())])]


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        pytest.param(
            "国土空间规划", FILLER + "国土空间规划", FILLER + "规划国土，空间", id="words together"
        ),
        pytest.param("结婚年龄", FILLER + "婚姻，年龄", FILLER + "姻亲，年龄", id="a character"),
        pytest.param("国土空间", "国土空间" + FILLER, FILLER + "国土空间", id="in the lead"),
        pytest.param("国土空间", "国土空间，国土空间。", "国土空间，国士空问。", id="more often"),
        pytest.param("国土空间", "国土空间。", "国土空间。" + FILLER, id="in a shorter text"),
        pytest.param("covid", "covid", "divoc", id="letters in their order"),
    ],
)
def test_a_better_text_gets_a_higher_boost(query: str, better: str, worse: str) -> None:
    first, second, _ = gained(query, better, worse, "与此无关的一段文字")
    assert first > second


def test_a_bigram_in_all_texts_adds_nothing() -> None:
    (first, _, _), (second, _, _) = boosts(["国土" * 9, "国土"], [Chunk("国土", ())])
    assert first == second == 0


def test_a_rare_bigram_adds_more_than_a_frequent_one() -> None:
    rare, frequent, *_ = gained("国土 空间", "国土", "空间", "空间", "无关")
    assert rare > frequent


def test_only_bigrams_within_the_lead_get_the_boost_for_it() -> None:
    at_the_edge = "文" * (LEAD - 2) + "国土" + "文" * 50
    beyond = "文" * (LEAD - 1) + "国土" + "文" * 49
    inside, outside, _ = gained("国土", at_the_edge, beyond, "文" * 100)
    assert inside > outside > 0


@pytest.mark.parametrize(
    ("text", "pairs", "single"),
    [
        ("国土空间", {"国土", "土空", "空间"}, {"国", "土", "空", "间"}),
        ("国土，空间", {"国土", "空间"}, {"国", "土", "空", "间"}),
        ("税", set(), {"税"}),
        ("5g网", {"5g", "g网"}, {"网"}),
        ("、", set(), set()),
    ],
)
def test_bigrams_and_characters_of_a_query(text: str, pairs: set[str], single: set[str]) -> None:
    assert bigrams(text) == pairs
    assert characters(text) == single


@given(SEVERAL, PARTS)
def test_boosts_are_never_negative(texts: list[str], parts: list[Literal | Chunk]) -> None:
    assert all(part >= 0 for boost in boosts(texts, parts) for part in boost)


@given(st.data(), SEVERAL, PARTS)
def test_boosts_do_not_depend_on_the_order_of_texts_and_parts(
    data: st.DataObject, texts: list[str], parts: list[Literal | Chunk]
) -> None:
    def gained(order: list[int], parts: list[Literal | Chunk]) -> dict[int, Boosts]:
        shuffled = [texts[number] for number in order]
        return dict(zip(order, boosts(shuffled, parts), strict=True))

    order = data.draw(st.permutations(range(len(texts))))
    again = data.draw(st.permutations(parts))
    assert gained(list(range(len(texts))), parts) == gained(order, again)


@given(SEVERAL, TEXTS.filter(bool))
def test_the_words_of_a_chunk_add_nothing_to_its_boosts(texts: list[str], text: str) -> None:
    chunk = Chunk(text, tuple(text))
    words = [Chunk(word, (word,)) for word in text]
    assert boosts(texts, [chunk]) == boosts(texts, [chunk, *words])


def test_only_the_best_are_reranked_and_the_rest_stay_below(tmp_path: Path) -> None:
    # By words all are alike, so they come in the order of their paths.
    together = {DEPTH - 1, DEPTH + 1}
    with open_engine(str(tmp_path / "index"), create=True) as engine:
        bodies = [
            "公司股东，诉讼。" if n in together else "股东，诉讼公司。" for n in range(DEPTH + 20)
        ]
        articles = [
            article(body, path=str(tmp_path / f"{number:03}.txt"))
            for number, body in enumerate(bodies)
        ]
        put(engine, engine.segmenter, articles)
        few = searcher.search(engine, SearchRequest("公司股东诉讼", limit=5)).matches
        matches = searcher.search(engine, SearchRequest("公司股东诉讼")).matches
    order = [int(Path(match.path).stem) for match in matches]
    assert order == [DEPTH - 1, *range(DEPTH - 1), *range(DEPTH, DEPTH + 20)]
    assert list(few) == list(matches[:5])
