"""Read a commit of Whoosh's: which segments count, and what of them is deleted.

Whoosh writes the commit, its table of contents, with pickles of its own classes in it.
Read here, it takes no class from anywhere: a pickle that asks for another one than
those that a commit holds is damage. It is also why a search need not import Whoosh,
which takes a third of the time of all the rest. The format is that of `whoosh.index.TOC`
in Whoosh 2.7.4.
"""

import io
import os
import pickle
import struct
from collections import defaultdict
from typing import Any, NamedTuple

from lsq.engines.whoosh.layout import INDEX_NAME

# What Whoosh puts at the start: sizes of C's types, the byte order, versions.
_HEADER = struct.Struct("!3Bii3B")
_FORMAT = -111
_ORDER = -12345
_GENERATION = struct.Struct("!ii")
_MORE = 0x80


class Segment(NamedTuple):
    """A segment as a commit names it.

    Attributes:
        name: of its files, without what follows the dot.
        documents: how many it has, deleted ones included.
        deleted: the numbers of those deleted.
        total_length: how many words there are in all `documents`.
    """

    name: str
    documents: int
    deleted: frozenset[int]
    total_length: int


def read_commit(folder: str) -> list[Segment]:
    """The segments of the last commit in a folder of Whoosh's.

    Raises:
        FileNotFoundError: there is no commit, or it has just been replaced.
        ValueError, struct.error, pickle.UnpicklingError and others: it is damaged.
    """
    with open(_last_commit(folder), "rb") as file:
        content = file.read()
    *_, order, version, _, _, _ = _HEADER.unpack_from(content)
    if order != _ORDER or version != _FORMAT:
        raise ValueError(f"{file.name}: not a table of contents of Whoosh 2.7")
    schema_length, at = _varint(content, _HEADER.size)
    stream = io.BytesIO(content[at + schema_length + _GENERATION.size :])
    return [described(segment) for segment in load(stream)]


def described(segment: Any) -> Segment:
    """What a segment is, of Whoosh's own class or unpickled here."""
    return Segment(
        f"{segment.indexname}_{segment.segid}",
        segment._doccount,
        frozenset(segment._deleted or ()),
        segment._fieldlengths.get("words", 0),
    )


def load(stream: io.BytesIO) -> Any:
    """What is pickled at the place where `stream` stands: plain values alone."""
    return _Unpickler(stream).load()


class _Pickled:
    """Stands for an object of Whoosh's: its attributes, and nothing of what it does."""


_KNOWN: dict[tuple[str, str], Any] = {
    ("whoosh.codec.whoosh3", "W3Segment"): _Pickled,
    ("whoosh.codec.whoosh3", "W3Codec"): _Pickled,
    ("collections", "defaultdict"): defaultdict,
    ("builtins", "int"): int,
}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _KNOWN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} has no place here") from None


def _last_commit(folder: str) -> str:
    prefix, suffix = f"_{INDEX_NAME}_", ".toc"
    generations = [
        int(number)
        for name in os.listdir(folder)
        if name.startswith(prefix)
        and name.endswith(suffix)
        and (number := name[len(prefix) : -len(suffix)]).isdecimal()
    ]
    if not generations:
        raise FileNotFoundError(f"{folder}: no commit")
    return os.path.join(folder, f"{prefix}{max(generations)}{suffix}")


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first; and where it ends."""
    value = shift = 0
    while content[at] & _MORE:
        value |= (content[at] ^ _MORE) << shift
        at, shift = at + 1, shift + 7
    return value | content[at] << shift, at + 1
