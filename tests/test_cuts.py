"""What else than snippets can be shown of an article: its matches, or whole sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.fold import fold, space_between_ideographs, squeeze
from lsq.model import Article, Found, Place, Places
from lsq.query import Chunk, Everything, Literal, Or, Query
from lsq.snippets.cuts import Cut, matches, sentences


def shown(body: str, query: Query, cut: Cut, title: str | None = None) -> list[str]:
    """The pieces, their highlights in brackets."""
    article = Article("a.txt", 1, title, body, Places((0,), (1,)))
    folded = fold(article.text)
    dropped: list[int] = []
    for run in space_between_ideographs(folded):
        dropped += [run.start() - len(dropped)] * len(run[0])
    pieces = []
    for piece in cut(Found(article, squeeze(folded), dropped), query):
        text = piece.text
        for start, end in reversed(piece.highlights):
            text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
        pieces.append(text)
    return pieces


LAND, SEA = Literal("国土"), Literal("海")
FIVE = "一。二国土。三！四？五海。"


@pytest.mark.parametrize(
    ("body", "query", "around", "most", "expected"),
    [
        (FIVE, LAND, 0, 3, ["二[国土]。"]),
        (FIVE, LAND, 1, 3, ["一。二[国土]。三！"]),
        (FIVE, LAND, 9, 3, [FIVE.replace("国土", "[国土]").replace("海", "海")]),
        (FIVE, Or((LAND, SEA)), 0, 3, ["二[国土]。", "五[海]。"]),
        (FIVE, Or((LAND, SEA)), 0, 1, ["二[国土]。"]),
        (FIVE, Or((LAND, SEA)), 1, 3, ["一。二[国土]。三！四？五[海]。"]),
        ("海。一。二。海国土。", Or((LAND, SEA)), 0, 1, ["[海][国土]。"]),
        ("一。\n二“国土！”\n三", LAND, 1, 3, ["一。 二“[国土]！” 三"]),
        ("一\n国\n土\n二", LAND, 0, 3, ["[国 土]"]),
        ("一。二。三。", Everything(), 0, 3, ["一。"]),
        ("一。二。三。", Everything(), 1, 3, ["一。二。"]),
        ("国土", LAND, 0, 3, ["[国土]"]),
        ("　　国土……　　二。", LAND, 0, 3, ["[国土]……"]),
    ],
)
def test_sentences_stand_around_a_match(
    body: str, query: Query, around: int, most: int, expected: list[str]
) -> None:
    assert shown(body, query, sentences(around, most)) == expected


def test_a_title_is_a_sentence() -> None:
    assert shown("一。", LAND, sentences(0, 3), "国土规划") == ["[国土]规划"]
    assert shown("一。", LAND, sentences(1, 3), "国土规划") == ["[国土]规划 一。"]


@pytest.mark.parametrize(
    ("body", "query", "most", "expected"),
    [
        (FIVE, LAND, None, ["[国土]"]),
        ("海国土海国 土", Or((LAND, SEA)), None, ["[海]", "[国土]", "[海]", "[国 土]"]),
        ("海国土海国土", Or((LAND, SEA)), 2, ["[海]", "[国土]"]),
        ("國土", LAND, None, ["[國土]"]),
        ("国土空间", Or((LAND, Literal("国土空"), Literal("空间"))), None, ["[国土空]"]),
        ("国土和空间", Chunk("国土空间", ("国土", "空间")), None, ["[国土]", "[空间]"]),
        ("国土", Everything(), None, []),
    ],
)
def test_matches_stand_alone(
    body: str, query: Query, most: int | None, expected: list[str]
) -> None:
    assert shown(body, query, matches(most)) == expected


def test_a_match_knows_its_line() -> None:
    article = Article("a.txt", 1, None, "国土。\n国土", Places((0, 5), (7, 9)))
    found = Found(article, fold(article.text), ())
    assert [one.place for one in matches()(found, LAND)] == [Place(7, None), Place(9, None)]


@given(st.text("国土海。！\n ”", max_size=40), st.integers(0, 3), st.integers(1, 4))
def test_sentences_are_of_the_text_apart_and_show_what_is_sought(
    body: str, around: int, most: int
) -> None:
    article = Article("a.txt", 1, None, body, Places((0,), (1,)))
    found = Found(article, fold(article.text), ())
    pieces = sentences(around, most)(found, SEA)
    assert 1 <= len(pieces) <= most
    line = article.text.replace("\n", " ")
    for piece in pieces:
        assert piece.text in line
        assert [piece.text[start:end] for start, end in piece.highlights] == ["海"] * (
            piece.text.count("海")
        )
    if most == 4 and around == 3:
        assert bool(sum(len(piece.highlights) for piece in pieces)) == ("海" in body)
