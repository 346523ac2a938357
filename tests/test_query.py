"""The query language: what queries mean, and where and why others are refused."""

from calendar import monthrange
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.errors import QueryError
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
    Spelled,
    match_any,
    parse,
    positive_parts,
)
from lsq.query.cursor import MAX_DEPTH, MAX_DISTANCE, MAX_FUNCTIONS, MAX_LENGTH, MAX_TERMS
from lsq.query.days import days_of
from lsq.query.fields import DAYS, FIELDS
from lsq.query.filters import Filters
from lsq.query.patterns import Patterns
from lsq.query.units import holds, needed, normalize, satisfies, stretches, units
from lsq.text.fold import fold
from tests.grammar import RULES, derived, terminals


def cut(text: str) -> tuple[str, ...]:
    """Words as if every letter were one: the grammar does not care."""
    return tuple(char for char in text if char.isalnum())


def chunk(text: str) -> Chunk:
    return Chunk(text, cut(text))


def literal(text: str) -> Literal:
    return Literal(text)


def title(part: Query) -> Field:
    return Field("title", part)


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
        ("国土 OR(空间)", Or((A, B))),
        ("NOT“国土”", Not(literal("国土"))),
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
        ('"R&D 经费"', literal("r&d经费")),
        ('"国土"空间', And((literal("国土"), B))),
        ('"国土" "空间"', And((literal("国土"), literal("空间")))),
        ('国土|"空间"', Or((A, literal("空间")))),
        ('"打造“重要窗口”"', literal('打造"重要窗口"')),
        ("“国土 OR (空间”", literal("国土or(空间")),
        ("丽水“十四五”怎么干？", chunk('丽水"十四五"怎么干?')),
        ("浙江省土地管理条例(2021-09-30)", chunk("浙江省土地管理条例(2021-09-30)")),
        ("(丽政发〔2020〕12号)", chunk("丽政发(2020)12号")),
        ("《办法》", chunk("《办法》")),
        ("12:30", chunk("12:30")),
        ("、", chunk("、")),
        ("…", Spelled(tuple(chunk(dots) for dots in ("…", "……", "...", "......")))),
        ("*", Everything()),
        ("＊ -国土", And((Everything(), Not(A)))),
        ("* | 国土", Or((Everything(), A))),
        ("国土*", chunk("国土*")),
        ("*国土", chunk("*国土")),
        ("同句(国土 空间)", SameSentence(And((A, B)))),
        ("同句（国土｜空间）", SameSentence(Or((A, B)))),
        ("sentence(国土) 空间", And((SameSentence(A), B))),
        ("SENTENCE(国土 -空间)", SameSentence(And((A, Not(B))))),
        ("Ｓｅｎｔｅｎｃｅ（国土）", SameSentence(A)),
        ("-同段(国土 /空间/)", Not(SameParagraph(And((A, Regex("空间")))))),
        ("paragraph( 国土 )", SameParagraph(A)),
        ("同段(同句(国土) near/3(空间))", SameParagraph(And((SameSentence(A), Near(3, (B,)))))),
        ("同句(* -国土)", SameSentence(And((Everything(), Not(A))))),
        ("同句", chunk("同句")),
        ("同句 国土", And((chunk("同句"), A))),
        ("同句【国土】", chunk("同句(国土)")),
        ("sentences", chunk("sentences")),
        ("near/30(国土 空间)", Near(30, (A, B))),
        ("近／３０（国土 空间）", Near(30, (A, B))),
        ('Near/1("国土" /空./)', Near(1, (literal("国土"), Regex("空.")))),
        (f"near/{MAX_DISTANCE}(国土)", Near(MAX_DISTANCE, (A,))),
        ("near/030(国土)", Near(30, (A,))),
        ("near/5(国土|空间 规划)", Near(5, (Or((A, And((B, C)))),))),
        ("near/5((国土|空间) 规划)", Near(5, (Or((A, B)), C))),
        ("near/远", chunk("near/远")),
        ("远近", chunk("远近")),
        ("title:国土", title(A)),
        ("Title：國土", title(A)),
        ("标题:国土", title(A)),
        ("標題：“国土”", title(literal("国土"))),
        ("title:*", title(Everything())),
        ("title:/^国土/", title(Regex("^国土"))),
        ("-title:国土", Not(title(A))),
        ("title:国土 空间", And((title(A), B))),
        ("title:国土|空间", Or((title(A), B))),
        (
            "title:(国土 OR 空间) -title:规划",
            And((title(Or((A, B))), Not(title(C)))),
        ),
        ("title:( 国土 -空间 )", title(And((A, Not(B))))),
        ("title:OR", title(chunk("or"))),
        ("title:12:30", title(chunk("12:30"))),
        ("issuer:国土", Field("issuer", A)),
        ("机关:国土", Field("issuer", A)),
        ("发文机关:国土", Field("issuer", A)),
        ("issuer:国务院", Field("issuer", chunk("国务院"))),
        (
            "issuer:中华人民共和国国务院",
            Field("issuer", Spelled((chunk("中华人民共和国国务院"), chunk("国务院")))),
        ),
        (
            'issuer:("丽水市人民政府" -国土)',
            Field(
                "issuer", And((Spelled((literal("丽水市人民政府"), literal("丽水市政府"))), Not(A)))
            ),
        ),
        ("issuer:/^国务院$/", Field("issuer", Regex("^国务院$"))),
        ("发文字号:国土", Field("number", literal("国土"))),
        ("索引号:000 14/2020", And((Field("indexno", literal("000")), chunk("14/2020")))),
        ("主题分类:国土", Field("subject", A)),
        ("栏目:国土", Field("column", A)),
        ("署名:国土", Field("byline", A)),
        ("成文日期:2020", Dated(20200101, 20201231)),
        ("发布日期:2020", Dated(20200101, 20201231, "published")),
        (
            "published:(2019|2021)",
            Or((Dated(20190101, 20191231, "published"), Dated(20210101, 20211231, "published"))),
        ),
        ("kind:国土", Field("kind", A)),
        ("文种:国土", Field("kind", A)),
        ("number:丽政发[2020]12号", Field("number", literal("丽政发(2020)12号"))),
        ("文号：丽政发〔２０２０〕12号", Field("number", literal("丽政发(2020)12号"))),
        ("number:(-12号)", Field("number", Not(literal("12号")))),
        ('number:"丽政发 【2020】 12 号"', Field("number", literal("丽政发(2020)12号"))),
        ("path:2020/丽水", Field("path", literal("2020/丽水"))),
        ("路径:国土", Field("path", literal("国土"))),
        ("date:2020", Dated(20200101, 20201231)),
        ("日期：2020-2", Dated(20200201, 20200229)),
        ("date:2019-02", Dated(20190201, 20190228)),
        ("date:1900-02", Dated(19000201, 19000228)),
        ("date:2000-02-29", Dated(20000229, 20000229)),
        ("date:2020-08-26", Dated(20200826, 20200826)),
        ("date:2020-08-01", Dated(20200801, 20200801)),
        ("date:２０２０－０８－２６", Dated(20200826, 20200826)),
        ("date:2020年8月26日", Dated(20200826, 20200826)),
        ("date:2020年8月", Dated(20200801, 20200831)),
        ("date:2020年", Dated(20200101, 20201231)),
        ("日期:二〇二〇年八月", Dated(20200801, 20200831)),
        ("日期:二○二〇年八月二十六日", Dated(20200826, 20200826)),
        ("日期:二零二〇年十二月", Dated(20201201, 20201231)),
        ("日期:２０２０年０８月", Dated(20200801, 20200831)),
        ("日期:2020年8月份", Dated(20200801, 20200831)),
        ("日期:2020年8月26号", Dated(20200826, 20200826)),
        ("日期:2020.8", Dated(20200801, 20200831)),
        ("日期:2020．8．26", Dated(20200826, 20200826)),
        ("日期:2020/8", Dated(20200801, 20200831)),
        ("date:2020/8/26", Dated(20200826, 20200826)),
        ("date:2020.8..2021年3月", Dated(20200801, 20210331)),
        ("date:一九四九年..", Dated(19490101, 99991231)),
        ("date:2020-01..2021-06-30", Dated(20200101, 20210630)),
        ("date:2020..2020", Dated(20200101, 20201231)),
        ("date:2020-08-26..2020-08-26", Dated(20200826, 20200826)),
        ("date:2020．．2021年", Dated(20200101, 20211231)),
        ("date:*", Dated(10101, 99991231)),
        ("date:..2019", Dated(10101, 20191231)),
        ("date:2021..", Dated(20210101, 99991231)),
        ("-date:2020", Not(Dated(20200101, 20201231))),
        ("date:(2020 -2020-08)", And((Dated(20200101, 20201231), Not(Dated(20200801, 20200831))))),
        ("date:(2019|2021)", Or((Dated(20190101, 20191231), Dated(20210101, 20211231)))),
        ("国土 date:2020", And((A, Dated(20200101, 20201231)))),
        ("/第[一二]+条/", Regex("第[一二]+条")),
        ("／国土／", Regex("国土")),
        ("/国土/|/空 间/", Or((Regex("国土"), Regex("空 间")))),
        (r"/1\/2/", Regex(r"1\/2")),
        ("/国\\\n土/", Regex("国\n土")),
        ("(/国土/)", Regex("国土")),
        ("国土/空间", chunk("国土/空间")),
        ("https://www.gov.cn/a", chunk("https://www.gov.cn/a")),
        ("a1:国土", chunk("a1:国土")),
    ],
)
def test_queries_are_parsed_into_nodes(typed: str, query: Query) -> None:
    assert parse(typed, cut) == query


