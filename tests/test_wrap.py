"""Lines are broken as Chinese is set, and none is longer than it may be."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from lsq.output.linebreaks import width, wrap
from tests.signs import TEXTS


def lines(text: str, columns: int, first: int | None = None) -> list[str]:
    return [text[start:end] for start, end in wrap(text, columns, first)]


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("", 10, [""]),
        ("国土空间规划", 12, ["国土空间规划"]),
        ("国土空间规划", 11, ["国土空间规", "划"]),
        ("国土 空间规划", 10, ["国土 空间", "规划"]),
        ("国土空间 规划", 8, ["国土空间", "规划"]),
        ("国土空间　　规划", 8, ["国土空间", "规划"]),
        ("国土空间，规划", 8, ["国土空", "间，规划"]),
        ("国土空间。”规划", 8, ["国土空", "间。”规", "划"]),
        ("国土空（间）", 8, ["国土空", "（间）"]),
        ("国土空“间”", 7, ["国土空", "“间”"]),
        ("《国土》《空间》", 10, ["《国土》", "《空间》"]),
        ("“国土”“空间”", 7, ["“国土”", "“空间”"]),
        ("国土2020年", 7, ["国土", "2020年"]),
        ("国土gross product值", 10, ["国土gross", "product值"]),
        ("国1234567890", 6, ["国", "123456", "7890"]),
        ("国土 ，空间", 4, ["国", "土", "，空", "间"]),
        ("。。。。", 4, ["。。", "。。"]),
        ("全部10\u00a0000元", 8, ["全部", "10\u00a0000元"]),
        ("国土e\u0301e\u0301e\u0301", 6, ["国土", "e\u0301e\u0301e\u0301"]),
        ("国\U0001f469\u200d\U0001f33e土", 5, ["国", "\U0001f469\u200d\U0001f33e", "土"]),
        ("\U0001f1e8\U0001f1f3" * 3, 5, ["\U0001f1e8\U0001f1f3" * 2, "\U0001f1e8\U0001f1f3"]),
        ("❤\ufe0f❤\ufe0f", 3, ["❤\ufe0f", "❤\ufe0f"]),
        ("\U0001f476\U0001f3fd" * 2, 6, ["\U0001f476\U0001f3fd"] * 2),
    ],
)
def test_where_lines_end(text: str, columns: int, expected: list[str]) -> None:
    assert lines(text, columns) == expected


def test_a_first_line_may_have_less_room() -> None:
    assert lines("国土空间规划", 8, 4) == ["国土", "空间规划"]


CLOSING = "。，、；：？！）》”"


@given(TEXTS.map(lambda text: text.replace("\n", " ")), st.integers(40, 200))
def test_no_line_overflows_and_nothing_but_spaces_is_lost(text: str, columns: int) -> None:
    ranges = wrap(text, columns)
    at = 0
    for start, end in ranges:
        assert at <= start
        assert not text[at:start].strip()
        assert width(text[start:end]) <= columns
        at = end
    assert not text[at:].strip()


@given(st.text("\U0001f469\U0001f33e\U0001f3fd\u200d\ufe0f\u0301\U0001f1e8 a", min_size=50))
@example("\U0001f469\u200d" * 40)
@example("a" + "\ufe0f" * 80)
def test_not_even_what_pretends_to_be_one_sign_overflows(text: str) -> None:
    assert all(width(line) <= 40 for line in lines(text, 40))
    assert "".join(lines(text, 40)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("char", "columns"),
    [("国", 2), ("a", 1), ("\u0301", 0), ("\u200b", 0), ("\u00ad", 1), ("\u0378", 2)],
)
def test_the_width_of_a_character(char: str, columns: int) -> None:
    assert width(char) == columns


@given(st.text("国土空间，。；（）“”a1 "), st.integers(40, 80))
def test_a_line_begins_with_a_closing_sign_only_for_want_of_another_place(
    text: str, columns: int
) -> None:
    for (start, end), (begin, _) in pairwise(wrap(text, columns)):
        if text[begin : begin + 1] in set(CLOSING):
            between = [text[at - 1 : at + 1] for at in range(start + 1, end)]
            assert not any(set(pair) <= set("国土空间") for pair in between)


@given(TEXTS)
def test_a_text_is_taken_to_be_at_least_as_wide_as_rich_holds_it_to_be(text: str) -> None:
    assert width(text) >= cell_len(text)


class Counted(str):
    """A text that counts how many characters of it are taken out."""

    __slots__ = ("taken",)
    taken: int

    def __getitem__(self, key: object) -> str:
        part = super().__getitem__(key)  # type: ignore[index]
        self.taken = getattr(self, "taken", 0) + len(part)
        return part


def test_a_letter_with_more_marks_than_anyone_can_draw_is_looked_at_once() -> None:
    text = Counted("国" + "\u0301" * 3_000 + "土")
    assert wrap(text, 3) == [(0, 3_001), (3_001, 3_002)]
    assert text.taken < 10 * len(text)
