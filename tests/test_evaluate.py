"""Which of a handful of articles every engine finds: each rule of what matches, by example."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lsq.engines import Engine
from lsq.engines.folder import FolderEngine
from lsq.engines.registry import store_of
from lsq.engines.spaces import are_within_lines, lined, squeezed_of
from lsq.model import Article, Places
from lsq.query import And, Everything, Regex, match_any, parse
from lsq.query.patterns import Patterns, is_plain
from lsq.segment import Segmenter
from lsq.text.fold import fold
from tests.factories import Factory, put


def article(name: str, title: str | None, body: str, **facts: Any) -> Article:
    path, ordinal = name.split("#")
    return Article(path, int(ordinal), title, body, Places((0,), (1,)), not title, **facts)


# By a short name for each.
ARTICLES = {
    "规": article(
        "a.txt#1",
        "国土空间规划",
        "绿水青山就是金山银山。\n规划国土，保护空间。",
        date="2020-08-26",
        number="丽政发〔2020〕12号",
        issuer="丽水市人民政府",
        kind="通知",
    ),
    "丽": article("a.txt#2", None, "丽水有百山祖。\n金山银山，国家公园。", date="2020"),
    "通": article("b/c.txt#1", "通知", "国土的空间", published="2019-05", number="112号"),
    "英": article("b/c.txt#2", None, "abc ……", date="2021-12-31"),
}


@pytest.fixture(scope="module")
def engine(
    factory: Factory, tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter
) -> Iterator[Engine]:
    with factory(tmp_path_factory.mktemp("engine")) as engine:
        # Of what has been replaced, nothing is found, nor found to be without something.
        put(engine, segmenter, [article("a.txt#1", "旧文", "国土丽水")])
        put(engine, segmenter, list(ARTICLES.values()))
        yield engine


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("*", "规丽通英"),
        ("-*", ""),
        ("旧文", ""),
        ("-旧文", "规丽通英"),
        ("国土空间规划", "规"),
        ("国土空间", "规通"),
        ('"国土空间"', "规"),
        ('"国土的"', "通"),
        ("土空", "规"),
        ("……", "英"),
        ("！", ""),
        ("金山银山", "规丽"),
        ("国土 空间", "规通"),
        ("国土 -规划", "通"),
        ("-国土", "丽英"),
        ("国土 丽水", ""),
        ("国土 丽水 空间", ""),
        ("国土 OR 丽水", "规丽通"),
        ("-(国土 OR 丽水)", "英"),
        ("-(国土 规划)", "丽通英"),
        ("同句(规划 保护)", "规"),
        ("同句(规划 绿水)", ""),
        ("同句(绿水 OR 百山祖)", "规丽"),
        ("同句(-国土)", "规丽通英"),
        ("同句(空间 -保护)", "规通"),
        ("同句(保护 -空间)", ""),
        ('同句("国土的空间")', "通"),
        ('同句("国土空间")', "规"),
        ("同句(《空间》)", "规通"),
        ("同句(国土空间)", "规通"),
        ("同段(国土 保护)", "规"),
        ("同段(绿水 保护)", ""),
        ("同段(公园 银山)", "丽"),
        ("同段(/^[a-z]+/)", "英"),
        ("同段(近/3(国土 的))", "通"),
        ("near/5(国土 空间)", "规通"),
        ("near/4(国土 空间)", "规"),
        ("near/5(国土 (丽水 OR 空间))", "规通"),
        ("near/9(国土 丽水)", ""),
        ("near/4(通知 国土)", ""),
        ("near/3(通知 国土)", ""),
        ("near/4(国土空间)", "规"),
        ("near/5(国土空间)", "规通"),
        ("near/5(abc ……)", "英"),
        ("near/4(abc ……)", "英"),  # as … it is shorter
        ("near/3(abc ……)", ""),
        ("/国土.空间/", "通"),
        ("/^通知$/", "通"),
        # Expressions that no other row has: what they find is remembered.
        ("/^通.$/ OR /[b-c]{2}/", "通英"),
        ("-/^.知$/", "规丽英"),
        ("/[a-z]{3}/", "英"),
        ("/知\\n国/", "通"),
        ("title:国土", "规"),
        ("title:通知", "通"),
        ("title:*", "规通"),
        ("-title:*", "丽英"),
        ("title:/划$/", "规"),
        ("number:12号", "规"),
        ("number:(12号 OR 112号)", "规通"),
        ("number:*", "规通"),
        ("issuer:丽水", "规"),
        ("issuer:(-丽水)", ""),
        ("kind:通知", "规"),
        ("path:b/c", "通英"),
        ("path:a.txt", "规丽"),
        ("date:*", "规丽通英"),
        ("date:2020", "规丽"),
        ("date:2020-08-26", "规丽"),
        ("date:2020-08-25", "丽"),
        ("date:2020-08-27", "丽"),
        ("date:2019", "通"),
        ("date:2019-05-31", "通"),
        ("date:2019-06", ""),
        ("date:..2019", "通"),
        ("date:2021..", "英"),
        ("date:2020-12-31..2021-12-30", "丽"),
        ("国土 date:2020", "规"),
    ],
)
def test_which_articles_match(engine: Engine, segmenter: Segmenter, typed: str, found: str) -> None:
    assert matched(engine, segmenter, typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("国土丽水", "规丽通"),
        ("国土 丽水", "规丽通"),
        ("国土 丽水 -规划", "丽通"),
        ("国土 丽水 date:2020", "规丽"),
        ("同句(国土丽水)", "规丽通"),
        ("同句(国土 丽水)", ""),
        ("near/2(国土丽水)", "规丽通"),
        ("near/1(国土丽水)", ""),
        ("title:国土通知", "规通"),
        ("！", ""),
    ],
)
def test_which_articles_match_any_of_it(
    engine: Engine, segmenter: Segmenter, typed: str, found: str
) -> None:
    assert matched(engine, segmenter, typed, any_word=True) == found


def matched(engine: Engine, segmenter: Segmenter, typed: str, *, any_word: bool = False) -> str:
    query = parse(typed, segmenter.query_words)
    query = match_any(query) if any_word else query
    ids = {f"{match.path}#{match.ordinal}" for match in engine.search(query).best}
    assert engine.count(query) == len(ids)
    everything = engine.search(parse("*", segmenter.query_words)).best
    assert len(engine.satisfying(query, everything)) == len(ids)
    return "".join(name for name, one in ARTICLES.items() if one.id in ids)


@pytest.mark.parametrize(
    "typed", ["/[国空]/", "/国|空/ OR /[金银]山/ OR 通知", "/(?=国)/", "-/规/ /山/"]
)
def test_an_expression_scores_alike_where_its_matches_are_counted_apart(
    engine: Engine, segmenter: Segmenter, typed: str
) -> None:
    """Alone it is counted where it is looked for; beside what all articles match, afterwards."""
    query = parse(typed, segmenter.query_words)
    alone = {match.key: match.score for match in engine.search(query).best}
    beside = {match.key: match.score for match in engine.search(And((query, Everything()))).best}
    assert alone == beside
    assert alone


def test_an_expression_is_looked_for_once(
    tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes: list[str] = []
    ranges = Patterns.ranges

    def counted(self: Patterns, expression: Regex, text: str) -> Iterator[tuple[int, int]]:
        passes.append(text)
        return ranges(self, expression, text)

    monkeypatch.setattr(Patterns, "ranges", counted)
    monkeypatch.delattr(Patterns, "found_in")
    with FolderEngine(str(tmp_path / "index"), store_of, create=True) as engine:
        put(engine, segmenter, list(ARTICLES.values()))
        found = engine.search(parse("/[国空]/", segmenter.query_words)).best
    assert "".join(passes).count("\0") == len(ARTICLES)
    assert len(found) == 3


PLAIN = st.lists(
    st.tuples(
        st.sampled_from(["国", "土", "[国土]", "[0-9一]", "a", r"\d", "(国|国土)", "(?:土|a国)"]),
        st.sampled_from(["", "", "+", "*", "?", "{2}", "{1,}?", "+?", "{0,2}"]),
    ).map("".join),
    min_size=1,
    max_size=4,
).map("".join)


@given(st.text("国土一1a \n", max_size=30), PLAIN)
@example("国\n国土", "国+土")
@example("国 土", "国土")
def test_a_plain_expression_matches_in_squeezed_text_as_in_lined(body: str, pattern: str) -> None:
    assert is_plain(pattern)
    squeezed, spaces = squeezed_of(fold(f"\n{body}"))
    patterns, expression = Patterns(), Regex(pattern, "", pattern, 0)
    found = list(patterns.ranges(expression, squeezed))
    in_lines = list(patterns.ranges(expression, lined(squeezed, spaces)))
    if are_within_lines(found, spaces):
        full, other = ([b - a for a, b in one if a < b] for one in (found, in_lines))
        assert (full, bool(found)) == (other, bool(in_lines))


@pytest.mark.parametrize(
    "pattern",
    [
        "国.土",
        "国++",
        "国{2}+",
        "[^国]土",
        "(?>国)",
        "(?=国)",
        "(?P<a>国)",
        "(国)++",
        r"\s",
        r"\b国",
        r"[\s国]",
        "[[:alpha:]]",
        "(?i)国",
        "国(*SKIP)土",
        "国 土",
        "国\n",
        "^国",
        "国$",
        "[a-]",
    ],
)
def test_other_expressions_are_not_plain(pattern: str) -> None:
    assert not is_plain(pattern)