@pytest.mark.parametrize(
    ("typed", "position", "reason"),
    [
        ("", 0, "empty"),
        (" \t", 2, "empty"),
        ('"未闭合', 0, "not closed"),
        ("国土 “未闭合", 3, "not closed"),
        ('国土 ""', 3, "nothing between"),
        ('"　"', 0, "nothing between"),
        ("(国土", 0, "not closed"),
        ("国土 (空间 (规划)", 3, "not closed"),
        ("国土)", 2, "has no opening bracket"),
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
        ("国土 - 空间", 3, "without a space"),
        ("国土“空间 规划”", 2, "not closed before the next space"),
        ("国土（空间｜规划）", 2, "not closed before the next"),
        ("tilte:国土", 0, "no field “tilte”, do you mean title?"),
        (
            "国土 题目：空间",
            3,
            "no field “题目”; the fields are title, issuer, number, kind, indexno, subject, ",
        ),
        ("会议指出:国土", 0, "put it in quotes"),
        ("title:", 6, "directly after title:"),
        ("title: 国土", 6, "directly after title:"),
        ("(标题：)", 4, "directly after 标题:"),
        ("title:-国土", 6, "put the minus before the field: -title:…"),
        ("title:(国土", 6, "not closed"),
        ("title:“国土", 6, "not closed"),
        ("title:()", 7, "missing"),
        ("title:issuer:国土", 6, "fields cannot contain a field"),
        ("title:(国土 date:2020)", 10, "fields cannot contain a field"),
        ("title:(国土 -kind:通知)", 11, "fields cannot contain a field"),
        ("title:同句(国土)", 6, "sentence searches an article's text, not a field"),
        ("title:near/3(国土)", 6, "near searches an article's text, not a field"),
        ("number:(国土 kind:空间)", 11, "cannot contain a field"),
        ("date:昨天", 5, "write 2020, 2020-08 or 2020-08-26, or a range"),
        ("date:20200826", 5, "not a date"),
        ("date:2020-13", 10, "a month is 1 to 12"),
        ("date:2020-00", 10, "a month is 1 to 12"),
        ("date:2021-04-31", 13, "days 1 to 30"),
        ("date:2021-02-29", 13, "days 1 to 28"),
        ("date:2020年13月", 10, "a month is 1 to 12"),
        ("date:0000", 5, "no year 0"),
        ("国土 || 空间", 4, "one | is enough"),
        ("国土 ｜ | 空间", 5, "missing"),
        ("date:2020.13", 10, "a month is 1 to 12"),
        ("date:2020.8/26", 5, "not a date"),
        ("date:二〇二〇年十三月", 10, "a month is 1 to 12"),
        ("date:2021..2020", 11, "ends before it begins"),
        ("国土 date:2020..2020-1-32", 21, "days 1 to 31"),
        ("date:..", 5, "at least one end; write 2020, 2020-08 or 2020-08-26, or a range"),
        ("date:昨天..2020", 5, "write 2020, 2020-08 or 2020-08-26, or a range"),
        ("date:2020..明天", 11, "write 2020, 2020-08 or 2020-08-26, or a range"),
        ("near/1001(国土)", 5, "from 1 to 1000 characters"),
        ("date:2020..2021..2022", 11, "not a date"),
        ("date:/2020/", 5, "not a date"),
        ('date:"2020"', 5, "not a date"),
        ("date:同句(2020)", 5, "not a date"),
        ("date:title:2020", 5, "not a date"),
        ("date:OR", 5, "not a date"),
        ("date:(2020 -OR)", 12, "missing"),
        ("同句()", 3, "missing"),
        ("同句(国土", 2, "not closed"),
        ("同句(国土 title:空间)", 6, "sentence cannot contain a field"),
        ("同段(date:2020)", 3, "paragraph cannot contain a field"),
        ("near(国土 空间)", 0, "near/30("),
        ("近（国土 空间）", 0, "near/30("),
        ("near/(国土)", 0, "near/30("),
        ("near/0(国土)", 5, "from 1 to"),
        ("near/1001(国土)", 5, "from 1 to"),
        (f"near/{'9' * 5000}(国土)", 5, "from 1 to"),
        ("near/30 (国土 空间)", 7, "put the bracket directly after it"),
        ("near/30", 7, "put the bracket directly after it"),
        ("near/5(国土 -空间)", 10, "near cannot exclude"),
        ("near/5(国土 (空间 NOT 规划))", 14, "near cannot exclude"),
        ("near/5(国土 title:空间)", 10, "near cannot contain a field"),
        ("near/5(同句(国土))", 7, "write them separately"),
        ("near/5(near/3(国土))", 7, "write them separately"),
        ("near/5(国土 *)", 10, "leave it out"),
        ("国土 /空间", 3, "not closed"),
        ("/国土\\/", 0, "not closed"),
        ("//", 0, "nothing between"),
        ("/\u00ad/", 0, "nothing between"),
        ("/usr/bin", 4, "quote all of it if it is text"),
        ("国土 /空(间/", 7, "invalid regular expression: "),
        ("国土 /（空(间/", 8, "invalid regular expression: "),
        ("/国**/", 3, "invalid regular expression: "),
        ("/{2}国/", 1, "invalid regular expression: "),
        ("国土 /空间(?V0)(?V1)/", 4, "invalid regular expression: "),
        ("/[国/", 3, "invalid regular expression"),
        ("/国\\p{Nonsense}/", 14, "invalid regular expression"),
        ("同句(/国)/)", 5, "invalid regular expression"),
        ("\u200b", 0, "only invisible characters"),
        ("(" * (MAX_DEPTH + 2) + "国土", MAX_DEPTH + 1, "more than 50 deep"),
        ("-" * 5000 + "国土", MAX_DEPTH + 1, "deep"),
        ("title:" + "(" * (MAX_DEPTH + 1) + "国土", MAX_DEPTH + 6, "deep"),
        ("同句(" * (MAX_DEPTH + 1) + "国土", (MAX_DEPTH // 2 + 1) * 3, "deep"),
        ("国" * MAX_LENGTH + "土", MAX_LENGTH, "at most 10,000 characters"),
        ("国" * MAX_LENGTH + "\udce5", MAX_LENGTH, "at most 10,000 characters"),
        ("国 " * MAX_TERMS + "土", 2 * MAX_TERMS, "at most 1,000 terms"),
        ("同句(国) " * MAX_FUNCTIONS + "近/3(土)", 6 * MAX_FUNCTIONS, "at most 100 of sentence"),
        ("title:(" + "*|" * MAX_TERMS + "土)", 7 + 2 * MAX_TERMS, "at most 1,000 terms"),
    ],
)
def test_invalid_queries_are_refused_with_position_and_reason(
    typed: str, position: int, reason: str
) -> None:
    with pytest.raises(QueryError) as caught:
        parse(typed, cut)
    assert (caught.value.query, caught.value.position) == (typed, position)
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("国" * MAX_LENGTH, chunk("国" * MAX_LENGTH)),
        ("国 " * MAX_TERMS, And((chunk("国"),) * MAX_TERMS)),
        ("同句(国土) " * MAX_FUNCTIONS, And((SameSentence(A),) * MAX_FUNCTIONS)),
        ("(" * MAX_DEPTH + "国土" + ")" * MAX_DEPTH, A),
    ],
    ids=["as long", "as many", "as many joints", "as deep"],
)
def test_queries_of_the_maximum_size_are_parsed(typed: str, query: Query) -> None:
    assert parse(typed, cut) == query


