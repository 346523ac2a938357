"""Question words never narrow a search; all other words do."""

import pytest

from lsq.query import Chunk, parse
from lsq.search.request import (
    SearchRequest,
    drop_question_words,
    may_have_question_words,
    parse_request,
)
from lsq.segment import Segmenter


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("公司 怎么 注册", "公司 注册"),
        ("谁 公司 多少天", "公司"),
        ("公司 OR (是否 注册)", "公司 OR 注册"),
        ("同句(哪些 公司)", "同句(公司)"),
        ("公司 -怎么", "公司 -怎么"),
        ("“怎么” 公司", "“怎么” 公司"),
        ("title:怎么 公司", "title:怎么 公司"),
        ("怎么", "怎么"),
        ("怎么 吗", "怎么 吗"),
        ("怎么 date:2020", "怎么 date:2020"),
        ("可以 规划", "可以 规划"),
    ],
)
def test_separate_question_words_are_dropped(segmenter: Segmenter, query: str, same: str) -> None:
    cut = segmenter.query_words
    assert may_have_question_words(query)
    assert drop_question_words(parse(query, cut)) == parse(same, cut)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("宅基地怎么申请", ("宅基地", "申请")),
        ("谁可以申请宅基地", ("可以", "申请", "宅基地")),
        ("婚假多少天", ("婚假",)),
        ("是否可以退款", ("可以", "退款")),
        ("可以退吗", ("可以", "退")),
        ("怎么", ("怎么",)),
    ],
)
def test_question_words_in_a_run_are_dropped(
    segmenter: Segmenter, text: str, left: tuple[str, ...]
) -> None:
    cut = segmenter.query_words
    assert parse_request(SearchRequest(text), cut) == Chunk(text, left)
    # Nothing narrows with --any, whose scores all words count in.
    assert parse_request(SearchRequest(text, any_word=True), cut) == Chunk(text, cut(text))
