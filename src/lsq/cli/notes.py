"""What is said on stderr, beside the results: harmless to a terminal, as these are."""

import click

from lsq.errors import QueryError


def note(message: str) -> None:
    """Say one line."""
    from lsq.output.safety import harmless

    click.echo(f"lsq: {harmless(message)}", err=True)


def described(error: QueryError, place: str = "") -> str:
    """What is wrong with a query: the reason, the query, a caret under the place in it.

    Args:
        error: that.
        place: where the query stands, such as a line of a list; nothing for an argument.
    """
    from lsq.output.safety import harmless
    from lsq.output.width import width

    query = harmless(error.query.replace("\n", " "))
    option = f"--{error.source}: " if error.source else ""
    where = f"{place}: " if place else ""
    caret = " " * width(query[: error.position])
    return f"lsq: {where}{option}{error.reason}\n  {query}\n  {caret}^"
