"""OFD, the national format for official documents: the text of each page. Paged.

An OFD says where glyphs are drawn, not what belongs together; putting them together is
left to `lsq.readers.layout`. A page's template (a form's labels, a letterhead) is part
of what the page says; stamps, watermarks and attachments are not.

Source: GB/T 33190-2016, 7 (containers), 11.3 (text: Boundary, CTM, TextCode, Delta).
"""

import math
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from lxml import etree

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Bulletin, Line
from lsq.readers import layout, markup
from lsq.readers.layout import Run
from lsq.readers.package import Package
from lsq.readers.parts import Parts
from lsq.readers.plausibility import is_garbled

_ROOT = "OFD.xml"

# More than any document has: a page of small print is 5,000 runs at most.
_PAGES = 20_000
_RUNS = 2_000_000


def read(path: str, data: bytes) -> Bulletin:
    """Read an OFD document, without the pages that are missing or damaged.

    Raises:
        ReadError: it is damaged, encrypted, or its fonts do not say which characters they show.
    """
    parts = Parts()
    with Package(path, data) as package:
        if any(name.rpartition("/")[2] == "Encryptions.xml" for name in package.names):
            raise ReadError(
                path, _("encrypted; open it in an OFD reader and save it without password")
            )
        lines = tuple(
            Line(text, number)
            for number, layers in enumerate(_pages(path, package, parts), 1)
            for text in layout.lines(*layers)
        )
    text = "".join(line.text for line in lines)
    if is_garbled(text):
        raise ReadError(path, _("its fonts do not say which characters they show; run OCR over it"))
    return Bulletin(path, lines, paged=True, missing=parts.missing)


def _pages(path: str, package: Package, parts: Parts) -> Iterator[list[list[Run]]]:
    """What is drawn on each page, its templates first, through all documents of the file."""
    pages, runs = 0, 0
    for root in markup.xml(path, package.read(_ROOT)).iterfind("{*}DocBody/{*}DocRoot"):
        home = _resolve("", root.text)
        document = markup.xml(path, package.read(home))
        templates = _templates(path, package, home, document, parts)
        for entry in document.iterfind("{*}Pages/{*}Page"):
            layers: list[list[Run]] = []
            name = _resolve(home, entry.get("BaseLoc"))
            with parts.reading(name):
                page = markup.xml(path, package.read(name))
                used = [use.get("TemplateID") for use in page.iterfind("{*}Template")]
                layers = [*filter(None, map(templates.get, used)), list(_runs(page))]
            pages += 1
            runs += sum(map(len, layers))
            if pages > _PAGES or runs > _RUNS:
                raise ReadError(path, _("holds more than any document; split it"))
            yield layers


def _templates(
    path: str, package: Package, home: str, document: etree._Element, parts: Parts
) -> dict[str | None, list[Run]]:
    """Each template by its id; one that is missing is empty, as OFD programs take it."""
    found: dict[str | None, list[Run]] = {}
    for template in document.iterfind("{*}CommonData/{*}TemplatePage"):
        name = _resolve(home, template.get("BaseLoc"))
        if name in package:
            with parts.reading(name):
                found[template.get("ID")] = list(_runs(markup.xml(path, package.read(name))))
    return found


def _resolve(home: str, location: str | None) -> str:
    """The name of a part, from how a part at `home` refers to it."""
    location = (location or "").strip().replace("\\", "/")
    if location.startswith("/"):
        return normpath(location.lstrip("/"))
    return normpath(join(dirname(home), location))


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
        upright = _advance(code.get("DeltaY"), len(content), 0.0) > size / 2
        width = _advance(code.get("DeltaX"), len(content), 0.0 if upright else size)
        if content.strip():
            yield Run(
                text=content,
                left=left + a * x + c * y + e,
                right=left + a * (x + width) + c * y + e,
                base=top + b * x + d * y + f,
                size=size * (math.hypot(c, d) or 1.0),
            )


def _numbers(value: str | None, default: str) -> list[float]:
    """The numbers of an attribute; the default where it is missing or makes no sense."""
    wanted = default.split()
    try:
        numbers = [float(part) for part in (value or default).split()]
    except ValueError:
        numbers = []
    if len(numbers) < len(wanted) or not all(map(math.isfinite, numbers)):
        numbers = [float(part) for part in wanted]
    return numbers[: len(wanted)] if len(wanted) > 2 else numbers  # noqa: PLR2004 (a Boundary has 4)


def _advance(deltas: str | None, characters: int, size: float) -> float:
    """How far a text of so many characters reaches, given the steps between them.

    Steps are numbers, or `g n step` for n equal ones; where they run out, the last goes on.
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
