"""The options that limit a search besides its query, as one value for the command."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lsq.query.filters import Filters

_AGAIN = "Given again: any of them."
_FIELDS = {
    "title": "What the title satisfies, as in title:(…).",
    "issuer": "What the issuer (发文机关) satisfies.",
    "number": "The document number (发文字号), or a part of it.",
    "kind": "What the kind of document (文种) satisfies.",
    "path": "What the path, as it is shown, contains.",
}
NAMES = ("since", "until", *_FIELDS)


def typed_filters(filters: "Filters") -> list[str]:
    """The options that were given, as they are typed."""
    return [f"--{name}" for name in NAMES if getattr(filters, name) not in {None, ()}]


def filter_options(command: Callable[..., int]) -> Callable[..., int]:
    """The options, given to the command as `filters`, a `Filters`; None without any."""

    @wraps(command)
    def filtered(**values: Any) -> int:
        given = {name: values.pop(name) for name in NAMES}
        filters = None
        if any(value not in {None, ()} for value in given.values()):
            from lsq.query.filters import Filters

            filters = Filters(**given)
        return command(filters=filters, **values)

    for name, said in reversed(_FIELDS.items()):
        filtered = click.option(
            f"--{name}", name, multiple=True, metavar="TEXT", help=f"{said} {_AGAIN}"
        )(filtered)
    dates = "2020, 2020-08 or 2020-08-26."
    filtered = click.option("--until", metavar="DATE", help=f"Dated then or before: {dates}")(
        filtered
    )
    return click.option("--since", metavar="DATE", help=f"Dated then or later: {dates}")(filtered)
