"""Regular expressions: folded like the texts, narrowed without loss, and stopped in time."""

import itertools
from pathlib import Path
from types import SimpleNamespace

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from lsq.errors import QueryError
from lsq.index import open_index
from lsq.query import Regex, patterns
from lsq.query.expressions import checked, fold_pattern
from lsq.query.patterns import Patterns
from lsq.text.fold import fold


@pytest.mark.parametrize(
    ("typed", "pattern"),
    [
        ("國務院", "国务院"),
        ("ＧＤＰ", "gdp"),
        ("（试行）", r"\(试行\)"),
        ("(试行)?", "(试行)?"),
        ("〔2020〕", r"\(2020\)"),
        (r"\[2020\]", r"\(2020\)"),
        (r"什么？.*", r"什么\?.*"),
        (r"\D\S\W\b\Z", r"\D\S\W\b\Z"),
        (r"\p{Han}\P{L}\p{^L}\pL", r"\p{Han}\P{L}\p{^L}\pL"),
        (r"\N{LATIN SMALL LETTER A}", r"\N{LATIN SMALL LETTER A}"),
        ("(?P<Name>A)(?P=Name)", "(?P<Name>a)(?P=Name)"),
        (r"(?<Name>A)\g<Name>", r"(?<Name>a)\g<Name>"),
        ("(?i:A)(?<!B)(?=C)(?#D)", "(?i:a)(?<!b)(?=c)(?#D)"),
        ("[A-Z]", "[a-z]"),
        ("[Ａ-Ｚ０-９]", "[a-z0-9]"),
        ("[A-z]", "[A-z]"),
        ("[一-龥]", "[一-龥]"),
        ("[^〔（]", r"[^\(\(]"),
        (r"[\[\]^]", r"[\(\)^]"),
        ("[]A]", r"[\]a]"),
        ("[^]A]", r"[^\]a]"),
        ("国[^]A]", r"国[^\]a]"),
        ("[^国][A-Z]", "[^国][a-z]"),
        ("[A-Z]X", "[a-z]x"),
        ("[A-", "[a-"),
        ("[A-]", "[a-]"),
        ("[[:Alpha:]A]", "[[:Alpha:]a]"),
        (r"\x41\u570b\U0000FF08", r"a国\("),
        (r"[\u4e00-\u9fff]", "[一-鿿]"),
        ("a{2,3}", "a{2,3}"),
        ("a｛2｝", r"a\{2\}"),
        ("国\u200b土", "国土"),
        ("——", r"\-\-"),
        ("a\\", "a\\"),
    ],
)
def test_what_stands_for_itself_is_folded(typed: str, pattern: str) -> None:
    assert fold_pattern(typed)[0] == pattern


