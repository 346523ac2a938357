"""An article is restored exactly from its squeezed text, spaces and differences."""

import pickle
from contextlib import nullcontext

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lsq.engines import Match
from lsq.engines.document import prepare
from lsq.engines.spaces import lined, space_places, squeezed_of, unsqueezed
from lsq.engines.stored import PackedArticle, differences
from lsq.hit import StoredArticle
from lsq.model import Article, Place, Places
from lsq.text.fold import dropped_space, fold, squeeze, squeeze_lines

TRICKY = st.text("国土“”\"'，,：:（(〔)）〇○　 \n\t习aＡ1１—-⼈")
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | TRICKY
MATCH = Match(1.0, "a.txt", 1, None)


def stored(article: Article) -> PackedArticle:
    """The article as an engine has it."""
    document = prepare(article, fold(article.text), {})
    columns = document.columns
    return PackedArticle(columns["article"], document.text, columns["spaces"], MATCH, nullcontext)


def eager(article: Article) -> StoredArticle:
    """The same, made of the article itself."""
    folded = fold(article.text).replace("\0", " ")
    dropped: list[int] = []
    for run in dropped_space(folded):
        dropped += [run.start() - len(dropped)] * len(run[0])
    return StoredArticle(article, squeeze(folded), dropped)


PLACES = st.lists(st.tuples(st.integers(1, 300), st.integers(-70_000, 70_000))).map(
    lambda runs: Places(
        (0, *(sum(gap for gap, _ in runs[: n + 1]) for n in range(len(runs)))),
        (1, *(number for _, number in runs)),
    )
)
ARTICLES = st.builds(
    Article,
    st.just("a.txt"),
    st.just(1),
    st.none() | ANY.map(lambda title: title.replace("\n", "")),
    ANY,
    PLACES,
    paged=st.booleans(),
    date=st.none() | st.just("2020"),
    issuer=st.none() | ANY,
    sheet=st.none() | st.just("表1"),
    ocr=st.booleans(),
)


@given(ARTICLES)
@example(Article("a.txt", 1, "", "“" * 300 + "，" * 300, Places((0, 70_000), (1, 2))))
@example(Article("a.txt", 1, None, "a\0b 国\0土", Places((0,), (7,)), paged=True))
def test_any_article_is_restored(article: Article) -> None:
    found = stored(article)
    assert found.article == article
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # of our own
    assert (found.title, found.length, found.id) == (article.title, len(article.text), article.id)
    facts = ("date", "issuer", "number", "ocr", "paged", "sheet", "title")
    assert [found.field(name) for name in facts] == [getattr(article, name) for name in facts]


@given(ARTICLES, st.data())
def test_any_range_of_an_article_is_restored(article: Article, data: st.DataObject) -> None:
    found, whole = stored(article), eager(article)
    length = len(article.text)
    for _ in range(3):
        start = data.draw(st.integers(0, length))
        end = data.draw(st.integers(start, length))
        assert found.text_between(start, end) == article.text[start:end]
        assert found.place(start) == article.place(start)
        assert found.line_end(start, end) == whole.line_end(start, end)
        assert found.squeezed_offset(start) == whole.squeezed_offset(start)
    places = range(len(found.squeezed))
    assert [found.offset(at) for at in places] == [whole.offset(at) for at in places]
    assert found.squeezed_lines() == whole.squeezed_lines()


@given(st.text() | TRICKY)
@example(" \n")
@example("国 土\nGDP 9")
def test_dropped_white_space_is_restored(text: str) -> None:
    folded = fold(text)
    squeezed, spaces = squeezed_of(folded)
    assert squeezed == squeeze(folded)
    assert unsqueezed(squeezed, spaces) == folded
    assert lined(squeezed, spaces) == squeeze_lines(folded)
    lines = folded.split("\n")
    if lines == [line.strip() for line in lines]:  # as those of articles are
        assert lined(squeezed, spaces) == "\n".join(map(squeeze, lines))
    dropped = [at for run in dropped_space(folded) for at in range(*run.span())]
    assert [place + before for before, place in enumerate(space_places(spaces))] == dropped


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("第一条，“国土”；（二）", []),
        ("习近\n平，GDP 增长", [(5, "GDP")]),
        ("见（国发〔2020〕12号）", [(4, "〔"), (9, "〕")]),
        ("“未完", []),
        ("国\u3000土", [(1, "\u3000")]),
    ],
)
def test_only_differences_from_the_guess_are_stored(
    text: str, pieces: list[tuple[int, str]]
) -> None:
    assert list(differences(text, fold(text))) == pieces


def test_a_place_is_a_line_a_page_or_a_row() -> None:
    article = Article("a.txt", 1, None, "国土", Places((0,), (7,)))
    assert stored(article).place(1) == Place(7, None)
    assert stored(article._replace(paged=True)).place(1) == Place(None, 7)
    assert stored(article._replace(sheet="表")).place(1) == Place(None, None, "表", 7)


@pytest.mark.parametrize(
    ("body", "stored"), [("国\0土", "国土"), ("\0国\0\0GDP\0", "国gdp"), ("国\n\0", "国")]
)
def test_nul_is_not_stored_and_is_restored(body: str, stored: str) -> None:
    article = Article("a.txt", 1, None, body, Places((0,), (1,)))
    document = prepare(article, fold(article.text), {})
    text, columns = document.text, document.columns
    assert text.decode() == stored
    found = PackedArticle(columns["article"], text, columns["spaces"], MATCH, nullcontext)
    assert found.article == article


def test_half_of_a_surrogate_pair_is_stored_as_a_question_mark() -> None:
    article = Article("a.txt", 1, "标\ud800题", "国土 \0\udfff规划", Places((0,), (1,)))
    document = prepare(article, fold(article.text), {})
    assert document.text.decode() == "标?题国土?规划"
