"""Presentations before 2007 (ppt), and WPS presentations (dps), which have the same format.

A paragraph becomes a line; a place is the number of the slide; all slides form one article. Only
the slides of the last saved version are read; notes and masters are left out.

Source: [MS-PPT] 2.1 (streams), 2.3.2 (Current User), 2.3.3 to 2.3.6 (user edits and the
persist directory), 2.4.14 (SlideListWithText), 2.9.41 to 2.9.43 (text atoms).
"""

import io
from collections.abc import Iterator
from typing import NamedTuple

import olefile

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Bulletin, Line

# Types of records.
_DOCUMENT, _SLIDE = 0x03E8, 0x03EE
_SLIDES = 0x0FF0  # with instance 0: the slides of a document and their outlines
_PERSIST = 0x03F3  # a slide in that list
_CHARACTERS, _BYTES = 0x0FA0, 0x0FA8
_HEADER = 0x0F9F  # the kind of the text that follows
_EDIT, _DIRECTORY = 0x0FF5, 0x1772
_ENCRYPTED = 0xF3D1C4DF
_TITLES = frozenset({0, 6})

# The maximum nesting of containers, and the maximum number of edits, one each time it is saved.
_DEPTH = 32
_EDITS = 10_000

_HEAD = 8
_CONTAINER = 0xF  # the version of records with records inside
_ENDS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n"})


class _PptRecord(NamedTuple):
    """A record: its type, its instance, and the range of its content."""

    kind: int
    instance: int
    start: int
    end: int
    is_container: bool


def read(path: str, data: bytes) -> Bulletin:
    """Read a presentation.

    Raises:
        ReadError: it is damaged or encrypted.
    """
    user, stream = _streams(path, data)
    if int.from_bytes(user[12:16], "little") == _ENCRYPTED:
        raise ReadError(
            path,
            _(
                "encrypted with a password; open it in an office program and save it without "
                "a password"
            ),
        )
    places, document = _persisted(stream, int.from_bytes(user[16:20], "little"))
    lines = tuple(_lines(stream, places, document))
    return Bulletin(path, lines, paged=True, exact=True)


def _streams(path: str, data: bytes) -> tuple[bytes, bytes]:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            found = []
            for name in ("Current User", "PowerPoint Document"):
                if max(container.get_size(name), container.root.size) > len(data):
                    raise OSError(_("a part of it claims to be larger than the whole file"))
                found.append(container.openstream(name).read())
            return found[0], found[1]
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise ReadError(
            path,
            _("damaged, or not downloaded whole ({error}); fetch it again").format(error=error),
        ) from error


def _persisted(stream: bytes, edit: int) -> tuple[dict[int, int], int]:
    """The positions of objects by number, and the number of the document object."""
    places: dict[int, int] = {}
    document = 0
    for _edit in range(_EDITS):
        record = _record(stream, edit, len(stream))
        if record is None or record.kind != _EDIT:
            break
        start = record.start
        document = document or _number(stream, start + 16)
        for number, place in _directory(stream, _number(stream, start + 12)):
            places.setdefault(number, place)  # the last edit counts
        before = _number(stream, start + 8)
        if not before or before >= edit:
            break
        edit = before
    return places, document


def _directory(stream: bytes, at: int) -> Iterator[tuple[int, int]]:
    record = _record(stream, at, len(stream))
    if record is None or record.kind != _DIRECTORY:
        return
    at = record.start
    while at + 4 <= record.end:
        entry = _number(stream, at)
        first, count = entry & 0xFFFFF, entry >> 20
        for index in range(min(count, (record.end - at - 4) // 4)):
            yield first + index, _number(stream, at + 4 + 4 * index)
        at += 4 + 4 * count


def _lines(stream: bytes, places: dict[int, int], document: int) -> Iterator[Line]:
    """The paragraphs of all slides: for each, its outline, then its boxes."""
    root = _record(stream, places.get(document, 0), len(stream))
    if root is None or root.kind != _DOCUMENT:
        return
    titled, left = False, len(stream)
    outlines = _outlines(stream, root)
    for number, (slide, outline) in enumerate(outlines, 1):
        at = places.get(slide, -1)
        box = _record(stream, at, len(stream)) if at >= 0 else None
        inside = _walk(stream, box) if box is not None and box.kind == _SLIDE else iter(())
        kind = -1
        for record in (*outline, *inside):
            if record.kind == _HEADER:
                kind = _number(stream, record.start)
            elif record.kind in {_CHARACTERS, _BYTES}:
                left -= record.end - record.start
                if left < 0:  # slides that share the same text many times are a bomb
                    return
                for text in _text(stream, record).split("\n"):
                    is_title = kind in _TITLES and not titled and bool(text.strip())
                    titled = titled or is_title
                    yield Line(text, number, heading=is_title, ends=True)


def _outlines(stream: bytes, document: _PptRecord) -> list[tuple[int, list[_PptRecord]]]:
    """The numbers of the slides in order, each with the records of its outline."""
    found: list[tuple[int, list[_PptRecord]]] = []
    for record in _children(stream, document):
        if record.kind == _SLIDES and record.instance == 0:
            for child in _children(stream, record):
                if child.kind == _PERSIST:
                    found.append((_number(stream, child.start), []))
                elif found:
                    found[-1][1].append(child)
    return found


def _walk(stream: bytes, root: _PptRecord, depth: int = 0) -> Iterator[_PptRecord]:
    for record in _children(stream, root):
        if record.is_container and depth < _DEPTH:
            yield from _walk(stream, record, depth + 1)
        else:
            yield record


def _children(stream: bytes, parent: _PptRecord) -> Iterator[_PptRecord]:
    at = parent.start
    while (record := _record(stream, at, parent.end)) is not None:
        yield record
        at = record.end


def _record(stream: bytes, at: int, end: int) -> _PptRecord | None:
    """The record at a position; None if the data is too short for one."""
    if at < 0 or at + _HEAD > end:
        return None
    about = int.from_bytes(stream[at : at + 2], "little")
    kind = int.from_bytes(stream[at + 2 : at + 4], "little")
    start = at + _HEAD
    stop = start + _number(stream, at + 4)
    return _PptRecord(kind, about >> 4, start, min(stop, end), about & _CONTAINER == _CONTAINER)


def _text(stream: bytes, record: _PptRecord) -> str:
    raw = stream[record.start : record.end]
    text = raw.decode("latin-1") if record.kind == _BYTES else raw.decode("utf-16-le", "replace")
    return text.translate(_ENDS)


def _number(stream: bytes, at: int) -> int:
    return int.from_bytes(stream[at : at + 4], "little")
