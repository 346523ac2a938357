"""An article as a document of the index, and back. Knows no cluster.

What gives back something of a document raises whatever comes of one that is damaged; see
`lsq.engines.opensearch.failures.intact`.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from itertools import groupby
from typing import Any, NamedTuple

from lsq.engines import Match, Stamp
from lsq.engines import document as stored
from lsq.engines.bm25 import NORM_LENGTHS, length_to_norm
from lsq.engines.opensearch.layout import ARTICLE, FILE
from lsq.engines.stamps import stamp_of, stored_digest
from lsq.model import Article, Found
from lsq.query.fields import CODES, DAYS, STORED
from lsq.query.titles import name_key, names_of


class Prepared(NamedTuple):
    """An article made ready to be sent, wherever that was done.

    Attributes:
        path: as lsq was given it.
        ordinal: its number in the bulletin.
        fields: all that does not depend on the index, as JSON without its last brace.
    """

    path: str
    ordinal: int
    fields: bytes


def prepare(article: Article, folded: str, words: dict[str, int]) -> Prepared:
    """Make an article ready, as `lsq.engines.document.prepare` does."""
    document = stored.prepare(article, folded, words)
    columns = document.columns
    values: dict[str, Any] = {
        "record": ARTICLE,
        "ordinal": document.ordinal,
        "words": " ".join(f"{word}|{count}" for word, count in words.items()),
        "vocabulary": list(words),
        "text": document.text.decode(),
        "length": document.length,
        "norm": NORM_LENGTHS[length_to_norm(document.length)],
        "spaces": b64encode(columns["spaces"]).decode(),
        "article": b64encode(columns["article"]).decode(),
    }
    for days in DAYS.values():
        if columns[days[-1]]:
            values |= {name: columns[name] for name in days}
    for name in STORED:
        if value := columns[name].decode():
            values[name] = " ".join(digit_runs(value)) if name in CODES else value
    names = names_of(columns["title"].decode(), columns["number"].decode())
    values["names"] = list(map(name_key, names))
    packed = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return Prepared(document.path, document.ordinal, packed.encode()[:-1])


def digit_runs(text: str) -> list[str]:
    """The characters of a text, the digits of a run together.

    What neither begins nor ends between two digits is a sequence of these.
    """
    runs: list[str] = []
    for digits, characters in groupby(text, str.isdigit):
        run = "".join(characters)
        runs += [run] if digits else run
    return runs


def to_article(prepared: Prepared, path: str, source: str, change: str) -> bytes:
    """The document of an article, in JSON."""
    rest = json.dumps({"path": path, "source": source, "change": change}, ensure_ascii=False)
    return prepared.fields + b"," + rest.encode()[1:]


def to_file(source: str, stamp: Stamp, change: str, articles: int) -> bytes:
    """The document of a file, in JSON."""
    values = {"record": FILE, "source": source, "path": source, "ordinal": 0, "change": change}
    values |= {"size": stamp.size, "modified": stamp.modified, "digest": stored_digest(stamp)}
    values |= {"articles": articles}
    return json.dumps(values, ensure_ascii=False).encode()


def to_stamp(values: Mapping[str, Any]) -> Stamp:
    """The stamp of a file's document."""
    return stamp_of(values["size"], values["modified"], string(values, "digest"))


def to_found(values: Mapping[str, Any], match: Match) -> Found:
    """The article of a document, under the path of the match."""
    packed, spaces = binary(values, "article"), binary(values, "spaces")
    return stored.to_found(packed, string(values, "text"), spaces, match)


def string(values: Mapping[str, Any], name: str) -> str:
    """A field of a document that holds a string."""
    value = values[name]
    if not isinstance(value, str):
        raise TypeError(f"{name}: {type(value)}")
    return value


def binary(values: Mapping[str, Any], name: str) -> bytes:
    """A field of a document that holds bytes."""
    return b64decode(values[name], validate=True)
