"""The names of an article: its title and its number, reduced to what tells it from others.

People type a title without 《》 and blanks, a law without the name of the country, and no
version, or another one; a number with any brackets. So titles, numbers and queries are
compared by their letters, ideographs and digits. Knows no engine.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lsq.query.nodes import And, Chunk, Dated, Field, Literal, Named, Not, Query

# In characters, of which a name keeps no more: an index has terms of so many bytes.
LONGEST: Final = 1000

COUNTRY: Final = "中华人民共和国"

# What ends a title and says which version of a document it is: (2018修正), (试行),
# (1988年), (2020-12-26), 2021年修订. Not so (七): that is another document.
_DATE: Final = r"\d{4}(?:年(?:\d{1,2}月(?:\d{1,2}日)?)?|-\d{1,2}(?:-\d{1,2})?)?"
_STATE: Final = r"修正|修订|修改|试行|暂行|草案|征求意见稿|送审稿|讨论稿|失效|废止|生效"
_VERSION: Final = (
    rf"\((?:{_DATE}版?|[^()]*(?:{_STATE})[^()]*)\)$|{_DATE}(?:修正|修订|修改|版)(?:本|版)?$"
)
# What that ends with: so most titles and queries need no expression to be compiled.
_VERSION_ENDS: Final = (")", "修正", "修订", "修改", "版", "本")


def title_name(title: str) -> str:
    """The name of a title, folded and squeezed, without its version; "" for no name."""
    name = title.strip()
    while name.endswith(_VERSION_ENDS) and (found := re.search(_VERSION, name)):
        name = name[: found.start()].rstrip()
    return _letters(name)


def edition_name(title: str) -> str:
    """The name of a title with its version; "" where it has none."""
    whole = _letters(title)
    return "" if whole == title_name(title) else whole


def number_name(number: str) -> str:
    """The name of a number (发文字号); "" for no number."""
    return _bare(number)


def names_of(title: str, number: str) -> Iterator[Named]:
    """The names that an article with this title and number, folded, is found by."""
    for kind, name in (
        ("title", title_name(title)),
        ("edition", edition_name(title)),
        ("number", number_name(number)),
    ):
        if name:
            yield Named(kind, name)


def name_key(named: Named) -> str:
    """A name as a term of an index."""
    return f"{named.kind} {named.name}"


def typed_text(query: Query) -> str:
    """What a query that may be the name of an article was typed as; "" if it is none.

    That are runs and literals side by side, whatever filters them.
    """
    parts: Sequence[Query] = query.parts if isinstance(query, And) else (query,)
    pieces: list[str] = []
    for part in parts:
        match part:
            case Chunk(text) | Literal(text):
                pieces.append(text)
            case Not() | Dated():
                pass
            case Field(name) if name != "title":
                pass
            case _:
                return ""
    return " ".join(pieces)


def _letters(title: str) -> str:
    bare = _bare(title)
    return bare.replace(COUNTRY, "") or bare


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))[:LONGEST]
