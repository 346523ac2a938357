"""The query language: what means what, and what is refused, where and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.errors import QueryError
from lsq.query import And, Chunk, Literal, Not, Or, Query, parse, positive_parts
from lsq.query.parser import MAX_DEPTH


def cut(text: str) -> tuple[str, ...]:
    """Words as if every letter were one: the grammar does not care."""
    return tuple(char for char in text if char.isalnum())


def chunk(text: str) -> Chunk:
    return Chunk(text, cut(text))


def literal(text: str) -> Literal:
    return Literal(text)


A, B, C = chunk("国土"), chunk("空间"), chunk("规划")


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("国土", A),
        ("  国土\t", A),
        ("國土", A),
        ("国\u200b土", A),
        ("国土 空间", And((A, B))),
        ("国土　空间", And((A, B))),
        ("国土 AND 空间", And((A, B))),
        ("国土 OR 空间", Or((A, B))),
        ("国土|空间", Or((A, B))),
        ("国土｜空间 | 规划", Or((A, B, C))),
        ("国土 空间 OR 规划", Or((And((A, B)), C))),
        ("国土 (空间 OR 规划)", And((A, Or((B, C))))),
        ("（国土 空间）｜规划", Or((And((A, B)), C))),
        ("((国土))", A),
        ("-国土", Not(A)),
        ("－国土", Not(A)),
        ("NOT 国土", Not(A)),
        ("国土 -空间", And((A, Not(B)))),
        ("国土 AND NOT 空间", And((A, Not(B)))),
        ("国土 -(空间 规划)", And((A, Not(And((B, C)))))),
        ("NOT -国土", Not(Not(A))),
        ("国土-空间", chunk("国土-空间")),
        ("2019—2025", chunk("2019-2025")),
        ("and or not", And((chunk("and"), chunk("or"), chunk("not")))),
        ("ORDER", chunk("order")),
        ('"国土 空间"', literal("国土空间")),
        ("“国土空间”", literal("国土空间")),
        ("”国土空间”", literal("国土空间")),
        ("「国土空间」", literal("国土空间")),
        ("『国土空间』", literal("国土空间")),
        ("＂国土空间＂", literal("国土空间")),
        ('"R&D 经费"', literal("r&d 经费")),
        ('"国土"空间', And((literal("国土"), B))),
        ('国土|"空间"', Or((A, literal("空间")))),
        ('"打造“重要窗口”"', literal('打造"重要窗口"')),
        ("“国土 OR (空间”", literal("国土 or (空间")),
        ("丽水“十四五”怎么干？", chunk('丽水"十四五"怎么干?')),
        ("浙江省土地管理条例(2021-09-30)", chunk("浙江省土地管理条例(2021-09-30)")),
        ("(丽政发〔2020〕12号)", chunk("丽政发(2020)12号")),
        ("《办法》", chunk("《办法》")),
        ("12:30", chunk("12:30")),
        ("…", chunk("…")),
    ],
)
def test_what_means_what(typed: str, query: Query) -> None:
    assert parse(typed, cut) == query


@pytest.mark.parametrize(
    ("typed", "position", "reason"),
    [
        ("", 0, "empty"),
        (" \t", 2, "empty"),
        ('"未闭合', 0, "never closed"),
        ("国土 “未闭合", 3, "never closed"),
        ('国土 ""', 3, "nothing between"),
        ('"　"', 0, "nothing between"),
        ("(国土", 0, "never closed"),
        ("国土 (空间 (规划)", 3, "never closed"),
        ("国土)", 2, "closes nothing"),
        (")", 0, "missing"),
        ("()", 1, "missing"),
        ("国土 OR", 5, "missing"),
        ("OR 国土", 0, "missing"),
        ("国土 OR OR 空间", 6, "missing"),
        ("国土 AND", 6, "missing"),
        ("(国土 OR)", 6, "missing"),
        ("|国土", 0, "missing"),
        ("NOT", 3, "missing"),
        ("国土 -", 4, "missing"),
        ("国土 - 空间", 3, "leave out the space"),
        ("国土“空间 规划”", 2, "not closed before the next space"),
        ("国土（空间｜规划）", 2, "not closed before the next"),
        ("同句(碳达峰 碳中和)", 2, "not closed before the next space"),
        ("title:国土", 0, "no field “title”"),
        ("国土 标题：空间", 3, "no field “标题”"),
        ("/第.条/", 0, "regular expressions"),
        ("*", 0, "not understood"),
        ("\u200b", 0, "nothing that can be seen"),
        ("(" * (MAX_DEPTH + 2) + "国土", MAX_DEPTH + 1, "deep"),
        ("-" * 5000 + "国土", MAX_DEPTH + 1, "deep"),
    ],
)
def test_what_is_refused(typed: str, position: int, reason: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(typed, cut)
    assert (caught.value.query, caught.value.position) == (typed, position)
    assert reason in caught.value.reason


@given(st.text() | st.text(alphabet='国土 ab()（）|｜-－"“”ANDORNOT:/*〔〕'))
def test_anything_is_a_query_or_refused_with_its_place(typed: str) -> None:
    try:
        query = parse(typed, cut)
    except QueryError as error:
        refused = error
    else:
        assert all(part.text for part in positive_parts(query))
        return
    assert 0 <= refused.position <= len(typed)
    assert refused.reason


def test_what_speaks_for_an_article() -> None:
    query = parse('国土 (空间 OR "规划") -浙江 NOT (山 OR 水)', cut)
    assert list(positive_parts(query)) == [A, B, literal("规划")]
