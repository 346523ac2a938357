"""Texts and presentations in OpenDocument (odt, ott, odp, otp), and flat ones (fodt).

A paragraph becomes a line, and so does a row of a data table (`lsq.readers.table_lines`). A place
is the ordinal of the paragraph; in a presentation, it is the number of the slide, and all slides
form one article. Footnotes follow their paragraph. Comments are counted and left out; deleted
text is left out. Files do not store the numbers of lists, and lsq does not generate them.

Source: OASIS OpenDocument 1.3, part 3 (schema); ISO/IEC 26300.
"""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Bulletin, Line
from lsq.readers import markup, omissions, table_lines
from lsq.readers.package import Package

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"

_PARAGRAPHS = frozenset({"p", "h"})
_SKIPPED = frozenset({"tracked-changes", "annotation", "forms", "ruby-text", "title", "desc"})
_SIGNS = {"tab": "\t", "line-break": "\n", "note-citation": ""}
# Elements inside a paragraph whose text is part of it, and the suffixes of fields.
_INLINE = frozenset({"span", "a", "ruby", "ruby-base", "meta"})
_FIELDS = ("-ref", "-name", "-date", "-time", "-number", "-count", "-field")
_MOST_SPACES = 100


class _TextBlock(NamedTuple):
    """A paragraph or a row as it is read."""

    text: str
    page: int
    heading: bool


def read(path: str, data: bytes) -> Bulletin:
    """Read a document.

    Raises:
        ReadError: it is damaged or encrypted.
    """
    with Package(path, data) as package:
        if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
            raise ReadError(
                path,
                _(
                    "encrypted with a password; open it in an office program and save it without "
                    "a password"
                ),
            )
        return of_root(path, markup.xml(path, package.read(_CONTENT)))


def of_root(path: str, root: etree._Element) -> Bulletin:
    """Read a document from the root of its XML."""
    body = root.find("{*}body")
    slides = body is not None and body.find("{*}presentation") is not None
    lines: list[Line] = []
    titled = False
    for place, (text, page, heading) in enumerate(_flow(body) if body is not None else (), 1):
        heading = heading and bool(text.strip()) and not (slides and titled)  # noqa: PLW2901
        titled = titled or heading
        *broken, last = text.split("\n")
        at = page if slides else place
        lines.extend(Line(part, at, heading, ends=slides) for part in broken)
        lines.append(Line(last, at, heading, ends=True))
    comments = len(root.findall(".//{*}annotation"))
    left_out = ((omissions.COMMENT, comments),) if comments else ()
    return Bulletin(path, tuple(lines), paged=slides, exact=slides, left_out=left_out)


def _flow(body: etree._Element) -> Iterator[_TextBlock]:
    """The paragraphs and rows in order, each with the number of its slide."""
    page = 0
    stack: list[tuple[etree._Element, list[str]]] = []
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        tag = markup.name(element)
        if event == "end":
            if stack and stack[-1][0] is element:
                _, pieces = stack.pop()
                yield _TextBlock("".join(pieces), page, tag == "h" or _is_title(element))
            if stack and element.tail and _is_inline(element, stack):
                stack[-1][1].append(_space(element.tail))
        elif tag in _SKIPPED:
            walk.skip_subtree()
        elif tag == "page":
            page += 1
        elif tag == "table" and (rows := _data(element)):
            yield from (_TextBlock(row, page, heading=False) for row in rows)
            walk.skip_subtree()
        elif tag in _PARAGRAPHS:
            stack.append((element, [_space(element.text or "")]))
        elif stack:
            stack[-1][1].append(_text(element, tag))


def _text(element: etree._Element, tag: str) -> str:
    if tag == "s":
        count = next((c for key, c in element.items() if key.endswith("}c")), "1")
        return " " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES)
    if tag in _SIGNS:
        return _SIGNS[tag]
    if tag in _INLINE or tag.endswith(_FIELDS):
        return _space(element.text or "")
    return ""


def _is_inline(element: etree._Element, stack: list[tuple[etree._Element, list[str]]]) -> bool:
    """Whether the tail of an element is text of the current paragraph."""
    parent = element.getparent()
    while parent is not None and markup.name(parent) in _INLINE:
        parent = parent.getparent()
    return parent is stack[-1][0]


def _is_title(element: etree._Element) -> bool:
    """Whether a paragraph is in the box for the title of a slide."""
    box = element.getparent()
    frame = None if box is None else box.getparent()
    return frame is not None and any(
        key.endswith("}class") and kind == "title" for key, kind in frame.items()
    )


def _data(table: etree._Element) -> list[str]:
    if next(table.iterfind(".//{*}table"), None) is not None:
        return []
    rows = [
        [
            " ".join(one.text for one in _flow(cell))
            for cell in row
            if markup.name(cell) == "table-cell"
        ]
        for row in table.iter("{*}table-row")
    ]
    return [table_lines.row(row) for row in rows] if table_lines.is_data(rows) else []


def _space(text: str) -> str:
    """Collapse white space as OpenDocument does."""
    if text.isspace():
        return " " if "\n" not in text else ""
    lead, trail = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' if lead else ''}{' '.join(text.split())}{' ' if trail else ''}"
