"""The options that say what of a hit is printed, as one value for the command."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from lsq.messages import _

if TYPE_CHECKING:
    from lsq.search.snippets.cuts import Cut

# How many snippets a hit has where a line is one of them, and where it has them all.
_IN_LINES, _IN_A_HIT = 1, 3
_TABLES = {"tsv", "csv"}
_LINES = {"plain", *_TABLES}


class Printing(NamedTuple):
    """What is printed of a hit.

    Attributes:
        snippets: at most so many pieces of it; None for what suits the format.
        context: these are sentences, so many before and after that of a match.
        only_matching: these are the matches.
        null: after a path stands NUL.
    """

    snippets: int | None
    context: int | None
    only_matching: bool
    null: bool

    @property
    def given(self) -> set[str]:
        """The options that were given."""
        given = {
            "--snippets": self.snippets is not None,
            "--context": self.context is not None,
            "-o": self.only_matching,
            "-0": self.null,
        }
        return {option for option, is_given in given.items() if is_given}

    def form(self, asked: str | None, *, at_terminal: bool, explain: bool) -> str:
        """The form of output, of `lsq.output.FORMATS`.

        Raises:
            click.UsageError: what was asked for does not go with it.
        """
        lines = self.only_matching or self.null
        form = asked or ("terminal" if at_terminal and not lines else "plain")
        if self.null and form != "plain":
            raise click.UsageError(
                _("-0 goes with -l or --format plain, not with {form}.").format(form=form)
            )
        if self.only_matching and form == "terminal":
            raise click.UsageError(_("-o prints lines: it goes with any format but terminal."))
        if explain and form in _TABLES:
            raise click.UsageError(
                _("--explain does not go with {form}; use --format jsonl.").format(form=form)
            )
        return form

    def shown(self, form: str) -> "int | Cut":
        """What to show of an article, for `lsq.search.searcher.search`."""
        most = self.snippets or (_IN_LINES if form in _LINES else _IN_A_HIT)
        if not self.only_matching and self.context is None:
            return most
        from lsq.search.snippets.cuts import matches, sentences

        return matches(self.snippets) if self.context is None else sentences(self.context, most)


def printing_options(command: Callable[..., int]) -> Callable[..., int]:
    """The options, given to the command as `printing`, a `Printing`."""

    @wraps(command)
    def printing(**values: Any) -> int:
        given = Printing(*(values.pop(name) for name in Printing._fields))
        if given.only_matching and given.context is not None:
            raise click.UsageError(_("-o prints matches alone: it does not go with --context."))
        return command(printing=given, **values)

    for option in reversed(_OPTIONS):
        printing = option(printing)
    return printing


_OPTIONS = [
    click.option(
        "--snippets",
        type=click.IntRange(min=1),
        metavar="N",
        help="Show at most N pieces of a hit; in plain, tsv and csv each is a line. Default: "
        f"{_IN_LINES} in these, {_IN_A_HIT} in others, all with -o.",
    ),
    click.option(
        "--context",
        type=click.IntRange(min=0),
        metavar="N",
        help="Show the sentence of a match, and N before and after it, instead of a snippet.",
    ),
    click.option(
        "-o", "--only-matching", is_flag=True, help="Show each match itself, on its own line."
    ),
    click.option(
        "-0",
        "--null",
        is_flag=True,
        help="Put NUL, which no name has in it, after each path: with -l instead of the line "
        "end, in plain instead of the colon. In a pipe the path is then exact.",
    ),
]
