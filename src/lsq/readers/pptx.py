"""Presentations in Office Open XML (pptx, pptm, ppsx, potx).

A paragraph becomes a line, and so does a row of a table; a place is the number of the slide. All
slides form one article with the first title. Speaker notes follow their slide; numbers, dates and
footers, which every slide repeats, are left out. Text that is recognised on pictures
(`lsq.readers.embedded`) is wrapped, so it forms a second bulletin.

Source: ECMA-376 part 1, sections 19 (PresentationML) and 21 (DrawingML).
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from lxml import etree

from lsq.errors import ReadError
from lsq.model import Bulletin, Line
from lsq.readers import embedded, markup, table_lines
from lsq.readers.embedded import EmbeddedPicture
from lsq.readers.omissions import Parts
from lsq.readers.package import Package

_MAIN = "ppt/presentation.xml"

# The placeholders of text that every slide repeats, and of titles.
_REPEATED = frozenset({"sldNum", "dt", "ftr", "hdr", "sldImg"})
_TITLES = frozenset({"title", "ctrTitle"})

# Parts whose text follows a slide: diagrams and speaker notes.
_WITH_TEXT = ("/diagramData", "/notesSlide")

_SIGNS = {"br": "\n", "tab": "\t"}

# The area of a slide of 10 by 7.5 inches, in square EMU, and the pattern of a length.
_USUAL = 9_144_000.0 * 6_858_000.0
_LENGTH = re.compile(r"[0-9]{1,11}")


def read(path: str, data: bytes) -> list[Bulletin]:
    """Read a presentation, without the slides that are missing or damaged.

    Raises:
        ReadError: it is damaged.
    """
    parts = Parts()
    shown: list[EmbeddedPicture] = []
    with Package(path, data) as package:
        lines = tuple(_lines(path, package, parts, shown))
        pictures = embedded.read(path, shown, "".join(line.text for line in lines))
    of_pictures = tuple(line for one in pictures.lines for line in one)
    slides = Bulletin(path, lines, paged=True, missing=parts.missing, exact=True)
    if not of_pictures:
        return [embedded.together(slides, pictures)]
    return [slides, embedded.together(Bulletin(path, of_pictures, paged=True), pictures)]


def _lines(
    path: str, package: Package, parts: Parts, shown: list[EmbeddedPicture]
) -> Iterator[Line]:
    """The lines of all slides.

    Args:
        path: the path of the presentation.
        package: its parts.
        parts: records unreadable parts.
        shown: receives the pictures.
    """
    titled = False
    area = _area(path, package)
    for number, name in enumerate(_slides(path, package), 1):
        with parts.reading(name):
            slide = markup.xml(path, package.read(name))
            relations = _relations(path, package, name)
            shown += _pictures(package, slide, number, relations, area)
            for text, is_title in _texts(slide):
                yield Line(text, number, heading=is_title and not titled, ends=True)
                titled = titled or is_title
            for kind, part in relations.values():
                if kind.endswith(_WITH_TEXT) and part in package:
                    for text, _ in _texts(markup.xml(path, package.read(part))):
                        yield Line(text, number, ends=True)


def _area(path: str, package: Package) -> float:
    """The area of a slide, in square EMU."""
    size = markup.xml(path, package.read(_MAIN)).find("{*}sldSz")
    return _product(size) or _USUAL


def _product(size: etree._Element | None) -> float:
    """The area of a size element, in square EMU; 0 if it is missing or invalid."""
    sides = ("", "") if size is None else (size.get("cx", ""), size.get("cy", ""))
    return float(int(sides[0]) * int(sides[1])) if all(map(_LENGTH.fullmatch, sides)) else 0.0


def _pictures(
    package: Package,
    slide: etree._Element,
    number: int,
    relations: Mapping[str, tuple[str, str]],
    area: float,
) -> Iterator[EmbeddedPicture]:
    """The pictures on a slide that are in the file."""
    for picture in slide.iter("{*}pic"):
        blip = picture.find("{*}blipFill/{*}blip")
        called = [] if blip is None else [v for key, v in blip.items() if key.endswith("}embed")]
        part = relations.get("".join(called), ("", ""))[1]
        if part in package:
            share = (_product(picture.find("{*}spPr/{*}xfrm/{*}ext")) or area) / area
            yield EmbeddedPicture(number, share, part, partial(package.read, part))


def _slides(path: str, package: Package) -> list[str]:
    """The parts of the slides, in order."""
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
    """The relations of a part: the kind and name of each target, by id."""
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
            if kind in _REPEATED:
                walk.skip_subtree()
        elif tag == "Fallback":
            walk.skip_subtree()
        elif tag == "tbl":
            for row in element.iterfind("{*}tr"):
                cells = [
                    " ".join(_text(one) for one in cell.iterfind(".//{*}p"))
                    for cell in row.iterfind("{*}tc")
                ]
                yield table_lines.row(cells), False
            walk.skip_subtree()
        elif tag == "p":
            for text in _text(element).split("\n"):
                yield text, kind in _TITLES and bool(text.strip())


def _text(paragraph: etree._Element) -> str:
    return "".join(
        element.text or "" if (tag := markup.name(element)) == "t" else _SIGNS.get(tag, "")
        for element in paragraph.iter()
    )
