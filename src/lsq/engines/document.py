"""An article as a document of an index, and back. Knows no engine."""

import json
import zlib
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from lsq.engines import Match
from lsq.engines.original import differences, original, squeezed_of, unsqueezed
from lsq.engines.original import places as places_of_spaces
from lsq.model import Article, Found, Places

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
        text: folded and squeezed, in UTF-8; there is no NUL in it.
        words: how often each word occurs.
        length: how many words there are.
        columns: what else its columns hold, by name.
    """

    path: str
    ordinal: int
    text: bytes
    words: dict[str, int]
    length: int
    columns: dict[str, Any]


def prepare(article: Article, folded: str, words: dict[str, int]) -> Document:
    """Make an article ready, without an index: this runs in any process.

    Args:
        article: what to show.
        folded: its text, folded.
        words: what to find it by, and how much each word counts.
    """
    # Neither is text: a NUL, with which an engine may end one, and which would keep
    # ideographs apart; and half a surrogate pair, which UTF-8 cannot say.
    folded = folded.replace("\0", " ").encode("utf-8", "replace").decode()
    squeezed, spaces = squeezed_of(folded)
    values: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    values["title"] = None if article.title is None else len(article.title)
    values["differences"] = differences(article.text, folded)
    values["offsets"] = _gaps(article.places.offsets)
    values["numbers"] = _gaps(article.places.numbers)
    packed = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
    return Document(
        article.path,
        article.ordinal,
        squeezed.encode(),
        dict(words),
        sum(words.values()),
        _fields(article) | {"spaces": spaces, "article": zlib.compress(packed, _LEVEL)},
    )


def _fields(article: Article) -> dict[str, Any]:
    """The fields that have a column of their own, as they are compared."""
    from lsq.query.dates import days_of  # a search of words does without
    from lsq.query.fields import DAYS, STORED
    from lsq.query.units import normalize

    published = days_of(article.published) or (0, 0)
    days = {"date": days_of(article.date) or published, "published": published}
    values: dict[str, Any] = {}
    for name, columns in DAYS.items():
        values |= zip(columns, days[name], strict=True)
    for name in STORED:
        values[name] = normalize(name, getattr(article, name)).encode("utf-8", "replace")
    return values


def to_found(packed: bytes, squeezed: str, spaces: bytes, match: Match) -> Found:
    """The article of a document's columns and text, under the path of the match."""
    values = json.loads(zlib.decompress(packed))
    text = original(unsqueezed(squeezed, spaces), values.pop("differences"))
    title = values.pop("title")
    places = Places(_sums(values.pop("offsets")), _sums(values.pop("numbers")))
    article = Article(
        path=match.path,
        ordinal=match.ordinal,
        title=None if title is None else text[:title],
        body=text[(title or 0) + 1 :],
        places=places,
        **values,
    )
    return Found(article, squeezed, places_of_spaces(spaces))


def _gaps(numbers: Sequence[int]) -> list[int]:
    """Numbers as differences, which pack into half the room."""
    return [high - low for low, high in zip((0, *numbers), numbers, strict=False)]


def _sums(gaps: Sequence[int]) -> tuple[int, ...]:
    return tuple(accumulate(gaps))
