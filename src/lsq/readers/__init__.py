"""Read source files into lines, each with its place. One module per format.

    path → bytes → format → reader → Bulletin

A reader is a module with a function `read(path, data)` that returns a Bulletin, or several
(`Read`), and raises ReadError for what it cannot read; `lsq.readers.formats` lists it. A reader
does not open `path`, as the data may come from an archive. Readers are independent of
paragraphs and articles, and each library that parses a format is imported by one reader. A
document without text is reported here, unless its reader has more specific advice.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lsq.errors import ReadError
from lsq.messages import _, system_message
from lsq.model import Bulletin, Skipped
from lsq.readers import formats, names, sizes

if TYPE_CHECKING:
    from lsq.readers.drawn_page import Facsimile

Found = Bulletin | ReadError

# The result of a reader: one bulletin, or one for each sheet or record of a file.
Read = Bulletin | Iterable[Bulletin]
Begin = Callable[[str, int], None]

# In bytes. A bulletin of a whole year with pictures has 100 MB.
LARGEST = 256 << 20


def too_much_memory() -> str:
    """The reason for a file whose reading exceeds the memory bound."""
    return _("reading it takes more memory than any document needs; split it")


def is_readable(path: str) -> bool:
    """Whether files of this name are read when a folder is scanned."""
    return formats.is_wanted(path)


def is_picture(path: str) -> bool:
    """Whether the file at `path` is a picture, by its name."""
    return formats.named(path) == "image"


def is_plain(path: str) -> bool:
    """Whether the file at `path` is plain text, by its name and beginning.

    Reading plain text needs no library that could crash.
    """
    beginning = _beginning(path)
    return beginning is None or formats.is_plain(path, beginning)


def has_lines(path: str) -> bool:
    """Whether places in the file at `path` are its lines, as editors count them."""
    beginning = _beginning(path)
    return beginning is not None and formats.has_lines(path, beginning)


def _beginning(path: str) -> bytes | None:
    """The beginning of the file at `path`, enough to detect text; None if it cannot be read."""
    path = names.actual(path)
    if not Path(path).is_file():
        return None
    try:
        with open(path, "rb", opener=_open) as file:
            return file.read(formats.BEGINNING)
    except OSError:
        return None


def read_data(
    path: str,
    data: bytes,
    begin: Begin = lambda *_: None,
    skip: Callable[[Skipped], None] = lambda _: None,
) -> Iterator[Found]:
    """Read a file: one bulletin, or all of an archive.

    Unreadable parts are yielded as errors, and do not affect the others.

    Args:
        path: the path of the file.
        data: the content.
        begin: called before a member of an archive is read, with its path and size in bytes.
        skip: called with each member that no reader takes.
    """
    try:
        form = formats.detect(path, data)
    except ReadError as error:
        yield error
        return
    if form not in formats.CONTAINERS:
        yield from _attempt(path, data, form)
        return
    for member in import_module("lsq.readers.archive").members(path, data):
        if isinstance(member, Skipped):
            skip(member)
        elif isinstance(member, ReadError):
            yield member
        else:
            name, content, _form = member
            begin(name, len(content))
            yield from _attempt(*member)


def load(path: str) -> bytes:
    """The content of the file at `path`.

    Raises:
        ReadError: it cannot be read, or is too large to be a bulletin.
    """
    with _opened(path) as (file, size):
        # No more than `size`: a file that grows while it is read might never end. The next
        # update sees that its size has changed.
        return file.read(size)


def pieces(path: str) -> Iterator[bytes]:
    """The content of the file at `path` in pieces of a megabyte; raises as `load` does."""
    with _opened(path) as (file, size):
        left = size
        while left > 0 and (piece := file.read(min(left, 1 << 20))):
            left -= len(piece)
            yield piece


@contextmanager
def _opened(path: str) -> Iterator[tuple[BinaryIO, int]]:
    """An open file and its size; errors of the system are raised as ReadError."""
    try:
        # A pipe or a device may never end, and opening it may have side effects.
        real = names.actual(path)
        if not stat.S_ISREG(os.stat(real).st_mode):
            raise ReadError(path, _("not a regular file"))
        with open(real, "rb", opener=_open) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):  # replaced since the first check
                raise ReadError(path, _("not a regular file"))
            if status.st_size > LARGEST:
                raise ReadError(
                    path,
                    _("larger than {largest} MB; split it").format(largest=LARGEST >> 20),
                )
            yield file, status.st_size
    except OSError as error:
        raise ReadError(
            path, _("cannot be read: {error}").format(error=system_message(error))
        ) from error


def _open(path: str, flags: int) -> int:
    """Open a file, without waiting for the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _attempt(path: str, data: bytes, form: str) -> Iterator[Found]:
    try:
        yield from _read(path, data, form)
    except ReadError as error:
        yield error


def _read(path: str, data: bytes, form: str) -> Iterator[Bulletin]:
    reader: Callable[[str, bytes], Read] = import_module(f"lsq.readers.{form}").read
    missing, is_text = None, form in formats.WORDLESS
    try:
        found = reader(path, data)
        for bulletin in (found,) if isinstance(found, Bulletin) else found:
            missing = missing or bulletin.missing
            sizes.check_count(path, len(bulletin.lines))
            sizes.check_lines(path, bulletin.lines)
            if form in formats.WORDLESS or any(line.text.strip() for line in bulletin.lines):
                is_text = True
                yield bulletin
    except ReadError:
        raise
    except MemoryError as error:
        raise ReadError(path, too_much_memory()) from error
    except Exception as error:
        # Parsing libraries may raise anything for hostile data; that must not end a run over
        # thousands of files.
        reason = _("damaged, or not the {form} it looks like ({name}: {error})").format(
            form=form, name=type(error).__name__, error=error
        )
        raise ReadError(path, reason) from error
    if not is_text:
        reason = missing or _(
            "it contains no text, perhaps only pictures of it; save it as PDF, whose pages lsq "
            "recognises"
        )
        raise ReadError(path, reason)


def picture(path: str) -> str:
    """Draw the pages of the file at `path` as lsq sees them, as an SVG.

    Raises:
        ReadError: it cannot be read, or its format has no page layout.
    """
    data = load(path)
    form = _laid_out(path, formats.detect(path, data))
    pages = import_module(f"lsq.readers.{form}").laid_out(path, data)
    drawn: str = import_module("lsq.readers.layout.draw").draw(pages)
    return drawn


def facsimile(path: str, member: Path | None, number: int) -> "Facsimile":
    """Draw a page of the file at `path`, or of a member of the archive there.

    Raises:
        ReadError: it cannot be read, has no such page, or its format has no pages.
    """
    data = load(path)
    form = formats.detect(path, data)
    if member is not None:
        path, data, form = _member(path, data, form, member)
    found = import_module(f"lsq.readers.{_laid_out(path, form)}").facsimile(path, data, number)
    page: Facsimile = found
    return page


def _laid_out(path: str, form: str) -> str:
    """Check that a format has a page layout, and return it."""
    if form not in ("pdf", "ofd", "image"):
        raise ReadError(path, _("only pages of PDF and OFD, and pictures, have a layout to draw"))
    return form


def _member(path: str, data: bytes, form: str, wanted: Path) -> tuple[str, bytes, str]:
    """A member of an archive: its path, its content and its format."""
    if form in formats.CONTAINERS:
        for member in import_module("lsq.readers.archive").members(path, data):
            if not isinstance(member, Skipped | ReadError) and Path(member[0]) == wanted:
                name, content, inner = member
                return name, content, inner
    raise ReadError(str(wanted), _("it is no longer in the archive"))
