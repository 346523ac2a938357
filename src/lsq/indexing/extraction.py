"""Extract the articles of a file: file → reader → lines → repair → paragraphs → extract.

Independent of indexes: the same articles are shown or indexed. The caller passes a function
that converts each article, such as into a document of an index.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from lsq.engines.stamps import NOTHING, Notes
from lsq.errors import LsqError, PictureError, ReadError
from lsq.messages import _
from lsq.model import Article, Skipped
from lsq.readers import Begin, facsimile, junk, load, picture, read_data, too_much_memory

if TYPE_CHECKING:
    from lsq.readers.drawn_page import Facsimile

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Recovered(Generic[Made]):
    """The content of a file.

    Attributes:
        path: the path of the file.
        articles: the converted articles, in the order of the file.
        failures: the errors of the file, of members of an archive, and of pages.
        digest: the digest of the file's content; empty if it could not be read.
        skipped: the members of an archive that no reader takes.
        left_out: the number of parts that are not text, by kind.
        notes: the numbers of recognised and unread pages.
    """

    path: str
    articles: tuple[Made, ...]
    failures: tuple[ReadError, ...]
    digest: str
    skipped: tuple[Skipped, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    notes: Notes = NOTHING


@dataclass(slots=True)
class _FileCounts:
    """Counts of a file being read: parts left out of texts, recognised pages."""

    left_out: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)


# A task for a file: called with a path, a converter of articles, a callback for members.
Task: TypeAlias = Callable[[str, Callable[[Article], Made], Begin], Recovered[Made]]


def recover(
    path: str, make: Callable[[Article], Made], begin: Begin = lambda *_: None
) -> Recovered[Made]:
    """Extract the articles of the file at `path`, an archive or a single bulletin.

    Args:
        path: the file.
        make: converts each article.
        begin: called before a member of an archive is read, with its path and size in bytes.

    Raises:
        LsqError: from `make`, if it concerns all files alike.
    """
    articles: list[Made] = []
    failures: list[ReadError] = []
    skipped: list[Skipped] = []
    seen = _FileCounts()
    try:
        data = load(path)
        # An empty file is not an error, whatever its name.
        for found in _found(path, data, begin, skipped.append, seen) if data else ():
            if isinstance(found, ReadError):
                seen.notes["unread"] += isinstance(found, PictureError)
                failures.append(found)
            else:
                seen.notes["articles"] += found.ocr
                articles.append(make(found))
        seen.notes["unread"] += sum(one.kind == junk.PICTURE for one in skipped)
        return Recovered(
            path,
            tuple(articles),
            tuple(failures),
            digest(data),
            tuple(skipped),
            tuple(seen.left_out.items()),
            Notes(**seen.notes),
        )
    except ReadError as error:
        return failed(path, error)
    except LsqError:
        raise
    except MemoryError:
        return failed(path, ReadError(path, too_much_memory()))
    except Exception as error:
        if os.environ.get("LSQ_DEBUG"):
            raise
        # One file must not end a run over thousands of others.
        reason = _(
            "its text cannot be split into articles ({name}: {error}); this is a defect "
            "of lsq: run lsq show on it with LSQ_DEBUG=1 and report the output"
        ).format(name=type(error).__name__, error=error)
        return failed(path, ReadError(path, reason))


def drawn(path: str, _make: object, _begin: Begin) -> Recovered[str]:
    """Draw the pages of the file at `path` as lsq sees them: a `Task` without articles."""
    try:
        return Recovered(path, (picture(path),), (), "")
    except ReadError as error:
        return failed(path, error)
    except MemoryError:
        return failed(path, ReadError(path, too_much_memory()))


def pictured(
    member: Path | None, number: int, path: str, _make: object, _begin: Begin
) -> "Recovered[Facsimile]":
    """Draw one page of the file at `path`: a `Task` once `member` and `number` are bound."""
    try:
        return Recovered(path, (facsimile(path, member, number),), (), "")
    except ReadError as error:
        return failed(path, error)
    except MemoryError:
        return failed(path, ReadError(path, too_much_memory()))


def failed(path: str, error: ReadError) -> Recovered[Made]:
    """The result for a file that cannot be read."""
    return Recovered(path, (), (error,), "")


def itself(article: Article) -> Article:
    """The identity, as a converter of articles."""
    return article


def digest(data: bytes) -> str:
    """The digest of a file's content: BLAKE2b (RFC 7693), 16 bytes, in hex."""
    return digest_of([data])


def digest_of(pieces: Iterable[bytes]) -> str:
    """The digest of content in pieces."""
    state = hashlib.blake2b(digest_size=16)
    for piece in pieces:
        state.update(piece)
    return state.hexdigest()


def _found(
    path: str,
    data: bytes,
    begin: Begin,
    skip: Callable[[Skipped], None],
    seen: _FileCounts,
) -> Iterator[Article | ReadError]:
    """The articles of all bulletins in a file, and the errors."""
    # Imported late: an index that is up to date needs neither.
    from lsq.extract import extract
    from lsq.repair import repair

    ordinals: dict[str, int] = {}  # the sheets of a workbook are numbered consecutively
    for bulletin in read_data(path, data, begin, skip):
        if isinstance(bulletin, ReadError):
            yield bulletin
            continue
        seen.left_out.update(dict(bulletin.left_out))
        seen.notes.update(pages=len(bulletin.recognised), unread=bulletin.unrecognised)
        before = ordinals.get(bulletin.path, 0)
        for article in extract(bulletin, repair(bulletin)):
            ordinals[bulletin.path] = before + article.ordinal
            yield article._replace(ordinal=before + article.ordinal) if before else article
        if bulletin.missing:
            yield ReadError(bulletin.path, bulletin.missing)
