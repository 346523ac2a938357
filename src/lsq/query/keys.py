"""Normalize the names of titles, numbers and organs, to compare them. Knows no engine.

People type a title without 《》 and spaces, a law without the name of the country and with any
version or none, and a number with any brackets. So titles, numbers and queries are compared by
their letters, ideographs and digits.

An organ is compared by its name as printed and by its short name: 中华人民共和国国务院 is
国务院. Only names that surely mean the same organ are shortened, also as a part of a name: the
人民代表大会 of any county becomes its 人大.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lsq.query.nodes import And, Chunk, Dated, Field, Literal, Named, Not, Query, Spelled

# In characters; a longer name is cut, because the length of terms of an index is limited.
LONGEST: Final = 1000

COUNTRY: Final = "中华人民共和国"

# The version of a document, at the end of its title: (2018修正), (试行),
# (1988年), (2020-12-26), 2021年修订. Not so (七): that is another document.
_DATE: Final = r"\d{4}(?:年(?:\d{1,2}月(?:\d{1,2}日)?)?|-\d{1,2}(?:-\d{1,2})?)?"
_STATE: Final = r"修正|修订|修改|试行|暂行|草案|征求意见稿|送审稿|讨论稿|失效|废止|生效"
_VERSION: Final = (
    rf"\((?:{_DATE}版?|[^()]*(?:{_STATE})[^()]*)\)$|{_DATE}(?:修正|修订|修改|版)(?:本|版)?$"
)
# What versions end with: checked first, so that most searches compile no regular expression.
_VERSION_ENDS: Final = (")", "修正", "修订", "修改", "版", "本")
# Long and short names, folded, the longer ones first. 办公厅 and 办公室 are different organs, and
# so may be 委员会 and 委.
_SHORT: Final = (
    ("中国共产党中央委员会", "中共中央"),
    ("人民代表大会常务委员会", "人大常委会"),
    ("人民代表大会", "人大"),
    ("中央人民政府", "国务院"),
    ("人民政府", "政府"),
    ("人民检察院", "检察院"),
    ("人民法院", "法院"),
    ("发展和改革委员会", "发改委"),
    ("发展改革委员会", "发改委"),
    ("发展改革委", "发改委"),
    ("卫生健康委员会", "卫健委"),
    ("卫生健康委", "卫健委"),
    ("国有资产监督管理委员会", "国资委"),
    ("工业和信息化", "工信"),
    ("人力资源和社会保障", "人社"),
    ("人力资源社会保障", "人社"),
    ("住房和城乡建设", "住建"),
    ("住房城乡建设", "住建"),
    ("市场监督管理", "市场监管"),
    ("中华人民共和国", ""),
)


def title_name(title: str) -> str:
    """The name of a title, folded and squeezed, without its version; "" for no name."""
    name = title.strip()
    while name.endswith(_VERSION_ENDS) and (found := re.search(_VERSION, name)):
        name = name[: found.start()].rstrip()
    return _letters(name)


def edition_name(title: str) -> str:
    """The name of a title with its version; "" if it has no version."""
    whole = _letters(title)
    return "" if whole == title_name(title) else whole


def number_name(number: str) -> str:
    """The name of a number (发文字号); "" for no number."""
    return _bare(number)


def names_of(title: str, number: str) -> Iterator[Named]:
    """The names of an article with this title and number, both folded."""
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
    """The typed text of a query that may be the title or number of an article; "" if it cannot.

    Such a query consists of runs and literals side by side, and any filters.
    """
    parts: Sequence[Query] = query.parts if isinstance(query, And) else (query,)
    pieces: list[str] = []
    for part in parts:
        match part:
            case Chunk(text) | Literal(text):
                pieces.append(text)
            case Spelled((Chunk(text) | Literal(text), *_)):
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


def organ_name(name: str) -> str:
    """The short name of an organ, folded and squeezed; the name itself if there is none."""
    short = name
    for long, shorter in _SHORT:
        short = short.replace(long, shorter)
    return short or name


def organ_names(name: str) -> tuple[str, ...]:
    """The names of an organ: as printed and, if it differs, the short one."""
    short = organ_name(name)
    return (name,) if short == name else (name, short)
