"""Read dates in all the forms of bulletins and file names.

A date becomes ISO 8601, reduced if the source gives only a month or year: 2020-08, 2020. A date
without a year is ignored.
"""

import os
import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from lsq.text import digits, number
from lsq.text.typography import is_source

_EARLIEST, _LATEST = 1900, 2099
# The lengths of 2020 and 2020-08-26.
_YEAR, _DAY = 4, 10
# The maximum length of a line that is only a date, in characters.
_LONGEST = 40

_WIDE = "０１２３４５６７８９．／－：○Ｏ"
_FULL_WIDTH = str.maketrans(_WIDE, "0123456789./-:〇〇")
_has_full_width = re.compile(f"[{_WIDE}]").search

_CHINESE_YEAR = r"[一二][〇零O一二三四五六七八九]{3}"
_CHINESE_DAY = r"[〇零一二三四五六七八九十廿卅]{1,3}"
_FIRST_MONTH = "元"  # 二〇二三年元月五日
_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?年"
    r"(?:\s?(?P<month>\d{1,2}|元)\s?月(?:\s?(?P<day>\d{1,2})\s?[日号])?)?"
    rf"|(?P<cyear>{_CHINESE_YEAR})\s?年"
    rf"(?:\s?(?P<cmonth>{_CHINESE_DAY}|{_FIRST_MONTH})\s?月(?:\s?(?P<cday>{_CHINESE_DAY})\s?[日号])?)?"
    r"|(?<![\d.])(?P<nyear>(?:19|20)\d\d)(?P<sign>[-/.])"
    r"(?P<nmonth>\d{1,2})(?:(?P=sign)(?P<nday>\d{1,2}))?(?![\d.]\d|\d)"
)
# Text that may follow a date on a line of its own.
_AFTER = re.compile(
    r"\s*+(?:[一-鿿]{0,3}\d{1,2}\s?[:时]\s?\d{2}(?:[:分]\d{2})?秒?分?|T\d{2}:\d{2}.*+"
    r"|星期[一二三四五六日天])?\s*+[)）]?\s*+(?:印发|公布|发布)?\s*+"
)
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")


class FoundDate(NamedTuple):
    """A date in a text.

    Attributes:
        iso: the date, maybe reduced.
        start: the offset of its beginning in the text.
        end: the offset of its end.
    """

    iso: str
    start: int
    end: int


def find_dates(text: str) -> Iterator[FoundDate]:
    """The dates in `text` with a year, from left to right."""
    if _has_full_width(text):  # to look for them takes a quarter of the time of replacing them
        text = text.translate(_FULL_WIDTH)
    for match in _DATE.finditer(text):
        iso = _iso(match)
        if iso:
            yield FoundDate(iso, match.start(), match.end())


def parse_date(text: str) -> str | None:
    """The first date in `text` with a year; None without one."""
    return next((found.iso for found in find_dates(text)), None)


def whole_date(text: str) -> str | None:
    """The date of a text that is only a date, maybe with a time; else None."""
    if len(text) > _LONGEST:
        return None
    bare = text.translate(_FULL_WIDTH).strip(" （）()")
    match = _DATE.match(bare)
    if match is None or not _AFTER.fullmatch(bare, match.end()):
        return None
    iso = _iso(match)
    return iso if iso and (len(iso) > _YEAR or match.end() == len(bare)) else None


def dated_source(text: str) -> str | None:
    """The date of a line that contains only the date and source of a publication; else None."""
    return parse_date(text) if is_source(text) else None


def with_year(month_day: str, reference: str) -> str | None:
    """The last date with a given month and day, such as 2月25日, that is not after `reference`.

    Args:
        month_day: a text that contains a month and a day.
        reference: a whole ISO date.
    """
    match = _MONTH_DAY.search(month_day)
    if match is None or len(reference) != _DAY:
        return None
    year = int(reference[:4])
    iso = _checked(year, int(match[1]), int(match[2]))
    if iso and iso > reference:
        iso = _checked(year - 1, int(match[1]), int(match[2]))
    return iso


def _month(numeral: str) -> int:
    return 1 if numeral == _FIRST_MONTH else number(numeral)


def _iso(match: re.Match[str]) -> str | None:
    if match["cyear"]:
        year = digits(match["cyear"])
        month = _month(match["cmonth"]) if match["cmonth"] else None
        day = number(match["cday"]) if match["cday"] else None
    else:
        year = int(match["year"] or match["nyear"])
        numeral = match["month"] or match["nmonth"] or "0"
        month = _month(numeral) if numeral == _FIRST_MONTH else int(numeral) or None
        day = int(match["day"] or match["nday"] or 0) or None
    return _checked(year, month, day)


def _checked(year: int, month: int | None, day: int | None) -> str | None:
    """The date as ISO 8601; None if it does not exist."""
    if not _EARLIEST <= year <= _LATEST:
        return None
    if month is None:
        return f"{year}"
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return f"{year}-{month:02}" if day is None else f"{year}-{month:02}-{day:02}"


# 20190201-03-02.txt: the day of a newspaper, its page, its article.
_DIGITS_IN_NAME = re.compile(
    r"(?<![0-9A-Za-z])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![0-9A-Za-z])"
)
# 浙江省土地管理条例(2021-09-30).md
_SEPARATED = re.compile(
    r"(?<!\d)(?:19|20)\d\d([-_.])\d{1,2}\1\d{1,2}(?!\d)|(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?"
)
# 宪法修正案（2004年）.md; a year without brackets may be the subject.
_YEAR_IN_NAME = re.compile(r"[（(]((?:19|20)\d\d)年?[）)]")


def date_in_name(path: str) -> str | None:
    """The day or month in the file's name, ISO 8601."""
    name = _stem(path)
    match = _DIGITS_IN_NAME.search(name)
    if match:
        return parse_date("-".join(match.groups()))
    match = _SEPARATED.search(name)
    return parse_date(match[0].replace("_", "-")) if match else None


def year_in_name(path: str) -> str | None:
    """The year in brackets in the file's name: 宪法修正案（2004年）.md."""
    match = _YEAR_IN_NAME.search(_stem(path))
    return match[1] if match else None


def is_paper(path: str) -> bool:
    """Whether the file name is that of a newspaper page: 20190201-03-02.txt."""
    return _DIGITS_IN_NAME.match(_stem(path)) is not None


def _stem(path: str) -> str:
    """The name of the file without its suffix."""
    return os.path.splitext(os.path.basename(path))[0]