SIGNS = [
    *'国土 ab()（）|｜-－"“”:：/／*〔〕[]\\+?{}^$.1',
    "AND ",
    "OR ",
    "NOT ",
    "near/3(",
    "同句(",
]
SIGNS += ["title:", "number：", "date:", "2020", "..", "-08", "(?", "\\p{", "\\x"]


@given(st.text() | st.lists(st.sampled_from(SIGNS)).map("".join), st.booleans())
def test_any_text_is_a_query_or_refused_with_a_position(typed: str, inside: bool) -> None:
    if inside:
        typed = f"/{typed}/"
    try:
        query = parse(typed, cut)
    except QueryError as error:
        refused = error
    else:
        for part in (*positive_parts(query), *positive_parts(match_any(query))):
            assert part.pattern if isinstance(part, Regex) else part.text
        return
    assert 0 <= refused.position <= len(typed)
    assert refused.reason


def test_nodes_are_equal_only_if_all_attributes_are() -> None:
    different = [
        literal("国土"),
        literal("空间"),
        A,
        any_of("国土"),
        SameSentence(A),
        SameParagraph(A),
        SameSentence(B),
        Near(1, (A,)),
        Near(2, (A,)),
        Dated(1, 2),
        Dated(1, 3),
        Regex("国土"),
        Regex("空间"),
    ]
    assert all(one != other for one, other in permutations(different, 2))
    assert len({*different, *different}) == len(different)
    assert Regex("国土", "国土", "/国土/", 1) == Regex("国土")


