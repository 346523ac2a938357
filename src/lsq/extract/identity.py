"""Identify a document: its number (发文字号), and from its title the issuer and the kind.

The canonical form, 国发〔2019〕3号, has the short name of the issuer, the year in 〔〕, the running
number, and no spaces. Printed numbers may have other brackets, spaces and 第. Decrees have no
year: 国务院令第707号.
"""

import re

_OPEN = r"[〔\[【﹝（(［〈﹙]"
_CLOSE = r"[〕\]】﹞）)］〉﹚]"
_NUMBER = re.compile(
    r"(?P<office>[一-鿿](?:[一-鿿]|[（(][一-鿿]{1,8}[）)]){0,20}?)"
    rf"\s*+{_OPEN}\s*+(?P<year>[12]\d{{3}})\s*+年?+\s*+{_CLOSE}"
    r"\s*+第?+\s*+(?P<running>[A-Za-z]?\d{1,5}(?:[-—]\d{1,4})?)\s*+号"
)
_DECREE = re.compile(
    r"(?P<office>[一-鿿、 ]{0,40}?(?:令|公告))?\s*+[（(]?+\s*+"
    r"第\s*+(?P<running>[\d〇零一二三四五六七八九十百]{1,6})\s*+号\s*+[）)]?+"
)
# 2023年第12号 · 国家税务总局公告2023年第12号
_YEARLY = re.compile(
    r"(?:[一-鿿、 ]{0,40}?(?:令|公告|通告))?\s*+[（(]?+\s*+"
    r"(?:19|20)\d\d\s*+年\s*+第\s*+\d{1,5}\s*+号\s*+[）)]?+"
)
# 〔2023〕第8期
_ISSUE = re.compile(
    rf"(?P<office>[一-鿿]{{0,20}}+)\s*+{_OPEN}\s*+(?P<year>[12]\d{{3}})\s*+年?+\s*+{_CLOSE}"
    r"\s*+第?+\s*+(?P<running>\d{1,4})\s*+期"
)
# 第8期 · 2023年第8期（总第56期）: numbers of minutes and briefs
_SERIAL = re.compile(
    r"[（(]?+(?:(?:19|20)\d\d\s*+年\s*+)?+第\s*+[\d〇零一二三四五六七八九十百]{1,6}\s*+期"
    r"(?:\s*+[（(]?+总第?+\s*+\d{1,5}\s*+期[）)]?+)?+\s*+[）)]?+"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_LONGEST_LINE = 60


def find_number(text: str) -> str | None:
    """The canonical form of the first document number in `text`."""
    match = _NUMBER.search(text.translate(_FULL_WIDTH))
    return _canonical(match) if match else None


def whole_number(text: str) -> str | None:
    """The canonical form of a line that is only a document number, else None.

    It may be in brackets: （皖政办秘〔2021〕82号）.
    """
    if len(text) > _LONGEST_LINE or not ("号" in text or "期" in text):
        return None
    bare = text.translate(_FULL_WIDTH).strip()
    if bare[0] in "（(" and bare[-1] in "）)":
        bare = bare[1:-1]
    match = _NUMBER.fullmatch(bare)
    if match:
        return _canonical(match)
    match = _ISSUE.fullmatch(bare)
    if match:
        return f"{match['office']}〔{match['year']}〕第{match['running']}期"
    if _DECREE.fullmatch(bare) or _YEARLY.fullmatch(bare):
        return re.sub(r"[\s（）()]+", "", bare)
    return None


def serial(text: str) -> str | None:
    """The number of a line that is only that of minutes or briefs (第8期), else None."""
    if len(text) > _LONGEST_LINE or "期" not in text:
        return None
    bare = text.translate(_FULL_WIDTH).strip()
    if not _SERIAL.fullmatch(bare):
        return None
    bare = re.sub(r"\s+", "", bare)
    return bare[1:-1] if bare[0] in "（(" and bare[-1] in "）)" else bare


def _canonical(match: re.Match[str]) -> str:
    office = re.sub(r"\s+", "", match["office"])
    return f"{office}〔{match['year']}〕{match['running']}号"


# The fifteen legal kinds, and others that bulletins contain.
_KIND = re.compile(
    "(?:决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|纪要|条例|规定|办法|细则|规划"
    "|计划|方案|要点|解释|规则|章程|纲要|规程|守则|准则|令|函|法)$"
)
# Text that may follow the kind: （试行）, （2021—2025年）, but not 的通知.
_TAIL = re.compile(r"[（(〔\[][^（）()]{1,24}[）)〕\]]$")
_LONGEST_TAIL = 26
# Words that end like a kind but are none: 立法, 书法, 信函.
_NOT_KINDS = re.compile("(?:[方做看说想合违执司立用守普书手]法|[信公来]函|[下夏司法]令)$")

_ABOUT = re.compile(r"^(?P<issuer>[^《》“”，。：；]{2,60}?)(?:印发|转发|批转|发布|公布)?\s*关于")
_PRINTS = re.compile(r"^(?P<issuer>[^《》“”，。：；]{2,60}?)(?:印发|转发|批转|发布|公布)[《〈]")
_ORGANS = (
    "人民政府|国务院|国务院办公厅|办公厅|办公室|委员会|人民法院|人民检察院|领导小组|指挥部|常委会"
    "|代表大会|总局|公司|联合会|协会|学会|工会|银行|监会|中心|[部厅局署院委办会处室队社]"
)
_SHORTEST, _LONGEST = 2, 60
_ORGAN = re.compile(rf"(?:{_ORGANS})(?:[（(][^（）()]{{1,12}}[）)])?$")


def kind(title: str) -> str | None:
    """The kind of document (文种) at the end of a title, such as 通知."""
    bare = title.strip().rstrip("》〉")
    end = len(bare)
    # Searched only near the end, as the text may be a paragraph of any length.
    while match := _TAIL.search(bare, max(0, end - _LONGEST_TAIL), end):
        end = match.start()
        while end and bare[end - 1].isspace():
            end -= 1
    bare = bare[:end]
    if _NOT_KINDS.search(bare):
        return None
    match = _KIND.search(bare)
    return match[0] if match and match.start() > 0 else None


def is_organ(text: str) -> bool:
    """Whether `text` looks like the name of an office or of several."""
    return (
        _SHORTEST <= len(text) <= _LONGEST and _ORGAN.search(text) is not None and "，" not in text
    )


# 云岭市林业局文件 · 云岭市人民政府令
_RED = re.compile(r"(?!.*关于)(?P<organ>[^，。：；“”《》]{2,60}?)\s*+(?:文\s*+件|令|公告)")


def red_head(line: str) -> str | None:
    """The office in the red head of a document (云岭市林业局文件), or None."""
    match = _RED.fullmatch(line) if len(line) <= _LONGEST_LINE else None
    if match is None:
        return None
    organ = re.sub(r"\s+", "", match["organ"])
    return organ if is_organ(organ) else None


def issuer(title: str) -> str | None:
    """The issuer at the beginning of a title (国务院关于…), or None."""
    for pattern in (_PRINTS, _ABOUT):
        match = pattern.match(title)
        if match and is_organ(match["issuer"].strip()):
            return re.sub(r"[\s　]+", "、", match["issuer"].strip())
    return red_head(title)
