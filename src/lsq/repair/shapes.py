"""What a single line looks like: where it may end, what it may begin. Regexes only.

Shared by the rooms of `repair`, and by `extract`, which meets the same lines as
paragraphs. Nothing here looks at the neighbours of a line.
"""

import re

STOPS = frozenset("。！？；：…!?;:")
_QUOTE_ENDS = frozenset("”’」』）)")

# What may hang over the edge where lines break exactly at it.
HANGING = frozenset("，。、；：？！…—·”’》〉）】〕」』,.;:?!)%％‰℃°")

# What no line begins with, unless a wrap put it there.
NEVER_FIRST = frozenset("，。、；：？！）》〉】〕」』,;?!)")
# What no paragraph ends with.
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

# How the notices under a law's title begin: 2021年3月30日 …
DATED = re.compile(r"[（(]?(?:根据)?\d{4}年\d{1,2}月\d{1,2}日")

# 2021年3月30日 广州市第十五届人民代表大会常务委员会第四十七次会议通过
HISTORY = re.compile(
    r"[（(]?(?:根据)?\d{4}年\d{1,2}月\d{1,2}日.*"
    r"(?:(?:通过|修正|修订|修改|批准|公布|施行|发布|会议|决定|公告|令)[）)]?|》)"
)

# 第一章 总则……………3
# A row is looked at from its beginning alone, not from each of its dots.
LEADERS = re.compile(
    r"(?<!\s)\s*+(?:(?<!…)…{3,}+|(?<![.．·‥…])(?<![.．·‥…] )(?:[.．·‥…] ?+){5,}+)\s*+\d{0,4}+$"
)


def ends(text: str) -> bool:
    """Whether a sentence, or a clause that a list may follow, ends with the line."""
    last = text[-1]
    if last in STOPS:
        return True
    return last in _QUOTE_ENDS and text[-2:-1] in STOPS


def is_aside(text: str) -> bool:
    """Whether all of it stands in one pair of brackets: （本报伦敦电）."""
    return text[0] in "（(" and text[-1] in "）)" and not set(text[1:-1]) & set("）)")


def is_marked(text: str) -> bool:
    """Whether it begins like an item of a list, an article of a law or a heading."""
    return MARKER.match(text) is not None


def is_opening(text: str) -> bool:
    """Whether it begins as paragraphs of news begin (据了解)."""
    return OPENING.match(text) is not None


def is_byline(text: str) -> bool:
    """Whether it says who wrote the article and nothing else."""
    return (
        text[0] in _BYLINE_FIRST
        and len(text) <= _LONGEST_BYLINE
        and BYLINE.fullmatch(text) is not None
    )


def is_dateline(text: str) -> bool:
    """Whether it begins as news does: place, day and agency."""
    return text[0] in _DATELINE_FIRST and DATELINE.match(text) is not None
