"""Filters given besides a query, such as by options.

Their values are plain text: operators and regular expressions belong in the query.
"""

from collections.abc import Iterator, Sequence

from lsq.errors import QueryError
from lsq.messages import _
from lsq.query.cursor import MAX_LENGTH, MAX_TERMS
from lsq.query.fields import TEXTS
from lsq.query.nodes import Dated, Field, Or, Query
from lsq.query.operands import check_encoding, literal_in, normalize_typed
from lsq.text.fold import fold


class Filters:
    """Conditions on an article besides the query; by default none.

    Args:
        since: a date, maybe reduced; the article's date may not be before it.
        until: a date, maybe reduced; the article's date may not be after it.
        fields: for any of `lsq.query.fields.TEXTS`, texts, one of which its value must contain;
            for the path, also patterns and absolute paths (`lsq.query.path_filter`).

    Raises:
        TypeError: there is no such field.
    """

    def __init__(
        self, *, since: str | None = None, until: str | None = None, **fields: Sequence[str]
    ) -> None:
        if unknown := set(fields) - set(TEXTS):
            raise TypeError(f"no field {sorted(unknown)}; there are {TEXTS}")
        self.since = since
        self.until = until
        self.fields = {name: fields[name] for name in TEXTS if fields.get(name)}

    def __bool__(self) -> bool:
        return bool(self.given)

    @property
    def given(self) -> list[str]:
        """The names of the filters that are set."""
        dates = {"since": self.since, "until": self.until}
        return [*(name for name, date in dates.items() if date is not None), *self.fields]

    def before(self) -> "Filters":
        """The same filters for articles dated before `since`, which is set.

        Raises:
            QueryError: it is an invalid date, or there is no day before it.
        """
        from datetime import date, timedelta

        since = self.since or ""
        first = _date("since", since).first
        try:
            day = date(first // 10_000, first // 100 % 100, first % 100) - timedelta(days=1)
        except (ValueError, OverflowError):
            raise QueryError(since, 0, _("there is no day before this"), "since") from None
        earlier = Filters(until=day.isoformat())
        earlier.fields = dict(self.fields)
        return earlier

    def queries(self) -> Iterator[Query]:
        """The query nodes of the filters that are set.

        Raises:
            QueryError: a value is empty, too long, or an invalid date; `source` names the filter.
        """
        for name, values in self.fields.items():
            if len(values) > MAX_TERMS:
                reason = _(
                    "given more than {max_terms:,} times; split the query into several searches"
                )
                raise QueryError(values[MAX_TERMS], 0, reason.format(max_terms=MAX_TERMS), name)
            parts = [_containing(name, value) for value in values]
            yield parts[0] if len(parts) == 1 else Or(tuple(parts))
        if dates := self._dates():
            yield dates

    def _dates(self) -> Dated | None:
        from lsq.query.days import FIRST, LAST

        if self.since is None and self.until is None:
            return None
        first = FIRST if self.since is None else _date("since", self.since).first
        last = LAST if self.until is None else _date("until", self.until).last
        if self.until is not None and first > last:
            raise QueryError(self.until, 0, _("this is before the date in since"), "until")
        return Dated(first, last)


def _containing(name: str, value: str) -> Query:
    """The query for articles whose field `name` contains a text.

    Raises:
        QueryError: the text is empty or too long.
    """
    if len(value) > MAX_LENGTH:
        reason = _(
            "at most {max_length:,} characters; the limit is reached here; search for a part of it"
        )
        raise QueryError(value, MAX_LENGTH, reason.format(max_length=MAX_LENGTH), name)
    try:
        check_encoding(value)
    except QueryError as error:
        raise QueryError(value, error.position, error.reason, name) from error
    text = normalize_typed(value, name)
    if not text:
        raise QueryError(value, 0, _("this is empty; type something to search for"), name)
    if name == "path":
        from lsq.query.path_filter import path_filter  # most searches do not need it

        return path_filter(value)
    return Field(name, literal_in(name, text))


def _date(name: str, value: str) -> Dated:
    from lsq.query.days import DateError, parse_single_date

    start = len(value) - len(value.lstrip())
    try:
        return parse_single_date(fold(value.strip()))
    except DateError as error:
        raise QueryError(value, start + error.offset, error.reason, name) from error
