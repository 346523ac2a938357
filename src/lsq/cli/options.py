"""Options and arguments that several commands share, and their completion in a shell."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lsq.cli.location import VARIABLE, default_location, nearest
from lsq.cli.streams import decode_argument
from lsq.messages import _
from lsq.model import OCR_MODES
from lsq.query.fields import FIELDS, SPECS, TEXTS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


# The argument for standard input.
MARK = "-"
STDIN = "standard input"

Command = TypeVar("Command", bound=Callable[..., Any])


def number_option(
    names: str, help_text: str, *, least: int = 0, most: int | None = None, **settings: Any
) -> Callable[[Command], Command]:
    """An option that takes a whole number, N.

    Args:
        names: its names, separated by `/`; the last may be that of the parameter.
        help_text: its help.
        least: the smallest number.
        most: the largest; None for no limit.
        settings: other settings of click, such as the default.
    """
    kind = click.IntRange(least, most)
    return click.option(*names.split("/"), type=kind, metavar="N", help=help_text, **settings)


def limit_option(what: str) -> Callable[[Command], Command]:
    """The option `-n/--limit`; `what` completes its help with what it limits, and the default."""
    return number_option("-n/--limit", f"Print at most N {what}")


def index_option(command: Command) -> Command:
    """The options `-i/--index`, passed to the command as `location`, and `--ca-file`."""
    return click.option(
        "-i",
        "--index",
        "location",
        metavar="LOCATION",
        envvar=VARIABLE,
        shell_complete=_folders,
        default=nearest,
        help="The folder of the index, or its URL on a cluster: https://HOST:PORT/NAME. "
        "Default: $LSQ_INDEX, else index/ in this folder or in the nearest parent that has one.",
    )(ca_file_option(command))


def ca_file_option(command: Command) -> Command:
    """The option `--ca-file`; its value goes to the environment, like all credentials."""
    return click.option(
        "--ca-file",
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE",
        expose_value=False,
        callback=_trust,
        help="For a cluster: the file of the CA certificate that signed its certificate. "
        "Default: $LSQ_CA_FILE, else the system's CAs.",
    )(command)


def ocr_option(command: Command) -> Command:
    """The option `--ocr`, for commands that read files."""
    return click.option(
        "--ocr",
        type=click.Choice(OCR_MODES),
        default=OCR_MODES[0],
        envvar="LSQ_OCR",
        help="When to recognise the text of pages: auto for scanned pages and pictures, if OCR is "
        "installed; never; always for pages that have text, too. Default: $LSQ_OCR, else auto.",
    )(command)


def wait_option(command: Command) -> Command:
    """The option `--wait`, for commands that write."""
    return click.option(
        "--wait",
        type=click.FloatRange(min=0),
        default=0,
        metavar="SECONDS",
        help="How long to wait while another process writes to the index.",
    )(command)


def _trust(_context: click.Context, _option: click.Parameter, file: str | None) -> None:
    if file:
        os.environ["LSQ_CA_FILE"] = file


def _folders(ctx: click.Context, param: click.Parameter, typed: str) -> list["CompletionItem"]:  # noqa: ARG001  # click's signature
    """Completion for `--index`: the shell completes folders itself."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(typed, type="dir")]


def filter_options(command: Callable[..., int]) -> Callable[..., int]:
    """The filter options, passed to the command as `filters`; None without any."""

    @wraps(command)
    def filtered(**values: Any) -> int:
        from lsq.query.filters import Filters

        given: dict[str, Any] = {name: values.pop(name) for name in ("since", "until", *TEXTS)}
        for name in TEXTS:
            given[name] = tuple(map(decode_argument, given[name]))
        filters = Filters(**given)
        return command(filters=filters or None, **values)

    for spec in reversed([spec for spec in SPECS if spec.text]):
        filtered = click.option(
            f"--{spec.name}",
            spec.name,
            multiple=True,
            metavar="TEXT",
            help=f"{spec.help} Repeat it for alternatives.",
        )(filtered)
    dates = "2020, 2020-08 or 2020-08-26."
    filtered = click.option("--until", metavar="DATE", help=f"Dated then or earlier: {dates}")(
        filtered
    )
    return click.option("--since", metavar="DATE", help=f"Dated then or later: {dates}")(filtered)


def path_list_option(command: Callable[..., int]) -> Callable[..., int]:
    """The option `-0/--null`; replaces `-` in `paths` by the paths on standard input."""

    @wraps(command)
    def listed(*, paths: tuple[str, ...], null: bool, **values: Any) -> int:
        if null and MARK not in paths:
            raise click.UsageError(_("-0 is for paths on standard input: lsq … -0 -"))
        expanded: list[str] = []
        for path in paths:
            expanded.extend(_listed(null=null) if path == MARK else [path])
        return command(paths=tuple(expanded), **values)

    return click.option(
        "-0",
        "--null",
        is_flag=True,
        help=f"Paths on {STDIN} end with NUL, as find -print0 writes them, not with line ends.",
    )(listed)


# In bytes: millions of paths, as many as memory holds. A device may never end.
_LONGEST_LIST = 256 << 20


def _listed(*, null: bool) -> Iterator[str]:
    """The paths on standard input, of any bytes, without empty ones."""
    everything = sys.stdin.buffer.read(_LONGEST_LIST + 1)
    if len(everything) > _LONGEST_LIST:
        raise click.UsageError(
            _("standard input has more than 256 MB of paths; name their folders instead")
        )
    for name in everything.split(b"\0") if null else everything.splitlines():
        if name:
            yield os.fsdecode(name)


# The maximum number of ids that a shell shows.
_MAX_IDS = 1000


def articles(ctx: click.Context, param: click.Parameter, typed: str) -> list["CompletionItem"]:  # noqa: ARG001  # click's signature
    """Completion for files, and for ids in the index of the command."""
    from click.shell_completion import CompletionItem

    from lsq.errors import LsqError
    from lsq.index import open_index

    # Shells that offer either files or words take the last kind.
    items = [CompletionItem(typed, type="file")]
    try:
        with open_index(ctx.params.get("location") or default_location(), create=False) as index:
            ids = islice(index.ids(typed), _MAX_IDS)
            return items + [CompletionItem(name) for name in ids if name.isprintable()]
    except LsqError:
        return items


def fields(ctx: click.Context, param: click.Parameter, typed: str) -> list["CompletionItem"]:  # noqa: ARG001  # likewise
    """Completion for the fields of a query."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(f"{name}:") for name in FIELDS if name.startswith(typed)]
