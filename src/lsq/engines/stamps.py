"""Encode and decode the stamps of files, with notes on their pages and failures.

A stored digest has these parts, all but one of them optional:

    digest+pages.articles.unread!reason@inode@changed

digest    of the content; for a skipped file `-` and its kind, such as `-picture`; empty if no
          content was ever read
+…        the counts of recognised pages (`Notes`)
!…        why the file, or a part of it, could not be read, in Base64
@…        the inode, and the time of its last change

If the articles are those of an earlier content, size and time are -1, so that the next update
reads the file again. An older version of lsq sees an unknown digest, and reads the file again if
its size or time differs: so these parts need no new format, and no fields in an engine.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lsq.engines import Stamp

# Before the inode and the time of the last change.
_MARK = "@"
# Before the kind of a file that was skipped.
_SKIPPED = "-"
_NOTED = "+"
_NOTES_SEPARATOR = "."
_NOTES_COUNT = 3
# Before the reason of a failure, of which this many characters are stored.
_FAILED = "!"
_LONGEST_REASON = 500
# The same in packed stamps.
_PACKED_UNREAD = (b"0 0 -", b"0 0 !")
_PACKED_NOTED = b"+"
# The size and time of a file whose articles are those of an earlier content.
_OUTDATED = -1


def stored_digest(stamp: Stamp) -> str:
    """The digest of a stamp as it is stored."""
    if not (stamp.inode or stamp.changed):
        return stamp.digest
    return _MARK.join((stamp.digest, str(stamp.inode), str(stamp.changed)))


def stamp_of(size: int, modified: int, stored: str) -> Stamp:
    """The stamp of a digest as stored.

    Raises:
        ValueError: the stored digest is invalid.
    """
    digest, *known = stored.split(_MARK)
    if not known:
        return Stamp(size, modified, digest)
    inode, changed = map(int, known)
    return Stamp(size, modified, digest, inode, changed)


def pack_stamp(stamp: Stamp) -> bytes:
    """The stamp as the column's bytes."""
    return f"{stamp.size} {stamp.modified} {stored_digest(stamp)}".encode()


def to_stamp(packed: bytes) -> Stamp:
    """The stamp of the column's bytes; raises ValueError for invalid ones."""
    size, modified, digest = packed.decode().split(" ")
    return stamp_of(int(size), int(modified), digest)


def has_stamp(packed: bytes, stamp: Stamp) -> bool:
    """Whether packed bytes have the size, times and inode of this stamp."""
    return packed.startswith(b"%d %d " % stamp[:2]) and packed.endswith(b"@%d@%d" % stamp[3:])


def has_notes(packed: bytes) -> bool:
    """Whether there are notes on the pages of the file of a packed stamp."""
    return _PACKED_NOTED in packed


def size_and_time(packed: bytes) -> bytes:
    """The prefix of packed bytes with the size and time."""
    return packed[: packed.rfind(b" ") + 1]


def skip_stamp(kind: str) -> Stamp:
    """The stamp of a file of that kind that was skipped."""
    return Stamp(0, 0, _SKIPPED + kind)


def read_of(stamps: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """The stamps of the files whose content was read."""
    unread = (_SKIPPED, _FAILED)
    return {path: stamp for path, stamp in stamps.items() if not stamp.digest.startswith(unread)}


def unread_of(stamps: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """The stamps of the files that were skipped, or could never be read."""
    read = read_of(stamps)
    return {path: stamp for path, stamp in stamps.items() if path not in read}


def is_unread(packed: bytes) -> bool:
    """Whether packed bytes are those of a file that was skipped, or could never be read."""
    return packed.startswith(_PACKED_UNREAD)


def skipped_of(stamps: Mapping[str, Stamp]) -> dict[str, str]:
    """The kinds of the files that were skipped."""
    return {
        path: stamp.digest.removeprefix(_SKIPPED)
        for path, stamp in stamps.items()
        if stamp.digest.startswith(_SKIPPED)
    }


def failure_stamp(reason: str) -> Stamp:
    """The stamp of a file of which no content was ever read."""
    return Stamp(0, 0, with_failure("", reason))


def outdated_stamp(stamp: Stamp, reason: str) -> Stamp:
    """The stamp of a file whose content can no longer be read; its articles are older.

    Args:
        stamp: the one in the index.
        reason: why it cannot be read; "" if only its members cannot.
    """
    digest = stamp.digest.partition(_FAILED)[0]
    return Stamp(_OUTDATED, _OUTDATED, with_failure(digest, reason))


def with_failure(digest: str, reason: str) -> str:
    """The digest with the reason why a file, or a part of it, could not be read; "" for none."""
    if not reason:
        return digest
    packed = reason[:_LONGEST_REASON].encode("utf-8", "backslashreplace")
    return digest + _FAILED + urlsafe_b64encode(packed).decode()


def failed_of(stamps: Mapping[str, Stamp]) -> dict[str, str]:
    """The files that could not be read completely, with the reasons; "" for an invalid reason."""
    return {
        path: _reason(stamp.digest.partition(_FAILED)[2])
        for path, stamp in stamps.items()
        if _FAILED in stamp.digest
    }


def _reason(packed: str) -> str:
    try:
        return urlsafe_b64decode(packed).decode()
    except ValueError:
        return ""


class Notes(NamedTuple):
    """The notes on a file.

    Attributes:
        pages: the number of recognised pages.
        articles: the number of articles with text of recognised pages.
        unread: the number of pages that need recognition, but were not recognised.
    """

    pages: int = 0
    articles: int = 0
    unread: int = 0


NOTHING = Notes()


def noted(digest: str, notes: Notes) -> str:
    """The digest with the notes on its file."""
    if not any(notes):
        return digest
    return digest + _NOTED + _NOTES_SEPARATOR.join(map(str, notes))


def content_digest(digest: str) -> str:
    """The digest without the notes, and without the reason of a failure."""
    return digest.partition(_FAILED)[0].partition(_NOTED)[0]


def notes_of(digest: str) -> Notes:
    """The notes in this digest; empty if they cannot be parsed."""
    counts = digest.partition(_FAILED)[0].partition(_NOTED)[2].split(_NOTES_SEPARATOR)
    if len(counts) != _NOTES_COUNT or not all(map(str.isdecimal, counts)):
        return NOTHING
    return Notes(*map(int, counts))


def total_notes(stamps: Iterable[Stamp]) -> Notes:
    """The sum of the notes on these files."""
    found = [notes_of(stamp.digest) for stamp in stamps if _NOTED in stamp.digest]
    return Notes(*map(sum, zip(*found, strict=True))) if found else NOTHING
