"""What a search asks, and how its hits are to look: many options as two values.

Knows which of the options make sense together.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from lsq.cli.display import Display
from lsq.cli.printing import Printing
from lsq.messages import _
from lsq.model import Sort

if TYPE_CHECKING:
    from lsq.index import Index
    from lsq.query.filters import Filters
    from lsq.search.searcher import Results

TERMINAL_LIMIT = 10


class Asked(NamedTuple):
    """What is asked of an index.

    Attributes:
        query: as typed.
        any_word: not all of it need apply.
        filters: what limits the search besides.
        sort: what comes first.
        offset: how many hits to leave out.
        limit: how many are wanted after that; 0 for all, None for what suits the output.
    """

    query: str
    any_word: bool
    filters: "Filters | None"
    sort: Sort
    offset: int
    limit: int | None

    @property
    def limits(self) -> dict[str, Any]:
        """What decides, beside the query, which articles match."""
        return {"any_word": self.any_word, "filters": self.filters}


class Look(NamedTuple):
    """How hits are to look.

    Attributes:
        format: what was asked for, of `lsq.output.FORMATS`.
        printing: what is printed of a hit.
        display: how and where to.
        explain: whether to say of each why it matches.
    """

    format: str | None
    printing: Printing
    display: Display
    explain: bool

    @property
    def form(self) -> str:
        """The form of output; raises click.UsageError where options do not go together."""
        return self.printing.form(
            self.format, at_terminal=self.display.at_terminal, explain=self.explain
        )

    def searching(self, index: "Index", asked: Asked) -> Callable[[str], "Results"]:
        """Finds for any query what is to be printed of it."""
        limit = asked.limit
        if limit is None and self.display.at_terminal:
            limit = TERMINAL_LIMIT
        return partial(
            index.search,
            limit=limit or None,
            snippets=self.printing.shown(self.form),
            offset=asked.offset,
            sort=asked.sort,
            **asked.limits,
        )


def check(look: Look, ways: set[str], *, listed: bool) -> None:
    """Refuse options that make no sense together, before an index is opened.

    Args:
        look: how hits are to look.
        ways: the options that ask for something else than hits, or for no lines.
        listed: whether there are many queries, on standard input.

    Raises:
        click.UsageError: what is refused, and what to do instead.
    """
    if listed and ways - {"-c"}:
        raise click.UsageError(_("-l, -q, --open and --explain-id want one query, not a list."))
    if "--open" in ways and (ways != {"--open"} or look.explain):
        raise click.UsageError(_("--open prints nothing: it does not go with what asks for lines."))
    if ways & {"-l", "-c", "-q"} and (look.explain or "--explain-id" in ways):
        raise click.UsageError(_("What explains hits does not go with -l, -c or -q."))
    if not ways:
        form = look.form
        if listed:
            from lsq.output.batch import NAMING

            if form not in NAMING:
                raise click.UsageError(
                    _(
                        "Queries from standard input need a format that names them: --format "
                        "json, jsonl, tsv or csv; or -c."
                    )
                )
        return
    if "-q" in ways:  # as in grep, before which all that asks for lines gives way
        return
    idle = look.printing.given - ({"-0"} if "-l" in ways else set())
    if look.format and "--explain-id" not in ways:
        idle |= {"--format"}
    if idle:
        raise click.UsageError(
            _("{idle}: this says how hits are printed, and does not go with {ways}.").format(
                idle=", ".join(sorted(idle)), ways=", ".join(sorted(ways))
            )
        )
