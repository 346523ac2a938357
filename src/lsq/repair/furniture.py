"""What a page wears besides its text: its number, its column, its date. Knows one line.

Whether a bare number is a page's is decided in `lsq.repair.layout`, which sees
the lines around it.
"""

import re

_IDEOGRAPHS = r"[一-鿿]"

# — 3 — · —2— · - 12 - · －５－ · ·7· · 第3页 · 第 3 页 共 10 页. Not 3 / 10, which may
# be a fraction.
_NUMBER = re.compile(
    r"[—–―─－\-~·•|\s]{1,6}\d{1,4}[—–―─－\-~·•|\s]{1,6}"
    r"|第\s?\d{1,4}\s?页(?:[\s,，/／]*共\s?\d{1,4}\s?页)?"
    r"|[Pp]age\s\d{1,4}(?:\sof\s\d{1,4})?"
)
_SIGN = frozenset("—–―─－-~·•|第pP")

# 02城事·重点 · A2 要闻 · 03版：时政 · 第4版 要闻
_NAME = rf"{_IDEOGRAPHS}{{2,6}}(?:[·・•/／\-—]{_IDEOGRAPHS}{{2,6}}){{0,2}}"
_PAGE = r"(?:0\d|[A-D]0?\d{1,2})"
_BETWEEN = r"[\s:：·|/／]*"
_COLUMN = re.compile(
    rf"(?:{_PAGE}\s?版?|第?\s?\d{{1,2}}\s?版(?!权)){_BETWEEN}(?P<name>(?![年月日分秒号点个岁]){_NAME})"
)
_COLUMN_LAST = re.compile(rf"(?P<name>{_NAME})\s?(?:{_PAGE}|第?\d{{1,2}})\s?版")
_COLUMN_FIRST = frozenset("0ABCD第123456789")
_LONGEST = 24
_LONGEST_MASTHEAD = 60

# 2020年8月27日 星期四
_MASTHEAD = re.compile(
    r"[^，。；\d]{0,16}\d{4}\s?[年.\-/]\s?\d{1,2}\s?[月.\-/]\s?\d{1,2}\s?日?[^，。；]{0,6}"
    r"星期[一二三四五六日天][^，。；]{0,30}"
)


def is_page_number(text: str) -> bool:
    """Whether it is a page's number with the signs that set it off."""
    return text[0] in _SIGN and len(text) <= _LONGEST and _NUMBER.fullmatch(text) is not None


def is_masthead(text: str) -> bool:
    """Whether it is the line with the date and the weekday at the head of a page."""
    return (
        "星期" in text and len(text) <= _LONGEST_MASTHEAD and _MASTHEAD.fullmatch(text) is not None
    )


def column(text: str) -> str | None:
    """The name of the page's column, if the line is the folio that says it.

    Returns:
        城事·重点 for 02城事·重点, None for a line of text.
    """
    if len(text) > _LONGEST:
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
    """Whether the line belongs to the page and not to what is said on it."""
    return is_page_number(text) or column(text) is not None or is_masthead(text)
