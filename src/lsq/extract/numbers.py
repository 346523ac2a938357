"""Document numbers (发文字号) and their one canonical form. Knows no document.

国发〔2019〕3号: the issuer's short name, the year in 〔〕, the running number, no
spaces. Seen in print with every other kind of bracket, with spaces inside, and
with 第. Decrees number themselves without a year: 国务院令第707号.
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
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_LONGEST_LINE = 60


def find_number(text: str) -> str | None:
    """The canonical form of the first document number in `text`."""
    match = _NUMBER.search(text.translate(_FULL_WIDTH))
    return _canonical(match) if match else None


def whole_number(text: str) -> str | None:
    """The canonical form of the number that the line `text` is, or None.

    Brackets around it do not count: （皖政办秘〔2021〕82号）.
    """
    if len(text) > _LONGEST_LINE or "号" not in text:
        return None
    bare = text.translate(_FULL_WIDTH).strip()
    if bare[0] in "（(" and bare[-1] in "）)":
        bare = bare[1:-1]
    match = _NUMBER.fullmatch(bare)
    if match:
        return _canonical(match)
    match = _DECREE.fullmatch(bare)
    if match:
        return re.sub(r"[\s（）()]+", "", bare)
    return None


def _canonical(match: re.Match[str]) -> str:
    office = re.sub(r"\s+", "", match["office"])
    return f"{office}〔{match['year']}〕{match['running']}号"
