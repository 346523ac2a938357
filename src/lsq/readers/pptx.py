"""Presentations in Office Open XML (pptx, pptm, ppsx, potx).

A paragraph is a line, a row of a table one as well; a place is the number of the slide.
All slides are one article, called by the first title. What the speaker's notes say
follows the slide; numbers, dates and footers that every slide repeats are left out.

Source: ECMA-376 part 1, sections 19 (PresentationML) and 21 (DrawingML).
"""

from collections.abc import Iterator

from lxml import etree

from lsq.errors import ReadError
from lsq.model import Bulletin, Line
from lsq.readers import markup, tables
from lsq.readers.package import Package
from lsq.readers.parts import Parts

_MAIN = "ppt/presentation.xml"

# Placeholders that hold what every slide repeats, and those that hold a title.
_WORN = frozenset({"sldNum", "dt", "ftr", "hdr", "sldImg"})
_TITLES = frozenset({"title", "ctrTitle"})

# Parts with text of a slide, after it: drawn diagrams, then what the speaker says.
_WITH_TEXT = ("/diagramData", "/notesSlide")

_SIGNS = {"br": "\n", "tab": "\t"}


def read(path: str, data: bytes) -> Bulletin:
    """Read a presentation, without the slides that are missing or damaged.

    Raises:
        ReadError: it is damaged.
    """
    parts = Parts()
    with Package(path, data) as package:
        lines = tuple(_lines(path, package, parts))
    return Bulletin(path, lines, paged=True, missing=parts.missing, exact=True)


def _lines(path: str, package: Package, parts: Parts) -> Iterator[Line]:
    titled = False
    for number, name in enumerate(_slides(path, package), 1):
        with parts.reading(name):
            slide = markup.xml(path, package.read(name))
            for text, is_title in _texts(slide):
                yield Line(text, number, heading=is_title and not titled, ends=True)
                titled = titled or is_title
            for kind, part in _relations(path, package, name).values():
                if kind.endswith(_WITH_TEXT) and part in package:
                    for text, _ in _texts(markup.xml(path, package.read(part))):
                        yield Line(text, number, ends=True)


def _slides(path: str, package: Package) -> list[str]:
    """The parts that are slides, in the order in which they are shown."""
    relations = _relations(path, package, _MAIN)
    presentation = markup.xml(path, package.read(_MAIN))
    shown = [
        relations[identifier][1]
        for slide in presentation.iterfind("{*}sldIdLst/{*}sldId")
        for key, identifier in slide.items()
        if key.endswith("}id") and identifier in relations
    ]
    return list(dict.fromkeys(shown))


def _relations(path: str, package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part knows: their kind and name, by what it calls them."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package:
        return {}
    try:
        root = markup.xml(path, package.read(relations))
    except ReadError:
        return {}
    return {
        relation.get("Id", ""): (relation.get("Type", ""), _resolved(folder, relation))
        for relation in root
        if relation.get("TargetMode") != "External"
    }


def _resolved(folder: str, relation: etree._Element) -> str:
    target = relation.get("Target", "")
    if target.startswith("/"):
        return target.lstrip("/")
    parts = folder.split("/")
    for part in target.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _texts(root: etree._Element) -> Iterator[tuple[str, bool]]:
    """The paragraphs of a part, and whether each is a title."""
    kind = ""
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        tag = markup.name(element)
        if tag == "sp":
            placeholder = element.find("{*}nvSpPr/{*}nvPr/{*}ph")
            kind = "" if placeholder is None else placeholder.get("type", "body")
            if kind in _WORN:
                walk.skip_subtree()
        elif tag == "Fallback":
            walk.skip_subtree()
        elif tag == "tbl":
            for row in element.iterfind("{*}tr"):
                cells = [
                    " ".join(_text(one) for one in cell.iterfind(".//{*}p"))
                    for cell in row.iterfind("{*}tc")
                ]
                yield tables.row(cells), False
            walk.skip_subtree()
        elif tag == "p":
            for text in _text(element).split("\n"):
                yield text, kind in _TITLES and bool(text.strip())


def _text(paragraph: etree._Element) -> str:
    return "".join(
        element.text or "" if (tag := markup.name(element)) == "t" else _SIGNS.get(tag, "")
        for element in paragraph.iter()
    )
