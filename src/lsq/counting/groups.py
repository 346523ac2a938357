"""Group articles by period, issuer, kind or folder."""

import os
from collections.abc import Iterator
from typing import Final, Literal, TypeAlias, get_args

from lsq.engines import Facts, Match

Period: TypeAlias = Literal["year", "quarter", "month", "day"]
PERIODS: Final[tuple[Period, ...]] = get_args(Period)
Group: TypeAlias = Literal["year", "quarter", "month", "day", "issuer", "kind", "folder"]
GROUPS: Final[tuple[Group, ...]] = get_args(Group)
# Which date of an article to use: when it was made, else published; or only when published.
Dates: TypeAlias = Literal["made", "published"]
DATES: Final[tuple[Dates, ...]] = get_args(Dates)

_MONTHS: Final = 12
_QUARTER: Final = 3


def days(facts: Facts, dates: Dates) -> tuple[int, int]:
    """The first and the last possible day of an article; both 0 if unknown."""
    if dates == "published":
        return facts.first_published, facts.last_published
    return facts.first_date, facts.last_date


def group_of(match: Match, facts: Facts, by: Group, dates: Dates = "made") -> str | None:
    """The group of an article; None if unknown, or if the date is less precise than the period.

    An issuer is its short name, as `lsq.query.keys.organ_names` gives it.
    """
    match by:
        case "issuer":
            return facts.issuer.rpartition("\n")[2] or None
        case "kind":
            return facts.kind or None
        case "folder":
            return os.path.dirname(match.path)
    first, last = days(facts, dates)
    period = period_of(first, by)
    return period if first and period == period_of(last, by) else None


def period_of(day: int, by: Period) -> str:
    """The period that contains a day: 2020, 2020-Q3, 2020-08 or 2020-08-26."""
    year, month = day // 10_000, day // 100 % 100
    match by:
        case "year":
            return f"{year:04}"
        case "quarter":
            return f"{year:04}-Q{(month + _QUARTER - 1) // _QUARTER}"
        case "month":
            return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day % 100:02}"


def periods(first: int, last: int, by: Period) -> Iterator[str]:
    """All periods from the first day to the last, ascending."""
    from calendar import monthrange

    before = ""
    for number in range(_month(first), _month(last) + 1):
        year, month = number // _MONTHS, number % _MONTHS + 1
        inside = range(1, monthrange(year, month)[1] + 1) if by == "day" else (1,)
        for date in inside:
            day = year * 10_000 + month * 100 + date
            if by == "day" and not first <= day <= last:
                continue
            period = period_of(day, by)
            if period != before:
                yield period
            before = period


def _month(day: int) -> int:
    return day // 10_000 * _MONTHS + day // 100 % 100 - 1
