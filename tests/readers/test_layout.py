"""Pages put into reading order, whatever the order in which they are drawn."""

import random
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from lsq.errors import ReadError
from lsq.extract import extract
from lsq.model import Bulletin, Role
from lsq.readers import picture
from lsq.readers.judging import Defect, judge, mended
from lsq.readers.layout import PageContent, Rule, Run, lay_out, to_lines
from lsq.readers.layout.draw import draw
from lsq.repair import repair
from tests.readers.samples import glyphs, ofd, pdf

FIRST = (
    "为进一步规范集体山塘水面承包经营行为保障农户合法权益"
    "现就有关事项通知如下各村应当在三月底前完成登记"
)
SECOND = (
    "对历史遗留的承包纠纷由镇农业服务中心会同司法所调解处理"
    "调解不成的依法向人民法院提起诉讼请遵照执行到位"
)
WIDTH = 10


MISREAD = f"{FIRST}，ZOq5 年{SECOND}，到 2O2l 年底。{FIRST}，其中 1l9 个{SECOND}。"


def set_text(
    text: str, left: float, top: float, size: float = 10.0, width: int = WIDTH
) -> list[Run]:
    """A paragraph set in a column of so many characters, its first line set in by two."""
    runs, start, base, indent = [], 0, top, 2
    while start < len(text):
        line = text[start : start + width - indent]
        x = left + indent * size
        runs.append(Run(line, x, x + len(line) * size, base, size))
        start += len(line)
        base, indent = base + 1.4 * size, 0
    return runs


def by_character(runs: list[Run]) -> list[Run]:
    """The same characters, each drawn alone."""
    return [
        Run(char, run.left + at * run.size, run.left + (at + 1) * run.size, run.base, run.size)
        for run in runs
        for at, char in enumerate(run.text)
    ]


def paragraphs(*sheets: PageContent) -> list[str]:
    """What `repair` makes of the pages, without furniture."""
    bulletin = Bulletin("a.pdf", tuple(to_lines(lay_out(sheets))), paged=True)
    return [one.text for one in repair(bulletin) if one.role is not Role.FURNITURE]


ORDERS: dict[str, Callable[[list[Run]], list[Run]]] = {
    "as read": lambda runs: runs,
    "line by line": lambda runs: sorted(runs, key=lambda run: (run.base, run.left)),
    "characters": lambda runs: random.Random(1).sample(by_character(runs), len(by_character(runs))),
}


@pytest.mark.parametrize("order", ORDERS)
def test_columns_are_read_down_whatever_the_order(order: str) -> None:
    runs = set_text(FIRST, 50, 100) + set_text(SECOND, 170, 100)
    assert paragraphs(PageContent(400, 600, ORDERS[order](runs))) == [FIRST, SECOND]


@pytest.mark.parametrize("order", ORDERS)
def test_a_headline_stands_before_all_columns_below_it(order: str) -> None:
    headline = [Run("村务公开", 120, 200, 90, 20.0)]
    runs = headline + set_text(FIRST, 50, 120) + set_text(SECOND, 170, 120)
    assert paragraphs(PageContent(400, 600, ORDERS[order](runs))) == ["村务公开", FIRST, SECOND]


def test_below_a_headline_gaps_between_paragraphs_do_not_part_the_columns() -> None:
    def flush(text: str, left: float, top: float) -> list[Run]:
        lines = [text[:10], text[10:20], text[20:30], text[30:36]]
        return [
            Run(line, left, left + 10 * len(line), top + 14 * at, 10)
            for at, line in enumerate(lines)
        ]

    runs = [Run("关于加强山塘管护工作", 60, 260, 60, 20.0)]
    runs += flush(FIRST, 50, 90) + flush(SECOND, 50, 180)
    runs += flush(SECOND[::-1], 170, 90) + flush(FIRST[::-1], 170, 180)
    assert paragraphs(PageContent(320, 600, runs)) == [
        *("关于加强山塘管护工作", FIRST[:36], SECOND[:36], SECOND[::-1][:36], FIRST[::-1][:36])
    ]


def test_a_headline_of_two_lines_is_one() -> None:
    runs = [Run("关于加强山塘管护工作", 50, 250, 60, 20.0), Run("的通知", 120, 180, 84, 20.0)]
    assert paragraphs(PageContent(300, 600, runs + set_text(FIRST, 50, 120, width=20)))[0] == (
        "关于加强山塘管护工作的通知"
    )