def test_positive_parts_are_the_scored_terms() -> None:
    query = parse('国土 (空间 OR "规划") -浙江 NOT (山 OR 水)', cut)
    assert list(positive_parts(query)) == [A, B, literal("规划")]


def test_filters_have_no_positive_parts() -> None:
    query = parse(
        "title:国土 同句(空间 -山) near/9(规划 /水/) issuer:a kind:a path:a number:1 date:2020 *",
        cut,
    )
    assert list(positive_parts(query)) == [A, B, C, Regex("水")]


def any_of(text: str) -> Chunk:
    return Chunk(text, cut(text), any_word=True)


AA, BB, CC = any_of("国土"), any_of("空间"), any_of("规划")


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("国土", AA),
        ('"国土"', literal("国土")),
        ("国土 空间", Or((AA, BB))),
        ("国土 OR 空间", Or((AA, BB))),
        ("国土 (空间 规划)", Or((AA, And((BB, CC))))),
        ("国土 title:空间", Or((AA, title(BB)))),
        ("国土 -空间", And((AA, Not(B)))),
        ("国土 空间 -规划", And((Or((AA, BB)), Not(C)))),
        ("国土 issuer:空间", And((AA, Field("issuer", B)))),
        ("国土 空间 date:2020", And((Or((AA, BB)), Dated(20200101, 20201231)))),
        ("同句(国土 空间) 规划", Or((SameSentence(And((AA, BB))), CC))),
        ("near/3(国土 空间)", Near(3, (AA, BB))),
        ("同段(国土 空间)", SameParagraph(And((AA, BB)))),
        ("kind:国土 -空间", And((Field("kind", A), Not(B)))),
        ("国土 (空间 date:2020)", Or((AA, And((BB, Dated(20200101, 20201231)))))),
        ("*", Everything()),
    ],
)
def test_match_any_relaxes_scored_parts_only(typed: str, query: Query) -> None:
    assert match_any(parse(typed, cut)) == query