@pytest.mark.parametrize(
    ("typed", "origins"),
    [
        ("國土", [0, 1, 2]),
        ("（国", [0, 0, 1, 2]),
        (r"\x41国", [0, 4, 5]),
        (r"\p{Han}国", [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ("[Ａ-Ｚ]国", [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_where_each_character_came_from(typed: str, origins: list[int]) -> None:
    assert fold_pattern(typed)[1] == origins


PLAIN = "国土國（）［］Aａ1１。？＊ ——|.*"


@given(st.text(PLAIN + "()[]?+^$\\dDpu{}-", max_size=12))
def test_every_character_knows_where_it_came_from(typed: str) -> None:
    pattern, origins = fold_pattern(typed)
    assert len(origins) == len(pattern) + 1
    assert origins == sorted(origins)
    assert origins[-1] == len(typed)


@given(st.text(PLAIN))
def test_an_escaped_text_finds_itself(text: str) -> None:
    pattern, _ = fold_pattern(regex.escape(text, special_only=True))
    assert regex.fullmatch(pattern, fold(text))


@pytest.mark.parametrize(
    ("typed", "literal"),
    [
        ("第[一二三]+条例", "条例"),
        ("国土?空间", "空间"),
        ("国土+空", "国土"),
        ("土{2}空间{1}", "空"),
        (".{5}元", "元"),
        (r"国\n土地", "土地"),
        (r"（试行）$", "(试行)"),
        ("(国土)空", "空"),
        ("[[:alpha:]国土]空", "空"),
        (r"(a)\1国", "国"),
        ("国 土地", "土地"),
        ("国|土", ""),
        ("(?i)国", ""),
        (r"(?P<国土>a)\g<国土>", ""),
        (r"\d+", ""),
    ],
)
def test_what_must_stand_in_the_text(typed: str, literal: str) -> None:
    assert checked(typed, "", 0).literal == literal


ATOMS = st.sampled_from(
    [
        *"ab.国1",
        r"\d",
        r"\.",
        r"\n",
        r"\p{L}",
        "[ab]",
        "[^a]",
        "[]a]",
        r"[\]]",
        "[[:alpha:]国b]",
        "()",
        "(a)",
    ]
)
TIMES = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{0,1}", "*?", "++", "{e<=1}"])
PATTERNS = st.recursive(
    st.tuples(ATOMS, TIMES).map("".join),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map("|".join),
        st.tuples(inner, TIMES).map(lambda two: f"({two[0]}){two[1]}"),
    ),
    max_leaves=6,
)


@given(PATTERNS, st.lists(st.text("ab国1.]\n", max_size=8), min_size=20, max_size=20))
def test_whatever_is_found_has_it(typed: str, texts: list[str]) -> None:
    try:
        expression = checked(typed, "", 0)
        found = [[text[slice(*at)] for at in Patterns().ranges(expression, text)] for text in texts]
    except QueryError:  # no expression, or one that takes too much
        return
    assert all(expression.literal in piece for pieces in found for piece in pieces)


@pytest.mark.parametrize(
    ("typed", "place", "reason"),
    [
        ("a{20001}", 1, "more than 20,000 characters"),
        ("国a{99999999999999999999}", 2, "more than 20,000 characters"),
        ("(?:国土.{1000}){100}", 13, "more than 20,000 characters"),
        ("((国{50}){50}){50}", 13, "more than 20,000 characters"),
        ("(?x) (国土) {10001}", 10, "more than 20,000 characters"),
        ("[国土空间]{4000}", 6, "more than 20,000 characters"),
        (r"\p{Han}{20001}", 7, "more than 20,000 characters"),
        ("（国）{20001}", 3, "more than 20,000 characters"),
        ("(国){10001}", 3, "more than 20,000 characters"),
        ("国国(土{19998})", 11, "more than 20,000 characters"),
        ("国{19999}土土", 9, "more than 20,000 characters"),
        ("国{20000} 土", 8, "more than 20,000 characters"),
        (" {20001}", 1, "more than 20,000 characters"),
        ("(?x)(国{9000}) {1 0 ,\n}", 14, "more than 20,000 characters"),
        ("(?x)(国{9000}){ 10}", 13, "more than 20,000 characters"),
        ("(?x)(国{9000}) # 年\n{100}", 14, "with the flag x, a comment begins here"),
        ("(?x:(国{9000})#[\n{100}#]\n)", 13, "with the flag x, a comment begins here"),
        ("国" + "(" * 51 + "土" + ")" * 51, 51, "more than 50 deep"),
    ],
)
def test_what_would_take_all_memory_is_refused_with_its_place(
    typed: str, place: int, reason: str
) -> None:
    with pytest.raises(QueryError, match=reason) as caught:
        checked(typed, f"/{typed}/", 1)
    assert (caught.value.query, caught.value.position) == (f"/{typed}/", 1 + place)


@pytest.mark.parametrize(
    "typed",
    [
        "a{20000}",
        "(国){10000}",
        "国{19999}土{1}",
        "国{19999} ",
        r"(?x)(国{9}) \# [#] (?#年){9}",
        "#国(?-x:土)",
        ".{0,1000000}",
        ".{ , 1000000}",
        "(.{1,100}){1,100}",
        "(?:国{2,9}){e<=1}",
        r"\({20000}",
        "[({]{3}",
        "(?#(((({99999})国",
        "(" * 50 + "土" + ")" * 50,
        "|".join("国土" for _ in range(3000)),
    ],
)
def test_what_is_large_enough_is_not(typed: str) -> None:
    assert checked(typed, f"/{typed}/", 1).pattern


def test_what_contains_itself_is_refused_before_it_takes_all_memory() -> None:
    endless = checked("(?:国|(?R))+", "", 0)
    with pytest.raises(QueryError, match="too much memory"):
        Patterns().found_in(endless, "土" * 10)


def test_what_takes_too_long_is_refused_with_its_place() -> None:
    at_work = Patterns(limit=0.01)
    endless = Regex("(a+)+b", "", "国土 /(a+)+b/", 4)
    for look in (at_work.found_in, lambda *asked: list(at_work.ranges(*asked))):
        with pytest.raises(QueryError, match=r"more than 0.01 s; simplify it") as caught:
            look(endless, "a" * 5000)
        assert (caught.value.query, caught.value.position) == (endless.query, 4)


def test_only_the_time_that_expressions_take_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work = Patterns(limit=10)
    clock = itertools.count()
    monkeypatch.setattr(patterns, "time", SimpleNamespace(monotonic=lambda: float(next(clock))))
    plain = Regex("国+", "", "/国+/", 1)
    for _ in range(4):
        assert at_work.found_in(plain, "国土")  # 1 s by this clock
        assert next(at_work.ranges(plain, "国土国")) == (0, 1)  # and 1 s
        for _ in range(100):
            next(clock)  # a text is read
    assert at_work._left == 2


def test_a_search_that_takes_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "TIME_LIMIT", 0.05)
    (tmp_path / "a.txt").write_text("国土。" + "a" * 5000, "utf-8")
    typed = "国土 同段(/(a+)+[bc]/)"
    with open_index(str(tmp_path / "index")) as index:
        index.update([str(tmp_path / "a.txt")])
        for ask in (index.search, index.count):
            with pytest.raises(QueryError, match=r"0.05 s; simplify it") as caught:
                ask(typed)
            assert (caught.value.query, caught.value.position) == (typed, typed.index("/") + 1)
