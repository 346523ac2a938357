"""A snippet shows why an article was found, and points at the right place."""

from collections.abc import Sequence
from itertools import chain
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lsq.hit import Snippet, StoredArticle
from lsq.model import Article, Place, Places
from lsq.query import (
    And,
    Chunk,
    Dated,
    Everything,
    Field,
    Literal,
    Near,
    Not,
    Or,
    Query,
    Regex,
    SameParagraph,
    SameSentence,
)
from lsq.search.snippets import beginning, highlights, snippets
from lsq.search.snippets.rounding import MARGIN, SPAN
from lsq.text.fold import dropped_space, fold, squeeze

LONG = "甲" * 200


def article(body: str, title: str | None = None, places: Places | None = None) -> Article:
    return Article("a.txt", 1, title, body, places or Places((0,), (1,)))


def of(article: Article, parts: Sequence[Query]) -> tuple[Snippet, ...]:
    folded = fold(article.text)
    dropped: list[int] = []
    for run in dropped_space(folded):
        dropped += [run.start() - len(dropped)] * len(run[0])
    return snippets(StoredArticle(article, squeeze(folded), dropped), Or(tuple(parts)))


def shown(body: str, *parts: Query, title: str | None = None) -> list[str]:
    """The snippets, their highlights in brackets."""
    found = []
    for snippet in of(article(body, title), parts):
        text = snippet.text
        for start, end in reversed(snippet.highlights):
            text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
        found.append(text)
    return found


LAND = Chunk("国土空间", ("国土", "空间"))


@pytest.mark.parametrize(
    ("body", "parts", "expected"),
    [
        ("前文。编制国土空间规划。后文。", [LAND], ["编制[国土空间]规划。"]),
        ("空间和国土。", [LAND], ["[空间]和[国土]。"]),
        ("国\n土空间", [LAND], ["[国 土空间]"]),
        ("國土空間", [LAND], ["[國土空間]"]),
        ("ＧＤＰ增长", [Literal("gdp")], ["[ＧＤＰ]增长"]),
        (f"国土{LONG}。国土、空间", [LAND], ["[国土]、[空间]"]),
        (f"{LONG}国土{LONG}", [LAND], [f"{LONG[:30]}[国土]{LONG[:88]}"]),
        (f"{LONG}，一，国土，二，三{LONG}", [LAND], ["一，[国土]，二，"]),
        ("第一章　国土\n空间规划。", [LAND], ["第一章　[国土\n空间]规划。".replace("\n", " ")]),
        ("第一章　国土。\n空间规划。", [LAND], ["第一章　[国土]。", "[空间]规划。"]),
        ("他说：“编制国土空间规划！”会后", [LAND], ["他说：“编制[国土空间]规划！”"]),
        ("国土空间规划", [LAND, Literal("空间规划")], ["[国土空间]规划"]),
        ("只有别的。还有。", [], ["只有别的。"]),
        ("一。国土。二。国土。", [Literal("国土")], ["[国土]。二。[国土]。"]),
        ("第一条\n土地。第二条", [Regex("第.条$")], ["[第一条]", "[第二条]"]),
        ("国\n土。国 土。", [Regex("国土")], ["[国 土]。"]),
        ("国土。" + LONG, [Regex(".*甲")], [f"[国土。{LONG[:57]}]{LONG[:30]}"]),
        ("国土空间", [Regex("x*")], ["国土空间"]),
        (
            "国土。空间。国土、空间。",
            [SameSentence(And((LAND, Literal("、"))))],
            ["[国土][、][空间]。"],
        ),
        ("国土。空间。国土，空间。", [SameSentence(LAND)], ["[国土]，[空间]。"]),
        ("国土空间。国土。规划。空间", [SameSentence(Not(LAND))], ["国土空间。"]),
        ("国土\n国土。空间", [SameParagraph(LAND)], ["[国土]。[空间]"]),
        ("规划国土。国土中空间。空间", [Near(5, (LAND,))], ["[国土]中[空间]。"]),
        ("国土空间。空间一一一一国土", [Near(4, (LAND,))], ["[国土空间]。"]),
        (
            "甲乙。丙甲乙。甲。丙",
            [Near(3, (Literal("甲"), Or((Literal("丙"), Literal("丁")))))],
            ["[丙][甲]乙。[甲]。[丙]"],
        ),
        ("国土。规划", [Not(Literal("国土")), Literal("规划")], ["[规划]"]),
        ("国土。规划", [Field("kind", Literal("国土")), Dated(0, 1), Everything()], ["国土。"]),
    ],
)
def test_snippets_show_the_occurrences_of_a_query(
    body: str, parts: list[Query], expected: list[str]
) -> None:
    assert shown(body, *parts) == expected


