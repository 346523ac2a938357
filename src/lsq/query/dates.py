"""Days as numbers, 20200826, and what a date that was typed means. Knows no grammar.

Such numbers are in the order of the days, and any engine can compare them.
"""

import re
from typing import Final

from lsq.messages import _
from lsq.query.nodes import Dated

# Beyond all that is dated: what a range without one of its ends reaches to.
FIRST: Final = 1_01_01
LAST: Final = 9999_12_31

FORMS: Final = _("write 2020, 2020-08 or 2020-08-26")
RANGES: Final = _("{forms}, or a range: 2019-05..2020, 2021.., ..2018").format(forms=FORMS)

_DATE = re.compile(
    r"([0-9]{4})"
    r"(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?|年(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?)?"
)
_TO = ".."
_ANY = "*"
_MONTHS = 12
_FEBRUARY = 2


class DateError(ValueError):
    """What is no date.

    Attributes:
        offset: where in what was typed, in characters.
        reason: why not.
    """

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(reason)
        self.offset = offset
        self.reason = reason


def parse_dates(folded: str) -> Dated:
    """The days that a date, a range of dates, or `*` for any date means.

    Raises:
        DateError: it is neither.
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


def parse_date(folded: str) -> Dated:
    """The days that a date means, not a range; raises likewise."""
    return Dated(*_days(folded, 0))


def days_of(iso: str | None) -> tuple[int, int] | None:
    """The first and the last day that a date may mean, maybe reduced; None for no date."""
    try:
        return _days(iso, 0) if iso else None
    except DateError:
        return None


def _days(date: str, offset: int, forms: str = FORMS) -> tuple[int, int]:
    found = _DATE.fullmatch(date)
    if not found:
        raise DateError(offset, _("not a date; {forms}").format(forms=forms))
    group = 2 if found[2] else 4  # of the month
    year, month, day = int(found[1]), found[group], found[group + 1]
    if not year:
        raise DateError(offset, _("there is no year 0"))
    if not month:
        return _number(year, 1, 1), _number(year, _MONTHS, 31)
    if not 1 <= int(month) <= _MONTHS:
        raise DateError(offset + found.start(group), _("a month is 1 to 12"))
    days = _days_in(year, int(month))
    if not day:
        return _number(year, int(month), 1), _number(year, int(month), days)
    if not 1 <= int(day) <= days:
        raise DateError(
            offset + found.start(group + 1), _("this month has days 1 to {days}").format(days=days)
        )
    only = _number(year, int(month), int(day))
    return only, only


def _number(year: int, month: int, day: int) -> int:
    return year * 10_000 + month * 100 + day


def _days_in(year: int, month: int) -> int:
    if month == _FEBRUARY:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31