@pytest.mark.parametrize(
    ("filters", "queries"),
    [
        (Filters(), []),
        (Filters(title=["国土"]), [title(literal("国土"))]),
        (Filters(title=["国土 -空间"]), [title(literal("国土-空间"))]),
        (Filters(title=["国土|空间"]), [title(literal("国土|空间"))]),
        (Filters(title=["/国.*/"]), [title(literal("/国.*/"))]),
        (Filters(title=["“国土 OR (空间"]), [title(literal('"国土or(空间'))]),
        (Filters(title=["kind:国土"]), [title(literal("kind:国土"))]),
        (
            Filters(title=["国土", "空间"]),
            [Or((title(literal("国土")), title(literal("空间"))))],
        ),
        (Filters(number=["12 号"]), [Field("number", literal("12号"))]),
        (
            Filters(issuer=["中华人民共和国国务院"]),
            [Field("issuer", Spelled((literal("中华人民共和国国务院"), literal("国务院"))))],
        ),
        (
            Filters(kind=["国土"], path=["a/b"]),
            [Field("kind", literal("国土")), Field("path", literal("a/b"))],
        ),
        (Filters(since="2020-08"), [Dated(20200801, 99991231)]),
        (Filters(until=" ２０２０年"), [Dated(10101, 20201231)]),
        (Filters(since="二〇二一年"), [Dated(20210101, 99991231)]),
        (Filters(since="2021 年 3 月"), [Dated(20210301, 99991231)]),
        (Filters(since="2020", until="2020"), [Dated(20200101, 20201231)]),
        (Filters(since="2020-08-26", until="2020-08-26"), [Dated(20200826, 20200826)]),
        (Filters(kind=["国土"] * MAX_TERMS), [Or((Field("kind", literal("国土")),) * MAX_TERMS)]),
    ],
)
def test_filters_are_queries(filters: Filters, queries: list[Query]) -> None:
    assert list(filters.queries()) == queries


