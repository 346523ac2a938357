"""What an index on a cluster is made of: its fields, how they are analysed, its documents.

A document is an article, a file with its stamp, the dictionary, or the lock of whoever
writes; `record` says which. Nothing is analysed by the cluster but what lsq has cut
already: words come with their counts, `国土|3 空间|2`, and in texts every character is a
token, white space too, so that a phrase is an exact string.

The similarity of both gives back how often something occurs and nothing else; the
score is made of it by `lsq.engines.opensearch.score`.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any, Final

from lsq.query.fields import CODES, DAYS, STORED

# To be raised when anything below changes.
FORMAT_VERSION: Final = 4

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
    # What a change has done is seen when it is done, not before.
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
    # Of articles: where it stands, and what of it is searched.
    "path": {"type": "keyword"},
    "ordinal": {"type": "integer"},
    "words": {
        "type": "text",
        "analyzer": "counted",
        "index_options": "freqs",
        "norms": False,
        "similarity": "frequency",
    },
    # The words once more, for whoever wants to know which there are.
    "vocabulary": {"type": "keyword"},
    "text": _CHARACTERS,
    # A code's characters, but its digits in whole runs, with spaces between them.
    **{name: _DIGIT_RUNS if name in CODES else _CHARACTERS for name in STORED},
    # Title and number, reduced to what tells them from others: see `lsq.query.titles`.
    "names": {"type": "keyword"},
    **{name: {"type": "integer"} for days in DAYS.values() for name in days},
    # How many words it has, and what of that Lucene's norm keeps.
    "length": _NUMBER,
    "norm": _NUMBER,
    # What makes the article of its text again.
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


def index_body(fingerprint: str, root: str) -> dict[str, Any]:
    """What makes an index, empty.

    Args:
        fingerprint: of the dictionary that its words are cut with.
        root: the folder that paths are relative to, absolute.
    """
    meta = {"lsq": FORMAT_VERSION, "dictionary": fingerprint, "root": root}
    return {
        "settings": SETTINGS,
        "mappings": {
            "dynamic": "strict",
            "_meta": meta,
            # What can be made of the text again, and is as long.
            "_source": {"excludes": ["words", "vocabulary"]},
            "properties": PROPERTIES,
        },
    }


def article_id(path: str, ordinal: int) -> str:
    """The `_id` of an article, the same whenever it is written."""
    return _id(f"{ARTICLE} {ordinal} {path}")


def file_id(source: str) -> str:
    """The `_id` of a file."""
    return _id(f"{FILE} {source}")


def _id(name: str) -> str:
    return urlsafe_b64encode(sha256(name.encode()).digest()[:18]).decode()
