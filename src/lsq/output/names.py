"""How file names are printed: for people, or for the program that will open the files."""

import os
from collections.abc import Iterable
from typing import TextIO

from lsq.output.safety import harmless


def exact(path: str) -> str:
    """The path as a text that is written, to a pipe, as the bytes the file system knows.

    Needs a stream as `lsq.cli.streams` makes it: UTF-8, with surrogates for other bytes.
    """
    try:
        return os.fsencode(path).decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # no name of this system; indexed on another
        return path


def write_paths(paths: Iterable[str], out: TextIO, *, null: bool) -> None:
    """Write a path a line; with `null`, each ends with NUL instead, and is exact in a pipe."""
    named = exact if null and not out.isatty() else harmless
    end = "\0" if null else "\n"
    out.writelines(f"{named(path)}{end}" for path in paths)
