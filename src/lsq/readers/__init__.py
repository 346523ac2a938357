"""Read a source file into lines, each with its place. One module a format.

A new format is a module with a function `read(path) -> Bulletin` and a line in
`READERS`. A reader knows nothing of paragraphs or articles.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from lsq.errors import ReadError
from lsq.model import Bulletin

# File name suffix → the module of this package that reads it.
READERS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
}


def is_readable(path: str) -> bool:
    """Whether some reader takes files of that name."""
    return Path(path).suffix.lower() in READERS


def read(path: str) -> Bulletin:
    """Read the file at `path` with the reader for its format.

    Raises:
        ReadError: no reader takes it, or the one that does cannot read it.
    """
    module = READERS.get(Path(path).suffix.lower())
    if module is None:
        formats = " ".join(sorted(READERS))
        raise ReadError(path, f"not a format lsq reads; it reads {formats}")
    reader: Callable[[str], Bulletin] = import_module(f"lsq.readers.{module}").read
    try:
        return reader(path)
    except OSError as error:
        raise ReadError(path, f"cannot be read: {error.strerror or error}") from error
