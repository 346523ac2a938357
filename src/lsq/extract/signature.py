"""Find the signature block (落款): who signed, and when, at the end of a document.

An attachment may follow it, so it is the first block of its shape after the
document's text has begun: a short line or more of offices, then a date alone.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from lsq.extract.dates import find_dates, whole_date
from lsq.extract.identity import is_organ
from lsq.model import Paragraph, Role
from lsq.text.typography import ends

_LONGEST_OFFICE = 60
_MOST_OFFICES = 12
# The length of 2020: no one signs with a year alone.
_YEAR = 4


class Signature(NamedTuple):
    """Who signed a document and when.

    Attributes:
        issuer: the offices, joined by 、; None if the date stands alone.
        date: ISO 8601, maybe reduced.
    """

    issuer: str | None
    date: str


def find_signature(paragraphs: Sequence[Paragraph], start: int, stop: int) -> Signature | None:
    """The first signature between two paragraphs, the first of them a title or its like."""
    begun = False
    for index in range(start, stop):
        paragraph = paragraphs[index]
        text = paragraph.text
        if paragraph.role is Role.FURNITURE:
            continue
        if len(text) > _LONGEST_OFFICE:
            begun = True
            continue
        if not begun:
            begun = ends(text) and text[-1] in "。；！？”"
            continue
        if "年" not in text and not text[0].isdigit():
            continue
        date = whole_date(text)
        if date is not None and len(date) > _YEAR:
            return Signature(_offices(paragraphs, start, index), date)
        # 国务院办公厅 2019年1月22日, on one line
        last = max(find_dates(text), key=lambda found: found.end, default=None)
        if last and last.end == len(text) and is_organ(text[: last.start].strip()):
            return Signature(text[: last.start].strip(), last.iso)
    return None


def _offices(paragraphs: Sequence[Paragraph], start: int, at: int) -> str | None:
    """The offices that stand on the lines before a date."""
    found: list[str] = []
    for index in range(at - 1, max(start, at - _MOST_OFFICES) - 1, -1):
        paragraph = paragraphs[index]
        if paragraph.role is Role.FURNITURE:
            continue
        text = paragraph.text
        if ends(text) or not is_organ(text):
            break
        found.extend(reversed(re.split(r"[\s　]+", text)))
    return "、".join(reversed(found)) or None
