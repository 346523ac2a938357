"""Suggest what to type after common mistakes at the command line.

Loaded only if a command or an option is unknown, or a query names a folder.
"""

import os
import shlex
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import pairwise

import click

from lsq.messages import _

# Options of other search programs → options of lsq.
_ELSEWHERE = {
    "--json": "--format json",
    "--jsonl": "--format jsonl",
    "--csv": "--format csv",
    "--tsv": "--format tsv",
    "-A": "--context",
    "-B": "--context",
    "-C": "--context",
    "--after": "--since",
    "--after-context": "--context",
    "--before": "--until",
    "--before-context": "--context",
    "--fixed-strings": "--literal",
    "--from": "--since",
    "--glob": "--path",
    "--max-count": "--limit",
    "--no-color": "--color never",
    "--no-pager": "--pager never",
    "--or": "--any",
    "-m": "--limit",
    "-g": "--path",
    "--silent": "--quiet",
    "--to": "--until",
    "-v": "--version",
}
_COMMANDS = {
    "find": "search",
    "grep": "search",
    "query": "search",
    "add": "index",
    "update": "index",
    "delete": "forget",
    "remove": "forget",
    "rm": "forget",
    "cat": "show",
    "view": "show",
    "ls": "info",
    "status": "info",
    "cp": "copy",
}


def unknown_command(args: Sequence[str], commands: Iterable[str], ctx: click.Context) -> Exception:
    """The error for an unknown command, with a suggestion.

    Args:
        args: the arguments as typed; the first is the unknown command.
        commands: the names of all commands.
        ctx: click's context.
    """
    name = args[0]
    close = [_COMMANDS[name]] if name in _COMMANDS else get_close_matches(name, commands, 1)
    error = _("No such command {name!r}.").format(name=name)
    if close:
        command = f"lsq {close[0]}"
        return click.UsageError(
            _("{error} Did you mean: {command}?").format(error=error, command=command), ctx
        )
    command = f"lsq search {' '.join(map(quoted, args))}"
    return click.UsageError(
        _("{error} To search for it: {command}").format(error=error, command=command), ctx
    )


def unknown_option(error: click.NoSuchOption, args: Sequence[str]) -> Exception:
    """The error for an unknown option, with a suggestion.

    Args:
        error: click's error.
        args: the arguments as typed.
    """
    name = error.option_name
    ctx = error.ctx
    known = [one for param in ctx.command.params for one in param.opts] if ctx else []
    typed = next((arg for arg in args if arg.startswith(name)), name)
    reason = _("No such option {name!r}.").format(name=name)
    meant = _ELSEWHERE.get(name, "")
    if meant.split(" ")[0] in known:
        close = [meant]
    elif name.startswith("--"):
        close = get_close_matches(name, [one for one in known if one.startswith("--")], 2)
    else:
        close = []
    if close:
        return click.UsageError(
            _("{error} Did you mean: {command}?").format(error=reason, command=", ".join(close)),
            ctx,
        )
    if ctx and ctx.command.name == "search" and not typed.startswith("--"):
        # It may be text, such as a temperature, or a word to exclude, maybe the only one.
        alone = not _words(args[args.index("search") + 1 :], ctx.command)
        return click.UsageError(
            _("{error} To exclude a word: {exclude}; to find this text: {find}").format(
                error=reason,
                exclude=quoted(f"{'* ' if alone else ''}NOT {typed[1:].strip()}"),
                find=shlex.quote(f'"{typed}"'),
            ),
            ctx,
        )
    return click.UsageError(reason, ctx)


def _words(args: Sequence[str], command: click.Command) -> list[str]:
    """The arguments of a command that are neither options nor their values."""
    options = [param for param in command.params if isinstance(param, click.Option)]
    valued = {name for one in options if not (one.is_flag or one.count) for name in one.opts}
    pairs = pairwise(("", *args))
    return [arg for last, arg in pairs if arg[:1] != "-" and last not in valued]


def folder_note(words: Sequence[str]) -> str:
    """The note for a query that names an existing folder; empty if it names none."""
    for word in words:
        if os.path.isdir(word):
            rest = [quoted(other) for other in words if other != word]
            return _("{word} is a folder; to search in it: {command}").format(
                word=word,
                command=" ".join(["lsq search", *rest, f"--path {quoted(word)}"]),
            )
    return ""


def quoted(text: str) -> str:
    """Quote an argument for a shell; ideographs need no quotes."""
    plain = all(char.isalnum() or char in "-_./:：=@%+,，。" for char in text)
    return text if text and plain else shlex.quote(text)
