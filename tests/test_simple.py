"""Simple expressions match as the library `regex` does; plain ones, in many texts at once."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from lsq.engines.folder.matches import match_counts
from lsq.engines.folder.texts import Texts, TextWriter
from lsq.engines.spaces import are_within_lines, lined, squeezed_of
from lsq.query import Regex
from lsq.query.expressions import checked
from lsq.query.patterns import Patterns
from lsq.query.simple import LONGEST, compile_simple, parse_items
from lsq.text.fold import fold

ATOMS = st.sampled_from(
    ["国", "土", "[国土]", "[^国]", "[0-9一]", "[一-十、]", "a", r"\.", r"[\]a]", ".", r"\d", "、"]
)
QUANTIFIERS = st.sampled_from(["", "", "", "+", "*", "?", "{2}", "{1,}?", "+?", "{0,2}", "{2,1}"])
ROWS = st.lists(st.tuples(ATOMS, QUANTIFIERS).map("".join), min_size=1, max_size=4).map("".join)
GROUPED = st.recursive(
    ROWS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("|".join),
        st.tuples(st.sampled_from(["({})", "(?:{})"]), inner, QUANTIFIERS).map(
            lambda three: three[0].format(three[1]) + three[2]
        ),
        st.tuples(inner, inner).map("".join),
    ),
    max_leaves=3,
)
BODIES = st.text("国土一1a.]、 \n", max_size=30)


@given(ROWS, st.lists(BODIES, max_size=4))
def test_a_simple_expression_matches_as_the_library_matches_it(
    pattern: str, texts: list[str]
) -> None:
    linear = compile_simple(pattern)
    if linear:
        other = regex.compile(pattern, regex.MULTILINE)
        for text in texts:
            assert [one.span() for one in linear.finditer(text)] == [
                one.span() for one in other.finditer(text)
            ]


@pytest.mark.parametrize(
    "pattern",
    [
        "第[一二三]+条",
        "罚款[0-9]{4}元",
        r"国[一-十]*条?",
        "处[0-9]{1,3}元",
        r"\.国",
        "国[a-f]+[0-9]*",
    ],
)
def test_simple_expressions(pattern: str) -> None:
    assert compile_simple(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "[0-9]+元",  # goes through a run of digits from each of them
        "国[一-十]+三",
        "国土?[土地]",
        "国a[ab]+",
        "国+",
        "国?",
        f"国土{{{LONGEST}}}",
        "国{2,1}",
        "国{2}+",
        "(国)",
        "国|土",
        "国.",
        "[^国]",
        r"\d",
        r"国\b",
        "国 ",
        "^国",
        "国[土",
        "国[z-a]",
        "[[:alpha:]]",
        "国土{",
    ],
)
def test_other_expressions_are_not_simple(pattern: str) -> None:
    assert not compile_simple(pattern)


def test_what_a_simple_expression_consists_of() -> None:
    assert parse_items(r"第[一a-c]{2,}\.?") == (
        ((0x7B2C,) * 2,) and parse_items("第")[0],
        (((0x4E00, 0x4E00), (97, 99)), 2, None),
        (((46, 46),), 0, 1),
    )


def test_a_simple_expression_is_checked_without_the_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("lsq.query.patterns.compiled", None)
    monkeypatch.setattr("lsq.query.expressions.compiled", None)
    expression = checked("第[一二]+条", "", 0)
    assert list(Patterns().ranges(expression, "第二条、第三条")) == [(0, 3)]
    assert Patterns().found_in(expression, "第二条")


class Lying:
    """A segment's texts, as they lie in a file.

    Args:
        folder: of the file.
        bodies: of the documents.
    """

    def __init__(self, folder: Path, bodies: Sequence[str]) -> None:
        self._squeezed = [squeezed_of(fold(body)) for body in bodies]
        writer = TextWriter(str(folder), "a", ".tmp")
        for text, _ in self._squeezed:
            writer.add(text.encode())
        writer.close("a")
        self.texts = Texts(str(folder / "a.text"), len(bodies))

    def together(self, numbers: Collection[int]) -> Iterator[tuple[Sequence[int], str]]:
        for run, content in self.texts.together(numbers, 50):
            yield run, content.decode()

    def lined(self, number: int) -> str:
        return lined(*self._squeezed[number])

    def are_within_lines(self, number: int, ranges: Any) -> bool:
        return are_within_lines(ranges, self._squeezed[number][1])


@given(GROUPED, st.lists(BODIES, max_size=8), st.sets(st.integers(0, 7)))
def test_matches_are_counted_as_in_each_text(
    tmp_path_factory: pytest.TempPathFactory, pattern: str, bodies: list[str], some: set[int]
) -> None:
    try:
        expected = regex.compile(pattern, regex.MULTILINE)
    except regex.error:
        return
    among = {number for number in some if number < len(bodies)}
    segment: Any = Lying(tmp_path_factory.mktemp("texts"), bodies)
    with segment.texts:
        counts = dict(match_counts(Regex(pattern), among, segment, Patterns()))
    found = {
        number: [one.end() > one.start() for one in expected.finditer(segment.lined(number))]
        for number in among
    }
    assert counts == {number: sum(full) for number, full in found.items() if full}
