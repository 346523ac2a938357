"""The names by which a document may be cited, with and without the issuer before 关于.

最高人民法院关于审理…的解释 is cited as 《关于审理…的解释》 as well. Names are compared as
`lsq.query.keys` normalizes them, never by similarity: 大气污染防治条例 and 水污染防治条例 are
similar, but two documents.
"""

import re
from typing import Final, NamedTuple

from lsq.query.keys import title_name

_ABOUT: Final = "关于"
# The ends of issuers' names.
_ISSUER = re.compile(
    r"(?:委员会|人大|常委会|大会|政府|国务院|法院|检察院|[部局署厅办院会行]|办公室|总社|总台|中央|军委)$"
)
# Issuers whose documents are cited everywhere without their names.
NATIONAL: Final = ("国务院", "最高人民法院", "最高人民检察院", "全国人民代表大会")


class Split(NamedTuple):
    """A name that begins with an issuer: 最高人民法院 and 关于适用….

    Attributes:
        issuer: "" where the name begins with none.
        rest: from 关于 on, as `title_name` normalizes it.
    """

    issuer: str
    rest: str


def about(title: str) -> Split | None:
    """The issuer in a folded title, and its rest; None for a title that is not 关于 anything."""
    issuer, sign, rest = title.partition(_ABOUT)
    if not sign or (issuer and not _ISSUER.search(issuer.rstrip())):
        return None
    return Split(title_name(issuer), title_name(sign + rest))


def agree(issuer: str, *texts: str) -> bool:
    """Whether the issuer in a title is the one that the texts around a reference speak of."""
    if not issuer or issuer.startswith(NATIONAL):
        return True
    return any(issuer in text or _short(issuer) in text for text in texts if text)


def alike(issuer: str, other: str) -> bool:
    """Whether two names are of one issuer: 甲市人大常委会, and with its whole name."""
    one, two = _short(issuer), _short(other)
    return one in two or two in one


def _short(issuer: str) -> str:
    return issuer.replace("人民代表大会", "人大").replace("常务委员会", "常委会")
