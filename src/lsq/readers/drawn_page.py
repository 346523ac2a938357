"""A picture of a page with the positions of its text, so that matches can be boxed on it.

The text is a list of runs in reading order, each with its area (`outlined` returns the boxes of a
range). If the text of a line differs from that of its runs, the line is one run.
"""

import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lsq.messages import _
from lsq.readers.layout import LaidOut, Rule, Run
from lsq.readers.layout.fragments import once
from lsq.readers.layout.frames import Frame, frames, on_page
from lsq.readers.layout.lines import Laid
from lsq.readers.layout.page_content import ASCENT, DESCENT
from lsq.readers.ocr import Picture

# In units of the font size: how far a run may extend beyond its line.
_OUT: Final = 0.3
# The minimum distance of two lines of a cell, likewise.
_LOWER: Final = 0.6
# The maximum distance of boxes that are joined, likewise.
_NEAR: Final = 0.6
# The compression level of PNG: higher ones take longer for slightly smaller files.
_EFFORT: Final = 3


PNG: Final = "image/png"
SVG: Final = "image/svg+xml"


class PlacedRun(NamedTuple):
    """Adjacent characters on a page.

    Attributes:
        text: the characters, without white space.
        area: their area.
        turn: the direction of the text, in quarter turns clockwise.
    """

    text: str
    area: Rule
    turn: int


class Facsimile(NamedTuple):
    """A page as a picture.

    Attributes:
        picture: the content of the picture file.
        kind: its media type, such as image/png.
        width: the width of the page, in the unit of areas.
        height: the height of the page.
        number: the number of the page, from 1.
        pages: the number of pages.
        runs: the text in reading order.
    """

    picture: bytes
    kind: str
    width: float
    height: float
    number: int
    pages: int
    runs: tuple[PlacedRun, ...]


def placed(picture: bytes, kind: str, page: LaidOut, number: int, pages: int) -> Facsimile:
    """Combine the picture and the layout of a page."""
    sheet = page.sheet
    runs = tuple(_placed(page))
    return Facsimile(picture, kind, sheet.width, sheet.height, number, pages, runs)


def no_page(number: int, pages: int) -> str:
    """The message for a page that does not exist."""
    return _("it has no page {number}, only {pages}").format(number=number, pages=pages)


def png(picture: Picture) -> bytes:
    """Encode a picture as PNG.

    Source: PNG, third edition, https://www.w3.org/TR/png-3/
    """
    data = bytearray(picture.data)
    data[0::3], data[2::3] = picture.data[2::3], picture.data[0::3]  # red first
    row = 3 * picture.width
    rows = b"".join(b"\0" + data[at * row : (at + 1) * row] for at in range(picture.height))
    header = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, _EFFORT)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )


def _placed(page: LaidOut) -> Iterator[PlacedRun]:
    """The runs of a page in reading order."""
    directions, slanted = frames(page.sheet)
    stock = [
        (run, frame, on_page(_area(run), frame)) for frame in directions for run in once(frame.runs)
    ]
    upright = Frame(0, False, page.sheet.width, page.sheet.height, [], [])
    stock += [(run, upright, _area(run)) for run in slanted]
    taken: set[int] = set()
    for laid, area in page.lines:
        inside = [
            one
            for one in stock
            if id(one[0]) not in taken and _is_inside(one[2], area, one[0].size)
        ]
        ordered = _ordered(laid, inside)
        if laid.row is None and _bare("".join(run.text for run, _, _ in ordered)) != _bare(
            laid.text
        ):
            down = area.bottom - area.top > area.right - area.left and len(laid.text) > 1
            yield PlacedRun(_bare(laid.text), area, 1 if down else 0)
            continue
        taken.update(id(run) for run, _, _ in ordered)
        for run, frame, place in ordered:
            if text := _bare(run.text):
                yield PlacedRun(text, place, frame.turn)


def _area(run: Run) -> Rule:
    return Rule(run.left, run.base - ASCENT * run.size, run.right, run.base + DESCENT * run.size)


def _is_inside(place: Rule, area: Rule, size: float) -> bool:
    x, y = (place.left + place.right) / 2, (place.top + place.bottom) / 2
    out = _OUT * size
    return area.left - out <= x <= area.right + out and area.top - out <= y <= area.bottom + out


def _ordered(
    laid: Laid, inside: Sequence[tuple[Run, Frame, Rule]]
) -> list[tuple[Run, Frame, Rule]]:
    """The runs of a line in order; those of a table row cell by cell and line by line."""
    if laid.row is None:
        return sorted(inside, key=lambda one: one[0].left)
    cells = laid.row.cells
    size = laid.fragment.size or 1.0

    def key(one: tuple[Run, Frame, Rule]) -> tuple[int, int, float]:
        middle = (one[0].left + one[0].right) / 2
        begun = [at for at, cell in enumerate(cells) if cell.left <= middle]
        return begun[-1] if begun else 0, round(one[0].base / (_LOWER * size)), one[0].left

    return sorted(inside, key=key)


def _bare(text: str) -> str:
    return "".join(text.split())


def outlined(runs: Sequence[PlacedRun], start: int, end: int) -> list[Rule]:
    """The boxes around a range of text, one for each line.

    Args:
        runs: the runs of the page.
        start: the start of the range, in characters of the text of all runs.
        end: the end of the range.
    """
    boxes: list[Rule] = []
    at, turn = 0, 0
    for run in runs:
        low, high = max(start, at), min(end, at + len(run.text))
        if low < high:
            box = _part(run, low - at, high - at)
            if boxes and turn == run.turn and (whole := _one(boxes[-1], box, turn)):
                boxes[-1] = whole
            else:
                boxes.append(box)
            turn = run.turn
        at += len(run.text)
    return boxes


def _part(run: PlacedRun, low: int, high: int) -> Rule:
    """The area of some characters of a run, as Chinese fonts have two widths."""
    widths = [1 if char.isascii() else 2 for char in run.text]
    whole = sum(widths)
    first, last = sum(widths[:low]) / whole, sum(widths[:high]) / whole
    if run.turn in (2, 3):
        first, last = 1 - last, 1 - first
    left, top, right, bottom = run.area
    if run.turn % 2:
        high_ = bottom - top
        return Rule(left, top + first * high_, right, top + last * high_)
    wide = right - left
    return Rule(left + first * wide, top, left + last * wide, bottom)


def _one(before: Rule, after: Rule, turn: int) -> Rule | None:
    """Join two boxes if they are adjacent in a line of text with this direction; else None."""
    left, right = min(before.left, after.left), max(before.right, after.right)
    top, bottom = min(before.top, after.top), max(before.bottom, after.bottom)
    if turn % 2:
        apart = max(before.top, after.top) - min(before.bottom, after.bottom)
        size = max(before.right - before.left, after.right - after.left)
        across = right - left
    else:
        apart = max(before.left, after.left) - min(before.right, after.right)
        size = max(before.bottom - before.top, after.bottom - after.top)
        across = bottom - top
    is_one = apart <= _NEAR * size and across <= (1 + _NEAR) * size
    return Rule(left, top, right, bottom) if is_one else None
