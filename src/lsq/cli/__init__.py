"""The command line: thin commands over `lsq.index`, and the one place where errors are printed.

`commands` is the table of commands. `quick` answers the most frequent one, `lsq search` with
words, without click, because importing click takes as long as a search in a small index.

Exit codes: 0 something was found or done, 1 nothing was found, 2 an error. An interrupt kills
the process by SIGINT (130 in a shell).
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
from lsq.messages import _, is_chinese, system_message

FAILED = 2
INTERRUPTED = 130


class _Interrupts:
    """A handler of SIGINT that records interrupts.

    If an interrupt arrives while C code runs, for example in an import, that code may raise
    another error instead of KeyboardInterrupt.
    """

    def __init__(self) -> None:
        self.any = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.any = True
        signal.default_int_handler(number, frame)


_interrupts = _Interrupts()


def run() -> NoReturn:
    """Run the command line as the program `lsq`, and end the process."""
    # A search ends before garbage collection pays; indexing enables it.
    gc.disable()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupts)
    code = main()
    # The work is done or has failed, so there is nothing left to interrupt.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if code == INTERRUPTED:
        streams.end_interrupted(code)
    if "multiprocessing" not in sys.modules:
        # Skip Python's clean-up, which takes 8 ms.
        with suppress(OutputError):  # an earlier error has been reported
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
    except BrokenPipeError:
        streams.end_unread()
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
                streams.report(line)  # arguments may contain control characters
        case QueryError():
            streams.say(streams.format_query_error(error))
        case RootError():
            for failure in error.failures:
                streams.note(str(failure))
            streams.note(_("the index stays as it is"))
        case LsqError():
            streams.note(str(error))
        case OSError(errno=int(), strerror=str()):
            streams.note(f"{_place(error)}{system_message(error)}")
        case MemoryError():
            streams.note(_("not enough memory; end other programs"))
        case _:
            internal = _("internal error: {kind}: {error}")
            streams.note(internal.format(kind=type(error).__name__, error=error))
            streams.say(_("This is a defect of lsq. Set LSQ_DEBUG=1 to see where, and report it."))


def _place(error: OSError) -> str:
    """The file named by a system error, to put before its message."""
    named = error.filename
    return f"{os.fsdecode(named)}: " if isinstance(named, str | bytes) else ""
