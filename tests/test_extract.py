"""What `lsq.extract` makes of paragraphs: articles, and what is known of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.extract import extract
from lsq.model import Article, Bulletin, Line, Place
from lsq.repair import repair
from tests.conftest import SEEDS

BODY = (
    "今年春天，全市新开工重点项目一百二十个，其中交通项目三十八个，水利项目二十一个，"
    "总投资超过去年同期，为全年发展打下了扎实的基础。各县要倒排工期，挂图作战，确保按时完成。"
)
STORY = (
    "在山区乡镇，快递下乡的最后一公里曾是老大难，如今客运班车捎上了包裹，村口小店成了驿站，"
    "老人不出村就能取到孩子寄来的药品和衣物。"
)


def read(*lines: str, path: str = "a.txt") -> tuple[Article, ...]:
    numbered = (Line(text, number) for number, text in enumerate(lines, 1))
    bulletin = Bulletin(path, tuple(numbered))
    return extract(bulletin, repair(bulletin))


def only(*lines: str, path: str = "a.txt") -> Article:
    (article,) = read(*lines, path=path)
    return article


def wrapped(text: str, width: int = 22) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]


# Newspapers


def test_a_page_splits_at_its_headlines() -> None:
    articles = read(
        " 02城事·重点",
        "项目建设跑出加速度",
        *wrapped(BODY),
        "快递进村方便老人",
        *wrapped(STORY),
    )
    assert [one.title for one in articles] == ["项目建设跑出加速度", "快递进村方便老人"]
    assert [one.body for one in articles] == [BODY, STORY]
    assert [one.place(0).line for one in articles] == [2, 7]
    assert [one.column for one in articles] == ["城事·重点", "城事·重点"]
    assert [one.id for one in articles] == ["a.txt#1", "a.txt#2"]


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (["快递进村方便老人"], "快递进村方便老人"),
        (["快递进村", "方便老人"], "快递进村方便老人"),
        (["快递进村方便老人快递进村方便老人"], "快递进村方便老人"),
        (["快递快递进村方便老人进村方便老人"], "快递进村方便老人"),
        (["快递进村方便老人", "（今日谈）"], "快递进村方便老人（今日谈）"),
        (["山区老人叶奶奶——"], "山区老人叶奶奶——"),
        (["“快递进了村，我们不出门”（新春走基层）"], "“快递进了村，我们不出门”（新春走基层）"),
        (
            ["快递进村方便老人，山区驿站连起千家万户的牵挂与盼望"],
            "快递进村方便老人，山区驿站连起千家万户的牵挂与盼望",
        ),
    ],
)
@pytest.mark.parametrize("byline", [[], ["记者 蓝倞"]])
def test_headlines_are_whole_and_once(lines: list[str], headline: str, byline: list[str]) -> None:
    articles = read("项目建设跑出加速度", *wrapped(BODY), *lines, *byline, *wrapped(STORY * 3))
    assert [one.title for one in articles] == ["项目建设跑出加速度", headline]
    assert articles[1].body == "\n".join([*byline, STORY * 3])
    assert articles[1].place(0).line == 6
    assert articles[1].byline == (byline[0] if byline else None)


@pytest.mark.parametrize(
    "heading",
    [
        "一、总体要求",
        "（一）指导思想",
        "1. 接续递进",
        "（本报伦敦电）",
        "（作者为市人大代表）",
        "相关做法（延伸阅读）",
    ],
)
def test_what_is_no_headline_does_not_split(heading: str) -> None:
    article = only("项目建设跑出加速度", "记者 蓝倞", *wrapped(BODY), heading, *wrapped(STORY))
    assert article.body == "\n".join(["记者 蓝倞", BODY, heading, STORY])


def test_what_somebody_stresses_makes_no_official_document() -> None:
    speech = ["市委书记在各部门负责人座谈会上强调：", *wrapped(STORY * 2)]
    articles = read(
        "项目建设跑出加速度", *wrapped(BODY), *speech, "快递进村方便老人", *wrapped(STORY)
    )
    assert [one.title for one in articles] == ["项目建设跑出加速度", "快递进村方便老人"]


def test_a_question_heads_an_article_only_with_a_byline_or_dateline() -> None:
    dateline = "本报丽水8月26日电（记者蓝倞）" + STORY
    lines = ["项目建设跑出加速度", *wrapped(BODY), "快递怎么进村？"]
    assert len(read(*lines, *wrapped(STORY))) == 1
    assert [one.title for one in read(*lines, *wrapped(dateline))][1:] == ["快递怎么进村？"]


def test_the_deck_stands_first_in_the_body() -> None:
    article = only("快递怎么进村？", "山区驿站连起千家万户", *wrapped(STORY + BODY))
    assert article.title == "快递怎么进村？"
    assert article.body.startswith("山区驿站连起千家万户\n")


def test_kicker_and_deck_of_a_headline_in_bold_go_to_the_body() -> None:
    article = only(
        "市委常委会会议强调",
        "快递进村方便老人快递进村方便老人",
        "——山区乡镇新变化",
        *wrapped(STORY * 2),
    )
    assert article.title == "快递进村方便老人"
    assert article.place(0).line == 2
    assert article.body == "\n".join(["市委常委会会议强调", "——山区乡镇新变化", STORY * 2])


def test_headlines_of_several_lines_keep_them_apart_where_nothing_is_wrapped() -> None:
    article = only(
        "市委常委会会议强调",
        "快递要进村 老人要方便",
        "",
        "本报丽水8月26日电（记者蓝倞）" + STORY,
        BODY,
    )
    assert article.title == "市委常委会会议强调 快递要进村 老人要方便"


def test_a_first_article_without_a_headline_has_no_title() -> None:
    articles = read(*wrapped(BODY), "快递进村方便老人", *wrapped(STORY))
    assert [one.title for one in articles] == [None, "快递进村方便老人"]
    assert articles[0].text == "\n" + BODY
    assert articles[0].place(0).line == 1


@pytest.mark.parametrize(
    ("path", "masthead", "dateline", "date", "published"),
    [
        ("a.txt", [], "本报丽水8月26日电", None, None),
        ("20200827-01-02.txt", [], "本报丽水8月26日电", "2020-08-26", "2020-08-27"),
        ("20200102-01-02.txt", [], "本报丽水12月30日电", "2019-12-30", "2020-01-02"),
        ("a.txt", ["2020年8月27日 星期四"], "本报丽水8月26日电", "2020-08-26", "2020-08-27"),
        ("20200827-01-02.txt", [], "昨天上午，", "2020-08-27", "2020-08-27"),
    ],
)
def test_a_day_takes_its_year_from_the_paper(
    path: str, masthead: list[str], dateline: str, date: str | None, published: str | None
) -> None:
    text = wrapped(dateline + "（记者蓝倞）" + STORY)
    article = only(*masthead, "快递进村方便老人", *text, path=path)
    assert (article.date, article.published) == (date, published)
    assert article.byline == "记者蓝倞"


# Official documents

TITLE = "丽水市人民政府办公室关于加快快递进村的实施意见"
TEXT = ["各县（市、区）人民政府，市政府直属各单位：", STORY, "一、总体要求", BODY]


def test_a_table_of_labels_is_read_and_the_title_stands_once() -> None:
    article = only(
        "索 引 号：", "000014349/2019-00007",
        "发文机关：", "丽水市人民政府办公室",
        "成文日期：", "2019年01月27日",
        "标　　题：", TITLE,
        "发文字号：", "丽政办发〔2019〕5号",
        "发布日期：", "2019年02月15日",
        "",
        "丽水市人民政府办公室关于加快", "快递进村的实施意见", "丽政办发〔2019〕5号",
        *TEXT,
    )  # fmt: skip
    assert article.title == TITLE
    assert article.place(0).line == 14
    assert (article.issuer, article.number) == ("丽水市人民政府办公室", "丽政办发〔2019〕5号")
    assert (article.date, article.published, article.kind) == ("2019-01-27", "2019-02-15", "意见")
    assert TITLE not in article.body
    assert article.body == "\n".join(["丽政办发〔2019〕5号", *TEXT])
    assert (article.indexno, article.subject) == ("000014349/2019-00007", None)


def test_labels_in_cells_of_their_own_need_no_colon() -> None:
    cells = [
        "索 引 号",
        "bm56/2026-01",
        "分　类",
        "发布机构",
        "丽水市政府",
        "名 称",
        TITLE,
        "文 号",
    ]
    article = only(*cells, "丽政发〔2020〕12号", "主题词", "丽水市政府公告", *TEXT)
    assert (article.title, article.issuer) == (TITLE, "丽水市政府")
    assert (article.number, article.indexno) == ("丽政发〔2020〕12号", "bm56/2026-01")
    assert only("名称", *wrapped(BODY)).body.startswith("今年春天")


@pytest.mark.parametrize(
    "labels",
    [
        "标题：{}|发文机关：丽水市政府|发文字号：丽政发〔2020〕12号|成文日期：2020年8月26日",
        "标题：{}|发文机关：丽水市政府 发文字号：丽政发[2020] 12 号 成文日期：2020-08-26",
        "---|标题: {}|发文机关: 丽水市政府|文号: 丽政发（2020）12号|成文日期: 2020.8.26|---",
        "【标题】{}|【发布部门】丽水市政府|【文号】丽政发﹝2020﹞12号|【成文日期】2020/08/26",
    ],
)
def test_labels_take_many_forms(labels: str) -> None:
    article = only(*labels.format(TITLE).split("|"), *TEXT)
    known = (article.title, article.issuer, article.number, article.date)
    assert known == (TITLE, "丽水市政府", "丽政发〔2020〕12号", "2020-08-26")


def test_what_only_labels_say_is_known() -> None:
    article = only(
        "索 引 号：000014349/2019-00007",
        "主题分类：农业、林业、水利\\农业、畜牧业、渔业",
        "发文机关：国务院",
        f"标题：{TITLE}",
        *TEXT,
    )
    assert article.indexno == "000014349/2019-00007"
    assert article.subject == "农业、林业、水利\\农业、畜牧业、渔业"


HEAD = [
    "索引号|000014349/2023-00001|主题分类|农业、林业、水利",
    "发文机关|丽水市政府|成文日期|2020年8月26日",
    f"标题|{TITLE}",
    "发文字号|丽政发〔2020〕12号|发布日期|2020年9月1日",
]


@pytest.mark.parametrize("colon", ["", "：", ": "])
@pytest.mark.parametrize("between", [" ", "\t", "\u3000", " | ", ""])
@pytest.mark.parametrize("together", [1, 2, 4])
def test_labels_and_values_may_stand_side_by_side(colon: str, between: str, together: int) -> None:
    if not colon and not between and together > 1:
        pytest.skip("what the title ends with and the next label are one text")
    rows = []
    for row in HEAD:
        cells = row.split("|")
        pairs = zip(cells[::2], cells[1::2], strict=True)
        rows.append(between.join(f"{label}{colon or between}{value}" for label, value in pairs))
    lines = [between.join(rows[at : at + together]) for at in range(0, 4, together)]
    article = only(*lines, TITLE, *TEXT)
    assert (article.title, article.issuer) == (TITLE, "丽水市政府")
    assert (article.number, article.date) == ("丽政发〔2020〕12号", "2020-08-26")
    assert article.published == "2020-09-01"
    assert (article.indexno, article.subject) == ("000014349/2023-00001", "农业、林业、水利")
    assert article.body == "\n".join(TEXT)


def test_one_label_said_again_makes_no_table() -> None:
    lines = ["名称：云岭镇农机合作社 | 名称：竹溪乡供销合作社", "备注：无", STORY]
    article = only("农机购置补贴申请表", "", *lines)
    assert article.title != "云岭镇农机合作社"
    assert "云岭镇农机合作社" in article.body


def test_what_begins_like_a_label_is_none_where_no_table_is() -> None:
    lines = ["机关干部要带头", "标题党不可取", "名称预先核准", "日期2020年8月26日"]
    article = only(TITLE, "", STORY, "", *(part for line in lines for part in (line, "")))
    assert all(line in article.body for line in lines)
    assert (article.issuer, article.indexno) == ("丽水市人民政府办公室", None)


def test_words_of_a_title_are_no_labels_in_a_row_of_labels() -> None:
    title = "丽水市政府关于公开发布日期安排的通知"
    lines = ["索引号 000014349/2023-00001", f"标题 {title}", "发文机关 丽水市政府"]
    article = only(*lines, *TEXT)
    assert (article.title, article.published, article.issuer) == (title, None, "丽水市政府")


@pytest.mark.parametrize(
    "labels",
    [
        # The value of the first says more than a value does, that of the second stands elsewhere.
        [
            "发文机关：丽水市政府",
            "成文日期：会议认为，必须抓好落实。",
            "发文字号：丽政发〔2020〕12号",
        ],
        ["发文机关：丽水市政府", "发文字号：丽政发〔2020〕12号", "发文字号：丽政发〔2020〕13号"],
    ],
)
def test_of_a_block_of_labels_only_what_is_known_leaves_the_text(labels: list[str]) -> None:
    article = only(TITLE, *labels, *TEXT)
    kept = [label for label in labels if "会议" in label or "13号" in label]
    assert article.body == "\n".join([*kept, *TEXT])


def test_labels_behind_text_are_text() -> None:
    labels = ["发文机关：丽水市政府", "发文字号：丽政发〔2020〕12号"]
    assert only(TITLE, BODY, *labels, STORY).body == "\n".join([BODY, *labels, STORY])


def test_a_card_of_labels_alone_keeps_them() -> None:
    labels = ["发文机关：丽水市政府", "发文字号：丽政发〔2020〕12号"]
    assert only(*labels).body == "\n".join(labels)


@pytest.mark.parametrize(
    ("head", "issuer", "number", "date"),
    [
        (
            ["丽水市林业局文件", "丽林发〔2023〕18号", TITLE[10:]],
            "丽水市林业局",
            "丽林发〔2023〕18号",
            None,
        ),
        (
            ["丽水市财政局", "丽水市教育局文件", "丽财教〔2023〕5号", TITLE[10:]],
            "丽水市财政局、丽水市教育局",
            "丽财教〔2023〕5号",
            None,
        ),
        (
            ["丽水市人民政府令", "第45号", "丽水市公园管理办法"],
            "丽水市人民政府",
            "丽水市人民政府令第45号",
            None,
        ),
        (["丽水市税务局公告", "2023年第12号"], "丽水市税务局", "2023年第12号", None),
        (
            ["丽水市防汛专题会议纪要", "〔2023〕第8期", "丽水市水利局  2023年7月3日"],
            "丽水市水利局",
            "〔2023〕第8期",
            "2023-07-03",
        ),
        (
            ["丽水市防汛专题会议纪要", "第8期（总第56期）", "丽水市水利局 二○二三年元月五日"],
            "丽水市水利局",
            "第8期（总第56期）",
            "2023-01-05",
        ),
        (
            ["丽水市水利规划", "编制单位：丽水市水利局", "编制日期：2023年5月"],
            "丽水市水利局",
            None,
            "2023-05",
        ),
    ],
)
def test_a_head_in_red_says_who_and_when(
    head: list[str], issuer: str, number: str | None, date: str | None
) -> None:
    article = only(*head, BODY, STORY)
    assert (article.issuer, article.number, article.date) == (issuer, number, date)


@pytest.mark.parametrize(
    ("notice", "issuer"),
    [
        (
            "2014年4月11日市十二届人民代表大会常务委员会第二次会议通过",
            "丽水市人民代表大会常务委员会",
        ),
        ("2014年4月11日丽水市十二届人民代表大会第二次会议通过", "丽水市人民代表大会"),
        ("2014年4月11日前签署国务院令公布", "国务院"),
        ("2014年4月11日 经丽水市人民代表大会第二次会议通过", "丽水市人民代表大会"),
        ("2014年4月11日 检察委员会通过2015年5月1日最高人民检察院公布", "最高人民检察院"),
    ],
)
def test_a_notice_says_who_passed_a_law(notice: str, issuer: str) -> None:
    assert only("丽水市公园管理办法", notice, *LAW[3:]).issuer == issuer


@pytest.mark.parametrize(
    ("notice", "date"),
    [
        ("2021年5月28日 丽水市人民代表大会常务委员会第三次会议第二次修正", "2021-05-28"),
        ("2021年5月28日 丽水市人民政府令第3号公布", "2021-05-28"),
        ("2021年5月28日 施行", "2019-01-01"),
        ("2018年5月28日 丽水市人民代表大会常务委员会第三次会议第二次修正", "2019-01-01"),
    ],
)
def test_a_day_in_the_name_yields_to_a_later_one_in_the_head(notice: str, date: str) -> None:
    assert only("丽水市公园管理办法", notice, *LAW[3:], path="办法(2019-01-01).md").date == date


@pytest.mark.parametrize(
    ("speaker", "title"),
    [
        ("市扶贫办：", "市扶贫办：预计年底六百万人脱贫"),
        ("让千家万户——", "让千家万户——预计年底六百万人脱贫"),
    ],
)
def test_who_speaks_stands_in_front_of_a_headline(speaker: str, title: str) -> None:
    article = only(speaker, "预计年底六百万人脱贫", STORY, BODY)
    assert (article.title, article.body) == (title, f"{STORY}\n{BODY}")


def test_what_somebody_says_is_no_headline_without_one_below() -> None:
    article = only("项目建设跑出加速度", BODY, "市扶贫办：", STORY)
    assert article.title == "项目建设跑出加速度"
    assert only("市扶贫办：", STORY).title is None


@pytest.mark.parametrize(
    "source",
    [
        "2023-03-15新闻联播",
        "2023-03-15 16:40 来源：新华网",
        "来源：新华社 2023-03-15",
        "2023年3月15日 人民日报",
    ],
)
def test_the_line_of_date_and_source_is_no_part_of_a_title(source: str) -> None:
    for article in (
        only("快递进村方便老人", source, STORY),
        only(source, "快递进村方便老人", STORY),
    ):
        assert article.title == "快递进村方便老人"
        assert article.published == "2023-03-15"


@pytest.mark.parametrize(
    "credit", ["张连华摄", "瞿明斌摄（影像中国）", "本报记者 张连华摄影报道", "图/新华社"]
)
def test_photo_credits_are_no_articles(credit: str) -> None:
    lines = [*wrapped(BODY), "（记者 蓝倞）", credit, *wrapped(STORY)]
    assert len(read("项目建设跑出加速度", *lines)) == 1


def test_a_line_of_a_form_is_no_part_of_a_title() -> None:
    article = only("农机购置补贴申请表", "申请单位： 云岭镇农机合作社", STORY)
    assert article.title == "农机购置补贴申请表"
    assert article.body.startswith("申请单位")


def test_a_brief_is_dated_by_its_last_line() -> None:
    assert only("工作简报", STORY, "2022年3月1日").date == "2022-03-01"


def test_a_printed_document_says_all_itself() -> None:
    article = only(
        TITLE,
        TITLE,
        "（丽政办发〔2021〕82号）",
        *TEXT,
        "丽水市人民政府办公室",
        "2021年9月2日",
        "附件：办法",
    )
    assert article.title == TITLE
    assert article.body.count(TITLE) == 0
    assert article.number == "丽政办发〔2021〕82号"
    assert (article.issuer, article.date, article.kind) == (
        "丽水市人民政府办公室",
        "2021-09-02",
        "意见",
    )


def test_a_title_is_set_over_lines_under_stacked_issuers() -> None:
    article = only(
        "丽水市发展和改革委员会办公室", "丽水市税务局办公室", "文件", "丽发改〔2021〕3号",
        "关于做好山区快递进村", "工作的通知", *TEXT,
        "丽水市发展和改革委员会办公室", "丽水市税务局办公室", "二〇二一年九月二日",
    )  # fmt: skip
    assert article.title == "关于做好山区快递进村工作的通知"
    assert article.issuer == "丽水市发展和改革委员会办公室、丽水市税务局办公室"
    assert article.date == "2021-09-02"
    assert article.number == "丽发改〔2021〕3号"


LAW = [
    "丽水市村庄规划条例",
    "2021年3月30日 丽水市第四届人民代表大会常务委员会第三十七次会议通过",
    "2021年5月28日 浙江省第十三届人民代表大会常务委员会第二十九次会议批准",
    "第一章 总则",
    "第一条 为了规范村庄规划，改善人居环境，制定本条例。",
    "第二章 规划编制",
    "第二条 本条例自2021年7月1日起施行。",
    "附件",
    "丽水市村庄规划名录",
]


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("丽水市村庄规划条例(2021-06-01).md", "2021-06-01"),
        ("丽水市村庄规划条例.md", "2021-05-28"),
    ],
)
def test_a_law_is_one_article_with_its_chapters(path: str, date: str) -> None:
    article = only(*LAW, path=path)
    assert (article.title, article.kind, article.date) == ("丽水市村庄规划条例", "条例", date)
    assert article.body.split("\n") == LAW[1:]
    assert article.issuer == "丽水市人民代表大会常务委员会"


@pytest.mark.parametrize(
    ("notice", "date"),
    [
        ("（2012年12月3日市政府第八次常务会议通过）", "2012-12-03"),
        ("（二○一二年十二月三日）", "2012-12-03"),
        ("２０１２年１２月３日", "2012-12-03"),
        ("（12月3日）", None),
    ],
)
def test_a_notice_under_the_title_dates_it(notice: str, date: str | None) -> None:
    assert only("丽水市公园管理办法", notice, *LAW[3:]).date == date


def test_a_year_in_the_name_is_better_than_none() -> None:
    assert only("宪法修正案", *LAW[3:], path="宪法修正案（2004年）.md").date == "2004"


def test_a_gazette_parts_at_titles_with_numbers_of_their_own() -> None:
    first = [TITLE, "丽政办发〔2021〕82号", *TEXT, "丽水市人民政府办公室", "2021年9月2日"]
    attached = ["快递进村工作方案", STORY]
    second = [
        "丽水市人民政府关于表彰先进的决定",
        "丽政发〔2021〕9号",
        *TEXT,
        "丽水市人民政府",
        "2021年9月5日",
    ]
    articles = read(*first, *attached, *second)
    assert [one.title for one in articles] == [TITLE, "丽水市人民政府关于表彰先进的决定"]
    assert [one.number for one in articles] == ["丽政办发〔2021〕82号", "丽政发〔2021〕9号"]
    assert [one.date for one in articles] == ["2021-09-02", "2021-09-05"]
    assert [one.kind for one in articles] == ["意见", "决定"]


def test_a_heading_of_the_format_is_the_title() -> None:
    lines = (
        Line("村庄规划", 1, heading=True),
        Line(STORY, 3),
        Line("第一节", 5, heading=True),
        Line(BODY, 7),
    )
    bulletin = Bulletin("a.md", lines)
    (article,) = extract(bulletin, repair(bulletin))
    assert (article.title, article.body) == ("村庄规划", f"{STORY}\n第一节\n{BODY}")


# All


@pytest.mark.parametrize("lines", [[], [""], ["\ufeff", " "]])
def test_nothing_has_no_article(lines: list[str]) -> None:
    assert read(*lines) == ()


@pytest.mark.parametrize("line", ["2", "— 3 —", "02要闻", "丽水", "。"])
def test_whatever_is_said_is_an_article(line: str) -> None:
    assert line in only(line).text


def test_pages_are_told_as_pages() -> None:
    lines = (Line("村庄规划条例", 3), Line(STORY, 3), Line(BODY, 4))
    bulletin = Bulletin("a.pdf", lines, paged=True)
    (article,) = extract(bulletin, repair(bulletin))
    assert article.place(0) == Place(None, 3)
    assert article.place(article.text.index(BODY)) == Place(None, 4)


def test_the_seeds() -> None:
    first, second = (
        read(*path.read_text("utf-8").split("\n"), path=path.name)
        for path in sorted(SEEDS.glob("*.txt"))
    )
    assert [one.title for one in first] == [None, "“中国超市创业之乡”合作协议"]
    assert first[0].body.startswith("8月26日，全市国土空间规划支撑“绿水青山就是金山银山”转化实践")
    assert [one.place(0).line for one in first] == [1, 146]
    assert first[1].body.startswith("8月13日上午，我市与阿里巴巴")
    (article,) = second
    assert article.title == "丽水“十四五”怎么干？"
    assert article.body.startswith("市委四届九次全体（扩大）会议这些关键词了解一下\n")
    assert "城事" not in article.text
    assert (article.column, article.byline, article.date) == ("城事·重点", "记者 蓝倞", None)


LINES = st.lists(
    st.one_of(
        st.text(st.sampled_from("山水林田湖草，。：（）“”12 年月日号〔〕"), max_size=30),
        st.sampled_from(
            [
                "",
                "记者 蓝倞",
                "— 3 —",
                "02要闻",
                "一、总体要求",
                "标题：",
                "发文字号：",
                TITLE,
                TITLE[:9],
                "丽政发〔2021〕9号",
                "2021年9月5日",
                "第一条 为了规范，制定本条例。",
                *wrapped(STORY, 18),
            ]
        ),
    ),
    max_size=30,
)


@given(LINES)
def test_every_character_of_an_article_stands_on_its_line(lines: list[str]) -> None:
    for number, article in enumerate(read(*lines), 1):
        assert article.ordinal == number
        assert article.title != ""
        for offset, char in enumerate(article.text):
            line = article.place(offset).line
            assert line is not None
            assert char in " \n" or char in lines[line - 1]


@given(LINES)
def test_no_ideograph_is_lost_but_for_repeated_titles(lines: list[str]) -> None:
    articles = read(*lines)
    facts = [value for one in articles for value in (one.number, one.issuer) if value]
    said = "".join([*(article.text for article in articles), *facts])
    for line in lines:
        if line not in {"— 3 —", "02要闻", "标题：", "发文字号："}:
            for run in re.findall(r"[\u4e00-\u9fff]{2,}", line):
                assert run in said or run in re.sub(r"\s", "", said)
