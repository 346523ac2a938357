"""Spellings of different lengths find one another; offsets stay those of the text."""

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.engines import Engine
from lsq.engines.registry import open_engine
from lsq.query import Chunk, Literal, Spelled, parse
from lsq.query.keys import typed_text
from lsq.query.spellings import ELLIPSIS, MOST, UNITS, spellings
from lsq.query.unparse import unparse
from lsq.search import searcher
from lsq.search.request import SearchRequest
from lsq.segment import Segmenter
from lsq.text.fold import fold, squeeze
from tests.conftest import Program
from tests.factories import article, put

FAMILIES = [ELLIPSIS, *UNITS]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family[0])
def test_all_members_of_a_family_have_the_same_spellings(family: tuple[str, ...]) -> None:
    for member in family:
        assert fold(member) == member
        assert set(spellings(f"约5{member}、约")) == {f"约5{other}、约" for other in family}
        assert spellings(f"约5{member}、约")[0] == f"约5{member}、约"


@pytest.mark.parametrize(
    "text", ["comma", "skiing", "pm2.5", "km25", "2020..2021", "国土空间", "〇", "c", "viiii"]
)
def test_a_string_inside_a_word_has_one_spelling(text: str) -> None:
    assert spellings(text) == (text,)


@given(st.text("…．.℃°c㎡m2²iⅲ、约", max_size=40))
def test_spellings_are_few_and_the_typed_one_is_first(text: str) -> None:
    found = spellings(fold(text))
    assert found[0] == fold(text)
    assert len(found) <= MOST
    assert len(set(found)) == len(found)


def test_numbers_paths_and_organs_have_no_spellings(segmenter: Segmenter) -> None:
    cut = segmenter.query_words
    assert isinstance(parse("title:Ⅲ类...", cut), type(parse("title:水", cut)))
    for query in ("number:2cm", "path:2cm", "文号:...", "issuer:2cm"):
        assert parse(query, cut) == parse(unparse(parse(query, cut)), cut)
        assert "Spelled" not in repr(parse(query, cut))


@pytest.mark.parametrize(
    "query", ["关于...的意见", "“气温25°C”", "标题:Ⅲ类…… -25℃", "近/9(5㎡ 水)"]
)
def test_a_spelled_query_is_unparsed_as_typed(segmenter: Segmenter, query: str) -> None:
    tree = parse(query, segmenter.query_words)
    assert " OR " not in unparse(tree)
    assert parse(unparse(tree), segmenter.query_words) == tree


def test_the_typed_text_is_the_first_spelling(segmenter: Segmenter) -> None:
    tree = parse("关于...的意见", segmenter.query_words)
    assert isinstance(tree, Spelled)
    assert all(isinstance(part, Chunk) for part in tree.parts)
    assert typed_text(tree) == "关于...的意见"
    quoted = parse("“25°C”", segmenter.query_words)
    assert quoted == Spelled((Literal("25°c"), Literal("25℃")))


PIECES = st.lists(
    st.sampled_from([*ELLIPSIS, *UNITS[0], *UNITS[2], *UNITS[-2], "水", "约", "5", "、", "m"]),
    min_size=1,
    max_size=5,
).map("".join)
TEXTS = [
    "气温25℃至30度、约5㎡水……约五类",
    "Ⅺ水、约m²约…5、m30°C",
    "约......水5℃、ⅺ约㎡",
]


def plain(text: str) -> str:
    """The text with each family in one spelling: another way to say what reads alike."""
    text = squeeze(fold(text))
    text = re.sub(r"…+|\.{3,}", "…", text)
    for family in UNITS:
        members = "|".join(sorted(family, key=len, reverse=True))
        text = re.sub(rf"(?<![a-z])(?:{members})(?![a-z0-9²³])", family[0], text)
    return text


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with open_engine(str(tmp_path_factory.mktemp("usual_spelling") / "index"), create=True) as made:
        put(made, made.segmenter, [article(text, path=f"{n}.txt") for n, text in enumerate(TEXTS)])
        yield made


@given(data=st.data())
def test_a_part_of_a_text_is_found_in_every_spelling(engine: Engine, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(TEXTS) - 1))
    text = TEXTS[number]
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    for other in spellings(squeeze(fold(part))):
        found = searcher.search(engine, SearchRequest(f'"{other}"')).matches
        assert f"{number}.txt" in {match.path for match in found}, (part, other)


@given(query=PIECES)
def test_a_found_text_contains_a_spelling(engine: Engine, query: str) -> None:
    found = searcher.search(engine, SearchRequest(f'"{query}"')).matches
    for match in found:
        whole, sought = plain(TEXTS[int(match.path[0])]), plain(query)
        # At its ends a string may be a part of what reads otherwise: m of m².
        assert sought in whole or sought.strip("m25…") in whole


def test_the_program_highlights_the_spelling_in_the_text(fresh: Program) -> None:
    (fresh.folder / "a").mkdir()
    (fresh.folder / "a/a.txt").write_text("关于……的意见\n\n气温25℃，一季度...完。\n", "utf-8")
    assert fresh("index", "a").returncode == 0
    for query, stands in (
        ('"气温25°C"', "气温25℃"),
        ("气温25℃", "气温25℃"),
        ("一季度……完", "一季度...完"),
        ("关于...的意见", "关于……的意见"),
    ):
        ran = fresh("search", "-o", query, "--path", "a/a.txt")
        assert ran.stdout.splitlines()[-1].endswith(f":{stands}"), ran.stdout + ran.stderr
    (hit,) = json.loads(
        fresh("search", "关于...的意见", "--path", "a/", "--format", "json").stdout
    )["hits"]
    assert hit["match"] == "title"
    missing = fresh("search", '"零下25°C"')
    assert missing.stderr.count("no article contains") <= 1
