"""A text is given back as it was, from its folded form and what differs from a guess."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.engines.whoosh.original import Original, joined, split
from lsq.fold import fold, squeeze

TRICKY = st.text("国土“”\"'，,：:（(〔)）〇○　 \n习aＡ１1—-⼈")


@given(st.text() | TRICKY)
def test_any_text_comes_back(text: str) -> None:
    squeezed, original = split(text, fold(text))
    assert squeezed == squeeze(fold(text))
    stored = Original(*json.loads(json.dumps(original)))
    assert joined(squeezed, stored) == text


@pytest.mark.parametrize(
    ("text", "original"),
    [
        ("第一条，“国土”；（二）", Original([], [])),
        ("习近\n平，GDP 增长", Original([4, "GDP"], [2, "\n"])),
        ("见（国发〔2020〕12号）", Original([4, "〔", 4, "〕"], [])),
        ("“未完", Original([], [])),
    ],
)
def test_little_is_kept_of_what_can_be_guessed(text: str, original: Original) -> None:
    assert split(text, fold(text))[1] == original
