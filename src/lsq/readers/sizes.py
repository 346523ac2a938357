"""Check the number and length of lines of a document against the largest real ones.

Indexing takes 150 bytes of memory for a line, and 120 for each character of a long one, so both
are checked before lines are created. The longest line in 20,000 documents has 294,499
characters; 256 MB of wrapped text have 4 million lines.
"""

import re
import string
from collections.abc import Iterable, Iterator
from typing import AnyStr

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Line

MOST_LINES = 5_000_000
LONGEST_LINE = 10_000_000

# Elements, after `<`, whose content is not text.
_UNSEEN = re.compile("script|style", re.IGNORECASE)
_BASE64 = f"{string.ascii_letters}{string.digits}+/=\r".encode()


def check_count(path: str, count: int) -> None:
    """Raise ReadError if a document has more than MOST_LINES lines."""
    if count > MOST_LINES:
        reason = _("{count:,} lines, more than any document has; split it")
        raise ReadError(path, reason.format(count=count))


def check_ends(path: str, text: str) -> None:
    """Raise ReadError if a text has too many lines, with any line ends."""
    check_count(path, text.count("\n") + text.count("\r") - text.count("\r\n") + 1)


def check_text(path: str, text: str) -> None:
    """Raise ReadError if a text has too many or too long lines."""
    check_ends(path, text)
    for start, end in long_stretches(text, LONGEST_LINE, "\n", "\r"):
        _check_length(path, end - start)


def check_page(path: str, text: str) -> None:
    """Raise ReadError if the source of a web page has too many or too long lines of text.

    Long stretches in scripts, and of pictures in attributes, are not text.
    """
    check_ends(path, text)
    for start, end in long_stretches(text, LONGEST_LINE, "<", "\n", "\r"):
        if not _UNSEEN.match(text, start):
            _check_length(path, end - 1 - text.rfind(">", start, end))


def check_mail(path: str, data: bytes) -> None:
    """Raise ReadError if a mail has too long lines; attachments in base64 may be one line."""
    # A line of this many bytes is too long in every encoding.
    for start, end in long_stretches(data, 4 * LONGEST_LINE, b"\n"):
        if data[start:end].translate(None, _BASE64):
            _check_length(path, len(data[start:end].decode("utf-8", "replace")))


def check_lines(path: str, lines: Iterable[Line]) -> None:
    """Raise ReadError if a line is too long."""
    _check_length(path, max(map(len, [line.text for line in lines]), default=0))


def long_stretches(text: AnyStr, most: int, *ends: AnyStr) -> Iterator[tuple[int, int]]:
    """Find the stretches of more than `most` characters without any of `ends`."""
    start = 0
    while len(text) - start > most:
        last = max(text.rfind(end, start, start + most + 1) for end in ends)
        if last < 0:
            found = (text.find(end, start + most) for end in ends)
            last = min((place for place in found if place >= 0), default=len(text))
            yield start, last
        start = last + 1


def _check_length(path: str, length: int) -> None:
    if length > LONGEST_LINE:
        reason = _(
            "a line of {count:,} characters, longer than any in a document; "
            "break it into paragraphs"
        )
        raise ReadError(path, reason.format(count=length))
