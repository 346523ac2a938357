"""Electronic books (epub): their chapters in reading order.

A place is the ordinal of the line of text in the book: it has no pages, and the lines of the
source of a chapter mean nothing to users.

Source: EPUB 3.3, https://www.w3.org/TR/epub-33/ sections 4.2.6 (container), 5 (package).
"""

from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Bulletin, Line
from lsq.readers import html, markup
from lsq.readers.encoding import decode
from lsq.readers.omissions import Parts
from lsq.readers.package import Package
from lsq.readers.text import numbered

_CONTAINER = "META-INF/container.xml"
_RIGHTS = "META-INF/rights.xml"


def read(path: str, data: bytes) -> Bulletin:
    """Read a book, without the chapters that are missing or damaged.

    Raises:
        ReadError: it is damaged or protected.
    """
    lines: list[Line] = []
    parts = Parts()
    with Package(path, data) as package:
        if _RIGHTS in package:
            raise ReadError(path, _("protected by DRM; lsq cannot read it"))
        for chapter in _chapters(path, package):
            with parts.reading(chapter):
                lines.extend(html.page(path, decode(package.read(chapter)), website=False))
    return Bulletin(path, numbered(lines), missing=parts.missing)


def _chapters(path: str, package: Package) -> list[str]:
    """The names of the chapters, in reading order, without the table of contents."""
    rootfile = markup.xml(path, package.read(_CONTAINER)).find(".//{*}rootfile")
    opf = "" if rootfile is None else rootfile.get("full-path", "")
    book = markup.xml(path, package.read(opf))
    items = {item.get("id"): item for item in book.iterfind("{*}manifest/{*}item")}
    spine = [items.get(ref.get("idref")) for ref in book.iterfind("{*}spine/{*}itemref")]
    chapters = [
        normpath(join(dirname(opf), unquote(item.get("href", ""))))
        for item in spine
        if item is not None and not _is_contents(item)
    ]
    return list(dict.fromkeys(chapters))  # a spine may repeat a chapter


def _is_contents(item: etree._Element) -> bool:
    return "nav" in item.get("properties", "").split() or "html" not in item.get("media-type", "")