def test_columns_from_right_to_left_are_read_down() -> None:
    size, runs = 10.0, []
    for column, line in enumerate((FIRST[:20], FIRST[20:40], FIRST[40:])):
        runs += [
            Run(char, 200 - 20 * column, 210 - 20 * column, 50 + 11 * at, size)
            for at, char in enumerate(line)
        ]
    random.Random(2).shuffle(runs)
    assert paragraphs(PageContent(300, 400, runs)) == [FIRST]


def test_signs_beside_a_vertical_line_stand_in_it() -> None:
    runs = []
    for column, line in enumerate(
        ("为进一步规范山塘承包", "经营，保障农户权益。", "现，就有关事项通知如下")
    ):
        for at, char in enumerate(line):
            small, left = char in "，。", 200 - 20 * column
            size, aside = (6.0, 6.0) if small else (10.0, 0.0)
            base = 50 + 11 * at - (4 if small else 0)
            runs.append(Run(char, left + aside, left + aside + size, base, size))
    said = "".join(paragraphs(PageContent(300, 400, runs)))
    assert said == "为进一步规范山塘承包经营，保障农户权益。现，就有关事项通知如下"


def test_turned_text_is_read_as_what_it_is() -> None:
    runs = [run._replace(turn=1) for run in set_text(FIRST, 50, 100)]
    assert paragraphs(PageContent(600, 400, runs)) == [FIRST]


def test_a_row_of_a_ruled_table_is_a_line_and_a_cell_one_text() -> None:
    xs, ys = (50, 120, 190), (50, 70, 105)
    rules = [Rule(50, y, 190, y) for y in ys] + [Rule(x, 50, x, 105) for x in xs]
    cells = (
        ("项目", 55, 65),
        ("单位", 125, 65),
        ("高标准农", 55, 85),
        ("田建设", 55, 99),
        ("云岭镇", 125, 85),
    )
    runs = [Run(text, x, x + 10 * len(text), y, 10.0) for text, x, y in cells]
    lines = list(to_lines(lay_out([PageContent(300, 400, runs, rules)])))
    assert [line.text for line in lines] == ["项目 | 单位", "高标准农田建设 | 云岭镇"]
    assert {line.role for line in lines} == {Role.TABLE}


def test_rows_within_a_cell_over_the_whole_table_are_rows() -> None:
    ys = (50, 70, 140, 160)
    rules = [Rule(50, y, 350, y) for y in ys] + [Rule(x, 50, x, 160) for x in (50, 350)]
    rules += [Rule(200, 50, 200, 70), Rule(200, 140, 200, 160)]
    rows = [
        ("购买方", "销售方"),
        ("名称", "数量", "金额"),
        ("化肥", "20", "400"),
        ("农药", "5", "90"),
    ]
    bases = (65, 85, 105, 125)
    runs = [
        Run(text, x, x + 10 * len(text), base, 10)
        for row, base in zip([*rows, ("合计", "490")], [*bases, 155], strict=True)
        for x, text in zip((55, 205, 300) if len(row) > 2 else (55, 205), row, strict=True)
    ]
    found = [line.text for line in to_lines(lay_out([PageContent(400, 300, runs, rules)]))]
    assert found == [" | ".join(row) for row in [*rows, ("合计", "490")]]


def test_what_stands_at_the_head_of_pages_is_furniture_on_either_side() -> None:
    sheets = []
    for number in range(4):
        left = 50 if number % 2 else 200
        head = [Run("云岭镇人民政府公报", left, left + 90, 30, 10.0)]
        foot = [Run(f"— {number + 1} —", left, left + 30, 580, 10.0)]
        sheets.append(PageContent(400, 600, head + set_text(FIRST, 50, 100, width=20) + foot))
    assert paragraphs(*sheets) == [FIRST] * 4


def roles(sheet: PageContent) -> dict[str, Role]:
    return {line.text: line.role for line in to_lines(lay_out([sheet]))}


@pytest.mark.parametrize(
    ("size", "text", "role"),
    [
        (10.0, "云岭镇人民政府公报", Role.FURNITURE),
        (18.0, "云岭镇水法", Role.TEXT),
        (18.0, "02 城事·重点", Role.FURNITURE),
    ],
)
def test_above_a_rule_stands_a_running_head_or_a_title(size: float, text: str, role: Role) -> None:
    runs = [Run(text, 50, 50 + size * len(text), 40, size), *set_text(FIRST, 50, 80, width=25)]
    assert roles(PageContent(400, 600, runs, [Rule(50, 45, 350, 45)]))[text] is role


