"""Paths that another program lists on standard input, in the place of the argument `-`."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import click

from lsq.cli.options import MARK, STDIN


def path_list_option(command: Callable[..., int]) -> Callable[..., int]:
    """The option `-0/--null`; gives the command `paths` with what is listed among them."""

    @wraps(command)
    def listed(*, paths: tuple[str, ...], null: bool, **values: Any) -> int:
        if null and MARK not in paths:
            raise click.UsageError(f"-0 is for paths that {STDIN} lists: lsq … -0 {MARK}")
        every: list[str] = []
        for path in paths:
            every.extend(_listed(null=null) if path == MARK else [path])
        return command(paths=tuple(every), **values)

    return click.option(
        "-0",
        "--null",
        is_flag=True,
        help=f"The paths that {STDIN} lists end with NUL, as find -print0 writes them; "
        "otherwise they are lines.",
    )(listed)


def _listed(*, null: bool) -> Iterator[str]:
    """The paths, whatever bytes they are, but for empty ones."""
    everything = sys.stdin.buffer.read()
    for name in everything.split(b"\0") if null else everything.splitlines():
        if name:
            yield os.fsdecode(name)
