"""Split the issuer before 关于 from a title, because a document may be cited without it.

最高人民法院关于审理…的解释 is also cited as 《关于审理…的解释》. Names are compared exactly, as
`lsq.query.keys` normalizes them, not by similarity: 大气污染防治条例 and 水污染防治条例 are
different documents.
"""

import re
from typing import Final, NamedTuple

from lsq.query.keys import title_name

_ABOUT: Final = "关于"
# The ends of issuers' names.
_ISSUER = re.compile(
    r"(?:委员会|人大|常委会|大会|政府|国务院|法院|检察院|[部局署厅办院会行]|办公室|总社|总台|中央|军委)$"
)
# Issuers whose documents are cited without their names everywhere.
NATIONAL: Final = ("国务院", "最高人民法院", "最高人民检察院", "全国人民代表大会")


class Split(NamedTuple):
    """A name that begins with an issuer: 最高人民法院 and 关于适用….

    Attributes:
        issuer: "" if the name begins with 关于.
        rest: the name from 关于 on, as `title_name` normalizes it.
    """

    issuer: str
    rest: str


def split_issuer(title: str) -> Split | None:
    """Split a folded title into issuer and rest; None for a title without 关于 after an issuer."""
    issuer, sign, rest = title.partition(_ABOUT)
    if not sign or (issuer and not _ISSUER.search(issuer.rstrip())):
        return None
    return Split(title_name(issuer), title_name(sign + rest))


def may_have_issuer(issuer: str, *texts: str) -> bool:
    """Whether a reference without an issuer may mean a title with this issuer.

    Args:
        issuer: the issuer in the title.
        texts: around the reference; one must contain the issuer, unless it is a national one.
    """
    if not issuer or issuer.startswith(NATIONAL):
        return True
    return any(issuer in text or _short(issuer) in text for text in texts if text)


def is_same_issuer(issuer: str, other: str) -> bool:
    """Whether one name, shortened, contains the other: 甲市人大常委会 and its full name."""
    one, two = _short(issuer), _short(other)
    return one in two or two in one


def _short(issuer: str) -> str:
    return issuer.replace("人民代表大会", "人大").replace("常务委员会", "常委会")