def test_the_upper_edge_of_a_table_is_no_rule_below_a_head() -> None:
    rules = [Rule(x, 45, x, 105) for x in (50, 150, 350)]
    rules += [Rule(50, y, 350, y) for y in (45, 65, 85, 105)]
    cells = [
        Run(text, x + 5, x + 5 + 10 * len(text), y, 10)
        for y in (60, 80, 100)
        for x, text in ((50, "新营区"), (150, "忠政里"))
    ]
    title = "里邻编组及调整情形一览表"
    runs = [Run(title, 50, 170, 40, 10), *cells, *set_text(FIRST, 50, 200, width=25)]
    assert roles(PageContent(400, 600, runs, rules))[title] is Role.TEXT


NAMES = [
    "短期借款",
    "交易性金融负债",
    "经营性应付款项目",
    "应付职工薪酬",
    "其他应付款项目",
    "流动负债合计数",
]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (NAMES, ["878", "1,923", "4.5%", "0", "—", "-309"]),
        ([f"YS/T 79{n}—2012" for n in range(6)], [name + "用钛及钛合金材" for name in NAMES]),
    ],
)
def test_figures_beside_names_are_cells_of_rows(left: list[str], right: list[str]) -> None:
    runs = []
    for row, (one, other) in enumerate(zip(left, right, strict=True)):
        base = 100 + 16.0 * row
        runs.append(Run(one, 50, 50 + 10 * len(one), base, 10))
        runs.append(Run(other, 250, 250 + 10 * len(other), base, 10))
    found = "\n".join(paragraphs(PageContent(500, 600, runs))).replace(" | ", "").replace(" ", "")
    assert all(
        (one + other).replace(" ", "") in found for one, other in zip(left, right, strict=True)
    )


def test_figures_in_cells_below_each_other_are_no_vertical_text() -> None:
    rules = [Rule(x, 100, x, 196) for x in (50, 120, 140, 160, 180)]
    rules += [Rule(50, 100 + 12.0 * row, 180, 100 + 12.0 * row) for row in range(9)]
    runs = [
        Run(text, x + 5, x + 5 + 8 * len(text), 110 + 12.0 * row, 8)
        for row in range(8)
        for x, text in ((50, f"第{row}区"), (120, "1"), (140, "0"), (160, str(row)))
    ]
    found = paragraphs(PageContent(400, 600, runs, rules))
    assert found == [f"第{row}区 | 1 | 0 | {row}" for row in range(8)]


def test_authors_in_smaller_type_are_no_part_of_a_headline() -> None:
    runs = [
        Run("山塘管护工作的时空分布", 50, 270, 60, 20.0),
        Run("方嘉文，刘海", 110, 194, 90, 14.0),
        *set_text(FIRST * 3, 50, 120, width=22),
    ]
    bulletin = Bulletin(
        "a.pdf", tuple(to_lines(lay_out([PageContent(320, 600, runs)]))), paged=True
    )
    (article,) = extract(bulletin, repair(bulletin))
    assert article.title == "山塘管护工作的时空分布"


def test_a_watermark_is_no_text() -> None:
    text = set_text(FIRST, 50, 100, width=20)
    tiles = [
        Run("内部资料", x, x + 80, y, 20.0, faint=True) for x in (40, 160) for y in (90, 120, 150)
    ]
    slanted = [Run("内部资料", 100, 200, 130, 30.0, slanted=True)]
    assert paragraphs(PageContent(400, 600, tiles + text + slanted)) == [FIRST]


def test_what_is_printed_twice_is_read_once() -> None:
    text = set_text(FIRST, 50, 100)
    again = [run._replace(left=run.left + 0.4, right=run.right + 0.4) for run in text]
    assert paragraphs(PageContent(400, 600, text + by_character(again) + again)) == [FIRST]


def test_two_narrow_letters_are_two() -> None:
    runs = [Run(char, 50 + 2.2 * at, 52.2 + 2.2 * at, 100, 10.0) for at, char in enumerate("all")]
    assert paragraphs(PageContent(400, 600, runs)) == ["all"]


def test_a_paragraph_goes_on_on_the_next_page() -> None:
    lines = set_text(FIRST, 50, 500, width=20)
    rest = [run._replace(base=run.base - 400) for run in lines[2:]]
    assert paragraphs(PageContent(400, 600, lines[:2]), PageContent(400, 600, rest)) == [FIRST]


def test_a_footnote_stands_after_the_paragraph_it_interrupts() -> None:
    lines = set_text(FIRST, 50, 500, width=20)
    note = [Run("①见本办法第三条", 50, 106, 540, 7.0)]
    rest = [run._replace(base=run.base - 400) for run in lines[2:]]
    before = set_text(SECOND, 50, 400, width=20)
    sheets = PageContent(400, 600, before + lines[:2] + note), PageContent(400, 600, rest)
    assert paragraphs(*sheets) == [SECOND, FIRST, "①见本办法第三条"]


