"""What Whoosh keeps of an article, and how an article becomes that and back."""

import dataclasses
import json
import zlib
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from whoosh import columns, fields, formats

from lsq.engines import Stamp
from lsq.engines.whoosh.lines import squeeze_and_keep
from lsq.model import Article, Places

# Changes with every change of what is below, and of what is folded, cut or stored.
FORMAT_VERSION = 2

# Whoosh's own name for the one index in a folder.
INDEX_NAME = "MAIN"

# The file, beside Whoosh's, that holds the dictionary words are cut with.
DICTIONARY = "dictionary.words"


def _words() -> fields.KEYWORD:
    field = fields.KEYWORD(scorable=True)
    # How often a word occurs is its posting's weight; nothing else is kept, no
    # positions either: whatever needs them is decided on the text itself.
    field.format = formats.Existence()
    return field


SCHEMA = fields.Schema(
    # The bulletin, relative to the index folder.
    path=fields.ID(sortable=True),
    ordinal=fields.COLUMN(columns.NumericColumn("I")),
    # The file it was read from, likewise: the bulletin itself or an archive.
    source=fields.COLUMN(columns.VarBytesColumn()),
    # Size, time and digest of that file, to tell whether it has changed.
    stamp=fields.COLUMN(columns.VarBytesColumn()),
    words=_words(),
    # How many words there are, exactly and in Lucene's one byte.
    length=fields.COLUMN(columns.NumericColumn("I")),
    norm=fields.COLUMN(columns.NumericColumn("B")),
    # Where its lines end that do not in the squeezed text.
    lines=fields.COLUMN(columns.VarBytesColumn()),
    # The fields as they are compared; nothing for none.
    title=fields.COLUMN(columns.VarBytesColumn()),
    issuer=fields.COLUMN(columns.VarBytesColumn()),
    number=fields.COLUMN(columns.VarBytesColumn()),
    kind=fields.COLUMN(columns.VarBytesColumn()),
    # The first and the last day that its date may mean: 20200826; 0 for no date.
    first_day=fields.COLUMN(columns.NumericColumn("I")),
    last_day=fields.COLUMN(columns.NumericColumn("I")),
    # What is shown: JSON, compressed by zlib. No class of ours is pickled.
    article=fields.COLUMN(columns.VarBytesColumn()),
)

# The fields that have a column of their own as they are compared.
TEXT_FIELDS = ("title", "issuer", "number", "kind")

# The attributes of an article that are stored as they are.
_APART = {"path", "ordinal", "places"}
_PLAIN = [field.name for field in dataclasses.fields(Article) if field.name not in _APART]

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
    from lsq.query.dates import days_of  # searches do without
    from lsq.query.values import comparable

    values: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    values["offsets"] = _gaps(article.places.offsets)
    values["numbers"] = _gaps(article.places.numbers)
    packed = zlib.compress(
        json.dumps(values, ensure_ascii=False).encode("utf-8", "replace"), _LEVEL
    )
    squeezed, lines = squeeze_and_keep(folded)
    first, last = days_of(article.date) or days_of(article.published) or (0, 0)
    columns = {"lines": lines, "first_day": first, "last_day": last, "article": packed}
    for name in TEXT_FIELDS:
        columns[name] = comparable(name, getattr(article, name)).encode("utf-8", "replace")
    return Document(
        article.path,
        article.ordinal,
        squeezed.encode("utf-8", "replace"),
        dict(words),
        sum(words.values()),
        columns,
    )


def to_article(packed: bytes, path: str, ordinal: int) -> Article:
    """The article of a document's column; `path` is the one to show."""
    values = json.loads(zlib.decompress(packed))
    places = Places(_sums(values.pop("offsets")), _sums(values.pop("numbers")))
    return Article(path=path, ordinal=ordinal, places=places, **values)


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
