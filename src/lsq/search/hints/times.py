"""Tell when a query says in words of which time articles are wanted.

2021年以来 数据安全 looks for these words; who means articles of that time wants `--since 2021`.
"""

import re
from typing import Final, NamedTuple

from lsq.query.dates import DATE, DateError, to_iso
from lsq.text.fold import fold

_SINCE: Final = "以来|以后|之后|至今|起"
_TO: Final = "至|到|-|~"
_WHEN: Final = re.compile(
    rf"(?:自|从)?(?P<since>{DATE})(?:{_SINCE})(?:[,，]|的)?"
    rf"|(?P<first>{DATE})(?:{_TO})(?P<last>{DATE})(?:间|期间|的)?"
)
# A day, month or year alone is as likely to stand in the text as what belongs to it: it
# counts only on its own.
_ALONE: Final = re.compile(rf"(?P<only>{DATE})")
_YEAR: Final = re.compile("[0-9]{4}")
# Where there are quotes, brackets or expressions, nothing is taken out of a query.
_PLAIN: Final = re.compile(r"""[^"“”„「」『』()（）/／:：|｜]*""")


class Period(NamedTuple):
    """The rest of a query, and of which time it is wanted.

    Attributes:
        rest: the query without what says the time, as typed.
        since: ISO 8601, maybe reduced; empty for any.
        until: likewise.
    """

    rest: str
    since: str
    until: str


def asked_period(typed: str) -> Period | None:
    """The time that a query asks for in words, if something else is left of it."""
    if not _PLAIN.fullmatch(typed):
        return None
    words = typed.split()
    for number, word in enumerate(words):
        said = _said(fold(word))
        if said is None:
            continue
        since, until, end = said
        rest = " ".join([*words[:number], *filter(None, [word[end:]]), *words[number + 1 :]])
        if rest:
            return Period(rest, since, until)
    return None


def _said(folded: str) -> tuple[str, str, int] | None:
    """Since when, until when, and where what says so ends."""
    found = _WHEN.match(folded)
    # 2019-2021 may be anything; 2019年-2021年 and 2019-2021年 are years.
    if found and "年" not in found[0] and not found["since"]:
        found = None
    found = found or _ALONE.fullmatch(folded)
    if not found or _YEAR.fullmatch(found[0]):
        return None
    named = found.groupdict()
    only = named.get("only")
    try:
        since = to_iso(only or named.get("since") or named["first"])
        until = to_iso(only or named.get("last") or "") if only or named.get("last") else ""
    except DateError:
        return None
    return since, until, found.end()
