"""How wide a text was set, and by what measure: what shows in which lines `lsq.repair` joins."""

from collections.abc import Callable

import pytest

from tests.typesetting import prose, repaired, shape, shaped

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


@pytest.mark.parametrize(
    ("indent", "columns"),
    [("", 52), ("", 56), *[("\u3000\u3000", columns) for columns in (40, 50, 58, 64, 74)]],
)
@pytest.mark.parametrize("measure", [by_count, by_width, by_ink])
def test_lines_are_joined_whatever_measure_they_were_broken_by(
    measure: Measure, indent: str, columns: int
) -> None:
    lines = [line for text in FIGURES * 2 for line in broken(indent + text, columns, measure)]
    assert repaired(*lines) == FIGURES * 2


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        pytest.param("4. 4. 4. 4. 20 20 20 7.", "4. 4. 4. 4. 67.", id="three alike"),
        pytest.param("4. 4. 4. 4. 20 20 7.", "4. 4. 4. 4. 20 20 7.", id="two say nothing"),
        pytest.param("10 10 10 10 6.", "46.", id="as narrow as text is set"),
        pytest.param("9 9 9 9 6.", "9 9 9 9 6.", id="narrower"),
        pytest.param("14 15 11 13 16 18 12 17", "14 15 11 13 16 18 12 17", id="never alike"),
        pytest.param("20. 20. 20. 20. 20. 20. 20.", "20. 20. 20. 20. 20. 20. 20.", id="sentences"),
        pytest.param("20 9 20 12 20 14 5.", "29 32 34 5.", id="half of them"),
        pytest.param("20 9 20 12 14 10 9 11", "20 9 20 12 14 10 9 11", id="fewer than half"),
        pytest.param(
            "20 20 20 7. 5. 6. 5. 6. 5. 6. 5. 6.", "67. 5. 6. 5. 6. 5. 6. 5. 6.", id="a quarter"
        ),
        pytest.param(
            "19 20 20 7. 5. 6. 5. 6. 5. 6. 5. 6.", "66. 5. 6. 5. 6. 5. 6. 5. 6.", id="or nearly"
        ),
        pytest.param("20 20 20 20 20 7. 30. 30.", "107. 30. 30.", id="few that are longer"),
        pytest.param("30. 30. 20 20 20 7. 30. 30.", "30. 30. 20 20 20 7. 30. 30.", id="many"),
        pytest.param("20 20 20 20 7. 24 20 7. 20 20 20 20 5.", "87. 24 27. 85.", id="a headline"),
        pytest.param("20 20 20 20 7. 20 20 18 20 20 7.", "87. 58 47.", id="exactly alike"),
        pytest.param(
            "20 20 20 20 20 20 20 20 7. 20 21 20 20 20 7.", "167. 108.", id="or wider by accident"
        ),
        pytest.param("20 20 20. 22. 20 20 5.", "127.", id="where a sentence ends"),
        pytest.param("20 19 20 19 20 7. 28 20 19 20 7.", "105. 28 66.", id="a wider headline"),
        pytest.param("20 19 20 19 20 7. 20. 11.", "105. 20. 11.", id="sentences of that width"),
        pytest.param("24 24 24 24 24 5. 16 16 16 16 16 5.", "125. 85.", id="two widths"),
        pytest.param("20 19 20 19 19 7. 20 19 17 20 19 7.", "104. 102.", id="nearly alike"),
    ],
)
def test_lines_that_break_off_say_how_wide_text_was_set(lines: str, joined: str) -> None:
    assert shape(repaired(*shaped(lines))) == joined


@pytest.mark.parametrize(
    ("measure", "columns"),
    [
        *[(by_count, columns) for columns in (42, 50, 56, 64, 74)],
        *[(by_width, columns) for columns in (38, 44, 48, 54, 64)],
        *[(by_ink, columns) for columns in (40, 46, 50, 54)],
    ],
)
def test_where_extraction_dropped_the_indent_first_lines_are_shorter_by_any_measure(
    measure: Measure, columns: int
) -> None:
    lines = [
        line for text in FIGURES * 2 for line in broken("\u3000\u3000" + text, columns, measure)
    ]
    assert repaired(*(line.strip() for line in lines)) == FIGURES * 2


@pytest.mark.parametrize(
    ("lines", "are_set_in"),
    [
        pytest.param("18 20 20 7. 18 20 20 7. 18", True, id="all"),
        pytest.param("7. 18 20 20 7. 18", True, id="from the second line on"),
        pytest.param("18 20 20 7. 18", False, id="one alone below a paragraph"),
        pytest.param("20 20 20 7. 18 20 20 7. 18 20 20 7. 20", True, id="most"),
        pytest.param("20 20 20 7. 18 20 20 7. 20 20 20 7. 18 20 20 7. 20", False, id="half"),
        pytest.param("19 20 20 7. 19 20 20 7. 19", False, id="by one character"),
        pytest.param("17 20 20 7. 17 20 20 7. 17", False, id="by three"),
        pytest.param("18 20 20 15. 18 20 20 15. 18", True, id="below lines that end short"),
        pytest.param("18 20 20 16. 18 20 20 16. 18", False, id="below lines that nearly fill it"),
    ],
)
def test_first_lines_are_set_in_if_most_of_them_are_shorter_by_two_characters(
    lines: str, are_set_in: bool
) -> None:
    texts = repaired(*shaped(lines + " 20 20. 18 20 20 9."))
    assert (shape(texts[-1:]) == "67.") is are_set_in


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        pytest.param("18 9.", "27.", id="one that breaks off goes on"),
        pytest.param("18. 20 9.", "47.", id="one that a sentence ends, in a full line"),
        pytest.param("18. 18 20 9.", "18. 47.", id="but not in another first line"),
        pytest.param("18 20. 20 9.", "67.", id="a full line goes on in a full one"),
        pytest.param("18 20. 18 20 9.", "38. 47.", id="but not in a first line"),
        pytest.param("18 20 18 20 9.", "56 29.", id="a later line as short is a last one"),
    ],
)
def test_first_lines_that_are_shorter_go_on_where(lines: str, joined: str) -> None:
    text = "18 20 20 7. 18 20 20 7. 18 20 7. "
    assert shape(repaired(*shaped(text + lines))) == "65. 65. 45. " + joined


@pytest.mark.parametrize(("items", "joined"), [(40, "25."), (60, "20 5.")])
def test_a_list_below_text_wraps_as_the_text_does(items: int, joined: str) -> None:
    assert shape(repaired(*shaped("20 20 20 20 8. " + "6. " * items + "20 5."))) == (
        "88. " + "6. " * items + joined
    )


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("2020年8月27日 星期四", id="furniture"),
        pytest.param("第三章 国土空间规划编制…………12", id="of a table of contents"),
        pytest.param("丽政发〔2020〕第 12 号", id="numbers"),
        pytest.param("2021年3月30日会议通过", id="what became of a law"),
    ],
)
def test_what_is_no_text_says_nothing_of_its_width(line: str) -> None:
    texts = repaired(*[line, *shaped("14. 14. 14. 14.")] * 3)
    assert [text for text in texts if text[-1] == "。"] == shaped("14. " * 12)


def test_neither_does_front_matter() -> None:
    lines = ["---", *shaped("14 14 14"), "---", *shaped("14. 14. 14. 14.")]
    assert repaired(*lines) == lines


@pytest.mark.parametrize("char", "》过正订改准布行议定告令）")
def test_text_may_break_off_where_what_became_of_a_law_ends(char: str) -> None:
    lines = [prose("", 20, char)] * 4
    assert repaired(*lines, "加快。") == ["".join([*lines, "加快。"])]
