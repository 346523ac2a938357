"""Pieces of a hit other than snippets: its matches, or whole sentences."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.hit import StoredArticle
from lsq.model import Article, Place, Places
from lsq.query import And, Chunk, Everything, Literal, Near, Or, Query, SameParagraph, SameSentence
from lsq.query.units import units
from lsq.search.snippets.cuts import Cut, matches, sentences
from lsq.text import FOLDED_END, PRINTED_END
from lsq.text.fold import dropped_space, fold, squeeze


def shown(body: str, query: Query, cut: Cut, title: str | None = None) -> list[str]:
    """The pieces, their highlights in brackets."""
    article = Article("a.txt", 1, title, body, Places((0,), (1,)))
    folded = fold(article.text)
    dropped: list[int] = []
    for run in dropped_space(folded):
        dropped += [run.start() - len(dropped)] * len(run[0])
    pieces = []
    for piece in cut(StoredArticle(article, squeeze(folded), dropped), query):
        text = piece.text
        for start, end in reversed(piece.highlights):
            text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
        pieces.append(text)
    return pieces


LAND, SEA = Literal("国土"), Literal("海")


@pytest.mark.parametrize(
    ("body", "query", "expected"),
    [
        ("一国土二海三。国土", Near(6, (LAND, SEA)), ["[国土二海]"]),
        ("国土，国土二海", Near(9, (LAND, SEA)), ["[国土二海]"]),
        ("海国土，国土海", Near(9, (LAND, SEA)), ["[海国土]", "[国土海]"]),
        ("国土\n海", Near(9, (LAND, SEA)), []),
        ("一。国 土、\u3000海！五", SameSentence(And((LAND, SEA))), ["[国 土、\u3000海！]"]),
        ("一。国土。海\n国土", SameParagraph(And((LAND, SEA))), ["[一。国土。海]"]),
        ("国土二海。海", Or((Near(6, (LAND, SEA)), SEA)), ["[国土二海]", "[海]"]),
        ("国土二海。海", And((SameSentence(LAND), SEA)), ["[国土二海。]", "[海]"]),
    ],
)
def test_a_match_of_terms_that_occur_together_is_the_whole_range(
    body: str, query: Query, expected: list[str]
) -> None:
    assert shown(body, query, matches()) == expected


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
        *((f"国土。{sign}海。", LAND, 0, 3, [f"[国土]。{sign}"]) for sign in "】〕］’』\"'»"),
        *((f"国土{sign}海", LAND, 0, 3, [f"[国土]{sign}"]) for sign in "。｡！︕?;；⋯"),
        *((f"国土。{sign}海。", LAND, 0, 3, ["[国土]。"]) for sign in "“‘「『【（《"),
    ],
)
def test_sentences_stand_around_a_match(
    body: str, query: Query, around: int, most: int, expected: list[str]
) -> None:
    assert shown(body, query, sentences(around, most)) == expected


SIGNED = st.text("一二。｡！?；…⋯”’」）】〕］'\"》，\n")


@given(SIGNED, SIGNED)
def test_sentences_are_those_that_searches_use(before: str, after: str) -> None:
    searched = "\n" + before + "国土" + after
    ((start, end),) = (
        (start, end)
        for start, end in units(SameSentence(LAND), fold(searched))
        if "国土" in searched[start:end]
    )
    shown_as = searched[start:end].replace("国土", "[国土]")
    assert shown(before + "国土" + after, LAND, sentences(0, 3)) == [shown_as]


def test_a_sentence_ends_with_any_character_that_folds_to_an_end() -> None:
    """But quotes that open, which folding makes those that close, open the next one."""
    folded, printed = re.compile(FOLDED_END), re.compile(PRINTED_END)
    for sign in map(chr, range(0x10000)):  # beyond are letters and pictures
        opens = unicodedata.category(sign) in ("Pi", "Ps")
        assert bool(printed.match(sign)) == bool(folded.match(fold(sign))), sign
        closes = folded.fullmatch(fold("。" + sign)) and not opens
        assert bool(printed.fullmatch("。" + sign)) == bool(closes), sign


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
def test_matches_are_shown_alone(
    body: str, query: Query, most: int | None, expected: list[str]
) -> None:
    assert shown(body, query, matches(most)) == expected


def test_a_match_knows_its_line() -> None:
    article = Article("a.txt", 1, None, "国土。\n国土", Places((0, 5), (7, 9)))
    found = StoredArticle(article, fold(article.text), ())
    assert [one.place for one in matches()(found, LAND)] == [Place(7, None), Place(9, None)]


@given(st.text("国土海。！\n ”", max_size=40), st.integers(0, 3), st.integers(1, 4))
def test_sentences_do_not_overlap_and_contain_the_terms(body: str, around: int, most: int) -> None:
    article = Article("a.txt", 1, None, body, Places((0,), (1,)))
    found = StoredArticle(article, fold(article.text), ())
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
