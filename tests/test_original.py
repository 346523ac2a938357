"""A text is given back as it was: from its squeezed form, its spaces, and what else differs."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lsq.engines import Match
from lsq.engines.document import (
    Pieces,
    differences,
    lined,
    original,
    prepare,
    space_places,
    squeezed_of,
    to_found,
    unsqueezed,
)
from lsq.model import Article, Places
from lsq.text.fold import dropped_space, fold, squeeze, squeeze_lines

TRICKY = st.text("国土“”\"'，,：:（(〔)）〇○　 \n\t习aＡ1１—-⼈")


@given(st.text() | TRICKY)
def test_any_text_comes_back(text: str) -> None:
    pieces = json.loads(json.dumps(differences(text, fold(text))))
    assert original(fold(text), pieces) == text


@given(st.text() | TRICKY)
@example(" \n")
@example("国 土\nGDP 9")
def test_what_squeezing_drops_comes_back(text: str) -> None:
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
        ("习近\n平，GDP 增长", [5, "GDP"]),
        ("见（国发〔2020〕12号）", [4, "〔", 4, "〕"]),
        ("“未完", []),
        ("国\u3000土", [1, "\u3000"]),
    ],
)
def test_little_is_kept_of_what_can_be_guessed(text: str, pieces: Pieces) -> None:
    assert differences(text, fold(text)) == pieces


@pytest.mark.parametrize(
    ("body", "stored"), [("国\0土", "国土"), ("\0国\0\0GDP\0", "国gdp"), ("国\n\0", "国")]
)
def test_no_nul_is_stored_and_those_of_an_article_come_back(body: str, stored: str) -> None:
    article = Article("a.txt", 1, None, body, Places((0,), (1,)))
    document = prepare(article, fold(article.text), {})
    text, columns = document.text.decode(), document.columns
    assert text == stored
    match = Match(1.0, "a.txt", 1, None)
    assert to_found(columns["article"], text, columns["spaces"], match).article == article
