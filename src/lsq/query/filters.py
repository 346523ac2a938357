"""Limits to a search that are given apart from its query, as options are."""

from collections.abc import Iterator, Sequence

from lsq.errors import QueryError
from lsq.messages import _
from lsq.query.fields import TEXTS
from lsq.query.limits import MAX_TERMS
from lsq.query.nodes import Dated, Or, Query
from lsq.query.operands import CutWords
from lsq.query.parser import parse
from lsq.text.fold import fold


class Filters:
    """What an article must satisfy besides the query; nothing, as it is.

    Args:
        since: a date, maybe reduced; the article's may not be before it.
        until: a date, maybe reduced; the article's may not be after it.
        fields: for any of `lsq.query.fields.TEXTS`, what its value satisfies, as in
            `title:(…)`; of several, one is enough.

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
        """The names of those that say something."""
        dates = {"since": self.since, "until": self.until}
        return [*(name for name, date in dates.items() if date is not None), *self.fields]

    def queries(self, cut: CutWords) -> Iterator[Query]:
        """What they say, for every one of them that says something.

        Raises:
            QueryError: one says what is no query; `source` names it.
        """
        for name, values in self.fields.items():
            if len(values) > MAX_TERMS:
                reason = _("given more than {max_terms:,} times; ask in several searches")
                raise QueryError(values[MAX_TERMS], 0, reason.format(max_terms=MAX_TERMS), name)
            parts = [_parsed(name, value, cut) for value in values]
            yield parts[0] if len(parts) == 1 else Or(tuple(parts))
        if dates := self._dates():
            yield dates

    def _dates(self) -> Dated | None:
        from lsq.query.dates import FIRST, LAST

        if self.since is None and self.until is None:
            return None
        first = FIRST if self.since is None else _date("since", self.since).first
        last = LAST if self.until is None else _date("until", self.until).last
        if self.until is not None and first > last:
            raise QueryError(self.until, 0, _("this is before the date in since"), "until")
        return Dated(first, last)


def _parsed(name: str, value: str, cut: CutWords) -> Query:
    try:
        return parse(value, cut, name)
    except QueryError as error:
        raise QueryError(error.query, error.position, error.reason, name) from error


def _date(name: str, value: str) -> Dated:
    from lsq.query.dates import DateError, parse_date

    start = len(value) - len(value.lstrip())
    try:
        return parse_date(fold(value.strip()))
    except DateError as error:
        raise QueryError(value, start + error.offset, error.reason, name) from error