@pytest.mark.parametrize(
    ("filters", "source", "position", "reason"),
    [
        (Filters(title=["国土", "国" * (MAX_LENGTH + 1)]), "title", MAX_LENGTH, "at most 10,000"),
        (Filters(title=["国\udce5"]), "title", 1, "not UTF-8"),
        (Filters(title=["\u200b"]), "title", 0, "empty"),
        (Filters(kind=[""]), "kind", 0, "empty"),
        (Filters(since="2020-13"), "since", 5, "a month"),
        (Filters(until=" 昨天"), "until", 1, "write 2020"),
        (Filters(since="2020..2021"), "since", 0, "not a date"),
        (Filters(since="2021", until="2020"), "until", 0, "before"),
        (Filters(kind=["国土"] * MAX_TERMS + [""]), "kind", 0, "more than 1,000 times"),
    ],
)
def test_invalid_filters_are_refused(
    filters: Filters, source: str, position: int, reason: str
) -> None:
    with pytest.raises(QueryError) as caught:
        list(filters.queries())
    assert (caught.value.source, caught.value.position) == (source, position)
    assert reason in caught.value.reason
    given = filters.fields.get(source) or getattr(filters, source)
    assert caught.value.query == given if isinstance(given, str) else caught.value.query in given


@pytest.mark.parametrize(
    ("typed", "value", "expected"),
    [
        ("number:丽政发[2020]12号", "丽政发〔2020〕 12 号", True),
        ("number:麗政發【２０２０】12号", "丽政发(2020)12号", True),
        ('number:"丽政发 2020"', "丽政发〔2020〕12号", False),
        ("number:12号", "丽政发〔2020〕12号", True),
        ("number:2号", "丽政发〔2020〕12号", False),
        ("number:[2020]1", "丽政发〔2020〕12号", False),
        ("number:20", "丽政发〔2020〕20号", True),
        ("number:(12号 -13)", "丽政发〔2020〕12号", True),
        ("number:(-12号)", "丽政发〔2020〕12号", False),
        ("number:/2号$/", "丽政发〔2020〕12号", True),
        ("number:12号", "112号、12号", True),
        ("number:12号", "12号、112号", True),
        ("number:12号", "112号、12号、212号", True),
        ("number:(2号 丽政发)", "丽政发〔2020〕12号", False),
        ("number:(2号 OR 13号)", "丽政发〔2020〕12号", False),
        ("number:(-2号)", "丽政发〔2020〕12号", True),
        ("number:22", "222、22", True),
        ("number:12号", "12号1", True),
        ("number:12", "第12", True),
        ("path:/a b/", "x/a b.txt", True),
        ("number:*", "12", True),
        ("number:*", " ", False),
        ("number:(-12)", None, False),
        ("issuer:国务院", "國 務 院辦公廳", True),
        ("issuer:国务院办公室", "国务院办公厅", False),
        ("title:土规", "国土空间规划", True),
        ('title:"土规"', "国土空间规划", False),
        ("title:/^国.*划$/", "国土空间规划", True),
        ("title:(/^国/ /划$/)", "国土空间规划", True),
        ("title:(/^空/ OR /划$/)", "国土空间规划", True),
        ("title:(-/^国/)", "国土空间规划", False),
        ("kind:(通知 OR 意见)", "意见", True),
        ("kind:(通知 意见)", "意见", False),
        ("path:a/B", "x/A/b.txt", True),
        ("path:ab", "a/b.txt", False),
    ],
)
def test_values_of_fields_are_matched(typed: str, value: str | None, expected: bool) -> None:
    query = parse(typed, cut)
    assert isinstance(query, Field)
    compared = normalize(query.name, value)
    assert satisfies(compared, query.name, query.part, Patterns()) is expected


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("国土。空间", ["国土。", "空间"]),
        ("“国土！”（空间？）规划", ["“国土！”", "（空间？）", "规划"]),
        ("国土……空间；规划", ["国土……", "空间；", "规划"]),
        ("国土！？”》空间", ["国土！？”》", "空间"]),
        ("国土\n\n 空间 。\n”规划", ["国土", "空间 。", "”规划"]),
        ("国土.空间，规划", ["国土.空间，规划"]),
        (" \n", []),
    ],
)
def test_sentences_end_at_their_end_marks(text: str, sentences: list[str]) -> None:
    every = SameSentence(Everything())
    assert [text[start:end] for start, end in units(every, fold(text))] == sentences
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert [text[s:e] for s, e in units(SameParagraph(Everything()), fold(text))] == lines


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("near/4(国土 空间)", "国土空间", True),
        ("near/4(空间 国土)", "国土空间", True),
        ("near/4(国土 空间)", "国土、空间", False),
        ("near/5(国土 空间)", "国土、空间", True),
        ("near/2(国土 国土)", "国土", True),
        ("near/3(土国 国土)", "国土国", True),
        ("near/6(国土 (空间 OR 规划))", "空间一一国土一一规划", True),
        ("near/5(国土 (空间 OR 规划))", "空间一一国土一一规划", False),
        ("near/9(国土 (空间 OR 规划 山))", "国土一一规划一一山", True),
        ("near/8(国土 (空间 OR 规划 山))", "国土一一规划一一山", False),
        ("near/3(/^国/ /.$/)", "国一土", True),
        ("near/1(国土)", "国土", False),
        ("near/2(/国./)", "一国土", True),
        ("near/1(/国./)", "一国土", False),
        ("near/4(国土 空间)", "国土一一一国土空间", True),
        ("near/4(国土 空间)", "国土空间一一一国土", True),
        ("near/5(国土 空间)", "一国土国土空间", True),
        ("near/3(国国 土)", "国国国土", True),
        ("near/4(国土 (空间 OR /规./))", "国土一规划", False),
        ("near/5(国土 (空间 OR /规./))", "国土一规划", True),
        ("near/3(/国土国|土空/ 间)", "国土国土空间", True),
        ("near/3((国土 OR 规划) 空)", "国土一一规划空", True),
        ("near/1000(国土 水)", "国土", False),
        ("near/6(国土 空间 规划)", "空间国土规划", True),
        ("near/5(国土 空间 规划)", "空间国土规划", False),
        ("near/4(国土 空间)", "国土一一一国土空间一一一国土一一一空间一一一空间", True),
        ("near/2(国 /土$/)", "国土空间", False),
        ("near/2(国 (/土$/ OR 山))", "国土空间", False),
        ("near/4(空 /国.*?土/)", "国土一一国一一一土空", False),
    ],
)
def test_near_matches_within_its_distance(typed: str, text: str, expected: bool) -> None:
    assert holds(parse(typed, lambda text: (text,)), text, Patterns()) is expected


