"""What a shell offers to complete an argument, beyond what click knows of it."""

from itertools import islice
from typing import TYPE_CHECKING

import click

from lsq.cli.options import default_location

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# More than this no one reads through.
MANY = 1000


def articles(ctx: click.Context, param: click.Parameter, typed: str) -> list["CompletionItem"]:  # noqa: ARG001  # click's signature
    """Ids of the index that the command uses; else files."""
    from click.shell_completion import CompletionItem

    from lsq.errors import LsqError
    from lsq.index import open_index

    # First, so that a shell that offers either files or words offers the words.
    items = [CompletionItem(typed, type="file")]
    try:
        with open_index(ctx.params.get("location") or default_location(), create=False) as index:
            every = (f"{match.path}#{match.ordinal}" for match in index.search("*").matches)
            ids = islice((name for name in every if name.startswith(typed)), MANY)
            return items + [CompletionItem(name) for name in ids if name.isprintable()]
    except LsqError:
        return items


def fields(ctx: click.Context, param: click.Parameter, typed: str) -> list["CompletionItem"]:  # noqa: ARG001  # likewise
    """The fields of a query."""
    from click.shell_completion import CompletionItem

    from lsq.query.fields import FIELDS

    return [CompletionItem(f"{name}:") for name in FIELDS if name.startswith(typed)]
