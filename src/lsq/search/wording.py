"""Detect text in a query that may be meant otherwise: operators of other programs, periods.

lsq searches the operators of other programs as text. They are looked for only in the chunks
of a parsed query, as quoted text is surely text. Likewise, 2021年以来 数据安全 searches for
these words; articles of that time are found with `--since 2021`.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lsq.query import And, Chunk, Field, Near, Not, Or, Query, SameParagraph, SameSentence
from lsq.query.days import DATE, DateError, to_iso
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
# Those of them that are hardly ever meant as text.
_SURE: Final = frozenset({"or", "and", "not", "&", "&&"})
_IDEOGRAPH = "[\u3400-\u9fff]"
# Operators within a chunk → what to write instead.
_SYMBOLS: Final = (
    (re.compile(rf"[!！]{_IDEOGRAPH}"), "-…"),
    (re.compile(rf"[-—–]{_IDEOGRAPH}"), "-…"),
    (re.compile(rf"[+]{_IDEOGRAPH}|{_IDEOGRAPH}[+&]{_IDEOGRAPH}"), "AND"),
    (re.compile(rf"[*?]{_IDEOGRAPH}|{_IDEOGRAPH}(?:\*|[?]{_IDEOGRAPH})"), "/….*…/"),
    (re.compile(rf"['‘’]{_IDEOGRAPH}"), "“…”"),
)
# A space between a function's name and its bracket, in the query as typed.
_SPACE_BEFORE_BRACKET = re.compile(
    r"(同句|同段|近|sentence|paragraph|near)\s++[(（]", re.IGNORECASE
)
_FUNCTIONS: Final = frozenset({"同句", "同段", "近", "sentence", "paragraph", "near"})
_SINCE: Final = "以来|以后|之后|至今|起"
_TO: Final = "至|到|-|~"
_WHEN: Final = re.compile(
    rf"(?:自|从)?(?P<since>{DATE})(?:{_SINCE})(?:[,，]|的)?"
    rf"|(?P<first>{DATE})(?:{_TO})(?P<last>{DATE})(?:间|期间|的)?"
)
# A date without such words counts only as a whole chunk.
_DATE_ALONE: Final = re.compile(rf"(?P<only>{DATE})")
_YEAR: Final = re.compile("[0-9]{4}")
# A query with quotes, brackets or regular expressions is left as it is.
_PLAIN: Final = re.compile(r"""[^"“”„「」『』()（）/／:：|｜]*""")


def foreign_operators(typed: str, query: Query) -> Iterator[tuple[str, str, bool]]:
    """Yield the texts in a query that look like operators.

    Args:
        typed: the query as typed.
        query: the same, parsed.

    Yields:
        The text, what to write instead, and whether it is hardly ever meant as text; if it may
        be, a note is useful only if there is no literal match.
    """
    chunks = list(dict.fromkeys(_chunks(query)))
    found = _SPACE_BEFORE_BRACKET.finditer(typed)
    for name in dict.fromkeys(match[1].casefold() for match in found):
        if name in chunks:
            yield f"{name} (", "near/30(…)" if name in {"near", "近"} else f"{name}(…)", True
    for text in chunks:
        if text in _WORDS:
            yield text, _WORDS[text], text in _SURE
        elif text not in _FUNCTIONS:
            instead = [one for symbol, one in _SYMBOLS if symbol.search(text)]
            if instead:
                yield text, instead[0], False


def _chunks(query: Query) -> Iterator[str]:
    match query:
        case Chunk(text):
            yield text
        case And(parts) | Or(parts) | Near(_, parts):
            for part in parts:
                yield from _chunks(part)
        case Not(part) | SameSentence(part) | SameParagraph(part) | Field(_, part):
            yield from _chunks(part)


class Period(NamedTuple):
    """A period stated in a query, and the rest of the query.

    Attributes:
        rest: the query without the words for the period, as typed.
        since: ISO 8601, maybe reduced; empty for any.
        until: likewise.
    """

    rest: str
    since: str
    until: str


def stated_period(typed: str) -> Period | None:
    """The period that a query states in words, if it has other words too."""
    if not _PLAIN.fullmatch(typed):
        return None
    words = typed.split()
    for number, word in enumerate(words):
        period = _period_at_start(fold(word))
        if period is None:
            continue
        since, until, end = period
        rest = " ".join([*words[:number], *filter(None, [word[end:]]), *words[number + 1 :]])
        if rest:
            return Period(rest, since, until)
    return None


def _period_at_start(folded: str) -> tuple[str, str, int] | None:
    """The start and end of the period at the start of a chunk, and where its wording ends."""
    found = _WHEN.match(folded)
    # 2019年-2021年 and 2019-2021年 are years; 2019-2021 may be anything.
    if found and "年" not in found[0] and not found["since"]:
        found = None
    found = found or _DATE_ALONE.fullmatch(folded)
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
