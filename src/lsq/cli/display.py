"""The settings for output, and what stdout supports. Imports no click, for `lsq.cli.quick`.

Sources: https://no-color.org, https://bixense.com/clicolors, terminfo(5) for TERM=dumb.
"""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from lsq.messages import _
from lsq.output import BINARY, FORMATS, MARKED, Format, OutputOptions

if TYPE_CHECKING:
    from lsq.output.links import LinkFormat
    from lsq.search.snippets.cuts import Cut

# The default number of snippets of a hit, where each is a line and elsewhere.
IN_LINES: Final = 1
IN_A_HIT: Final = 3
# The default number of hits at a terminal.
TERMINAL_LIMIT: Final = 10

# Values of TERM for terminals without colours, and without links.
_DUMB = {"", "dumb", "unknown"}
_LINKLESS = _DUMB | {"linux"}


class Display(NamedTuple):
    """The settings for colours, links and the pager.

    Attributes:
        color: auto, always or never.
        pager: auto, always or never.
        hyperlink_format: a format for `lsq.output.links`; None for the default.
        bom: begin a table with a byte order mark.
    """

    color: str = "auto"
    pager: str = "auto"
    hyperlink_format: str | None = None
    bom: bool = False

    @property
    def at_terminal(self) -> bool:
        """Whether stdout is a terminal."""
        return sys.stdout.isatty()

    @property
    def colour(self) -> bool:
        """Whether escape sequences may style the output."""
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("CLICOLOR_FORCE", "0") not in {"", "0"}:
            return True
        return self.at_terminal and _terminal() not in _DUMB

    def links(self) -> "LinkFormat | None":
        """The format of links; None by default unless the terminal supports them."""
        if not self.colour:
            return None
        if self.hyperlink_format is None and (not self.at_terminal or _terminal() in _LINKLESS):
            return None
        from lsq.output.links import LinkFormat

        return LinkFormat(self.hyperlink_format or "default")

    def links_in_documents(self) -> "LinkFormat | None":
        """The format of links in documents, which are read outside this terminal."""
        from lsq.output.links import FILES, LinkFormat

        return LinkFormat(self.hyperlink_format or FILES)

    def check(self, format_: str) -> None:
        """Check that a format goes with the options and with stdout.

        Raises:
            click.UsageError: it does not; the message says what to do instead.
        """
        if self.bom and format_ not in MARKED:
            raise _usage_error(_("--bom goes with --format csv or tsv."))
        if self.at_terminal and format_ in BINARY:
            raise _usage_error(
                _(
                    "--format {form} is a file for another program, which a terminal cannot show; "
                    "write it to one: lsq … --format {form} > lsq.{form}"
                ).format(form=format_)
            )

    def mark(self) -> None:
        """Write the byte order mark if `bom` is set and stdout is not a terminal."""
        if self.bom and not self.at_terminal:
            sys.stdout.write("\ufeff")

    def paged(self, line: int = 0) -> AbstractContextManager[TextIO]:
        """Stdout, or at a terminal a pager that starts at `line`, from 0."""
        if sys.platform == "win32" and self.at_terminal:
            from colorama import just_fix_windows_console

            just_fix_windows_console()
        self.mark()
        if self.pager == "never" or not self.at_terminal or _terminal() in _DUMB:
            return nullcontext(sys.stdout)
        from lsq.output.pager import paged

        return paged(sys.stdout, always=self.pager == "always", line=line)


class Printing(NamedTuple):
    """The options for printing hits.

    Attributes:
        format_: the name of the format; None for the default of stdout.
        explain: explain each hit.
        snippets: the maximum number of pieces of a hit; None for the format's default.
        context: print sentences as pieces, with this many before and after that of a match.
        only_matching: print the matches as pieces.
        null: end each path with NUL.
    """

    format_: str | None = None
    explain: bool = False
    snippets: int | None = None
    context: int | None = None
    only_matching: bool = False
    null: bool = False

    @property
    def given(self) -> set[str]:
        """The options that were given on the command line."""
        given = {
            "--format": self.format_ is not None,
            "--snippets": self.snippets is not None,
            "--context": self.context is not None,
            "-o": self.only_matching,
            "-0": self.null,
        }
        return {option for option, is_given in given.items() if is_given}

    def resolve(self, display: Display) -> tuple[Format, OutputOptions]:
        """The format and its options.

        Raises:
            click.UsageError: the format does not support one of the options.
        """
        lines = self.only_matching or self.null
        default = "terminal" if display.at_terminal and not lines else "plain"
        format_ = FORMATS[self.format_ or default]
        display.check(format_.name)
        if self.null and not format_.null:
            raise _usage_error(
                _("-0 goes with -l or --format plain, not with {form}.").format(form=format_.name)
            )
        if self.only_matching and not format_.lines:
            raise _usage_error(
                _("-o prints lines: it does not go with {form}.").format(form=format_.name)
            )
        if self.explain and not format_.explains:
            raise _usage_error(
                _("--explain does not go with {form}; use --format jsonl.").format(
                    form=format_.name
                )
            )
        if format_.document:
            links = display.links_in_documents()
        else:
            links = display.links() if format_.links else None
        return format_, OutputOptions(display.colour, self.explain, links, self.null)

    def shown(self, format_: Format) -> "int | Cut":
        """The `Cut` of the options, for `lsq.search.searcher.search`."""
        most = self.snippets or (IN_LINES if format_.per_snippet else IN_A_HIT)
        if not self.only_matching and self.context is None:
            return most
        from lsq.search.snippets.cuts import matches, sentences

        return matches(self.snippets) if self.context is None else sentences(self.context, most)


def _usage_error(message: str) -> Exception:
    from click import UsageError

    return UsageError(message)


def _terminal() -> str:
    # Windows does not set TERM.
    return os.environ.get("TERM", "windows" if os.name == "nt" else "")
