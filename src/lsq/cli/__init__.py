"""The command line: thin commands over `lsq.index`, and the one place errors are printed.

A new command is a module here and a line in `COMMANDS`. A command's module is
imported when the command is run or asked about, and itself imports nothing at the top
but click and what is as light: `lsq --help` must not wait for jieba, Whoosh or rich.

Exit codes: 0 something was found or done, 1 nothing was found, 2 an error; an interrupt
ends the program as it ends others (130 in a shell).
"""

import gc
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

import click

from lsq import __version__
from lsq.cli import streams
from lsq.errors import LsqError, OutputError, QueryError, RootError
from lsq.messages import _, answer, is_chinese

FAILED = 2
INTERRUPTED = 130


# The commands in the order of help, and the modules they are in.
COMMANDS = {
    "index": "lsq.cli.index",
    "search": "lsq.cli.search",
    "show": "lsq.cli.show",
    "kwic": "lsq.cli.kwic",
    "cite": "lsq.cli.cite",
    "diff": "lsq.cli.diff",
    "similar": "lsq.cli.similar",
    "watch": "lsq.cli.watch",
    "forget": "lsq.cli.index",
    "info": "lsq.cli.info",
    "copy": "lsq.cli.index",
    "mcp": "lsq.cli.mcp",
    "completion": "lsq.cli.completion",
}


# Click's own help text for it depends on click's version.
_HELP_NAMES = ("-h", "--help")
_help_option = click.help_option(*_HELP_NAMES, help="Show this message and exit.")


class _LateGroup(click.Group):
    """Commands that are imported when they are needed, and translated then."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._ready: dict[str, click.Command] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # likewise
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self._ready:
            command = _help_option(getattr(import_module(COMMANDS[cmd_name]), cmd_name))
            if is_chinese():
                from lsq.cli.chinese import translate

                translate(command)
            self._ready[cmd_name] = command
        return self._ready[cmd_name]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = str(args[0])
        # An argument that begins with a minus is an unknown option, which click reports.
        if not ctx.resilient_parsing and name not in COMMANDS and not name.startswith("-"):
            from lsq.cli.mistakes import unknown_command

            raise unknown_command(args, COMMANDS, ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_LateGroup, context_settings={"help_option_names": _HELP_NAMES})
@click.version_option(
    __version__,
    "-V",
    "--version",
    prog_name="lsq",
    message="%(prog)s %(version)s",
    help="Show the version and exit.",
)
@_help_option
def lsq() -> None:
    """Search Chinese government bulletins.

    \b
    Try it on the bulletins in seeds/:
      lsq index seeds/
      lsq search 国土空间规划
    """


def run() -> NoReturn:
    """Run the command line as the program `lsq`, and end the process."""
    # A search ends before there is garbage worth collecting; indexing turns collection on.
    gc.disable()
    code = main()
    # The work is done, or has been given up: nothing is left to interrupt.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if code == INTERRUPTED:
        streams.end_interrupted(code)
    if "multiprocessing" not in sys.modules:
        # The system frees everything at once; Python would take 8 ms.
        with suppress(OutputError):  # after another error, which has been reported
            sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def main() -> int:
    """Run the command line; returns the exit code."""
    streams.prepare()
    try:
        if is_chinese():
            from lsq.cli.chinese import speak_chinese, translate

            speak_chinese()
            translate(lsq)
        code = lsq.main(prog_name="lsq", standalone_mode=False)
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:  # where there is no SIGPIPE
        streams.give_up_output()
        return FAILED
    except OutputError as error:
        streams.give_up_output()
        _print_error(error)
        return FAILED
    except click.NoSuchOption as error:
        from lsq.cli.mistakes import unknown_option

        _print_error(unknown_option(error, sys.argv[1:]))
        return FAILED
    except Exception as error:
        if os.environ.get("LSQ_DEBUG"):
            raise
        _print_error(error)
        return FAILED
    return int(code or 0)


def _print_error(error: Exception) -> None:
    from lsq.cli.streams import described, note, report

    match error:
        case click.ClickException():
            from io import StringIO

            error.show(shown := StringIO())
            for line in shown.getvalue().removesuffix("\n").split("\n"):
                report(line)  # the argument may come from a list of names
        case QueryError():
            click.echo(described(error), err=True)
        case RootError():
            for failure in error.failures:
                note(str(failure))
            note(_("the index stays as it is"))
        case LsqError():
            note(str(error))
        case OSError(errno=int(), strerror=str()):
            note(f"{_place(error)}{answer(error)}")
        case _:
            internal = _("internal error: {kind}: {error}")
            note(internal.format(kind=type(error).__name__, error=error))
            click.echo(
                _("This is a defect of lsq. Set LSQ_DEBUG=1 to see where, and report it."),
                err=True,
            )


def _place(error: OSError) -> str:
    """The file named by a system error, to put before its message."""
    named = error.filename
    return f"{os.fsdecode(named)}: " if isinstance(named, str | bytes) else ""
