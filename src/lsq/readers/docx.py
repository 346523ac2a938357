"""Word documents in Office Open XML (docx). Knows nothing of how they look.

A paragraph is a line, and where it holds line breaks, several; a table's cell is one,
an empty one a blank line. A docx has no pages of its own, so a place is the ordinal of
the paragraph. Text boxes stand where they are anchored, footnotes and endnotes at the
end; headers and footers, which every page repeats, are left out, as are deleted and
hidden text and the numbers that Word gives to list items when it shows them.

Source: ECMA-376 part 1, section 17 (WordprocessingML), part 2 (packages).
"""

from collections.abc import Iterator

from lxml import etree

from lsq.errors import ReadError
from lsq.model import Bulletin, Line
from lsq.readers import markup
from lsq.readers.package import Package

# Where the parts are, seen from the folder of the document itself.
_MAIN = "word/document.xml"
_NOTES = ("footnotes.xml", "endnotes.xml")
_STYLES = "styles.xml"

# What stands for a character, or for nothing that is read.
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}

# With all that is inside: what was deleted or moved away, the reading of a character,
# what older programs shall show instead, and paragraph properties.
_SKIPPED = frozenset({"del", "moveFrom", "rt", "Fallback", "pPr", "sectPr", "tblPr", "tcPr"})

# The level of text that is no heading.
_BODY_LEVEL = 9


def read(path: str, data: bytes) -> Bulletin:
    """Read a Word document.

    Raises:
        ReadError: it is damaged, or holds no text.
    """
    with Package(path, data) as package:
        main = _main(path, package)
        folder = main.rpartition("/")[0]
        parts = [main, *(f"{folder}/{name}" for name in _NOTES)]
        headings = _heading_styles(path, package, f"{folder}/{_STYLES}")
        roots = [
            markup.xml(path, package.read(name))
            for name in parts
            if name in package or name == main
        ]
    lines = tuple(_lines(roots, headings))
    if not any(line.text.strip() for line in lines):
        raise ReadError(path, "holds no text, perhaps pictures of it; run OCR over it")
    return Bulletin(path, lines)


def _main(path: str, package: Package) -> str:
    """The name of the part that is the document; nearly all programs call it the same."""
    if _MAIN not in package and "_rels/.rels" in package:
        for relation in markup.xml(path, package.read("_rels/.rels")):
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
    return _MAIN


def _lines(roots: list[etree._Element], headings: frozenset[str]) -> Iterator[Line]:
    place = 0
    for root in roots:
        for paragraph, text in _paragraphs(root):
            place += 1
            heading = bool(text.strip()) and _is_heading(paragraph, headings)
            *broken, last = text.split("\n")
            for part in broken:
                yield Line(part.rstrip(" "), place, heading)
            yield Line(last.rstrip(" "), place, heading, ends=True)


def _paragraphs(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Each paragraph with its text; one inside of another, in a text box, comes before it."""
    stack: list[tuple[etree._Element, list[str]]] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = _name(element)
        if event == "start":
            if tag in _SKIPPED or (tag == "r" and _is_hidden(element)):
                walk.skip_subtree()
            elif tag == "p":
                stack.append((element, []))
            elif stack and tag == "t":
                stack[-1][1].append(element.text or "")
            elif stack and tag in _SIGNS:
                stack[-1][1].append(_SIGNS[tag])
        elif tag == "p" and stack and stack[-1][0] is element:
            paragraph, pieces = stack.pop()
            yield paragraph, "".join(pieces)


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    return None if element is None else element.find(f"{{*}}{name}")


def _value(element: etree._Element | None) -> str | None:
    """An element's `val`, whichever of the two namespaces of the standard it is in."""
    if element is None:
        return None
    return next((value for key, value in element.items() if key.endswith("}val")), None)


def _is_hidden(run: etree._Element) -> bool:
    vanish = _child(_child(run, "rPr"), "vanish")
    return vanish is not None and _value(vanish) not in ("0", "false", "off")


def _is_heading(paragraph: etree._Element, headings: frozenset[str]) -> bool:
    properties = _child(paragraph, "pPr")
    level = _value(_child(properties, "outlineLvl"))
    if level is not None:
        return level.isdecimal() and int(level) < _BODY_LEVEL
    return _value(_child(properties, "pStyle")) in headings


def _heading_styles(path: str, package: Package, part: str) -> frozenset[str]:
    """The styles of titles and headings: by name, outline level, or what they build on.

    Ids are no help: Word writes "Heading1" or "1", WPS writes "2".
    """
    if part not in package:
        return frozenset()
    try:
        styles = markup.xml(path, package.read(part))
    except ReadError:
        return frozenset()  # the text is there all the same
    based: dict[str, str] = {}
    found: set[str] = set()
    for style in styles.iterfind("{*}style"):
        ids = [value for key, value in style.items() if key.endswith("}styleId")]
        name = (_value(_child(style, "name")) or "").lower()
        level = _value(_child(_child(style, "pPr"), "outlineLvl"))
        for identifier in ids:
            if name == "title" or name.startswith("heading ") or level in set("012345678"):
                found.add(identifier)
            elif level is None and (base := _value(_child(style, "basedOn"))):
                based[identifier] = base
    for identifier in based:
        chain = [identifier]
        while chain[-1] in based and based[chain[-1]] not in chain:
            chain.append(based[chain[-1]])
        if chain[-1] in found:
            found.update(chain)
    return frozenset(found)
