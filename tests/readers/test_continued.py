"""Tables that go on on the next page, ruled and unruled, in sheets, PDF and OFD."""

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest

from lsq.model import Bulletin, Role
from lsq.readers.layout import PageContent, Rule, Run, lay_out, to_lines
from lsq.repair import repair
from tests.readers.conftest import Read
from tests.readers.samples import glyphs, ofd, printed

EDGES = (50.0, 90.0, 230.0, 350.0)
SIZE, PITCH = 10.0, 14.0
HEADS = ("序号", "项目名称", "实施单位")
ROWS = [
    ("1", "高标准农田建设和改造提升项目", "云岭镇人民政府"),
    ("2", "山塘除险加固", "竹溪乡人民政府"),
    ("3", "通村公路拓宽改造", "县交通运输局"),
    ("4", "防洪堤加固与河道清淤疏浚一期", "县水利局"),
    ("5", "饮水安全巩固提升", "城关街道办事处"),
    ("6", "校舍维修", "县教育局"),
]
SAID = [" | ".join(row) for row in (HEADS, *ROWS)]
PROSE = "各项目应当在年底前完成建设任务，并按规定报送有关资料，逾期未完成的收回资金。"

Cells = Sequence[Sequence[str]]


def wrapped(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


def drawn(
    rows: Sequence[Cells], top: float, *, ruled: bool, open_at: str = "", left: float = 0.0
) -> tuple[list[Run], list[Rule], float]:
    """Rows of cells, each some lines, on a page from some height on.

    Args:
        rows: the lines of each cell.
        top: where the first row begins.
        ruled: whether lines are drawn between the cells.
        open_at: at which ends the table has no line: above, below.
        left: how far the table is moved to the right.
    """
    runs: list[Run] = []
    bounds = [top]
    for row in rows:
        for cell, edge in zip(row, EDGES, strict=False):
            for at, line in enumerate(cell):
                x = left + edge + 5
                base = bounds[-1] + SIZE + 2 + at * PITCH
                runs.append(Run(line, x, x + SIZE * len(line), base, SIZE))
        bounds.append(bounds[-1] + PITCH * max(map(len, row)) + 4)
    rules: list[Rule] = []
    if ruled:
        shown = bounds[1 if "above" in open_at else 0 : -1 if "below" in open_at else None]
        rules += [Rule(left + EDGES[0], y, left + EDGES[-1], y) for y in shown]
        rules += [Rule(left + x, bounds[0], left + x, bounds[-1]) for x in EDGES]
    return runs, rules, bounds[-1]


def cells(row: Sequence[str]) -> list[list[str]]:
    """The lines of each cell of a row, as wide as its column."""
    return [
        wrapped(text, int((right - left - 10) / SIZE))
        for text, (left, right) in zip(row, pairwise(EDGES), strict=True)
    ]


def broken(
    *, ruled: bool, cut: bool, repeat: bool, open_at: bool = False, left: float = 0.0
) -> list[PageContent]:
    """A table over two pages, broken in or behind its first row."""
    first, *rest = [cells(row) for row in ROWS]
    heads = cells(HEADS)
    more = [cell[1:] for cell in first]
    above = [heads, *(cells(row) for row in ROWS[1:4])]
    above += [[cell[:1] for cell in first]] if cut else [first]
    below = [*([heads] if repeat else []), *([more] if cut else []), *rest[3:]]
    top, lines, _ = drawn(above, 480, ruled=ruled, open_at="below" if open_at else "")
    bottom, others, end = drawn(
        below, 60, ruled=ruled, open_at="above" if open_at else "", left=left
    )
    text = [
        Run(line, 50 + left, 50 + left + SIZE * len(line), end + 30 + at * PITCH, SIZE)
        for at, line in enumerate(wrapped(PROSE, 30))
    ]
    return [
        PageContent(400, 600, [*prose(60), *top], lines),
        PageContent(400 + left, 600, bottom + text, others),
    ]


def prose(top: float) -> list[Run]:
    return [
        Run(line, 50, 50 + SIZE * len(line), top + at * PITCH, SIZE)
        for at, line in enumerate(wrapped(PROSE * 4, 30))
    ]


def tables(sheets: Sequence[PageContent]) -> list[str]:
    """The rows of the tables, as the text has them."""
    bulletin = Bulletin("a.pdf", tuple(to_lines(lay_out(sheets))), paged=True)
    return [one.text for one in repair(bulletin) if one.role is Role.TABLE]


EXPECTED = [SAID[0], *SAID[2:5], SAID[1], *SAID[5:]]


@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("repeat", [True, False])
@pytest.mark.parametrize("cut", [True, False])
@pytest.mark.parametrize("left", [0.0, 20.0])
def test_a_table_over_a_page_break_is_one(
    shuffled: bool, ruled: bool, repeat: bool, cut: bool, left: float
) -> None:
    sheets = broken(ruled=ruled, cut=cut, repeat=repeat, left=left)
    if shuffled:
        for sheet in sheets:
            random.Random(3).shuffle(sheet.runs)
    assert tables(sheets) == EXPECTED


def test_where_no_line_is_drawn_at_the_break_the_row_goes_on() -> None:
    sheets = broken(ruled=True, cut=True, repeat=False, open_at=True)
    assert tables(sheets) == EXPECTED


def test_the_heads_of_each_further_page_are_furniture() -> None:
    heads = cells(HEADS)
    sheets = []
    for number in range(3):
        rows = [heads, *(cells((str(2 * number + at), f"项目{at}", "县水利局")) for at in (1, 2))]
        runs, rules, _ = drawn(rows, 60, ruled=True)
        sheets.append(PageContent(400, 600, runs, rules))
    assert tables(sheets) == [SAID[0], *(f"{n} | 项目{2 - n % 2} | 县水利局" for n in range(1, 7))]


@pytest.mark.parametrize("said", ["续表", "续表1", "（续）", "（接上页）"])
def test_a_line_that_says_that_a_table_goes_on_is_no_text(said: str) -> None:
    sheets = broken(ruled=True, cut=False, repeat=True)
    sheets[1].runs.append(Run(said, 50, 50 + SIZE * len(said), 52, SIZE))
    bulletin = Bulletin("a.pdf", tuple(to_lines(lay_out(sheets))), paged=True)
    found = [one for one in repair(bulletin) if one.role is not Role.FURNITURE]
    assert said not in [one.text for one in found]
    assert [one.text for one in found if one.role is Role.TABLE] == EXPECTED


def test_another_table_on_the_next_page_is_another() -> None:
    sheets = broken(ruled=True, cut=False, repeat=False)
    title = "第二批项目"
    sheets[1].runs.append(Run(title, 150, 150 + SIZE * len(title), 52, SIZE))
    assert tables(sheets) == EXPECTED  # what a title parts is not joined, and loses nothing
    other = broken(ruled=True, cut=True, repeat=True)
    other[1].runs.append(Run(title, 150, 150 + SIZE * len(title), 52, SIZE))
    assert tables(other).count(SAID[0]) == 2


def test_a_row_that_lacks_a_cell_is_a_row() -> None:
    sheets = broken(ruled=True, cut=False, repeat=False)
    runs, rules, _ = drawn([cells(("", "合计六项", "县政府")), cells(ROWS[0])], 60, ruled=True)
    sheets[1] = PageContent(400, 600, runs, rules)
    assert tables(sheets)[-2:] == ["合计六项 | 县政府", SAID[1]]


def test_lines_beside_numbers_are_put_together_though_items_are_no_further_apart() -> None:
    items = [("(一)", PROSE[:33]), ("(二)", PROSE[:18]), ("(三)", PROSE[:36]), ("(四)", PROSE[:9])]
    runs, base = [], 100.0
    for number, text in items:
        runs.append(Run(number, 50, 68, base, SIZE))
        for line in wrapped(text, 15):
            runs.append(Run(line, 90, 90 + SIZE * len(line), base, SIZE))
            base += 16.0
    found = [line.text for line in to_lines(lay_out([PageContent(400, 600, runs)]))]
    assert found == [f"{number} {text}" for number, text in items]


def test_rows_of_a_column_that_others_share_are_rows() -> None:
    rows = [
        ("自变量", "经济力", "GE"),
        ("", "服务力", "GS"),
        ("", "通讯力", "GT"),
        ("", "创新力", "GC"),
    ]
    runs = [
        Run(text, x, x + SIZE * len(text), 100 + 14.0 * at, SIZE)
        for at, row in enumerate(rows)
        for x, text in zip((50, 120, 200), row, strict=True)
        if text
    ]
    found = [line.text for line in to_lines(lay_out([PageContent(400, 600, runs)]))]
    assert found == [" | ".join(filter(None, row)) for row in rows]


def ofd_page(sheet: PageContent) -> str:
    """The same on a page of an OFD, in millimetres."""
    scale = 0.5
    drawn = "".join(
        f'<ofd:PathObject Boundary="{rule.left * scale} {rule.top * scale} 200 200">'
        f"<ofd:AbbreviatedData>M 0 0 L {(rule.right - rule.left) * scale} "
        f"{(rule.bottom - rule.top) * scale}</ofd:AbbreviatedData></ofd:PathObject>"
        for rule in sheet.rules
    )
    return drawn + "".join(
        glyphs(run.text, run.left * scale, (run.base - run.size) * scale, run.size * scale)
        for run in sheet.runs
    )


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("cut", [True, False])
@pytest.mark.parametrize("form", ["pdf", "ofd"])
def test_tables_over_pages_of_files(read: Read, form: str, ruled: bool, cut: bool) -> None:
    sheets = broken(ruled=ruled, cut=cut, repeat=True)
    data = printed(sheets) if form == "pdf" else ofd(*map(ofd_page, sheets))
    bulletin = read(f"a.{form}", data)
    assert [one.text for one in repair(bulletin) if one.role is Role.TABLE] == EXPECTED
