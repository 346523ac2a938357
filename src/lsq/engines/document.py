"""An article as a document of an index, prepared for writing. Knows no engine.

The folded and squeezed text is stored, and literals are searched in it; what else the
article is made of again is in `lsq.engines.spaces` and `lsq.engines.stored`.
"""

from array import array
from typing import Any, NamedTuple

from lsq.engines.spaces import squeezed_of
from lsq.engines.stored import pack
from lsq.model import Article


class Document(NamedTuple):
    """An article prepared for writing, in whichever process.

    Attributes:
        path: as lsq was given it.
        ordinal: its number in the bulletin.
        text: folded and squeezed, in UTF-8; there is no NUL in it.
        words: those that occur, each once, a NUL between them: one string goes from
            process to process in half the time that a dict of so many takes.
        counts: how often each of them occurs.
        length: how many words there are.
        columns: what else its columns hold, by name.
    """

    path: str
    ordinal: int
    text: bytes
    words: str
    counts: "array[int]"
    length: int
    columns: dict[str, Any]


def prepare(article: Article, folded: str, words: dict[str, int]) -> Document:
    """Prepare an article for writing, without an index: this runs in any process.

    Args:
        article: the article.
        folded: its text, folded.
        words: its words, each with its count.
    """
    # Not text: a NUL, with which an engine may end one, and which would separate ideographs;
    # and, where there is one, half a surrogate pair, which UTF-8 cannot encode.
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
    """The fields that have a column of their own, as they are compared."""
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
