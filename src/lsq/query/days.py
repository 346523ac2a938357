"""Parse typed dates into days: numbers such as 20200826, which any engine can compare."""

import re
from typing import Final

from lsq.messages import _
from lsq.query.nodes import Dated
from lsq.text import digits, number

# The ends of a range without a beginning or an end.
FIRST: Final = 1_01_01
LAST: Final = 9999_12_31

FORMS: Final = _("write 2020, 2020-08 or 2020-08-26")
RANGES: Final = _("{forms}, or a range: 2019-05..2020, 2021.., ..2018").format(forms=FORMS)

_YEAR: Final = "(?:[0-9]{4}|[一二][零一二三四五六七八九]{3})"
_NUMBER: Final = "(?:[0-9]{1,2}|[零一二三四五六七八九十廿卅]{1,3})"
# 2020-08-26, 2020.8.26, 2020/8/26; 2020年8月26日, 二〇二〇年八月. Folded: 〇 is 零.
_DATE = re.compile(
    rf"({_YEAR})(?:([-./])([0-9]{{1,2}})(?:\2([0-9]{{1,2}}))?"
    rf"|\s?年(?:\s?({_NUMBER})\s?月份?(?:\s?({_NUMBER})\s?[日号])?)?)?"
)
# The same without groups, for use within a pattern.
DATE: Final = (
    rf"{_YEAR}(?:\s?年(?:\s?{_NUMBER}\s?月份?(?:\s?{_NUMBER}\s?[日号])?)?"
    + "".join(rf"|{sign}[0-9]{{1,2}}(?:{sign}[0-9]{{1,2}})?" for sign in ("-", r"\.", "/"))
    + ")?"
)
_TO = ".."
_ANY = "*"
_MONTHS = 12
_FEBRUARY = 2


class DateError(ValueError):
    """An invalid date.

    Attributes:
        offset: the position of the error in the typed text, in characters.
        reason: the error.
    """

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(reason)
        self.offset = offset
        self.reason = reason


def parse_dates(folded: str) -> Dated:
    """Parse a date, a range of dates, or `*` for any date.

    Raises:
        DateError: it is none of these.
    """
    if folded == _ANY:
        return Dated(FIRST, LAST)
    start, to, end = folded.partition(_TO)
    if not to:
        return Dated(*_days(folded, 0, RANGES))
    if not start and not end:
        raise DateError(0, _("a range needs at least one end; {ranges}").format(ranges=RANGES))
    after = len(start) + len(_TO)
    first = _days(start, 0, RANGES)[0] if start else FIRST
    last = _days(end, after, RANGES)[1] if end else LAST
    if first > last:
        raise DateError(after, _("the range ends before it begins; swap its ends"))
    return Dated(first, last)


def parse_single_date(folded: str) -> Dated:
    """Parse a date, not a range; raises as `parse_dates`."""
    return Dated(*_days(folded, 0))


def days_of(iso: str | None) -> tuple[int, int] | None:
    """The first and the last day that a date, maybe reduced, may mean; None for no date."""
    try:
        return _days(iso, 0) if iso else None
    except DateError:
        return None


def _days(date: str, offset: int, forms: str = FORMS) -> tuple[int, int]:
    year, month, day = _parts(date, offset, forms)
    if month is None:
        return _number(year, 1, 1), _number(year, _MONTHS, 31)
    if day is None:
        return _number(year, month, 1), _number(year, month, _days_in(year, month))
    only = _number(year, month, day)
    return only, only


def to_iso(date: str) -> str:
    """Parse a date into ISO 8601, as reduced as typed: 2020-08 for 2020年8月; raises likewise."""
    year, month, day = _parts(date, 0, FORMS)
    if month is None:
        return f"{year:04}"
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"


def _parts(date: str, offset: int, forms: str) -> tuple[int, int | None, int | None]:
    """The year, month and day of a date that exists."""
    found = _DATE.fullmatch(date)
    if not found:
        raise DateError(offset, _("not a date; {forms}").format(forms=forms))
    month_group = 3 if found[3] else 5
    day_group = month_group + 1
    year = digits(found[1])
    if not year:
        raise DateError(offset, _("there is no year 0"))
    if not found[month_group]:
        return year, None, None
    month = number(found[month_group])
    if not 1 <= month <= _MONTHS:
        raise DateError(offset + found.start(month_group), _("a month is 1 to 12"))
    if not found[day_group]:
        return year, month, None
    day, days = number(found[day_group]), _days_in(year, month)
    if not 1 <= day <= days:
        raise DateError(
            offset + found.start(day_group), _("this month has days 1 to {days}").format(days=days)
        )
    return year, month, day


def _number(year: int, month: int, day: int) -> int:
    return year * 10_000 + month * 100 + day


def _days_in(year: int, month: int) -> int:
    if month == _FEBRUARY:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31
