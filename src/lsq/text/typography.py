"""Classify single lines of Chinese text by their typography.

Shared by `repair` and by `extract`, which sees the same lines as paragraphs. No function here
looks at the neighbours of a line.
"""

import re

STOPS = frozenset("。！？；：…!?;:")
_QUOTE_ENDS = frozenset("”’」』）)")

# Punctuation that may hang over the right edge of a column.
HANGING = frozenset("，。、；：？！…—·”’》〉）】〕」』,.;:?!)%％‰℃°")

# Characters that begin a line only after a wrap.
NEVER_FIRST = frozenset("，。、；：？！）》〉】〕」』,;?!)")
# Characters that never end a paragraph.
NEVER_LAST = frozenset("，、（《〈【〔「『“‘(")

_NUMERAL = "一二三四五六七八九十百〇零"
# 一、 （一） (1) 1. 1． 1、 ① 第一章 第二条 ■ 附件
MARKER = re.compile(
    rf"[{_NUMERAL}]{{1,4}}、|[（(](?:[{_NUMERAL}]{{1,4}}|\d{{1,2}})[）)]"
    r"|\d{1,3}(?:[.．](?!\d)|[、）)])|[①-⑳⑴-⒇⒈-⒛㈠-㈩■◆●▲★□◇○△☆►▶※]"
    rf"|第[{_NUMERAL}\d]{{1,6}}[编章节条](?![^\s之])|附\s?件\s?\d{{0,2}}\s?[:：]"
)

# 记者 蓝倞 · （记者 蓝倞） · 本报记者 张三 通讯员 李四
_AUTHORS = r"(?:特约|全媒体|首席|见习|实习|驻站)?(?:记者|通讯员|评论员|撰稿人?|作者|文/图|图/文|文)"
BYLINE = re.compile(
    rf"(?:本报|本刊|本台|新华社|人民网)?{_AUTHORS}[ :：/／][^，。；：！？]{{1,40}}"
    rf"|(?:本报|本刊|本台|新华社){_AUTHORS}[^，。；：！？从获在]{{2,12}}"
    rf"|[（(](?:本报|本刊|本台|新华社)?{_AUTHORS}[ :：/／]?[^，。；：！？（）()]{{2,60}}[）)]"
)
_LONGEST_BYLINE = 64
_BYLINE_FIRST = frozenset("记通评撰作文图本新人（(特全首见实驻")

# 本报北京2月25日电 · 新华社南宁2月13日电 · 据新华社伦敦2月12日电 · 本报讯
_AGENCY = (
    r"(?:据|综合)?(?:本报|本刊|本台|新华社|新华网|中新社|中新网|人民网|央视网"
    r"|[一-鿿]{2,6}(?:日报|晚报))"
)
DATELINE = re.compile(
    rf"{_AGENCY}[一-鿿、]{{0,14}}(?:(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})日(?:电|讯|专电)"
    rf"|{_AGENCY}讯[\s（(]|{_AGENCY}[一-鿿]{{0,10}}电[\s（(]"
)
_DATELINE_FIRST = frozenset("据综本新中人央")

# 据了解，… · 此外，… · 耿爽说，… · 会议指出，…
OPENING = re.compile(
    r"(?:据|根据|此外|另外|目前|近年来|不过|与此同时|随着|近日|日前|会上|会议|记者)"
    r"|[^，。；“”、]{2,14}(?:指出|强调|表示|介绍|认为|要求)[，：]"
    r"|(?!可以|应该|比如)[^，。；“”、]{2,10}说[，：]"
)

# 皖政办秘〔2021〕82号, with or without brackets around it
NUMBER_LINE = re.compile(
    r"[（(]?[一-鿿]{1,20}\s?[〔\[【﹝（(［]\s?\d{4}\s?[〕\]】﹞）)］]\s?(?:第\s?)?\d{1,5}\s?号[）)]?"
)

# The beginning of the notices under a law's title: 2021年3月30日 …
DATED = re.compile(r"[（(]?(?:根据)?\d{4}年\d{1,2}月\d{1,2}日")

# 2021年3月30日 广州市第十五届人民代表大会常务委员会第四十七次会议通过
HISTORY = re.compile(
    r"[（(]?(?:根据)?\d{4}年\d{1,2}月\d{1,2}日.*"
    r"(?:(?:通过|修正|修订|修改|批准|公布|施行|发布|会议|决定|公告|令)[）)]?|》)"
)

