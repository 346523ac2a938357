"""OFD, the national format for official documents: the text of each page. Paged.

An OFD gives the positions of glyphs, not their order; `lsq.readers.layout` finds that. A page's
template (a form's labels, a letterhead) is part of its text; stamps, watermarks and attachments
are not. A page that is a picture is recognised (`lsq.readers.ofdscans`).

Source: GB/T 33190-2016, 7 (containers), 11.3 (text: Boundary, CTM, TextCode, Delta).
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Bulletin
from lsq.readers import markup, ocr
from lsq.readers.drawn_page import SVG, Facsimile, no_page, placed
from lsq.readers.layout import LaidOut, PageContent, Rule, Run, lay_out, to_lines
from lsq.readers.layout.draw import draw
from lsq.readers.ofdscans import PlacedPicture, Scans, media, resolve
from lsq.readers.omissions import Parts
from lsq.readers.package import Package
from lsq.readers.plausibility import is_garbled

_ROOT = "OFD.xml"

# The limits of a document; a page of small print has at most 5,000 runs.
_PAGES = 20_000
_RUNS = 2_000_000

# The limits of paths on a page, and of words in the code of a path; drawings have more.
_RULES, _WORDS = 3_000, 400
_LEVEL = 0.5  # in mm: the maximum slope of a ruling line, from end to end


class _Layer(NamedTuple):
    """The content of a page, or of its template."""

    runs: list[Run]
    rules: list[Rule]
    pictures: list[PlacedPicture]


def read(path: str, data: bytes) -> Bulletin:
    """Read an OFD document, without the pages that are missing or damaged.

    Raises:
        ReadError: it is damaged or encrypted, or its fonts do not map to characters.
    """
    parts, scans = Parts(), Scans(path)
    lines = tuple(to_lines(laid_out(path, data, parts, scans)))
    text = "".join(line.text for line in lines)
    if is_garbled(text):
        raise ReadError(
            path,
            _(
                "its fonts do not say which characters they show; save it as PDF, whose pages "
                "lsq recognises"
            ),
        )
    missing = "; ".join(filter(None, (parts.missing, scans.missing())))
    return Bulletin(
        path,
        lines,
        paged=True,
        missing=missing or None,
        recognised=tuple(scans.recognised),
        unrecognised=0 if ocr.is_active() else len(scans.defects),
    )


def laid_out(
    path: str, data: bytes, parts: Parts | None = None, scans: Scans | None = None
) -> Iterator[LaidOut]:
    """The pages in reading order.

    Args:
        path: the path of the document.
        data: the content.
        parts: records unreadable parts.
        scans: records pages that are pictures.
    """
    with Package(path, data) as package:
        if any(name.rpartition("/")[2] == "Encryptions.xml" for name in package.names):
            raise ReadError(
                path, _("encrypted; open it in an OFD reader and save it without a password")
            )
        yield from lay_out(_pages(path, package, parts or Parts(), scans or Scans(path)))


def facsimile(path: str, data: bytes, number: int) -> Facsimile:
    """A page as lsq sees it, drawn as text; raises as `laid_out` does."""
    pages = list(laid_out(path, data))
    if not 1 <= number <= len(pages):
        raise ReadError(path, no_page(number, len(pages)))
    page = pages[number - 1]
    return placed(draw([page], gap=0).encode("utf-8"), SVG, page, number, len(pages))


def _pages(path: str, package: Package, parts: Parts, scans: Scans) -> Iterator[PageContent]:
    """The content of each page, with its templates, in all documents of the file."""
    pages, runs = 0, 0

    def xml(name: str) -> etree._Element:
        return markup.xml(path, package.read(name))

    for root in markup.xml(path, package.read(_ROOT)).iterfind("{*}DocBody/{*}DocRoot"):
        home = resolve("", root.text)
        document = markup.xml(path, package.read(home))
        common = document.iterfind("{*}CommonData/*")
        lists = [one for one in common if markup.name(one) in ("PublicRes", "DocumentRes")]
        shown = media(home, lists, xml)
        templates = _templates(path, package, home, document, parts)
        whole = document.find("{*}CommonData/{*}PageArea/{*}PhysicalBox")
        entries = document.findall("{*}Pages/{*}Page")
        scans.pages += len(entries)
        for entry in entries:
            sheet = PageContent(*_size(whole))
            name = resolve(home, entry.get("BaseLoc"))
            pages += 1
            with parts.reading(name):
                page = xml(name)
                used = [use.get("TemplateID") for use in page.iterfind("{*}Template")]
                sheet = PageContent(*_size(page.find("{*}Area/{*}PhysicalBox"), whole))
                layers = [*filter(None, map(templates.get, used)), _layer(page)]
                sheet.runs = [run for layer in layers for run in layer.runs]
                sheet.rules = [rule for layer in layers for rule in layer.rules]
                known = shown | media(name, page.iterfind("{*}PageRes"), xml)
                pictures = [
                    PlacedPicture(area, known[called])
                    for layer in layers
                    for area, called in layer.pictures
                    if called in known
                ]
                sheet = scans.judged(pages, sheet, pictures, package.read)
            runs += len(sheet.runs)
            if pages > _PAGES or runs > _RUNS:
                raise ReadError(path, _("it contains more than any document; split it"))
            yield sheet


def _templates(
    path: str, package: Package, home: str, document: etree._Element, parts: Parts
) -> dict[str | None, _Layer]:
    """The templates by id; a missing one is empty, as in OFD programs."""
    found: dict[str | None, _Layer] = {}
    for template in document.iterfind("{*}CommonData/{*}TemplatePage"):
        name = resolve(home, template.get("BaseLoc"))
        if name in package:
            with parts.reading(name):
                found[template.get("ID")] = _layer(markup.xml(path, package.read(name)))
    return found


def _size(*boxes: etree._Element | None) -> tuple[float, float]:
    """The width and height of the first box that exists; A4 without any."""
    for box in boxes:
        if box is not None:
            numbers = _numbers(box.text, "0 0 210 297")
            if numbers[2] > 0 and numbers[3] > 0:
                return numbers[2], numbers[3]
    return 210.0, 297.0


def _layer(page: etree._Element) -> _Layer:
    return _Layer(list(_runs(page)), list(_rules(page)), list(_pictures(page)))


def _pictures(layer: etree._Element) -> Iterator[PlacedPicture]:
    """The pictures of a page, with the ids of their resources."""
    for one in layer.iter("{*}ImageObject"):
        left, top, width, height = _numbers(one.get("Boundary"), "0 0 0 0")
        yield PlacedPicture(Rule(left, top, left + width, top + height), one.get("ResourceID", ""))


def _rules(layer: etree._Element) -> Iterator[Rule]:
    """The horizontal and vertical lines of the paths of a page."""
    for count, path in enumerate(layer.iter("{*}PathObject")):
        if count == _RULES:
            return
        left, top = _numbers(path.get("Boundary"), "0 0")[:2]
        a, b, c, d, e, f = _numbers(path.get("CTM"), "1 0 0 1 0 0")
        code = path.findtext("{*}AbbreviatedData") or ""
        for one, other in _edges(code):
            x, y = left + a * one[0] + c * one[1] + e, top + b * one[0] + d * one[1] + f
            u, v = left + a * other[0] + c * other[1] + e, top + b * other[0] + d * other[1] + f
            if min(abs(x - u), abs(y - v)) <= _LEVEL:
                yield Rule(min(x, u), min(y, v), max(x, u), max(y, v))


def _edges(code: str) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight lines of a path (S or M x y, L x y, C); curves are ignored."""
    start = before = (0.0, 0.0)
    words = code.split()[:_WORDS]
    at = 0
    while at < len(words):
        step = words[at]
        if step == "C":
            yield before, start
            before = start
        elif step in ("S", "M", "L"):
            try:
                point = (float(words[at + 1]), float(words[at + 2]))
            except (IndexError, ValueError):
                return
            if step == "L":
                yield before, point
            else:
                start = point
            before = point
            at += 2
        at += 1


