"""Choose the version of a document that a text cites.

A text of 2019 cites the law of 2019: the newest version that is not later than the text. If every
version is later, the earliest is used, and flagged.
"""

import re
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

# How a version was chosen. named: by a date or year beside the reference; current: the newest not
# later than the citing text; later: the earliest, as all are later; undated: the newest, as the
# citing text or every version has no date.
Choice: TypeAlias = Literal["named", "current", "later", "undated"]

_DATE: Final = re.compile(r"((?:19|20)[0-9]{2}) ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日")
_HEADING: Final = re.compile(
    r"^第[0-9零一二三四五六七八九十百千]{1,9}条(?:之[一二三四五六七八九十]{1,3})?", re.MULTILINE
)
_ARTICLE: Final = re.compile(
    r"第[0-9零一二三四五六七八九十百千]{1,9}条(?:之[一二三四五六七八九十]{1,3})?"
)


class CitableArticle(NamedTuple):
    """An article of the index as the target of a reference.

    Attributes:
        id: its id.
        title: as printed; "" for none.
        date: when it was made, or else published; maybe reduced; None if unknown.
        issuer: its issuer; "" if unknown.
        number: its document number; "" for none.
        name: the key of its title (`lsq.query.keys`).
        day: the first day of that date, such as 20200826; 0 if unknown.
        headings: the articles of law that begin a line in it; empty if they are not needed.
    """

    id: str
    title: str
    date: str | None
    issuer: str
    number: str
    name: str
    day: int = 0
    headings: frozenset[str] = frozenset()


def headings(folded: str) -> frozenset[str]:
    """The articles of law that begin a line of a text."""
    return frozenset(_HEADING.findall(folded))


def choose_version(
    versions: Sequence[CitableArticle],
    day: int,
    *,
    before: str = "",
    year: int = 0,
    pinpoint: str = "",
) -> tuple[CitableArticle, Choice]:
    """The version that a text cites.

    Args:
        versions: at least one.
        day: the last day of the citing text's date; 0 if unknown.
        before: the text before the reference, which may contain the date of the version.
        year: the year of the version named beside the reference; 0 for none.
        pinpoint: if the versions are parts of a code, the part with this article of law is cited.
    """
    dates = _DATE.findall(before) if len(versions) > 1 else []
    if dates:
        named = int("{}{:0>2}{:0>2}".format(*dates[-1]))
        if dated := [one for one in versions if one.day == named]:
            return choose_part(dated, pinpoint, dated[0]), "named"
    if len(versions) > 1 and year and (of_year := [o for o in versions if o.day // 10_000 == year]):
        newest = max(one.day for one in of_year)
        return _of_day(of_year, newest, pinpoint), "named"
    dated = [one for one in versions if one.day]
    if not day or not dated:
        newest = max(one.day for one in versions)
        return _of_day(versions, newest, pinpoint), "undated"
    if early := [one for one in dated if one.day <= day]:
        newest = max(one.day for one in early)
        return _of_day(early, newest, pinpoint), "current"
    oldest = min(one.day for one in dated)
    return _of_day(dated, oldest, pinpoint), "later"


def choose_part(
    documents: Sequence[CitableArticle], pinpoint: str, default: CitableArticle
) -> CitableArticle:
    """The one of several parts of a code that has an article of law, or else the default."""
    if len(documents) > 1 and (article := _ARTICLE.match(pinpoint)):
        for document in documents:
            if article[0] in document.headings:
                return document
    return default


def _of_day(versions: Sequence[CitableArticle], day: int, pinpoint: str) -> CitableArticle:
    """The version of a day, or the part of it that has an article of law."""
    parts = [one for one in versions if one.day == day]
    return choose_part(parts, pinpoint, parts[0])
