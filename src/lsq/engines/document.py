"""An article as a document of an index, prepared for writing. Knows no engine.

An index stores the folded and squeezed text, in which literals are searched, and what restores
the article from it: `lsq.engines.spaces` and `lsq.engines.stored`.
"""

from array import array
from typing import Any, NamedTuple

from lsq.engines.spaces import squeezed_of
from lsq.engines.stored import pack
from lsq.model import Article


class Document(NamedTuple):
    """An article prepared for writing, by any process.

    Attributes:
        path: as given to lsq.
        ordinal: its number in the bulletin.
        text: folded and squeezed, in UTF-8, without NUL.
        words: its words, each once, separated by NUL: one string is passed to another process
            in half the time of a dict.
        counts: the frequency of each word.
        length: the total number of words.
        columns: the values of its other columns, by name.
    """

    path: str
    ordinal: int
    text: bytes
    words: str
    counts: "array[int]"
    length: int
    columns: dict[str, Any]


def prepare(article: Article, folded: str, words: dict[str, int]) -> Document:
    """Prepare an article for writing; needs no index, so any process can do it.

    Args:
        article: the article.
        folded: its text, folded.
        words: its words with their frequencies.
    """
    # NUL ends texts in an index; half a surrogate pair cannot be encoded in UTF-8.
    folded = folded.replace("\0", " ")
    squeezed, spaces = squeezed_of(folded)
    try:
        text = squeezed.encode()
    except UnicodeEncodeError:
        return prepare(article, folded.encode("utf-8", "replace").decode(), words)
    return Document(
        article.path,
        article.ordinal,
        text,
        "\0".join(words),
        array("I", words.values()),
        sum(words.values()),
        _fields(article) | {"spaces": spaces, "article": pack(article, folded)},
    )


def _fields(article: Article) -> dict[str, Any]:
    """The normalized values of the fields that have columns."""
    from lsq.query.days import days_of  # a search for words does not need it
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