def test_a_picture_of_the_layout_shows_each_line() -> None:
    pages = lay_out([PageContent(400, 600, set_text(FIRST + "<&", 50, 100))])
    root = ET.fromstring(draw(pages))  # noqa: S314 (made here)
    assert "".join(root.itertext()).replace("\n", "").count("为进一步") == 1
    assert len(root.findall(".//*[@class='text']")) == 6


def test_a_picture_of_the_layout_shows_cells_where_they_stand() -> None:
    rules = [Rule(x, 100, x, 148) for x in (50, 110, 200)]
    rules += [Rule(50, y, 200, y) for y in (100, 116, 148)]
    cells = [("单位", 55, 112), ("项目", 115, 112), ("云岭镇", 55, 130), ("防洪堤加固与", 115, 130)]
    runs = [Run(text, x, x + 10 * len(text), y, 10) for text, x, y in cells]
    runs.append(Run("清淤", 115, 135, 144, 10))
    root = ET.fromstring(draw(lay_out([PageContent(400, 600, runs, rules)])))  # noqa: S314
    shown = {one.text: float(one.get("x", "0")) for one in root.iter() if one.tag.endswith("text")}
    assert abs(shown["云岭镇"] - 50) < 10
    assert abs(shown["防洪堤加固与清淤"] - 110) < 10
    assert not any("|" in text for text in shown if text)


def test_only_from_column_to_column_a_picture_shows_where_to_go_on() -> None:
    runs = set_text(FIRST, 50, 100) + set_text(SECOND, 170, 100)
    root = ET.fromstring(draw(lay_out([PageContent(400, 600, runs)])))  # noqa: S314 (made here)
    assert len(root.findall(".//*[@class='jump']")) == 1


@pytest.mark.parametrize("last", ["作。", "果”", "是？"])
def test_the_last_characters_of_a_paragraph_stand_behind_its_line(last: str) -> None:
    runs = [*set_text(FIRST[:38], 50, 60, width=20)]
    runs.append(Run(SECOND[:18], 70, 250, 130, 10))
    runs.append(Run(last, 50, 70, 144, 10))
    runs += set_text(SECOND[:38], 50, 200, width=20)
    found = paragraphs(PageContent(300, 400, runs))
    assert found == [FIRST[:38], SECOND[:18] + last, SECOND[:38]]


def test_a_sign_may_hang_over_the_edge_of_the_next_column() -> None:
    first = [FIRST[:9], FIRST[9:18] + "，", FIRST[18:28], FIRST[28:38]]
    second = [SECOND[:10], SECOND[10:20], SECOND[20:30], SECOND[30:40]]
    runs = [Run(line, 60, 150, 100, 10) for line in first[:1]]
    for at, line in enumerate(first[1:], 1):
        runs.append(Run(line, 50, 165.6 if at == 1 else 150, 100 + 14 * at, 10))
    runs += [Run(line, 165, 265, 100 + 14 * at, 10) for at, line in enumerate(second)]
    runs.sort(key=lambda run: (run.base, run.left))
    lines = to_lines(lay_out([PageContent(400, 600, runs)]))
    assert [line.text for line in lines] == [*first, *second]


def test_pages_of_a_file_are_drawn(write: Callable[[str, bytes | str], str]) -> None:
    for name, content in (("a.pdf", pdf(FIRST)), ("a.ofd", ofd(glyphs(FIRST, 20, 20)))):
        assert FIRST in picture(write(name, content))
    with pytest.raises(ReadError, match="PDF and OFD"):
        picture(write("a.txt", FIRST))


@pytest.mark.parametrize(
    ("text", "pictured", "expected"),
    [
        (FIRST, 0.0, None),
        (FIRST + SECOND, 1.0, None),
        ("", 0.0, None),
        ("", 0.9, Defect.PICTURE),
        ("我是文字我是文字我是文字", 0.9, Defect.PICTURE),
        ("\ue001\ue002\ue003" * 20, 0.0, Defect.FONTS),
        (MISREAD, 1.0, Defect.LAYER),
        (MISREAD, 0.1, None),
        ((FIRST + "COVID-19 GB/T 3620.1 16MnCr5 3D 5G km2 ") * 3, 1.0, None),
    ],
)
def test_a_page_is_judged(text: str, pictured: float, expected: Defect | None) -> None:
    assert judge(text, pictured) is expected


def test_letters_hidden_behind_ideographs_are_mended() -> None:
    assert mended("犌犕／犜 0031 犌犅") == "GM／T 0031 GB"
    assert mended("犒劳") == "犒劳"
