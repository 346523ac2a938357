"""Lines that are paragraphs already: rows of a sheet, records of a database.

Nothing is joined, and nothing is furniture: a row that holds a number alone is a row.
"""

from collections.abc import Iterable, Iterator

from lsq.model import Line, Paragraph, Places
from lsq.repair.clean import clean


def paragraphs(lines: Iterable[Line]) -> Iterator[Paragraph]:
    """A paragraph for each line that is not blank."""
    for line in lines:
        if text := clean(line.text):
            yield Paragraph(text, Places((0,), (line.place,)), line.heading)
