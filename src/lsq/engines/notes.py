"""What an index keeps of a file besides its content's digest: how much was recognised.

It follows the digest, `digest+pages.articles.unread`: the pages that were recognised, the
articles with text of these, the pages that need it and were not tried. To an lsq that
does not know it, it is part of a digest that differs from any other, so that it reads the
file again where size or time differ. So it needs no new format, nor a field on a cluster.
"""

from collections.abc import Iterable
from typing import NamedTuple

from lsq.engines import Stamp

_MARK = "+"
_BETWEEN = "."
_COUNT = 3


class Notes(NamedTuple):
    """What is noted of a file.

    Attributes:
        pages: how many of its pages were recognised.
        articles: how many of its articles have text of these.
        unread: how many pages need recognition, which nobody has tried.
    """

    pages: int = 0
    articles: int = 0
    unread: int = 0


NOTHING = Notes()


def noted(digest: str, notes: Notes) -> str:
    """The digest with what is noted of its file."""
    if not any(notes):
        return digest
    return digest + _MARK + _BETWEEN.join(map(str, notes))


def content_digest(digest: str) -> str:
    """The digest without what is noted."""
    return digest.partition(_MARK)[0]


def notes_of(digest: str) -> Notes:
    """What is noted of the file with this digest; nothing if there is no making it out."""
    counts = digest.partition(_MARK)[2].split(_BETWEEN)
    if len(counts) != _COUNT or not all(map(str.isdecimal, counts)):
        return NOTHING
    return Notes(*map(int, counts))


def total(stamps: Iterable[Stamp]) -> Notes:
    """What is noted of all these files together."""
    found = [notes_of(stamp.digest) for stamp in stamps if _MARK in stamp.digest]
    return Notes(*map(sum, zip(*found, strict=True))) if found else NOTHING
