"""Web pages: all of the document, none of the site."""

import pytest

from lsq.errors import ReadError
from tests.readers.conftest import Read, headings, placed, texts

SENTENCE = "各省、自治区、直辖市人民政府要加强组织领导，确保各项任务落实到位。"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>一</p><p>二</p>", ["一", "二"]),
        ("<p>国务院关于<br>监管的意见</p>", ["国务院关于", "监管的意见"]),
        ("<p><b>第一条</b> <span>本法</span>所称</p>", ["第一条 本法所称"]),
        ("<p>国\n   务院 2020\n年 the\nend</p>", ["国务院 2020 年 the end"]),
        ("<div>一<div>二</div>三</div>", ["一", "二", "三"]),
        ("<ul><li>一<li>二</ul>", ["一", "二"]),
        ("<pre>一\n  二\n</pre>", ["一", "  二"]),
        ("<p>&ldquo;一&rdquo;&#12290;&nbsp;二</p>", ["“一”。\xa0二"]),
        ("<p>　　缩进</p>", ["　　缩进"]),
        ("<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字", ["汉字"]),
        ("<table><tr><td>一<td><p>二</p><p>三</p></table>", ["一", "二", "三"]),
        ("一<script>var a='二'</script><style>p{}</style><!-- 三 -->四", ["一四"]),
        ("<form><p>一</p><input value=二><button>三</button></form>", ["一"]),
        ("<p>一<p>二<b>三", ["一", "二三"]),
    ],
)
def test_how_elements_become_lines(read: Read, body: str, expected: list[str]) -> None:
    assert texts(read("a.html", f"<html><body>{body}</body></html>")) == expected


def test_metadata_is_a_label_then_its_value(read: Read) -> None:
    page = """<html><body><table>
      <tr><td><b>发文字号：</b></td><td>国发〔2019〕5号</td></tr>
      <tr><td>主 题 词：</td><td><p>&nbsp;</p></td></tr>
      <tr><td>成文日期：</td><td>2019年01月27日</td></tr></table></body></html>"""
    assert texts(read("a.html", page)) == [
        "发文字号：",
        "国发〔2019〕5号",
        "主 题 词：",
        "",
        "成文日期：",
        "2019年01月27日",
    ]


def test_a_place_is_the_line_of_the_source(read: Read) -> None:
    page = "<html>\r\n<body>\r\n<p\nclass=a>\n\n一</p><p>二\n三<br>四</p>\n<p>五\n</body>"
    assert placed(read("a.html", page).lines) == [(6, "一"), (6, "二三"), (7, "四"), (8, "五")]


def test_paragraphs_end_and_broken_lines_do_not(read: Read) -> None:
    lines = read("a.html", "<html><p>一<br>二<br><br>三<br>四</p>五<br></html>").lines
    assert [line.text for line in lines if line.ends] == ["二", "四", "五"]
    assert [line.text for line in lines if not line.ends] == ["一", "三"]


def test_headings_are_known(read: Read) -> None:
    page = read("a.html", "<html><body><h1>公报</h1><h3><a>一、综合</a></h3><p>正文</body></html>")
    assert headings(page) == ["公报", "一、综合"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("宪法", ["宪法", SENTENCE]),
        ("宪法_中国政府网", ["宪法", SENTENCE]),
        ("各省、自治区", [SENTENCE]),
        ("", [SENTENCE]),
    ],
)
def test_the_title_counts_where_the_page_does_not_say_it(
    read: Read, title: str, expected: list[str]
) -> None:
    page = f"<html><head><title>{title}</title></head><body><p>{SENTENCE}</p></body></html>"
    assert texts(read("a.html", page)) == expected


FURNITURE = {
    "nav": "<nav>首页 要闻</nav>",
    "class": "<div class='site-footer'>主办：某市人民政府</div>",
    "id": "<div id='breadNav'>当前位置：首页</div>",
    "role": "<div role='navigation'>首页</div>",
    "hidden": "<div style='display: none'>微信</div>",
    "links": "<ul><li><a href=1>要闻</a><li><a href=2>政策</a><li><a href=3>服务</a></ul>",
    "logo": "<header><a href=/><h1>某市人民政府</h1></a></header>",
}


@pytest.mark.parametrize("furniture", FURNITURE.values(), ids=FURNITURE.keys())
def test_what_the_site_puts_around_is_left_out(read: Read, furniture: str) -> None:
    article = f"<div><p>{SENTENCE * 3}</p><p>{SENTENCE}</p></div>"
    page = f"<html><body>{furniture}{article}{furniture}</body></html>"
    assert texts(read("a.html", page)) == [SENTENCE * 3, SENTENCE]


DOCUMENT = {
    "a sentence": f"<div class='footer'>{SENTENCE}</div>",
    "a headline": "<header><h1>国务院关于监管的意见</h1></header>",
    "metadata": "<div class='header'>索 引 号：000014349</div>",
    "a signature": "<div class='share'>国务院 2019年1月27日</div>",
    "enclosures": "<div>附件：<a href=1>甲</a><a href=2>乙</a><a href=3>丙</a></div>",
}


@pytest.mark.parametrize("piece", DOCUMENT.values(), ids=DOCUMENT.keys())
def test_what_belongs_to_the_document_stays(read: Read, piece: str) -> None:
    page = f"<html><body>{piece}<div><p>{SENTENCE * 3}</p></div></body></html>"
    assert len(texts(read("a.html", page))) == 2


def test_a_page_of_links_is_a_table_of_contents(read: Read) -> None:
    links = "".join(f"<li><a href={n}>第{n}号公报</a>" for n in range(5))
    assert len(texts(read("a.html", f"<html><body><ul>{links}</ul></body></html>"))) == 5


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1"])
def test_bytes_count_more_than_the_declaration(read: Read, encoding: str, declared: str) -> None:
    page = f"<html><head><meta charset={declared}></head><body><p>{SENTENCE}</p></body></html>"
    assert texts(read("a.html", page.encode(encoding))) == [SENTENCE]


@pytest.mark.parametrize("page", ["", "<html></html>", "<html><script>render()</script></html>"])
def test_a_page_without_text_is_reported(read: Read, page: str) -> None:
    with pytest.raises(ReadError, match="contains no text"):
        read("a.html", page)


def test_elements_deeper_than_any_page_has(read: Read) -> None:
    assert texts(read("a.html", "<html><body>" + "<b><div>" * 200 + "一")) == ["一"]
    with pytest.raises(ReadError, match="too deep"):
        read("b.html", "<html><body>" + "<div>" * 100_000 + "一")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["姓名", "单位"], ["张<b>三</b><br>", "<p>财政</p><p>局</p>"], ["李四", ""]],
            ["姓名 | 单位", "张三 | 财政局", "李四"],
        ),
        ([["发文字号：", "1号"], ["标　题", "通知"]], ["发文字号：", "1号", "标　题", "通知"]),
        ([["姓名"], ["张三"]], ["姓名", "张三"]),
    ],
    ids=["data", "labels", "one column"],
)
def test_a_row_of_data_is_a_line(read: Read, rows: list[list[str]], expected: list[str]) -> None:
    cells = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>\n" for row in rows)
    page = f"<html><body><table>\n{cells}</table><p>注</p></body></html>"
    lines = read("a.html", page).lines
    assert [line.text for line in lines] == [*expected, "注"]
    assert len({line.place for line in lines}) == len(rows) + 1