def _runs(layer: etree._Element) -> Iterator[Run]:
    for text in layer.iter("{*}TextObject"):
        yield from _object(text)


def _object(text: etree._Element) -> Iterator[Run]:
    """The runs of one TextObject, placed on the page."""
    left, top = _numbers(text.get("Boundary"), "0 0")[:2]
    a, b, c, d, e, f = _numbers(text.get("CTM"), "1 0 0 1 0 0")
    size = _numbers(text.get("Size"), "0")[0]
    x = y = 0.0
    for code in text.iterfind("{*}TextCode"):
        x = _numbers(code.get("X"), str(x))[0]
        y = _numbers(code.get("Y"), str(y))[0]
        content = "".join((code.text or "").splitlines())
        down = _advance(code.get("DeltaY"), len(content), 0.0)
        width = _advance(code.get("DeltaX"), len(content), size)
        if content[-1:].isascii() and width >= size * len(content):
            width -= size / 2  # the width of a letter is about half its size
        if not content.strip():
            continue
        pieces = [(content, y, width)]
        if down > size / 2 and len(content) > 1:  # vertical text
            step = down / len(content)
            pieces = [(char, y + at * step, size) for at, char in enumerate(content)]
        for piece, height, reach in pieces:
            if piece.strip():
                yield Run(
                    text=piece,
                    left=left + a * x + c * height + e,
                    right=left + a * (x + reach) + c * height + e,
                    base=top + b * x + d * height + f,
                    size=size * (math.hypot(c, d) or 1.0),
                )


def _numbers(value: str | None, default: str) -> list[float]:
    """The numbers of an attribute; the default if it is missing or invalid."""
    wanted = default.split()
    try:
        numbers = [float(part) for part in (value or default).split()]
    except ValueError:
        numbers = []
    if len(numbers) < len(wanted) or not all(map(math.isfinite, numbers)):
        numbers = [float(part) for part in wanted]
    return numbers[: len(wanted)] if len(wanted) > 2 else numbers  # noqa: PLR2004 (a Boundary has 4)


def _advance(deltas: str | None, characters: int, size: float) -> float:
    """The length of a text, given the steps between its characters.

    Steps are numbers, or `g n step` for n equal ones; the last is repeated if there are too few.
    """
    total, steps, last = 0.0, 0, size
    parts = iter((deltas or "").split())
    try:
        for part in parts:
            times = int(next(parts)) if part == "g" else 1
            last = float(next(parts)) if part == "g" else float(part)
            total += times * last
            steps += times
    except (ValueError, StopIteration):
        pass
    return total + max(0, characters - 1 - steps) * last + (last if characters else 0.0)
