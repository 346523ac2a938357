"""Plain text. A place is the number of a line in the file, as editors and grep count."""

from collections.abc import Iterable
from itertools import count

from lsq.errors import ReadError
from lsq.model import Bulletin, Line
from lsq.readers.encoding import decode
from lsq.readers.sizes import check_text


def read_lines(path: str, data: bytes) -> list[str]:
    """Decode `data` and split it into lines at LF, CRLF and CR, even mixed.

    Raises:
        ReadError: it is not text, or has too many or too long lines.
    """
    try:
        text = decode(data)
    except ValueError as error:
        raise ReadError(path, str(error)) from error
    check_text(path, text)
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def numbered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Set the place of each line to its ordinal, for formats without lines of their own."""
    return tuple(line._replace(place=number) for number, line in enumerate(lines, 1))


def read(path: str, data: bytes) -> Bulletin:
    """Read a text file, which may be empty; raises as `read_lines` does."""
    return Bulletin(path, tuple(map(Line, read_lines(path, data), count(1))))
