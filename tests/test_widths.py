"""How wide a text was set, and by what measure: what shows in which lines `lsq.repair` joins."""

from collections.abc import Callable

import pytest

from tests.typesetting import repaired, shape, shaped

# How wide a line is, in half-width columns.
Measure = Callable[[str], int]
# What proportional type sets narrow.
TIGHT = "“”‘’（），、。；：《》"


def by_count(text: str) -> int:
    return 2 * len(text)


def by_width(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)


def by_ink(text: str) -> int:
    return by_width(text) - sum(char in TIGHT for char in text)


# Figures, letters and brackets, few here and many there, tell the measures apart.
FIGURES = [
    (
        "2020年，全市实现生产总值1540.02亿元，按可比价格计算，比上年增长3.4%；其中，第一产业增加值104.48"
        "亿元，第二产业增加值553.53亿元，第三产业增加值882.01亿元。人均生产总值按常住人口计算为61811元。"
    ),
    (
        "各乡镇要压实责任抓好落实并且持续改善人居环境提升群众生活品质让山区共享发展成果，推动《条例》落地"
        "见效；健全工作机制，完善“部门、乡镇、村（社区）”三级联动的责任体系，做到事事有人管、件件有着落。"
    ),
    (
        "采用GB/T 33190-2016《电子文件存储与交换格式》保存的公文，应当同时附上PDF或OFD格式的副本，"
        "由市大数据局于2020年12月31日前统一归档；逾期未归档的，按照《办法》第12条、第13条处理，并予以通报。"
    ),
    (
        "会议强调，要深入践行“绿水青山就是金山银山”的理念，坚持“问题、目标、效果”三个导向，切实把“十四五”"
        "规划确定的目标、任务、举措落到实处；要以“时时放心不下”的责任感，抓好安全生产、防汛防台等各项工作。"
    ),
]


def broken(text: str, columns: int, measure: Measure) -> list[str]:
    """Break `text` where no more fits; stops and closing quotes hang over the edge."""
    lines = [""]
    for char in text:
        if measure(lines[-1] + char) > columns and char not in "，。、；：？！”）》":
            lines.append("")
        lines[-1] += char
    return lines


@pytest.mark.parametrize("columns", [40, 52, 56])
@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
@pytest.mark.parametrize("measure", [by_count, by_width, by_ink])
def test_lines_are_joined_whatever_measure_they_were_broken_by(
    measure: Measure, indent: str, columns: int
) -> None:
    lines = [line for text in FIGURES for line in broken(indent + text, columns, measure)]
    assert repaired(*lines) == FIGURES


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        pytest.param("4. 4. 4. 4. 20 20 20 7.", "4. 4. 4. 4. 67.", id="three alike"),
        pytest.param("4. 4. 4. 4. 20 20 7.", "4. 4. 4. 4. 20 20 7.", id="two say nothing"),
        pytest.param("10 10 10 10 6.", "46.", id="as narrow as text is set"),
        pytest.param("9 9 9 9 6.", "9 9 9 9 6.", id="narrower"),
        pytest.param("14 15 11 13 16 18 12 17", "14 15 11 13 16 18 12 17", id="never alike"),
        pytest.param("20. 20. 20. 20. 20. 20. 20.", "20. 20. 20. 20. 20. 20. 20.", id="sentences"),
        pytest.param("20 20 20 20 7. 20 20 18 20 20 7.", "87. 58 47.", id="exactly alike"),
        pytest.param("20 19 20 19 19 7. 20 19 17 20 19 7.", "104. 102.", id="nearly alike"),
    ],
)
def test_lines_that_break_off_say_how_wide_text_was_set(lines: str, joined: str) -> None:
    assert shape(repaired(*shaped(lines))) == joined
