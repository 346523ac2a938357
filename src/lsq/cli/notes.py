"""What is said on stderr, beside the results: harmless to a terminal, as these are."""

import click

from lsq.errors import QueryError

# In characters: so much of a query is shown before and after the place of an error.
_AROUND = 200


def note(message: str) -> None:
    """Say one line."""
    from lsq.output.safety import harmless

    click.echo(f"lsq: {harmless(message)}", err=True)


def described(error: QueryError, place: str = "") -> str:
    """What is wrong with a query: the reason, the query, a caret under the place in it.

    Of a long query only what stands around the place is shown.

    Args:
        error: that.
        place: where the query stands, such as a line of a list; nothing for an argument.
    """
    from lsq.output.safety import harmless
    from lsq.output.width import width

    start = max(0, error.position - _AROUND)
    end = error.position + _AROUND
    before = f"…{error.query[start : error.position]}" if start else error.query[: error.position]
    after = error.query[error.position : end] + ("…" if end < len(error.query) else "")
    query = harmless(f"{before}{after}".replace("\n", " "))
    option = f"--{error.source}: " if error.source else ""
    where = f"{place}: " if place else ""
    caret = " " * width(query[: len(before)])
    return f"lsq: {where}{option}{error.reason}\n  {query}\n  {caret}^"