@pytest.mark.parametrize(
    ("typed", "any_word", "strings"),
    [
        ('"国土"', False, {"国土"}),
        ("国土空间", False, {"国土空间", "土空间"}),
        ("国土空间", True, {"国土空间", "国", "土空间"}),
        ("/国土.空/", False, {"国土"}),
        ("/[国土]/", False, None),
        ("-国土", False, None),
        ('同句("国土")', False, {"国土"}),
        ('同段("国土")', False, {"国土"}),
        ('"国" "国土"', False, {"国土"}),
        ('("国土" OR "空间") "规划"', False, {"规划"}),
        ('-"国土" "空"', False, {"空"}),
        ('near/9(/./ "空")', False, {"空"}),
        ('"国土" OR "空"', False, {"国土", "空"}),
        ('"国土" OR /./', False, None),
        ("-国土 /./", False, None),
        ("*", False, None),
    ],
)
def test_needed_strings_of_a_query(typed: str, any_word: bool, strings: set[str] | None) -> None:
    query = parse(typed, lambda text: (text[:1], text[1:]))
    assert needed(match_any(query) if any_word else query) == strings


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ('near/4("国土" "空间")', "国土空间一一国土一空间国土", ["国土空间", "空间国土"]),
        ('near/2("土")', "土土", ["土", "土"]),
        ('near/3("国" ("土" OR "地"))', "国土国一地", ["国土", "土国", "国一地"]),
        ("near/4(国土)", "国一土国土", ["国一土", "土国", "国土"]),
        ('near/9("国" "土")', "国国", []),
        ('near/2(/国./ "土")', "国土土", ["国土"]),
    ],
)
def test_stretches_of_near(typed: str, text: str, found: list[str]) -> None:
    near = parse(typed, cut)
    assert isinstance(near, Near)
    assert [text[start:end] for start, end in stretches(near, text, Patterns())] == found


