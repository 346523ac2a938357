"""Plain text. Knows nothing of encodings: `lsq.readers.encoding` does.

A line's place is its number in the file, as editors and grep count them.
"""

from collections.abc import Iterable
from itertools import count

from lsq.errors import ReadError
from lsq.model import Bulletin, Line
from lsq.readers.encoding import decode
from lsq.readers.sizes import check_text


def read_lines(path: str, data: bytes) -> list[str]:
    """The lines of the text `data`, without their line ends (LF, CRLF or CR, even mixed).

    Raises:
        ReadError: it is not text, or of more or longer lines than any document has.
    """
    try:
        text = decode(data)
    except ValueError as error:
        raise ReadError(path, str(error)) from error
    check_text(path, text)
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def numbered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines with their ordinals for places, for formats that have no lines of their own."""
    return tuple(line._replace(place=number) for number, line in enumerate(lines, 1))


def read(path: str, data: bytes) -> Bulletin:
    """Read a text file, which may be empty; raises as `read_lines` does."""
    return Bulletin(path, tuple(map(Line, read_lines(path, data), count(1))))
