"""Read a commit, Whoosh's table of contents: the current segments and their deleted documents.

The format is that of `whoosh.index.TOC` in Whoosh 2.7.4, in a sealed file. After Whoosh's own
content come the stamps that are in no column: of files without articles, and of files that were
touched after they were indexed; each is a stamp and a path, with a NUL after each.

The table contains pickles of Whoosh's classes. They are unpickled here as plain objects, so that
a search need not import Whoosh, which takes a third of its time; other classes are damage.
"""

import io
import os
import pickle
import struct
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from lsq.engines.folder.damage import UNPACKING, DamageError
from lsq.engines.folder.sealed import Sealed
from lsq.engines.folder.store import Commit, SegmentInfo

# Whoosh's own name for the one index in a folder.
INDEX_NAME: Final = "MAIN"

# Whoosh's header: sizes of C's types, the byte order, versions.
_HEADER = struct.Struct("!3Bii3B")
_FORMAT = -111
_ORDER = -12345
_GENERATION = struct.Struct("!ii")
_MORE = 0x80


# The classes that a pickle may name, by module and name.
Classes = Mapping[tuple[str, str], Any]


class Contents(NamedTuple):
    """Whoosh's table of contents.

    Attributes:
        number: of the commit, from 0.
        segments: objects of the classes given for loading.
        stamps: the packed stamps that are in no column, by stored path.
    """

    number: int
    segments: list[Any]
    stamps: dict[bytes, bytes]


def read_commit(folder: str) -> Commit:
    """The content of the last commit; raises as `load_contents`."""
    contents = load_contents(folder, _KNOWN)
    return Commit([described(segment) for segment in contents.segments], contents.stamps)


def load_contents(folder: str, classes: Classes) -> Contents:
    """The table of contents of the last commit in a folder of Whoosh's.

    Args:
        folder: of Whoosh's.
        classes: the classes for the segments and their content.

    Raises:
        FileNotFoundError: there is no commit, or it has just been replaced.
        DamageError: it is not as it was written.
    """
    file = Sealed(last_commit(folder))
    try:
        content = file.read(0, file.size)
    finally:
        file.close()
    with UNPACKING:
        *_, order, version, _, _, _ = _HEADER.unpack_from(content)
        if order != _ORDER or version != _FORMAT:
            raise DamageError(f"{folder}: not a table of contents of Whoosh 2.7")
        schema_length, at = _varint(content, _HEADER.size)
        at += schema_length
        number, _ = _GENERATION.unpack_from(content, at)
        stream = io.BytesIO(content[at + _GENERATION.size :])
        segments = list(load(stream, classes))
        for segment in segments:
            described(segment)
        return Contents(number, segments, _stamps(stream.read()))


def with_stamps(stamps: Mapping[bytes, bytes]) -> bytes:
    """The bytes to append to a commit for the stamps that are in no column."""
    return b"".join(b"%b\0%b\0" % (stamp, path) for path, stamp in stamps.items())


def _stamps(addition: bytes) -> dict[bytes, bytes]:
    *parts, _ = addition.split(b"\0")
    return dict(zip(parts[1::2], parts[::2], strict=True))


def described(segment: Any) -> SegmentInfo:
    """The info of a segment, of Whoosh's own class or unpickled here."""
    return SegmentInfo(
        f"{segment.indexname}_{segment.segid}",
        segment._doccount,
        frozenset(segment._deleted or ()),
        segment._fieldlengths.get("words", 0),
    )


class _Pickled:
    """A substitute for an object of Whoosh: its attributes without its methods."""


PLAIN: Classes = {
    ("collections", "defaultdict"): defaultdict,
    ("builtins", "int"): int,
}
_KNOWN: Classes = {
    ("whoosh.codec.whoosh3", "W3Segment"): _Pickled,
    ("whoosh.codec.whoosh3", "W3Codec"): _Pickled,
    **PLAIN,
}


def load(stream: io.BytesIO, classes: Classes = PLAIN) -> Any:
    """Unpickle the value at the position of `stream`, which may contain only these classes."""
    return _Unpickler(stream, classes).load()


class _Unpickler(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, classes: Classes) -> None:
        super().__init__(stream)
        self._classes = classes

    def find_class(self, module: str, name: str) -> Any:
        try:
            return self._classes[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"class {module}.{name} is not allowed") from None


def last_commit(folder: str) -> str:
    """The file of the last commit; raises FileNotFoundError if there is none."""
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
    """A number of seven bits per byte, the lowest first; and the position after it."""
    value = shift = 0
    while content[at] & _MORE:
        value |= (content[at] ^ _MORE) << shift
        at, shift = at + 1, shift + 7
    return value | content[at] << shift, at + 1