@pytest.mark.parametrize("year", [1900, 2000, 2023, 2024])
def test_every_month_has_its_days(year: int) -> None:
    for month in range(1, 13):
        first = year * 10_000 + month * 100 + 1
        assert days_of(f"{year}-{month:02}") == (first, first - 1 + monthrange(year, month)[1])


@pytest.mark.parametrize(
    ("iso", "days"),
    [
        (None, None),
        ("", None),
        ("昨天", None),
        ("2020", (20200101, 20201231)),
        ("2020-02", (20200201, 20200229)),
        ("2100-02", (21000201, 21000228)),
        ("2020-08-26", (20200826, 20200826)),
        ("2020-08-32", None),
    ],
)
def test_a_reduced_date_means_all_its_days(iso: str | None, days: tuple[int, int] | None) -> None:
    assert days_of(iso) == days


@pytest.mark.parametrize("seed", range(30))
def test_every_query_that_the_grammar_derives_is_parsed(seed: int) -> None:
    random = Random(seed)
    for _ in range(20):
        parse(derived(random), cut)


def test_the_grammar_names_every_field() -> None:
    written = {typed for rule in RULES.values() for typed in terminals(rule)}
    assert written >= set(FIELDS)
    assert set(terminals(RULES["name"])) == {
        name for name, field in FIELDS.items() if field not in DAYS
    }
