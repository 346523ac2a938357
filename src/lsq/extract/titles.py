"""What a title says about its document: who issued it, and of which kind it is.

Knows the wording of official titles (机关 关于 事由 的 文种), no document.
"""

import re

# The fifteen legal kinds, then what is printed in bulletins besides.
KINDS = (
    "决议 决定 命令 令 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要 "
    "条例 规定 办法 细则 规划 计划 方案 要点 解释 规则 章程 纲要 规程 守则 准则 法"
).split()
_KIND = re.compile(f"(?:{'|'.join(sorted(KINDS, key=len, reverse=True))})$")
# What may stand behind the kind: （试行）, （2021—2025年）, 的通知 is none of them.
_TAIL = re.compile(r"\s*[（(〔\[][^（）()]{1,24}[）)〕\]]$")
_NOT_KINDS = (
    "方法",
    "做法",
    "看法",
    "说法",
    "想法",
    "合法",
    "违法",
    "执法",
    "司法",
    "立法",
    "用法",
    "守法",
    "普法",
    "书法",
    "手法",
    "信函",
    "命令行",
    "下令",
    "夏令",
)

_ABOUT = re.compile(r"^(?P<issuer>[^《》“”，。：；]{2,60}?)(?:印发|转发|批转|发布|公布)?\s*关于")
_PRINTS = re.compile(r"^(?P<issuer>[^《》“”，。：；]{2,60}?)(?:印发|转发|批转|发布|公布)[《〈]")
_ORGANS = (
    "人民政府|政府办公厅|政府办公室|国务院办公厅|国务院|办公厅|办公室|委员会|人民法院|人民检察院|领导小组|指挥部|常委会|代表大会"
    "|党委|省委|市委|县委|区委|总局|集团公司|联合会|协会|学会|总工会|银行|证监会|银保监会|银监会|保监会|电监会|国资委|发展改革委"
    "|[部厅局署院委办会处室队中心社]"
)
_ORGAN = re.compile(rf"(?:{_ORGANS})(?:[（(][^（）()]{{1,12}}[）)])?$")


def kind(title: str) -> str | None:
    """The kind of document (文种) that a title ends with: 通知, 意见, 条例 …"""
    bare = title.strip().rstrip("》〉”")
    while match := _TAIL.search(bare):
        bare = bare[: match.start()]
    if bare.endswith(_NOT_KINDS):
        return None
    match = _KIND.search(bare)
    return match[0] if match and match.start() > 0 else None


def is_organ(text: str) -> bool:
    """Whether `text` reads like the name of an office or of several."""
    return 2 <= len(text) <= 60 and _ORGAN.search(text) is not None and "，" not in text


def issuer(title: str) -> str | None:
    """Who issued the document, if its title begins with them: 国务院关于…"""
    for pattern in (_PRINTS, _ABOUT):
        match = pattern.match(title)
        if match and is_organ(match["issuer"].strip()):
            return re.sub(r"[\s　]+", "、", match["issuer"].strip())
    return None
