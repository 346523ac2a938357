"""An article as a document of the index, and back. Knows nothing of Whoosh."""

import json
import zlib
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from lsq.engines import Stamp
from lsq.engines.whoosh.original import Original, joined, split
from lsq.model import Article, Places

# The attributes of an article that are stored as they are.
_APART = {"path", "ordinal", "title", "body", "places"}
_PLAIN = [name for name in Article._fields if name not in _APART]

# Of zlib: higher levels take twice the time for a tenth of the size.
_LEVEL = 3


class Document(NamedTuple):
    """An article made ready to be written, wherever that was done.

    Attributes:
        path: as lsq was given it.
        ordinal: its number in the bulletin.
        text: folded and squeezed, in UTF-8.
        words: how often each word occurs.
        length: how many words there are.
        article: what is to be known besides to show it, packed.
    """

    path: str
    ordinal: int
    text: bytes
    words: dict[str, int]
    length: int
    article: bytes


def prepare(article: Article, folded: str, words: dict[str, int]) -> Document:
    """Make an article ready, without an index: this runs in any process.

    Args:
        article: what to show.
        folded: its text, folded.
        words: what to find it by, and how much each word counts.
    """
    # A NUL ends a text in its file; half a surrogate pair is no text in UTF-8.
    folded = folded.replace("\0", " ").encode("utf-8", "replace").decode()
    squeezed, original = split(article.text, folded)
    values: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    values["title"] = None if article.title is None else len(article.title)
    values["others"], values["spaces"] = original
    values["offsets"] = _gaps(article.places.offsets)
    values["numbers"] = _gaps(article.places.numbers)
    return Document(
        article.path,
        article.ordinal,
        squeezed.encode(),
        dict(words),
        sum(words.values()),
        zlib.compress(json.dumps(values, ensure_ascii=False).encode("utf-8", "replace"), _LEVEL),
    )


def to_article(packed: bytes, squeezed: str, path: str, ordinal: int) -> Article:
    """The article of a document's column and text; `path` is the one to show."""
    values = json.loads(zlib.decompress(packed))
    text = joined(squeezed, Original(values.pop("others"), values.pop("spaces")))
    title = values.pop("title")
    places = Places(_sums(values.pop("offsets")), _sums(values.pop("numbers")))
    return Article(
        path=path,
        ordinal=ordinal,
        title=None if title is None else text[:title],
        body=text[(title or 0) + 1 :],
        places=places,
        **values,
    )


def pack_stamp(stamp: Stamp) -> bytes:
    """The stamp as a document's column keeps it."""
    return f"{stamp.size} {stamp.modified} {stamp.digest}".encode()


def to_stamp(packed: bytes) -> Stamp:
    """The stamp of a document's column."""
    size, modified, digest = packed.decode().split(" ")
    return Stamp(int(size), int(modified), digest)


def _gaps(numbers: Sequence[int]) -> list[int]:
    """Numbers as differences, which pack into half the room."""
    return [high - low for low, high in zip((0, *numbers), numbers, strict=False)]


def _sums(gaps: Sequence[int]) -> tuple[int, ...]:
    return tuple(accumulate(gaps))
