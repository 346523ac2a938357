"""The documents of an index on a cluster, their fields, and the analysis of these.

A document is an article, a file with its stamp, the dictionary, or the writer lock; `record` says
which. lsq segments the texts: words come with their frequencies, `国土|3 空间|2`. In a text every
character is a token, white space too, so that a phrase is an exact string.

The similarity of both fields is the frequency; `lsq.engines.opensearch.ranking` computes scores
from it.
"""

import json
from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from itertools import groupby
from typing import Any, Final, NamedTuple

from lsq.engines import TEXT_FACTS, Facts, Match, Stamp
from lsq.engines import document as stored
from lsq.engines.bm25 import NORM_LENGTHS, length_to_norm
from lsq.engines.stamps import stamp_of, stored_digest
from lsq.engines.stored import Guard, PackedArticle
from lsq.hit import StoredArticle
from lsq.model import Article
from lsq.query.fields import CODES, DAYS, STORED
from lsq.query.keys import name_key, names_of

# Increased when anything below changes.
FORMAT_VERSION: Final = 6

ARTICLE, FILE, DICTIONARY, LOCK = "article", "file", "dictionary", "lock"
# The `_id` of the one document that is a dictionary, and of the lock.
DICTIONARY_ID, LOCK_ID = "dictionary", "lock"


_CHARACTERS: Final = {
    "type": "text",
    "analyzer": "characters",
    "index_options": "positions",
    "norms": False,
    "similarity": "frequency",
}
_DIGIT_RUNS: Final = _CHARACTERS | {"analyzer": "whitespace"}
_KEPT: Final = {"type": "keyword", "index": False, "doc_values": False}
_NUMBER: Final = {"type": "long", "index": False}

SETTINGS: Final = {
    # A change becomes visible when it is complete, not before.
    "refresh_interval": -1,
    "similarity": {
        "frequency": {"type": "scripted", "script": {"source": "return doc.freq"}},
    },
    "analysis": {
        "tokenizer": {
            "characters": {"type": "ngram", "min_gram": 1, "max_gram": 1},
        },
        "analyzer": {
            "characters": {"type": "custom", "tokenizer": "characters"},
            "counted": {
                "type": "custom",
                "tokenizer": "whitespace",
                "filter": ["delimited_term_freq"],
            },
        },
    },
}

PROPERTIES: Final = {
    "record": {"type": "keyword"},
    # Of files and articles: the file, and the change that wrote it.
    "source": {"type": "keyword"},
    "change": {"type": "keyword"},
    # Of articles: its place, and its searched fields.
    "path": {"type": "keyword"},
    "ordinal": {"type": "integer"},
    "words": {
        "type": "text",
        "analyzer": "counted",
        "index_options": "freqs",
        "norms": False,
        "similarity": "frequency",
    },
    # The words again, to list them.
    "vocabulary": {"type": "keyword"},
    "text": _CHARACTERS,
    # A code's characters, but its digits in whole runs, with spaces between them.
    **{name: _DIGIT_RUNS if name in CODES else _CHARACTERS for name in STORED},
    # Titles and numbers, normalized: see `lsq.query.keys`.
    "names": {"type": "keyword"},
    **{name: {"type": "integer"} for days in DAYS.values() for name in days},
    # The number of its words, and the length that Lucene's norm keeps of it.
    "length": _NUMBER,
    "norm": _NUMBER,
    # What restores the article from its text.
    "spaces": {"type": "binary"},
    "article": {"type": "binary"},
    # Of files: the stamp, and how many articles there are.
    "size": _NUMBER,
    "modified": _NUMBER,
    "digest": _KEPT,
    "articles": _NUMBER,
    # Of the dictionary and the lock.
    "dictionary": {"type": "binary"},
    "holder": {"type": "object", "enabled": False},
}


def index_meta(fingerprint: str, root: str, *, is_first: bool = False) -> dict[str, Any]:
    """The metadata of an index.

    Args:
        fingerprint: of its dictionary.
        root: the folder that paths are relative to, absolute.
        is_first: whether no update of it has been completed.
    """
    meta = {"lsq": FORMAT_VERSION, "dictionary": fingerprint, "root": root}
    return meta | {"first": True} if is_first else meta


def index_body(meta: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a request that creates an empty index with this metadata."""
    return {
        "settings": SETTINGS,
        "mappings": {
            "dynamic": "strict",
            "_meta": meta,
            # They can be derived from the text, and are as long.
            "_source": {"excludes": ["words", "vocabulary"]},
            "properties": PROPERTIES,
        },
    }


def article_id(path: str, ordinal: int) -> str:
    """The `_id` of an article, derived from its path and ordinal."""
    return _id(f"{ARTICLE} {ordinal} {path}")


def file_id(source: str) -> str:
    """The `_id` of a file."""
    return _id(f"{FILE} {source}")


def _id(name: str) -> str:
    return urlsafe_b64encode(sha256(name.encode()).digest()[:18]).decode()


class Prepared(NamedTuple):
    """An article prepared for sending, by any process.

    Attributes:
        path: as given to lsq.
        ordinal: its number in the bulletin.
        fields: the fields that do not depend on the index, as JSON without the closing brace.
    """

    path: str
    ordinal: int
    fields: bytes


def prepare(article: Article, folded: str, words: dict[str, int]) -> Prepared:
    """Prepare an article, as `lsq.engines.document.prepare` does."""
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
    """The characters of a text, with runs of digits in one piece.

    A string that neither begins nor ends between two digits consists of whole pieces.
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


def to_found(values: Mapping[str, Any], match: Match, guard: Guard) -> StoredArticle:
    """The article of a document, with the path of the match."""
    packed, spaces = binary(values, "article"), binary(values, "spaces")
    return PackedArticle(packed, string(values, "text").encode(), spaces, match, guard)


def to_facts(values: Mapping[str, Any]) -> Facts:
    """The facts of a document, in which fields without a value are missing."""
    texts = {name: string(values, name) if name in values else "" for name in TEXT_FACTS}
    # The digit runs of a code are separated by spaces, as a code contains none.
    texts |= {name: texts[name].replace(" ", "") for name in TEXT_FACTS if name in CODES}
    days = {name: int(values.get(name, 0)) for name in Facts._fields if name not in texts}
    return Facts.of(texts | days)


def string(values: Mapping[str, Any], name: str) -> str:
    """A field of a document that holds a string."""
    value = values[name]
    if not isinstance(value, str):
        raise TypeError(f"{name}: {type(value)}")
    return value


def binary(values: Mapping[str, Any], name: str) -> bytes:
    """A field of a document that holds bytes."""
    return b64decode(values[name], validate=True)
