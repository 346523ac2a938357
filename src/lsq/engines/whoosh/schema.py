"""What Whoosh keeps of an article, and how an article becomes that and back.

No positions are kept: whatever needs them is decided on the text itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from whoosh import columns, fields

from lsq.engines import Stamp
from lsq.engines.whoosh.bm25 import length_to_norm
from lsq.fold import fold, squeeze
from lsq.model import Article, Places

# Changes with every change of what is below, and of what is folded, cut or stored.
FORMAT_VERSION = 1

SCHEMA = fields.Schema(
    # The bulletin, relative to the index folder; a column to list and sort by.
    path=fields.ID(sortable=True),
    ordinal=fields.COLUMN(columns.NumericColumn("I")),
    # Size and time of the bulletin's file, to tell whether it has changed.
    stamp=fields.COLUMN(columns.VarBytesColumn()),
    # The folded and squeezed text in UTF-8, which literals are looked for in.
    text=fields.COLUMN(columns.VarBytesColumn()),
    words=fields.KEYWORD(scorable=True),
    # How many words there are, in Lucene's one byte.
    norm=fields.COLUMN(columns.NumericColumn("B")),
    # What is shown. Plain values, for Whoosh pickles them.
    article=fields.STORED,
)

# The attributes of an article that are stored as they are.
PLAIN = (
    "title",
    "body",
    "paged",
    "date",
    "published",
    "issuer",
    "number",
    "kind",
    "column",
    "byline",
)


def to_document(article: Article, path: str, stamp: Stamp, words: Sequence[str]) -> dict[str, Any]:
    """The fields of an article for Whoosh; `path` is the one to store."""
    return {
        "path": path,
        "ordinal": article.ordinal,
        "stamp": b"%d %d" % stamp,
        "text": squeeze(fold(article.text)).encode(),
        "words": list(words),
        "norm": length_to_norm(len(words)),
        "article": {
            "places": (article.places.offsets, article.places.numbers),
            **{name: getattr(article, name) for name in PLAIN},
        },
    }


def to_article(stored: Mapping[str, Any], path: str, ordinal: int) -> Article:
    """The article of a document's stored fields; `path` is the one to show."""
    values = dict(stored["article"])
    places = Places(*values.pop("places"))
    return Article(path=path, ordinal=ordinal, places=places, **values)


def to_stamp(column_value: bytes) -> Stamp:
    """The stamp in a document's column."""
    size, modified = column_value.split()
    return Stamp(int(size), int(modified))
