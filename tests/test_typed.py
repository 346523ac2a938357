"""Short texts, labels, running heads: where the length of lines says nothing of paragraphs."""

import pytest

from lsq.text.typography import separator
from tests.typesetting import PROSE, furniture, prose, repaired, wrap

SHORT = ["关于暂停办理业务的决定", "现对有关条款作如下修改。", "一、按月缴存。", "2021年3月1日"]


def test_in_a_text_of_a_few_lines_a_blank_line_ends_a_paragraph() -> None:
    assert repaired(*[part for line in SHORT for part in (line, "")]) == SHORT


def test_nor_is_a_title_glued_to_its_text_where_no_line_is_blank() -> None:
    title = "关于修改云岭市公积金管理办法的决定"
    assert repaired(title, "现对云岭市有关条款作出如下的修改。") == [
        title,
        "现对云岭市有关条款作出如下的修改。",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["索 引 号：002489/2023-00123", "发布日期：2023-05-08 09:30", "关于加强管理的意见全文"],
        ["地址：云岭市人民路一百号", "邮编：323000", "电话：0578-1234567", "传真：0578-7654321"],
        ["项目名称：云岭水库除险加固工程", "建设地点：云岭市北山街道办事处", "完。"],
    ],
)
def test_a_line_with_a_label_begins_a_paragraph(lines: list[str]) -> None:
    assert [line.replace(" ", "") for line in repaired(*lines)] == [
        line.replace(" ", "") for line in lines
    ]


def test_rows_of_labels_without_colons_are_left_alone() -> None:
    rows = ["索引号 002489/2023-00123 主题分类 水利", "标题 关于加强管理的意见", "发布机关 水利局"]
    said = [row.replace(" ", "") for row in [*rows, "关于加强管理的意见"]]
    assert [row.replace(" ", "") for row in repaired(*rows, "关于加强管理的意见")] == said


def test_the_value_of_a_label_may_go_on_in_wrapped_text() -> None:
    text = "标题：" + prose("关于", 40, "的意见")
    lines = [*wrap(text, 24), "发文机关：云岭市水利局", *wrap(PROSE[0], 24)]
    assert repaired(*lines) == [text, "发文机关：云岭市水利局", PROSE[0]]


def test_what_somebody_says_is_no_label() -> None:
    text = prose("", 24, "")
    lines = [text, "市长强调：" + text[5:], "会议指出：" + text[5:], "完成任务。"]
    assert repaired(*lines) == ["".join(lines)]


def test_a_centred_heading_stands_for_itself_though_no_other_line_is_set_in() -> None:
    lines = [line for text in PROSE * 8 for line in wrap(text, 24)]
    heading = "云岭市山区快递进村实施方案试行稿"
    above = [*lines, prose("", 24, "")]
    assert heading in repaired(*above, "        " + heading, *lines)


def test_rows_of_cells_are_left_alone() -> None:
    rows = [
        "张三\t云岭市水利局\t副局长",
        "李四\t云岭市财政局\t副局长",
        "王五\t云岭市教育局\t副局长",
    ]
    said = [row.replace("\t", " ") for row in rows]
    assert repaired(*rows) == said


def paged(heads: list[str], foot: str = "{}") -> tuple[list[str], str]:
    """A text over some pages, each under its head, and what it says."""
    text = prose("今年以来，", 24 * 8 * len(heads) - 3)
    lines = wrap(text, 24)
    pages: list[str] = []
    for number, head in enumerate(heads, 1):
        pages += [head, *lines[8 * (number - 1) : 8 * number], foot.format(number)]
    return pages, text


@pytest.mark.parametrize("foot", ["{}", "— {} —"])
@pytest.mark.parametrize(
    "heads",
    [
        ["云岭市人民政府公报 2023年第4期"] * 4,
        ["云岭市人民政府公报", "2023年第4期（总第9期）"] * 4,
        ["总则", "规划编制", "规划编制", "规划实施", "监督检查", "法律责任"],
    ],
    ids=["alike", "left and right", "one for each chapter"],
)
def test_running_heads_part_no_sentence(heads: list[str], foot: str) -> None:
    lines, text = paged(heads, foot)
    assert text in repaired(*lines)
    worn = furniture(*lines)
    assert worn.count(foot.format(2)) == 1
    assert all(head.replace(" ", "") in worn for head in heads[1:])


def test_running_heads_are_known_without_page_numbers() -> None:
    text = prose("今年以来，", 24 * 60 - 3)
    lines = wrap(text, 24)
    for at in (48, 36, 24, 12):
        lines.insert(at, "云岭市人民政府公报 2023年第4期")
    assert repaired(*lines) == [text]


def test_what_is_said_again_after_sentences_is_no_running_head() -> None:
    lines = [part for text in PROSE for part in ("主要做法", *wrap(text, 20))]
    assert furniture(*lines) == []


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("信息技术（infor-", "mation technology）", "信息技术（information technology）"),
        ("推动（e-", "government）升级", "推动（e-government）升级"),
        ("疫情（COVID-", "19）期间", "疫情（COVID-19）期间"),
        ("a state-of-the-", "art system", "a state-of-the-art system"),
        ("the non-", "profit sector", "the non-profit sector"),
        ("详见https://www.", "yunling.gov.cn/a.html，", "详见https://www.yunling.gov.cn/a.html，"),
        ("详见http://yunling.gov", ".cn/a/b-", "详见http://yunling.gov.cn/a/b-"),
        ("详见http://yun", "ling.gov.cn/a", "详见http://yunling.gov.cn/a"),
        ("详见http://yunling.gov.cn/a-", "b.html", "详见http://yunling.gov.cn/a-b.html"),
    ],
)
def test_words_and_addresses_are_whole_again(left: str, right: str, joined: str) -> None:
    width = 24
    padding = prose("", width, "")
    left, right = padding[: width - len(left)] + left, right + padding[: width - len(right)]
    lines = [padding, padding, padding, left, right, padding, "完成任务。"]
    assert joined in "".join(repaired(*lines))


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        ("see www.yunling.gov.cn", "and others", " "),
        ("see www.yunling.gov.cn.", "There it is", " "),
        ("see www.yunling.gov.cn/a", "b/c.html", ""),
        ("of the city", "of Yunling", " "),
    ],
)
def test_an_address_ends_where_words_follow(left: str, right: str, between: str) -> None:
    assert separator(left, right, within_words=False) == between
