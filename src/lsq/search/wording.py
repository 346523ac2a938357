"""What in the wording of a query means something else than text: operators of others, times.

An operator of another search program is text in a query. It is known only from the chunks of
a parsed query: what stands in quotes was meant as text. And 2021年以来 数据安全 looks for these
words; who means articles of that time wants `--since 2021`.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lsq.query import And, Chunk, Field, Near, Not, Or, Paragraph, Query, Sentence
from lsq.query.dates import DATE, DateError, to_iso
from lsq.text.fold import fold

# Text of a chunk, folded → what to write instead.
_WORDS: Final = {
    "or": "OR",
    "and": "AND",
    "not": "NOT",
    "&": "AND",
    "&&": "AND",
    "+": "AND",
    "或者": "OR",
    "或": "OR",
    "并且": "AND",
    "且": "AND",
}
# Those that are nothing but operators: the others may well be sought.
_SURE: Final = frozenset({"or", "and", "not", "&", "&&"})
_IDEOGRAPH = "[\u3400-\u9fff]"
_SIGNS: Final = (
    (re.compile(rf"[!！]{_IDEOGRAPH}"), "-…"),
    (re.compile(rf"[-—–]{_IDEOGRAPH}"), "-…"),
    (re.compile(rf"[+]{_IDEOGRAPH}|{_IDEOGRAPH}[+&]{_IDEOGRAPH}"), "AND"),
    (re.compile(rf"[*?]{_IDEOGRAPH}|{_IDEOGRAPH}(?:\*|[?]{_IDEOGRAPH})"), "/….*…/"),
    (re.compile(rf"['‘’]{_IDEOGRAPH}"), "“…”"),
)
# In the query as typed, a blank between a function's name and its bracket.
_APART = re.compile(r"(同句|同段|近|sentence|paragraph|near)\s++[(（]", re.IGNORECASE)
_FUNCTIONS: Final = frozenset({"同句", "同段", "近", "sentence", "paragraph", "near"})
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


def foreign_operators(typed: str, query: Query) -> Iterator[tuple[str, str, bool]]:
    """What of a query is text and looks like an operator.

    Args:
        typed: the query as typed.
        query: the same, parsed.

    Yields:
        The text, what to write instead, and whether it is hardly ever meant as text; what
        is not sure is worth a word only where nothing stands literally.
    """
    chunks = list(dict.fromkeys(_chunks(query)))
    for name in dict.fromkeys(match[1].casefold() for match in _APART.finditer(typed)):
        if name in chunks:
            yield f"{name} (", "near/30(…)" if name in {"near", "近"} else f"{name}(…)", True
    for text in chunks:
        if text in _WORDS:
            yield text, _WORDS[text], text in _SURE
        elif text not in _FUNCTIONS:
            instead = [one for sign, one in _SIGNS if sign.search(text)]
            if instead:
                yield text, instead[0], False


def _chunks(query: Query) -> Iterator[str]:
    match query:
        case Chunk(text):
            yield text
        case And(parts) | Or(parts) | Near(_, parts):
            for part in parts:
                yield from _chunks(part)
        case Not(part) | Sentence(part) | Paragraph(part) | Field(_, part):
            yield from _chunks(part)


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
