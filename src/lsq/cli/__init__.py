"""The command line: thin commands over `lsq.index`, and the one place errors are printed.

The commands are in `commands`. The commonest of them, `lsq search` with words, is recognised
by `quick` and answered without click, which takes as long to import as a search in a small
index takes.

Exit codes: 0 something was found or done, 1 nothing was found, 2 an error; an interrupt
ends the program as it ends others (130 in a shell).
"""

import gc
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from lsq.cli import streams
from lsq.errors import LsqError, OutputError, QueryError, RootError
from lsq.messages import _, answer, is_chinese

FAILED = 2
INTERRUPTED = 130


class _Interrupts:
    """The program's handler of interrupts, which recognises an error caused by one.

    Where an interrupt comes while C code runs, such as an import's, that may raise an error of
    its own, which does not refer to the KeyboardInterrupt.
    """

    def __init__(self) -> None:
        self.any = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.any = True
        signal.default_int_handler(number, frame)


_interrupts = _Interrupts()


def run() -> NoReturn:
    """Run the command line as the program `lsq`, and end the process."""
    # A search ends before there is garbage worth collecting; indexing turns collection on.
    gc.disable()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupts)
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
        from lsq.cli.quick import quick_search

        code = quick_search(sys.argv[1:])
        if code is None:
            from lsq.cli.commands import run_command

            code = run_command()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # where there is no SIGPIPE
        streams.give_up_output()
        return FAILED
    except OutputError as error:
        streams.give_up_output()
        _print_error(error)
        return FAILED
    except Exception as error:
        return INTERRUPTED if _interrupts.any else _failed(error)
    return code or 0


def _failed(error: Exception) -> int:
    """Print an error that ends the program; returns the exit code."""
    import click

    if isinstance(error, click.Abort):
        return INTERRUPTED
    if isinstance(error, click.NoSuchOption):
        from lsq.cli.mistakes import unknown_option

        error = unknown_option(error, sys.argv[1:])
    elif os.environ.get("LSQ_DEBUG"):
        raise error
    _print_error(error)
    return FAILED


def _print_error(error: Exception) -> None:
    from click import BadParameter, ClickException

    match error:
        case ClickException():
            from io import StringIO

            error.show(shown := StringIO())
            text = shown.getvalue()
            if isinstance(error, BadParameter) and is_chinese():
                from lsq.cli.chinese import ranges_in_words

                text = ranges_in_words(text)
            for line in text.removesuffix("\n").split("\n"):
                streams.report(line)  # the argument may come from a list of names
        case QueryError():
            streams.say(streams.described(error))
        case RootError():
            for failure in error.failures:
                streams.note(str(failure))
            streams.note(_("the index stays as it is"))
        case LsqError():
            streams.note(str(error))
        case OSError(errno=int(), strerror=str()):
            streams.note(f"{_place(error)}{answer(error)}")
        case _:
            internal = _("internal error: {kind}: {error}")
            streams.note(internal.format(kind=type(error).__name__, error=error))
            streams.say(_("This is a defect of lsq. Set LSQ_DEBUG=1 to see where, and report it."))


def _place(error: OSError) -> str:
    """The file named by a system error, to put before its message."""
    named = error.filename
    return f"{os.fsdecode(named)}: " if isinstance(named, str | bytes) else ""