def test_a_title_that_matches_is_shown() -> None:
    assert shown("正文。", LAND, title="国土空间规划") == ["[国土空间]规划"]


HEAD = (
    "索引号：000/2020\n发文机关：国土局\n【发文字号】国土〔2020〕1号\n主题分类：国土空间\n打印 关闭"
)
SAID = "编制国土空间规划的办法"


@pytest.mark.parametrize(
    ("body", "title", "expected"),
    [
        pytest.param(f"正文。{SAID}。", SAID, [f"{SAID}。"], id="not the title"),
        pytest.param(f"{HEAD}\n有关国土空间的事。", None, ["有关国土空间的事。"], id="labels"),
        pytest.param(
            f"{SAID}\n{HEAD}\n有关国土空间的事。", SAID, ["有关国土空间的事。"], id="title again"
        ),
        pytest.param(
            "1991年4月9日 国土空间会议通过\n（2007年10月28日《国土空间决定》修正）\n"
            "有关国土空间的事。",
            "国土法",
            ["有关国土空间的事。"],
            id="history",
        ),
        pytest.param(
            "2020年8月26日，国土空间会议召开。\n国土空间，别的事。",
            "题",
            ["2020年8月26日，国土空间会议召开。", "国土空间，别的事。"],
            id="no history but a sentence",
        ),
        pytest.param("索引号：国土空间\n别的。", "题", ["索引号：国土空间"], id="labels alone"),
        pytest.param("土。", "国土空间", ["国土空间"], id="a body with less than half"),
        pytest.param(f"{SAID}。{LONG}。{SAID}。", None, [f"{SAID}。"], id="no sentence twice"),
        pytest.param(f"国土，{LONG}。{SAID}。", None, [f"{SAID}。"], id="no stray word"),
    ],
)
def test_the_range_that_shows_the_most_of_the_query_is_chosen(
    body: str, title: str | None, expected: list[str]
) -> None:
    sought = [LAND, Chunk("土", ("土",))] if body == "土。" else [LAND]
    assert [one.text for one in of(article(body, title), sought)] == expected


def test_a_run_not_shown_yet_is_not_a_stray_word() -> None:
    parts = [Literal("国土空间规划"), Literal("办法")]
    found = [one.text for one in of(article(f"国土空间规划。{LONG}。\n办法。国土空间规划"), parts)]
    assert found == ["办法。国土空间规划", "国土空间规划。"]
    found = [one.text for one in of(article(f"国土空间规划。{LONG}。\n办法。"), parts)]
    assert found == ["国土空间规划。", "办法。"]


def test_all_runs_are_shown_before_one() -> None:
    text = f"国土空间规划，国土空间规划。\n国土空间规划{LONG[:70]}办法"
    first = of(article(text), [Literal("国土空间规划"), Literal("办法")])[0]
    assert [first.text[start:end] for start, end in first.highlights] == ["国土空间规划", "办法"]


def test_only_some_ranges_of_a_repetitive_article_are_tried() -> None:
    assert len(of(article(f"{SAID}{LONG}。\n" * 5000), [LAND])) == 1


def test_a_match_of_the_title_is_highlighted_only_there() -> None:
    assert shown("国土。", Field("title", LAND), title="国土空间规划") == ["[国土空间]规划"]
    assert shown("国土空间。", Field("title", LAND), title="国土、空间") == ["[国土]、[空间]"]


def test_a_snippet_points_at_the_line_of_its_first_highlight() -> None:
    # Title from line 1, 前文 from 3, 习近 from 5, 平 from 7.
    places = Places((0, 3, 6, 8), (1, 3, 5, 7))
    (found,) = of(article("前文。习近平", "标题", places), [Literal("习近平")])
    assert found.place == Place(line=5, page=None)


def test_a_snippet_of_a_paged_file_has_a_page() -> None:
    paged = Article("a.pdf", 1, None, "国土", Places((0,), (3,)), paged=True)
    assert of(paged, [LAND])[0].place == Place(line=None, page=3)


LETTERS = st.text(alphabet="国土空间规划abG ，。\n", min_size=1)
PARTS = st.lists(
    st.text(alphabet="国土空间规划ab", min_size=1, max_size=5).map(
        lambda text: Chunk(text, tuple(text))
    ),
    max_size=4,
)


@given(LETTERS.filter(str.strip), PARTS)
def test_a_snippet_is_text_of_the_article_with_the_terms_highlighted(
    body: str, parts: list[Chunk]
) -> None:
    source = article(body)
    found = of(source, parts)
    assert 1 <= len(found) <= 3
    sought = {part.text for part in parts} | {word for part in parts for word in part.words}
    seen = 0
    for snippet in found:
        assert snippet.text in source.text.replace("\n", " ")
        assert "\n" not in snippet.text
        assert len(snippet.text) <= SPAN + 3 * MARGIN
        for start, end in snippet.highlights:
            assert squeeze(fold(snippet.text[start:end])) in sought
        starts = [edge for highlight in snippet.highlights for edge in highlight]
        assert starts == sorted(starts)
        seen += len(snippet.highlights)
    occurs = any(word in squeeze(fold(body)) for word in sought)
    assert bool(seen) == occurs


