"""What `lsq.repair` makes of lines: a specification by small cases and properties."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lsq.model import Bulletin, Line, Paragraph, Places, Role
from lsq.repair import repair
from lsq.repair.clean import clean
from tests.typesetting import PROSE, bulletin, furniture, prose, repaired, shape, shaped, wrap

SEEDS = Path(__file__).parent.parent / "seeds"

NEWS = "今年以来，"  # begins a paragraph of news
NEXT = "据了解，"  # begins a paragraph of news that is not the first

WIDTHS = [14, 17, 20, 24, 28, 33, 40]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("blank", [False, True])
def test_hard_wraps_are_joined_at_any_width(width: int, blank: bool) -> None:
    lines = [line for text in PROSE for line in wrap(text, width)]
    if blank:
        lines = [part for line in lines for part in (line, "")]
    text = "\n".join(repaired(*lines))
    for paragraph in PROSE:
        assert paragraph in text


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("indent", ["\u3000\u3000", "\u3000", "  "])
def test_indents_mark_the_beginning_of_paragraphs(width: int, indent: str) -> None:
    lines = [line for text in PROSE for line in wrap(indent + text, width)]
    assert repaired(*lines) == PROSE


@pytest.mark.parametrize("indent", ["\u3000\u3000", "\u3000"])
@pytest.mark.parametrize(
    ("line", "is_heading"),
    [("加快发展步伐", True), ("山区各县共同富裕新路越走越宽广群众笑开怀", True), ("加快。", False)],
)
def test_a_line_without_a_stop_above_one_that_is_set_in_heads_it(
    line: str, is_heading: bool, indent: str
) -> None:
    above, below = "\u3000\u3000" + prose("今年以来，", 98), indent + PROSE[1]
    expected = [prose("今年以来，", 98), line] if is_heading else [prose("今年以来，", 98) + line]
    assert repaired(*wrap(above, 20), line, *wrap(below, 20)) == [*expected, PROSE[1]]


def test_where_indents_mark_paragraphs_nothing_else_does() -> None:
    text = prose(NEWS, 118) + prose(NEXT, 100)
    assert repaired(*wrap("\u3000\u3000" + text, 20), *wrap("\u3000\u3000" + PROSE[1], 20)) == [
        text,
        PROSE[1],
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_first_lines_are_shorter_where_extraction_dropped_the_indent(width: int) -> None:
    lines = [line.strip() for text in PROSE * 2 for line in wrap("\u3000\u3000" + text, width)]
    text = "\n".join(repaired(*lines))
    for paragraph in PROSE:
        assert paragraph in text


@pytest.mark.parametrize("width", [14, 17, 20, 24, 25, 32, 40])
def test_so_paragraphs_are_told_from_each_other_though_they_fill_their_last_lines(
    width: int,
) -> None:
    lines = [line.strip() for text in PROSE * 2 for line in wrap("\u3000\u3000" + text, width)]
    assert repaired(*lines) == PROSE * 2


@pytest.mark.parametrize(
    ("sentences", "wrapped", "joined"),
    [
        ([], [14, 11], [25]),
        ([], [14, 14, 11], [39]),
        ([], [13, 10], [13, 10]),  # too narrow for text
        ([], [13, 13, 10], [13, 13, 10]),
        ([], [20, 19, 2], [41]),
        ([], [20, 18, 2], [38, 2]),  # a line that is not full is a last one
        ([4, 4, 4], [20, 20, 10], [4, 4, 4, 50]),
        ([4, 4, 4, 4], [20, 20, 10], [4, 4, 4, 4, 20, 20, 10]),  # no longer few
    ],
)
def test_of_a_few_lines_the_longest_says_how_wide_they_were_set(
    sentences: list[int], wrapped: list[int], joined: list[int]
) -> None:
    lines = [*(prose("", size) for size in sentences), *(prose("", size, "") for size in wrapped)]
    assert [len(text) for text in repaired(*lines)] == joined


def test_one_file_can_hold_texts_of_several_widths() -> None:
    lines = [line for text in PROSE for line in wrap(text, 17)]
    lines += [line for text in PROSE for line in wrap(text, 38)]
    text = "\n".join(repaired(*lines))
    for paragraph in PROSE:
        assert text.count(paragraph) == 2


def test_a_paragraph_a_line_is_left_alone() -> None:
    lines = [
        "丽水市村庄规划条例",
        "2021年3月30日 丽水市第四届人民代表大会常务委员会第三十七次会议通过",
        "2021年5月28日 浙江省第十三届人民代表大会常务委员会第二十九次会议批准",
        "第一章 总则",
        "第一条 为了规范村庄规划，改善人居环境，根据有关法律、法规，制定本条例。",
        "第二条 本市行政区域内村庄规划的编制、实施和监督，适用本条例：",
        "（一）编制；",
        "（二）实施；",
        "本条例自公布之日起施行，法律、行政法规另有规定的，从其规定，市人民政府可以制定办法。",
    ]
    assert repaired(*lines) == lines


def test_tables_and_lists_of_names_are_left_alone() -> None:
    lines = ["组长：王建国", "副组长：李为民", "成员：张三", "指标", "12", "15", "合计", "27"]
    assert repaired(*lines) == lines


@pytest.mark.parametrize(
    "heading", ["一、总体要求", "（一）指导思想", "1. 接续递进、求是跨越", "■ 新闻链接"]
)
def test_headings_and_lists_stay_apart_from_wrapped_text(heading: str) -> None:
    lines = [*wrap(PROSE[0], 20), heading, *wrap(PROSE[1], 20), heading, *wrap(PROSE[2], 20)]
    assert repaired(*lines) == [PROSE[0], heading, PROSE[1], heading, PROSE[2]]


def test_a_heading_that_wraps_is_joined_where_blank_lines_tell() -> None:
    body = [part for line in wrap(PROSE[0] + PROSE[1], 22) for part in (line, "")]
    lines = [*body, "9. 构建以共同富裕为导向的持续", "增收机制", "", *body]
    assert "9. 构建以共同富裕为导向的持续增收机制" in repaired(*lines)


@pytest.mark.parametrize(
    ("above", "rest", "below"),
    [
        pytest.param([""], "增收机制", [""], id="as far from it as lines of text are"),
        pytest.param([], "增收机制", [], id="as near to the text below"),
        pytest.param([], "增收机制。", [""], id="a sentence"),
        pytest.param([], "（二）增收机制", [""], id="a heading of its own"),
        pytest.param([], "增收机制" * 4 + "增收", [""], id="as wide as text"),
    ],
)
def test_what_stands_below_a_heading_may_be_none_of_it(
    above: list[str], rest: str, below: list[str]
) -> None:
    body = [part for line in wrap(PROSE[0] + PROSE[1], 22) for part in (line, "")]
    heading = "9. 构建以共同富裕为导向的持续"
    lines = [*body, heading, *above, rest, *below, *body]
    assert repaired(*lines) == [PROSE[0] + PROSE[1], heading, rest, PROSE[0] + PROSE[1]]


@pytest.mark.parametrize(
    ("printed", "headline"),
    [
        ("中国超市创业之乡中国超市创业之乡", "中国超市创业之乡"),
        ("““中国超市创业之乡中国超市创业之乡””合作协议合作协议", "“中国超市创业之乡”合作协议"),
        ("信息信息技术革命呼唤创新技术革命呼唤创新", "信息技术革命呼唤创新"),
        ("今年将修订《今年将修订《教师法》教师法》", "今年将修订《教师法》"),
        ("丽丽水水今今天天下下雪雪", "丽水今天下雪"),
        ("丽水今天下雪 丽水今天下雪", "丽水今天下雪"),
        ("丽水市 政府公报 丽水市 政府公报", "丽水市 政府公报"),
        ("丽水市 政府公报丽水市 政府公报", "丽水市 政府公报"),
        ("丽水 丽水今天 今天", "丽水今天"),
        ("生态文明生态文明", "生态文明"),
        pytest.param(prose("", 80, "") * 2, prose("", 80, ""), id="as long as a headline can be"),
        # Not doubled, or not a headline:
        ("研究研究", "研究研究"),
        ("研究院研究院", "研究院研究院"),
        pytest.param(prose("", 81, "") * 2, prose("", 81, "") * 2, id="a paragraph"),
        ("丽水今天下雪丽水明天下雪", "丽水今天下雪丽水明天下雪"),
        ("————————————", "————————————"),
        ("哈哈哈哈哈哈哈哈", "哈哈哈哈哈哈哈哈"),
        ("1212121212", "1212121212"),
    ],
)
def test_fake_bold_is_printed_once(printed: str, headline: str) -> None:
    paragraphs = repair(bulletin(printed))
    assert [one.text for one in paragraphs] == [headline]
    assert paragraphs[0].heading is (printed != headline)


@pytest.mark.parametrize(
    "line",
    [
        "— 3 —", "—2—", "- 12 -", "－５－", "·7·", "第3页", "第 3 页 共 10 页",
        " 02城事·重点", "07综合·新闻", "A2 要闻", "03版：时政", "第4版 要闻", "要闻 02版",
        "2020年8月27日 星期四", "丽水日报 2020年8月27日 星期四 农历七月初九",
    ],
)  # fmt: skip
def test_furniture_is_set_apart(line: str) -> None:
    assert [re.sub(r"\s", "", text) for text in furniture(line, PROSE[0])] == [
        re.sub(r"\s", "", line)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "2020年",
        "02年建成投产",
        "12省市整改完毕",
        "3版权保护",
        "——副题也是题",
        "3/10",
        "第3条",
        "-5℃",
        "本周星期三",
        "会议定于2020年8月27日，即星期四上午在丽水举行",
    ],
)
def test_text_is_not_furniture(line: str) -> None:
    assert furniture(line, PROSE[0]) == []


@pytest.mark.parametrize(
    ("paragraphs", "sizes"),
    [
        ([prose(NEWS, 100), prose(NEXT, 100)], [100, 100]),
        ([prose(NEWS, 100), prose("全市上下", 100)], [200]),
        # Too short, together or either of them:
        ([prose(NEWS, 60), prose(NEXT, 140)], [60, 140]),
        ([prose(NEWS, 60), prose(NEXT, 120)], [180]),
        ([prose(NEWS, 40), prose(NEXT, 200)], [240]),
        ([prose(NEWS, 140), prose(NEXT, 60)], [140, 60]),
        ([prose(NEWS, 160), prose(NEXT, 40)], [200]),
        ([prose(NEWS, 100), prose(NEXT, 40), prose(NEXT, 100)], [100, 140]),
        # A list, or what is said, follows after the sign:
        ([prose(NEWS, 100, "："), prose(NEXT, 100)], [200]),
        ([prose(NEWS, 100, "；"), prose(NEXT, 100)], [200]),
        # Quotations begin within paragraphs as well:
        ([prose(NEWS, 120), prose("“", 200)], [120, 200]),
        ([prose(NEWS, 120), prose("“", 180)], [300]),
        ([prose(NEWS, 100), prose("“", 220)], [320]),
        ([prose(NEWS, 200), prose("“", 120)], [200, 120]),
        ([prose(NEWS, 220), prose("“", 100)], [320]),
        # Nothing within a quotation begins a paragraph:
        ([prose("他说：“", 100), prose(NEXT, 100, "。”")], [200]),
        ([prose("他说：“好。”", 100), prose(NEXT, 100)], [100, 100]),
    ],
)
def test_paragraphs_that_fill_their_last_lines_are_told_by_length_and_beginning(
    paragraphs: list[str], sizes: list[int]
) -> None:
    lines = [line for text in paragraphs for line in wrap(text, 20)]
    assert {len(line) for line in lines} <= {20, 21}
    assert [len(text) for text in repaired(*lines)] == sizes


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(wrap(prose("本报北京2月25日电 ", 100), 20), id="a dateline"),
        pytest.param(wrap(prose("（一）", 100), 20), id="a marker"),
        pytest.param(["（新华社电）"], id="an aside"),
        pytest.param(["（新华社北京二月十二日电记者王五六七）"], id="an aside as wide as text"),
        pytest.param(["加快发展步伐"], id="a headline"),
        pytest.param(["山区各县共同富裕新路越走越宽广群众笑开怀", "记者 蓝倞"], id="with a byline"),
        pytest.param(
            ["山区各县共同富裕新路越走越宽广群众笑开怀", *wrap(prose("本报讯 ", 100), 20)],
            id="with a dateline",
        ),
        pytest.param(["", *wrap(prose("全市上下", 100), 20)], id="a blank line"),
        pytest.param(shaped("21 20 20 7."), id="a headline a little wider than text"),
        pytest.param([prose("", 22, "”"), *shaped("20 20 7.")], id="with a quotation"),
        pytest.param(shaped("24 20 20 7."), id="a headline wider than text"),
        pytest.param(shaped("30. 40. 7. 6. 5. 6."), id="paragraphs that were never wrapped"),
    ],
)
def test_a_paragraph_that_fills_its_last_line_ends_before(lines: list[str]) -> None:
    above = prose(NEWS, 100)
    assert repaired(*wrap(above, 20), *lines)[0] == above


@pytest.mark.parametrize("ending", ["。", "！", "？", "；", "：", "……", "。”", "！』", "。）"])
def test_a_paragraph_may_end_with(ending: str) -> None:
    above, below = prose(NEWS, 100, ending), prose("（一）", 100)
    assert repaired(*wrap(above, 20), *wrap(below, 20)) == [above, below]


@pytest.mark.parametrize("ending", ["", "，", "”", "》", "）"])
def test_in_mid_sentence_no_paragraph_ends(ending: str) -> None:
    text = prose(NEWS, 100, ending) + prose("（下称试点）", 100)
    assert repaired(*wrap(text, 20)) == [text]


@pytest.mark.parametrize(("blank", "is_seam"), [(1, False), (2, True)])
def test_more_blank_lines_than_elsewhere_part_paragraphs(blank: int, is_seam: bool) -> None:
    texts = [prose(NEWS, 100), prose("全市上下", 90)]
    above, below = ([part for line in wrap(text, 20) for part in ("", line)] for text in texts)
    expected = texts if is_seam else ["".join(texts)]
    assert repaired(*above, *[""] * (blank - 1), *below) == expected


def test_a_line_that_ends_with_a_comma_goes_on_however_short() -> None:
    lines = [*shaped("20 20 20 7."), prose("", 12, "，"), *shaped("20 7.")]
    assert shape(repaired(*lines)) == "67. 39."


@pytest.mark.parametrize(
    "lines",
    [
        wrap(prose("全市上下", 100), 20),
        wrap(prose("（下称试点）", 20, "（下同）") + prose("全市上下", 80), 20),
        ["山区各县共同富裕新路越走越宽广群众笑开怀"],
        ["加快。"],
        # Blank lines say nothing where furniture stands among them.
        ["", "— 3 —", "", *wrap(prose("全市上下", 100), 20)],
    ],
)
def test_or_goes_on(lines: list[str]) -> None:
    above = prose(NEWS, 100)
    shown = [line for line in lines if line not in {"", "— 3 —"}]
    assert repaired(*wrap(above, 20), *lines) == ["".join([above, *shown])]


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(["本报北京2月25日电 全市上下"], id="a dateline"),
        pytest.param(["（一）全市上下"], id="a marker"),
        pytest.param(["2021年3月30日全市上下"], id="a date"),
        pytest.param(["关键词：", "全市上下"], id="a label"),
        pytest.param(["（副题在此）", "全市上下"], id="an aside"),
        pytest.param(["", "全市上下"], id="a blank line"),
        pytest.param(["记者 蓝倞", "全市上下"], id="a byline"),
    ],
)
def test_a_headline_as_wide_as_text_is_told_by_what_stands_below(below: list[str]) -> None:
    headline = "山区各县共同富裕新路越走越宽广群众笑开怀"
    *extra, beginning = below
    text = prose(beginning, 90)
    lines = [*wrap(PROSE[0], 20), headline, *extra, *wrap(text, 20)]
    assert repaired(*lines) == [PROSE[0], headline, *filter(None, extra), text]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("山区各县共同富裕新路越走越宽广群众笑开怀了", id="a little wider than text"),
        pytest.param("山区各县共同富裕新路越走越宽广越来越“红火”", id="with a quotation"),
        pytest.param("山区各县共同富裕新路越走越宽广群众个个笑开了怀", id="wider than text"),
        pytest.param("山区各县共同富裕新路越走越宽广各族群众个个笑开了怀", id="much wider"),
        pytest.param("本报记者 张三 李四 王五 赵六 通讯员 钱七", id="a byline"),
        pytest.param("（作者单位：中国社会科学院数量经济研究所）", id="an aside"),
        pytest.param("关于山区各县共同富裕若干政策的通知〔1〕号", id="a number that is none"),
        pytest.param("丽水市人民政府办公室〔2020〕第 12 号", id="a number"),
        pytest.param("第一章 山区各县共同富裕的若干规定………………3", id="of a table of contents"),
        pytest.param("山区各县共同富裕新路越走越宽广群众笑开怀" * 2, id="printed twice"),
    ],
)
def test_what_stands_for_itself_though_it_is_as_wide_as_text(line: str) -> None:
    text = prose("全市上下", 90)
    shown = repaired(*wrap(PROSE[0], 20), line, *wrap(text, 20))
    assert (len(shown), shown[0], shown[-1]) == (3, PROSE[0], text)


@pytest.mark.parametrize(("characters", "is_headline"), [(44, True), (66, False)])
def test_a_headline_as_wide_as_text_has_one_line_or_two(characters: int, is_headline: bool) -> None:
    headline, text = prose("山区", characters, ""), prose("2021年3月30日全市上下", 80)
    lines = [*wrap(PROSE[0], 22), *wrap(headline, 22), *wrap(text, 22)]
    expected = [headline, text] if is_headline else [headline + text]
    assert repaired(*lines) == [PROSE[0], *expected]


def test_no_headline_has_a_comma() -> None:
    text = "今年以来，山区各县共同富裕新路越走越宽广" + prose("2021年3月30日全市上下", 80)
    assert repaired(*wrap(PROSE[0], 20), *wrap(text, 20)) == [PROSE[0], text]


def test_a_line_as_wide_as_text_is_text_else() -> None:
    text = "山区各县共同富裕新路越走越宽广群众笑开怀" + prose("全市上下", 90)
    assert repaired(*wrap(PROSE[0], 20), *wrap(text, 20)) == [PROSE[0], text]


@pytest.mark.parametrize("number", ["12", "— 12 —", "—12—", "- 12 -"])
def test_a_page_number_does_not_part_a_sentence(number: str) -> None:
    lines = wrap(PROSE[0], 20)
    lines[2:2] = [number]
    assert repaired(*lines) == [PROSE[0]]
    assert furniture(*lines) == [number]


@pytest.mark.parametrize(
    ("numbers", "worn"),
    [
        pytest.param({2: "2020"}, ["2020"], id="of four digits"),
        pytest.param({2: "12020"}, [], id="of five"),
        pytest.param({2: "12", 5: "13"}, [], id="near each other"),
        pytest.param({2: "12", 6: "13"}, ["12", "13"], id="four lines apart"),
        pytest.param({2: "12", 3: "13", 11: "14"}, ["14"], id="two of three near each other"),
        pytest.param({2: "12", 10: "13", 11: "14"}, ["12"], id="the last two of three"),
    ],
)
def test_a_number_alone_is_that_of_a_page_if_others_are_far(
    numbers: dict[int, str], worn: list[str]
) -> None:
    lines = shaped("20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 7.")
    for at, number in numbers.items():
        lines.insert(at, number)
    assert furniture(*lines) == worn


@pytest.mark.parametrize(
    ("shape", "worn"),
    [
        pytest.param("20 20 7. 4. 4. 4. 4.", ["12"], id="in text that is wrapped"),
        pytest.param("20 20 7. 4. 4. 4. 4. 4.", [], id="in a list"),
    ],
)
def test_a_number_alone_is_that_of_a_page_in_wrapped_text(shape: str, worn: list[str]) -> None:
    assert furniture(*shaped(shape), "12") == worn


@pytest.mark.parametrize(("lines", "worn"), [(13, []), (15, ["12", "13"])])
def test_of_few_lines_few_are_numbers_of_pages(lines: int, worn: list[str]) -> None:
    assert furniture("12", *shaped("20 " * lines), "13") == worn


@pytest.mark.parametrize(
    ("pages", "worn"),
    [
        ([["总投资", "12", "亿元。", "1"], ["完。"]], ["1"]),
        ([["1", "总投资", "12", "亿元。"], ["2", "总投资"]], ["1", "2"]),
        ([["总投资", "12", "亿元。"], ["总投资", "12", "亿元。", "2"]], ["2"]),
    ],
)
def test_bare_numbers_of_a_page_stand_at_its_edge(pages: list[list[str]], worn: list[str]) -> None:
    lines = tuple(Line(text, number) for number, page in enumerate(pages, 1) for text in page)
    paragraphs = repair(Bulletin("a.pdf", lines, paged=True))
    assert [one.text for one in paragraphs if one.role is Role.FURNITURE] == worn


def test_dot_leaders_and_their_page_go() -> None:
    assert repaired("第一章 总则…………………3", "第二章 规划编制..........12", "等等……") == [
        "第一章 总则",
        "第二章 规划编制",
        "等等……",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "记者 蓝倞",
        "（记者 蓝倞）",
        "本报记者 张三 通讯员 李四",
        "通讯员 王五",
        "（本报记者曲哲涵整理）",
    ],
)
def test_bylines_are_known_and_stand_alone(line: str) -> None:
    paragraphs = repair(bulletin(*wrap(PROSE[0], 20), line, *wrap(PROSE[1], 20)))
    assert [one.text for one in paragraphs] == [PROSE[0], line, PROSE[1]]
    assert paragraphs[1].role is Role.BYLINE


def test_a_sentence_about_reporters_is_no_byline() -> None:
    (paragraph,) = repair(bulletin("记者从市政府获悉，道路已经修通。"))
    assert paragraph.role is Role.TEXT


@pytest.mark.parametrize(
    ("line", "cleaned"),
    [
        ("国土\u200b空间\ufeff规\u00ad划", "国土空间规划"),
        ("2014\u00ad2020", "2014-2020"),
        ("\ue0052米", "2米"),
        ("2\ue0105米", "2\ue0105米"),
        ("规\x07划\x1b[31m", "规划[31m"),
        ("\u3000\u3000国土\xa0空间", "国土 空间"),
        ("国 土 空 间", "国土空间"),
        ("超过 1500 万元", "超过1500万元"),
        ("2022 年 6 月 27 日", "2022年6月27日"),
        ("全市国土 空间规划，分步实施。", "全市国土空间规划，分步实施。"),
        ("全市国土 空间规划。", "全市国土空间规划。"),
        ("全市国土 空间规划，", "全市国土空间规划，"),
        ("全市国土 空间规划", "全市国土 空间规划"),
        ("全市国土   空间规划", "全市国土 空间规划"),
        ("第一条 为了规范，制定本条例。", "第一条 为了规范，制定本条例。"),
        ("记者 蓝倞", "记者 蓝倞"),
        ("1. 接续递进", "1. 接续递进"),
        ("丽水 100 200 300", "丽水 100 200 300"),
        ("open data policy", "open data policy"),
    ],
)
def test_characters_are_cleaned(line: str, cleaned: str) -> None:
    assert [one.text for one in repair(bulletin(line))] == [cleaned]


SIGNS = st.text(st.sampled_from("国土条日，。5２a-（"), min_size=1, max_size=4)


@given(SIGNS, SIGNS)
def test_a_space_alone_is_judged_as_one_of_several(before: str, after: str) -> None:
    # A second space, between letters, says nothing of the first: but the line goes another way.
    line = f"{before} {after}"
    assert clean(f"{line}a a") == clean(line) + "a a"


def test_a_line_that_begins_with_a_stop_belongs_to_the_one_above() -> None:
    assert repaired("按照《诊疗方案（试行第九版）》", "", "。") == [
        "按照《诊疗方案（试行第九版）》。"
    ]


def test_so_it_does_where_nothing_was_wrapped() -> None:
    lines = ["（一）编制；", "按照《诊疗方案》", "，实施；", "（二）监督；", "（三）检查；"]
    assert repaired(*lines * 2) == [
        lines[0],
        "按照《诊疗方案》，实施；",
        *lines[3:],
        lines[0],
        "按照《诊疗方案》，实施；",
        *lines[3:],
    ]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["丽", "水", "市", "公", "报", "第一期"], ["丽水市公报", "第一期"]),
        (["丽", "水", "公", "报"], ["丽水公报"]),
        (["第一期", "丽", "水", "报", "第二期"], ["第一期", "丽", "水", "报", "第二期"]),
    ],
)
def test_covers_are_read_downwards(lines: list[str], joined: list[str]) -> None:
    assert repaired(*lines) == joined


@pytest.mark.parametrize(
    ("left", "right", "within"),
    [
        pytest.param("the nucleocap", "sid protein", "the nucleocapsid protein", id="a word"),
        pytest.param("靶标一为核壳蛋白nucleocap", "sid", "核壳蛋白nucleocapsid", id="among others"),
        pytest.param("转速12000", "rpm离心", "转速12000rpm离心", id="a unit"),
        pytest.param("采用", "rpm离心", "采用rpm离心", id="an ideograph before"),
        pytest.param("核壳蛋白protein", "离心", "核壳蛋白protein离心", id="an ideograph after"),
        pytest.param("所谓gene,", "protein", "所谓gene, protein", id="a comma"),
        pytest.param("所谓gene/", "protein", "所谓gene/protein", id="a stroke"),
    ],
)
def test_what_stands_between_lines_that_break_exactly_at_the_edge(
    left: str, right: str, within: str
) -> None:
    above = prose("", 20 - len(left), "") + left
    lines = [*shaped("20 20 20 20"), above, right + prose("", 20 - len(right), ""), "加快。"]
    (text,) = repaired(*lines)
    assert within in text


def test_words_of_latin_letters_keep_their_space() -> None:
    lines = [
        "The plan covers the whole of the city and",
        "its nine counties for the years to come,",
        "and it ends",
        "",
    ]
    assert repaired(*lines)[0].startswith("The plan covers the whole of the city and its nine")


def test_what_the_format_says_ends_a_paragraph_ends_it() -> None:
    lines = tuple(Line(text, n, ends=True) for n, text in enumerate(wrap(PROSE[0], 20), 1))
    assert len(repair(Bulletin("a.html", lines))) == len(lines)


def test_what_the_format_says_ends_a_paragraph_ends_it_though_it_fills_its_line() -> None:
    texts = [prose(NEWS, 100), prose("全市上下", 90)]
    lines = [
        Line(line, 1, ends=line == wrap(text, 20)[-1]) for text in texts for line in wrap(text, 20)
    ]
    assert [one.text for one in repair(Bulletin("a.html", tuple(lines)))] == texts


def test_every_paragraph_knows_its_lines_and_whether_it_was_wrapped() -> None:
    lines = [*shaped("20 20"), "— 3 —", *shaped("20 7."), "（一）编制；"]
    places = (1, 2, 2, 2, 3, 4)  # of paged files, the page
    paragraphs = repair(
        Bulletin("a.txt", tuple(Line(text, at) for text, at in zip(lines, places, strict=True)))
    )
    assert [(one.places, one.role, one.wrapped) for one in paragraphs] == [
        (Places((0, 20, 60), (1, 2, 3)), Role.TEXT, True),
        (Places((0,), (2,)), Role.FURNITURE, False),
        (Places((0,), (4,)), Role.TEXT, True),
    ]


def test_what_was_never_wrapped_says_so() -> None:
    paragraphs = repair(bulletin("（一）编制；", "（二）实施；"))
    assert [(one.places, one.wrapped) for one in paragraphs] == [
        (Places((0,), (1,)), False),
        (Places((0,), (2,)), False),
    ]


def test_front_matter_keeps_its_lines() -> None:
    lines = [
        "---",
        "标题: 丽水市人民政府关于加快发展的若干意见",
        "发文机关: 丽水市人民政府",
        "---",
        *wrap(PROSE[0], 20),
    ]
    assert repaired(*lines) == [*lines[:4], PROSE[0]]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        pytest.param(
            ["---", *shaped("20 20 20"), "---", *shaped("20 20 20 7.")],
            "3 20 20 20 3 67.",
            id="as wide as text",
        ),
        pytest.param(["---", *shaped("20 20 20 7.")], "3 67.", id="without an end"),
        pytest.param(
            [*shaped("20 20 20 7."), "---", *shaped("20 7.")], "67. 3 27.", id="no beginning"
        ),
    ],
)
def test_front_matter_is_what_stands_between_two_rows_of_dashes(
    lines: list[str], joined: str
) -> None:
    assert shape(repaired(*lines)) == joined


def test_blank_bulletins_have_no_paragraphs() -> None:
    assert repair(bulletin("", " ", "\u3000", "\ufeff")) == ()


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_the_seeds_lose_no_character(seed: Path) -> None:
    lines = seed.read_text("utf-8").split("\n")
    doubled = "“中国超市创业之乡”合作协议"
    text = "".join(one.text for one in repair(bulletin(*lines)))
    if doubled in text:
        text += doubled
    assert sorted(re.sub(r"\s", "", text)) == sorted(re.sub(r"\s", "", "".join(lines)))


def test_the_seeds_read_as_they_were_written() -> None:
    first, second = (path.read_text("utf-8").split("\n") for path in sorted(SEEDS.glob("*.txt")))
    text = "\n".join(repaired(*first))
    assert (
        "作为践行习近平总书记“绿水青山就是金山银山”理念的先行区、浙江绿色发展综合改革的创新区"
        in text
    )
    assert "通过阿里巴巴的数字化能力和本地生活的新服务理念结合" in text
    assert "年营业额超千亿元；海外从事零售行业" in text
    paragraphs = repaired(*second)
    assert any("发展阶梯可以跨越”理念，从高水平全面建成" in one for one in paragraphs)
    assert "1.聚焦创新驱动发展，激发绿色发展澎湃动能" in paragraphs
    assert "加快构建浙西南区域创新体系。" in paragraphs
    assert "8. 以制度型开放构筑对内对外开放体系" in paragraphs
    assert "1. 接续递进、求是跨越" in paragraphs
    assert "7.坚定自觉扛主责，推动全面从严治党向纵深发展。" in paragraphs


# Properties

IDEOGRAPHS = st.sampled_from("山水林田湖草沙城乡村镇路桥河流森产业民生教育")
STOPS = st.sampled_from("，。；、")
LINES = st.lists(
    st.one_of(
        st.text(
            st.one_of(IDEOGRAPHS, STOPS, st.sampled_from(" \u3000\u200b“”（）12ab")), max_size=40
        ),
        st.sampled_from(
            ["", "记者 蓝倞", "— 3 —", "02要闻", "一、总体要求", "7", *wrap(PROSE[0], 18)]
        ),
    ),
    max_size=40,
)


@given(LINES)
def test_no_ideograph_is_lost_and_none_moves(lines: list[str]) -> None:
    paragraphs = repair(bulletin(*lines))
    assume(not any(one.heading for one in paragraphs))  # printed twice by chance
    worn = {one.places.numbers[0] for one in paragraphs if one.role is Role.FURNITURE}
    seen = "".join(one.text for one in paragraphs if one.role is not Role.FURNITURE)
    wanted = "".join(line for number, line in enumerate(lines, 1) if number not in worn)
    assert re.findall(r"[\u4e00-\u9fff]", seen) == re.findall(r"[\u4e00-\u9fff]", wanted)
    for number in worn:
        line = lines[number - 1].strip()
        assert line in {"— 3 —", "02要闻"} or line.strip("\u200b \u3000").isdecimal()


@given(LINES)
def test_every_character_stands_on_its_line(lines: list[str]) -> None:
    last = 0
    for paragraph in repair(bulletin(*lines)):
        assert paragraph.text
        check_places(paragraph, lines)
        if paragraph.role is not Role.FURNITURE:  # which may stand within a paragraph
            assert paragraph.places.numbers[0] > last
            last = paragraph.places.numbers[-1]


def check_places(paragraph: Paragraph, lines: list[str]) -> None:
    offsets = paragraph.places.offsets
    assert offsets[0] == 0
    assert all(before < after for before, after in pairwise(offsets))
    assert offsets[-1] < len(paragraph.text)
    for offset, char in enumerate(paragraph.text):
        assert char == " " or char in lines[paragraph.places.at(offset) - 1]


@given(
    st.lists(
        st.text(st.one_of(IDEOGRAPHS, STOPS), min_size=90, max_size=200), min_size=1, max_size=4
    ),
    st.integers(12, 40),
    st.booleans(),
)
def test_wrapped_text_is_whole_again(texts: list[str], width: int, blank: bool) -> None:
    paragraphs = [text.strip("，。；、") + "。" for text in texts]
    lines = [line for text in paragraphs for line in wrap(text, width)]
    if blank:
        lines = [part for line in lines for part in (line, "")]
    joined = "".join(repaired(*lines))
    for paragraph in paragraphs:
        assert paragraph in joined


def test_what_chooses_a_shape_is_no_text() -> None:
    assert clean("葛\U000e0100飾区、祇\ufe00园") == "葛飾区、祇园"
