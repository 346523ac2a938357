"""What looks like an operator of another search program, and is text in a query.

Known only from the chunks of a parsed query: what stands in quotes was meant as text.
"""

import re
from collections.abc import Iterator
from typing import Final

from lsq.query import And, Chunk, Field, Near, Not, Or, Paragraph, Query, Sentence

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