# Strings without a character twice, which cannot overlap themselves.
UNREPEATED = st.lists(st.sampled_from("国土空间规划"), min_size=1, max_size=4, unique=True)
GAPS = st.integers(1, SPAN).map("一".__mul__)


@given(
    st.lists(st.text("国土空间规划\n", min_size=1, max_size=6) | GAPS, max_size=12).map("".join),
    st.lists(UNREPEATED.map("".join), min_size=1, max_size=4, unique=True),
)
@example(  # of marks that begin before the end of the stretch, a long one does not fit in it
    "国土空间" + "一" * 100 + "国土空间" + "一" * 54 + "规划房", ["国土空间", "规划房", "划"]
)
@example("空\n间\n土", ["土", "空间"])  # 空间 stands over the end of a line, and is more than 土
def test_the_first_snippet_shows_the_most(body: str, sought: list[str]) -> None:
    def worth(text: str) -> int:
        squeezed = squeeze(text)  # what is found over the end of a line counts as well
        return sum(len(one) for one in sought if one in squeezed)

    first = of(article(body), [Literal(one) for one in sought])[0]
    within = (line[at : at + SPAN] for line in body.split("\n") for at in range(len(line)))
    assert worth(first.text) >= max(map(worth, within), default=0)


@pytest.mark.parametrize(
    ("body", "begins", "ends"),
    [
        ("前文。国土。后文。", True, True),
        ("国土", True, True),
        ("前文。”　国土！）后文。", True, True),
        ("前文\n　　国土\n后文", True, True),
        ("前文等……国土。", True, True),
        (f"前文，国土{LONG}。", True, False),
        (f"{LONG}，国土。", False, True),
        (f"{LONG}，国土，{LONG}", False, False),
        (f"{LONG}国土{LONG}", False, False),
    ],
)
def test_a_snippet_knows_whether_it_cuts_a_sentence(body: str, begins: bool, ends: bool) -> None:
    (found,) = of(article(body), [Literal("国土")])
    assert (found.begins, found.ends) == (begins, ends)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"abcdefghij{LONG[:25]}国土", f"{LONG[:25]}[国土]"),
        (f"国土{LONG[:80]}1234567890{LONG}", f"[国土]{LONG[:80]}"),
        (f"国土{'a' * 200}", f"[国土]{'a' * 88}"),
        (f"国土{LONG[:87]}。”后文", f"[国土]{LONG[:87]}。”"),
    ],
)
def test_a_snippet_ends_with_sentences_clauses_or_words(body: str, expected: str) -> None:
    assert shown(body, Literal("国土")) == [expected]


def test_highlights_are_those_of_the_whole_text() -> None:
    source = article("國\n土，空间。", "国土空间")
    assert highlights(source, And((LAND,))) == ((0, 4),)
    assert highlights(source, Literal("国土")) == ((0, 2), (5, 8))
    assert highlights(source, Everything()) == ()


def test_the_beginning_of_a_body() -> None:
    assert beginning(article("\n　　国土。空间。", "标题")) == Snippet("国土。", Place(1, None))


# A stretch between two strings: as long as a snippet, or as what is looked at for it.
STRETCH = st.sampled_from(["", "\n", "。", "甲" * 40, "，乙\n", LONG, "……" * 150, LONG + LONG])
REPEATED = st.lists(st.tuples(STRETCH, st.sampled_from(["国土", "空间", "国国国", "海", " "])))


@given(
    REPEATED.map(lambda parts: "".join(chain.from_iterable(parts))),
    st.lists(st.sampled_from(["国土", "空间", "国国", "海", "国土空间"]), min_size=1, max_size=3),
    st.sampled_from(["", "国土空间条例", "国国国"]),
)
@example(LONG.join(["国土"] * 3 + ["空间"] * 2), ["国土", "空间"], "")
@example(f"国土{'……' * 300}国土", ["国土"], "")
def test_a_single_snippet_is_the_first_of_several(body: str, sought: list[str], title: str) -> None:
    query = And(tuple(map(Literal, sought)))
    folded = fold(article(body, title).text)
    found = StoredArticle(article(body, title), folded, ())
    one = snippets(found, query, 1)
    with mock.patch("lsq.search.snippets._first_piece", return_value=None):
        assert snippets(found, query, 1) == one
