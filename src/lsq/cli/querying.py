"""The query argument and its options, passed to a command as one request."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from lsq.cli.options import fields, filter_options, index_option
from lsq.cli.streams import decode_argument
from lsq.messages import _
from lsq.query.fields import FIELDS
from lsq.search.request import EVERYTHING, SearchRequest

if TYPE_CHECKING:
    from lsq.search.thesaurus import Table


class QueryCommand(click.Command):
    """Treats `-空间` and `-title:规划` as parts of the query, not as options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # A space before the minus hides it from click; the query ignores it.
        return super().parse_args(ctx, [f" {arg}" if _excludes(arg) else arg for arg in args])


def _excludes(arg: str) -> bool:
    if arg[:1] != "-":
        return False
    if not arg[1:2].isascii() or arg[1:2] in {'"', "(", "/"}:
        return True
    name = arg[1:].replace("：", ":").replace("（", "(").casefold()
    return name.startswith(("near/", "near(", "sentence(", "paragraph(")) or (
        ":" in name and name.partition(":")[0] in FIELDS
    )


def query_options(command: Callable[..., int]) -> Callable[..., int]:
    """The query and its options, passed to the command as `query`, `request` and `location`.

    `query` is the words as typed; `request` combines them with the options.
    """

    @wraps(command)
    def with_request(
        query: tuple[str, ...], no_synonyms: bool, synonyms: str | None, **values: Any
    ) -> int:
        filters = values.pop("filters")
        if not query and not filters:
            raise click.UsageError(_("Missing argument 'QUERY…', or a filter option."))
        if no_synonyms and synonyms:
            raise click.UsageError(_("--synonyms does not go with --no-synonyms."))
        table: bool | Table = not no_synonyms
        if synonyms:
            from lsq.search.thesaurus import read_user_synonyms

            table = read_user_synonyms(synonyms)
        typed = decode_argument(" ".join(query)) if query else EVERYTHING
        any_word, literal = values.pop("any_word"), values.pop("literal")
        request = SearchRequest(typed, any_word, filters, literal=literal, synonyms=table)
        return command(query=query, request=request, **values)

    for option in reversed(_OPTIONS):
        with_request = option(with_request)
    located = index_option(filter_options(with_request))
    return click.argument("query", metavar="QUERY…", nargs=-1, shell_complete=fields)(located)


_OPTIONS = [
    click.option(
        "--any",
        "any_word",
        is_flag=True,
        help="For questions: match articles that contain at least one of the words. "
        "Exclusions and filters still apply.",
    ),
    click.option(
        "--no-synonyms",
        is_flag=True,
        help="Search only for the words as typed. By default synonyms are searched for too, and "
        "with --any the official terms for everyday words.",
    ),
    click.option(
        "--synonyms",
        metavar="FILE",
        type=click.Path(),
        help="A file of synonyms besides lsq's own; on each line everyday words, TAB, official "
        "words, TAB, and = (they mean the same) or > (for --any); | separates several words.",
    ),
    click.option(
        "-F",
        "--literal",
        is_flag=True,
        help="Match every run of characters literally, as if it were in quotes.",
    ),
]
