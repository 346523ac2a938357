"""Plain text in UTF-8, with or without a byte order mark. Knows no other encoding."""

from pathlib import Path

from lsq.errors import ReadError
from lsq.model import Bulletin, Line


def read_lines(path: str) -> list[str]:
    """The lines of the file at `path`, without their line ends (LF, CRLF or CR).

    Raises:
        OSError: the file cannot be read.
        ReadError: it is not UTF-8 text.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 at byte {error.start}; convert it, for example with iconv"
        raise ReadError(path, reason) from error
    if "\0" in text:
        raise ReadError(path, "not text: it holds NUL characters")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def read(path: str) -> Bulletin:
    """Read a text file; raises as `read_lines` does."""
    lines = enumerate(read_lines(path), 1)
    return Bulletin(path, tuple(Line(text, number) for number, text in lines))