# 2023-03-15新闻联播 · 2023年3月15日 10:20 来源：新华网 · 来源：新华社 2023-03-15
_HOUR = r"(?:\s*+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?+"
_SAID_DAY = rf"(?:19|20)\d\d\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日{_HOUR}"
_BARE_DAY = rf"(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}{_HOUR}"
_OUTLET = r"来源\s?[:：]?\s*+[^，。；！？]{1,30}|[一-鿿《》·]{0,12}?(?:新闻联播|[网报社台刊])"
_SOURCE = re.compile(
    rf"{_SAID_DAY}\s*+(?:{_OUTLET})|{_BARE_DAY}\s*+(?:{_OUTLET}|[一-鿿《》·]{{2,12}})"
)
_DAY = rf"(?:{_SAID_DAY}|{_BARE_DAY})"
_SOURCE_FIRST = re.compile(rf"来源\s?[:：]\s*+[^，。；！？\d\s]{{1,30}}+\s*+{_DAY}")
_LONGEST_SOURCE = 60

# 申请单位：云岭镇农机合作社 · 填表日期：2023年5月
_FORM = re.compile(
    r"(?:[一-鿿]\s{0,4}+){0,8}?(?:单\s{0,4}+位|部\s{0,4}+门|机\s{0,4}+关|机\s{0,4}+构|日\s{0,4}+期"
    r"|时\s{0,4}+间|编\s{0,4}+号|地\s{0,4}+址|地\s{0,4}+点|电\s{0,4}+话|姓\s{0,4}+名|名\s{0,4}+称"
    r"|号\s{0,4}+码|类\s{0,4}+别|负责人|联系人|申请人|填表人|经办人|金\s{0,4}+额)\s?[:：]"
)
_LONGEST_FORM = 60

# 关于加强管理的通知 and other whole titles of documents
_TITLED = re.compile(
    r"[^，。；：！？\s]{2,60}的?(?:决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案"
    r"|纪要|条例|规定|办法|细则|方案|要点)(?:[（(][^（）()]{1,12}[）)])?"
)

# 第一章 总则……………3
# Matched only from the first dot of a row, not from each dot, to stay linear.
LEADERS = re.compile(
    r"(?<!\s)\s*+(?:(?<!…)…{3,}+|(?<![.．·‥…])(?<![.．·‥…] )(?:[.．·‥…] ?+){5,}+)\s*+\d{0,4}+$"
)


def ends_sentence(text: str) -> bool:
    """Whether the line ends with a sentence, or with a clause that a list may follow."""
    last = text[-1]
    if last in STOPS:
        return True
    return last in _QUOTE_ENDS and text[-2:-1] in STOPS


def is_aside(text: str) -> bool:
    """Whether the whole line is in one pair of brackets: （本报伦敦电）."""
    return text[0] in "（(" and text[-1] in "）)" and not set(text[1:-1]) & set("）)")


def is_marked(text: str) -> bool:
    """Whether it begins like a list item, an article of a law or a heading."""
    return MARKER.match(text) is not None


def is_form(text: str) -> bool:
    """Whether it is a line of a form: a label and a value."""
    return len(text) <= _LONGEST_FORM and _FORM.match(text) is not None and not ends_sentence(text)


def is_source(text: str) -> bool:
    """Whether it only says when and where something was published."""
    if len(text) > _LONGEST_SOURCE or not (text[0].isdigit() or text[0] == "来"):
        return False
    return (_SOURCE.fullmatch(text) or _SOURCE_FIRST.fullmatch(text)) is not None


def is_titled(text: str) -> bool:
    """Whether it reads like the title of an official document."""
    return _TITLED.fullmatch(text) is not None


def is_opening(text: str) -> bool:
    """Whether it begins like a paragraph of news (据了解)."""
    return OPENING.match(text) is not None


def is_byline(text: str) -> bool:
    """Whether it only names the author of the article."""
    return (
        text[0] in _BYLINE_FIRST
        and len(text) <= _LONGEST_BYLINE
        and BYLINE.fullmatch(text) is not None
    )


def is_dateline(text: str) -> bool:
    """Whether it begins with the dateline of news: agency, place and day."""
    return text[0] in _DATELINE_FIRST and DATELINE.match(text) is not None


_IDEOGRAPHS = r"[一-鿿]"

# — 3 — · —2— · - 12 - · －５－ · ·7· · 第3页 · 第 3 页 共 10 页. Not 3 / 10, which may
# be a fraction.
_NUMBER = re.compile(
    r"[—–―─－\-~·•|\s]{1,6}\d{1,4}[—–―─－\-~·•|\s]{1,6}"
    r"|第\s?\d{1,4}\s?页(?:[\s,，/／]*共\s?\d{1,4}\s?页)?"
    r"|[Pp]age\s\d{1,4}(?:\sof\s\d{1,4})?"
)
_NUMBER_FIRST = frozenset("—–―─－-~·•|第pP")

