"""How many lines a document may have, and how long a line may be. Knows no format.

A line takes some 150 bytes of memory on its way into an index, a character of a long one
some 120, however few of them a file has: so these are counted before they are made. The
longest line seen in 20,000 documents has 294,499 characters; 256 MB of wrapped text have
4 million lines.
"""

from collections.abc import Iterable

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Line

MOST_LINES = 5_000_000
LONGEST_LINE = 10_000_000


def check_count(path: str, count: int) -> None:
    """Raise ReadError if a document has more lines than any has."""
    if count > MOST_LINES:
        reason = _("{count:,} lines, more than any document has; split it")
        raise ReadError(path, reason.format(count=count))


def check_text(path: str, text: str) -> None:
    """Raise ReadError if a text, however its lines end, has more than any document has."""
    check_count(path, text.count("\n") + text.count("\r") - text.count("\r\n") + 1)


def check_lines(path: str, lines: Iterable[Line]) -> None:
    """Raise ReadError if one of the lines is longer than any in a document."""
    longest = max(map(len, [line.text for line in lines]), default=0)
    if longest > LONGEST_LINE:
        reason = _(
            "a line of {count:,} characters, longer than any in a document; "
            "break it into paragraphs"
        )
        raise ReadError(path, reason.format(count=longest))
