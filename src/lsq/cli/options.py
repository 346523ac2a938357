"""Options that several commands have, and which index is meant without one."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

FOLDER = "index"
VARIABLE = "LSQ_INDEX"

# An argument in whose place stands what another program gives on standard input.
MARK = "-"
STDIN = "standard input"

Command = TypeVar("Command", bound=Callable[..., Any])


def index_option(command: Command) -> Command:
    """The option `-i/--index`, given to the command as `location`."""
    return click.option(
        "-i",
        "--index",
        "location",
        metavar="LOCATION",
        envvar=VARIABLE,
        shell_complete=_folders,
        default=_nearest,
        help="The folder of the index, or its URL on a cluster: https://HOST:PORT/NAME. "
        "Default: $LSQ_INDEX, else index/ in this folder or in the nearest parent that has one.",
    )(ca_file_option(command))


def ca_file_option(command: Command) -> Command:
    """The option `--ca-file`, which is handed on by the environment, like all credentials."""
    return click.option(
        "--ca-file",
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE",
        expose_value=False,
        callback=_trust,
        help="For a cluster: the certificate of the authority that vouches for it. "
        "Default: $LSQ_CA_FILE, else those that the system trusts.",
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


def default_location() -> str:
    """Where the index is for a command that is not told."""
    return os.environ.get(VARIABLE) or _nearest()


def _folders(ctx: click.Context, param: click.Parameter, typed: str) -> list["CompletionItem"]:  # noqa: ARG001  # click's signature
    """What a shell offers for the option: it completes folders itself."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(typed, type="dir")]


def _nearest() -> str:
    """The nearest `index/` that is an index, looking upwards; else the one in this folder."""
    from lsq.engines import is_index

    folder = os.getcwd()
    while not is_index(os.path.join(folder, FOLDER)):
        parent = os.path.dirname(folder)
        if parent == folder:
            return FOLDER
        folder = parent
    return os.path.relpath(os.path.join(folder, FOLDER))