# 02城事·重点 · A2 要闻 · 03版：时政 · 第4版 要闻
_NAME = rf"{_IDEOGRAPHS}{{2,6}}(?:[·・•/／\-—]{_IDEOGRAPHS}{{2,6}}){{0,2}}"
_PAGE = r"(?:0\d|[A-D]0?\d{1,2})"
_BETWEEN = r"[\s:：·|/／]*"
_COLUMN = re.compile(
    rf"(?:{_PAGE}\s?版?|第?\s?\d{{1,2}}\s?版(?!权)){_BETWEEN}(?P<name>(?![年月日分秒号点个岁]){_NAME})"
)
_COLUMN_LAST = re.compile(rf"(?P<name>{_NAME})\s?(?:{_PAGE}|第?\d{{1,2}})\s?版")
_COLUMN_FIRST = frozenset("0ABCD第123456789")
_LONGEST_FOLIO = 24
_LONGEST_MASTHEAD = 60

# 2020年8月27日 星期四
_MASTHEAD = re.compile(
    r"[^，。；\d]{0,16}\d{4}\s?[年.\-/]\s?\d{1,2}\s?[月.\-/]\s?\d{1,2}\s?日?[^，。；]{0,6}"
    r"星期[一二三四五六日天][^，。；]{0,30}"
)


def is_page_number(text: str) -> bool:
    """Whether it is a page number with its decoration."""
    return (
        text[0] in _NUMBER_FIRST
        and len(text) <= _LONGEST_FOLIO
        and _NUMBER.fullmatch(text) is not None
    )


def is_masthead(text: str) -> bool:
    """Whether it is the line with date and weekday at the head of a page."""
    return (
        "星期" in text and len(text) <= _LONGEST_MASTHEAD and _MASTHEAD.fullmatch(text) is not None
    )


def column_name(text: str) -> str | None:
    """The name of the newspaper column, if the line is a folio that contains it.

    Returns:
        城事·重点 for 02城事·重点; None for a line of text.
    """
    if len(text) > _LONGEST_FOLIO:
        return None
    match = None
    if text[0] in _COLUMN_FIRST:
        match = _COLUMN.fullmatch(text)
        if match:
            return match["name"]
    if text[-1] == "版":
        match = _COLUMN_LAST.fullmatch(text)
    return match["name"] if match else None


def is_furniture(text: str) -> bool:
    """Whether the line is part of the page and not of its text."""
    return is_page_number(text) or column_name(text) is not None or is_masthead(text)


_ADDRESS_SIGNS = frozenset("./-_=&?%#:~+@")
_ADDRESS_PART = re.compile(
    r"[A-Za-z0-9_%~-]*+[./=&?#][A-Za-z0-9]|[A-Za-z0-9_%~-]++(?![ A-Za-z0-9])"
)
_LONGEST_ADDRESS = 300
# infor- · mation: words are hyphenated after two letters, not after one (e-government);
# compounds with names, numbers or three parts keep their hyphen.
_BROKEN = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z]?[a-z]++-$")
_WORD_REST = re.compile(r"[a-z]{2,}+(?![A-Za-z0-9-])")
_COMPOUNDING = frozenset(
    "all anti co cross ex extra high inter key large long low macro micro mid multi non post pre "
    "pro real self semi short small sub ultra well".split()
)


def is_broken_word(left: str, right: str) -> bool:
    """Whether the hyphen at the end of `left` was added to break a word."""
    tail = left[-32:]
    match = _BROKEN.search(tail)
    if match is None or len(match[0]) <= 2 or match[0][:-1].lower() in _COMPOUNDING:  # noqa: PLR2004
        return False
    return _WORD_REST.match(right) is not None


def _is_address(left: str, right: str) -> bool:
    """Whether a URL at the end of `left` continues in `right`."""
    start = len(left)
    while start and "!" <= left[start - 1] <= "~" and len(left) - start < _LONGEST_ADDRESS:
        start -= 1
    run = left[start:]
    if not ("://" in run or "www." in run):
        return False
    if left[-1] in _ADDRESS_SIGNS and not right[0].isupper():
        return True
    return _ADDRESS_PART.match(right) is not None


def separator(left: str, right: str, *, within_words: bool) -> str:
    """The text to put between two lines that are joined: empty, or a space.

    Args:
        left: the text before the wrap.
        right: the text after it.
        within_words: whether the wrap may be inside a word.
    """
    last, first = left[-1], right[0]
    if _is_address(left, right):
        return ""
    if not (last.isascii() and first.isascii() and first.isalpha()):
        return ""
    if last.isalpha():
        return "" if within_words else " "
    return " " if last in ",.;:!?)%" else ""
