"""Derive `man/lsq.1`, the manual page, from the commands and their help, and print it.

    python tools/man_page.py > man/lsq.1

The page is committed, so that building lsq needs no lsq. It is written with the macros of
man(7): https://man7.org/linux/man-pages/man7/man.7.html.
"""

import sys
from collections.abc import Iterator
from inspect import cleandoc

import click

from lsq import __version__
from lsq.cli import lsq

INTRODUCTION = "searches Chinese government bulletins"
# click's mark for a paragraph that must not be wrapped.
AS_IT_IS = "\b"

REST = r"""
.SH EXIT STATUS
.TP
.B 0
Something was found, or done.
.TP
.B 1
Nothing was found.
.TP
.B 2
An error, which includes a file that could not be read and a query that is none.
.TP
.B 130
Interrupted.
.SH ENVIRONMENT
.TP
.B LSQ_INDEX
The folder of the index, or the URL of one on a cluster.
.TP
.B LSQ_TRUSTED
Folders with colons between: indexes in them may belong to other users than the one who runs
lsq, or root.
.TP
.BR LSQ_PAGER ", " PAGER
The program through which long output goes; \fBcat\fR for none.
.TP
.B LSQ_HYPERLINK_FORMAT
What the links of places lead to, as \fB\-\-hyperlink\-format\fR says.
.TP
.BR VISUAL ", " EDITOR
The editor for \fBlsq search \-\-open\fR.
.TP
.BR NO_COLOR ", " CLICOLOR_FORCE ", " TERM
Whether matches are coloured, unless \fB\-\-color\fR says: not with the first, always with the
second, and not at a terminal that is dumb.
.TP
.B LSQ_ROOT
For an index on a cluster: the folder that holds the files, if not the current one.
.TP
.BR LSQ_USER ", " LSQ_PASSWORD
Who one is to a cluster.
.TP
.BR LSQ_TOKEN ", " LSQ_API_KEY
A bearer token, or an API key, instead.
.TP
.BR LSQ_CLIENT_CERT ", " LSQ_CLIENT_KEY
The files of a client's certificate.
.TP
.B LSQ_CREDENTIALS
A file, for nobody else to read, that says all that instead.
.TP
.B LSQ_CA_FILE
A file of the authority that vouches for a cluster.
.TP
.B LSQ_ALLOW_PLAINTEXT
If 1, a cluster may be spoken to without TLS: the network between is trusted.
.TP
.B LSQ_DEBUG
If set, an internal error shows where it happened.
.SH FILES
.TP
.I index/
The folder of an index, looked for in the current folder and its parents.
"""


def page() -> Iterator[str]:
    """The manual page, line by line."""
    top = click.Context(lsq, info_name="lsq", **lsq.context_settings)
    yield f'.TH LSQ 1 "" "lsq {__version__}" "User Commands"'
    yield from (".SH NAME", f"lsq \\- {INTRODUCTION}")
    yield from (".SH SYNOPSIS", r"\fBlsq\fR \fICOMMAND\fR \fIARGUMENT\fR\&...")
    yield ".SH DESCRIPTION"
    yield from text(lsq.help or "")
    yield from options(lsq, top)
    yield ".SH COMMANDS"
    for name in lsq.list_commands(top):
        command = lsq.get_command(top, name)
        assert command is not None  # noqa: S101  # it is listed
        context = click.Context(command, top, info_name=name)
        yield f".SS {escaped(f'lsq {name}')}"
        usage = " ".join(command.collect_usage_pieces(context))
        yield f".B {escaped(f'lsq {name}')} {escaped(usage)}"
        yield ".PP"
        yield from text(command.help or "")
        yield from options(command, context)
    yield REST.strip()


def options(command: click.Command, context: click.Context) -> Iterator[str]:
    """The options of a command, each with what it does."""
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option):
            record = parameter.get_help_record(context)
            assert record is not None  # noqa: S101  # none is hidden
            yield from (".TP", f".B {escaped(record[0])}", escaped(described(parameter)))


def described(option: click.Option) -> str:
    """What an option does and its default, in words that do not depend on click's version."""
    default = option.show_default
    if not default:
        return option.help or ""
    shown = default if isinstance(default, str) else option.default
    return f"{option.help} The default is {shown}."


def text(help_text: str) -> Iterator[str]:
    """The help of a command: paragraphs, and lines that stay as they are."""
    for paragraph in cleandoc(help_text).split("\n\n"):
        kept = paragraph.startswith(AS_IT_IS)
        lines = paragraph.removeprefix(AS_IT_IS).strip("\n").splitlines()
        yield ".PP"
        if kept:
            yield from (".nf", *map(escaped, lines), ".fi")
        else:
            yield from (escaped(line.strip()) for line in lines)


def escaped(line: str) -> str:
    """A line of text that is no request to roff, and whose hyphens can be typed."""
    safe = line.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # a text file
    sys.stdout.writelines(f"{line}\n" for line in page())
