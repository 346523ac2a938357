"""Word documents in Office Open XML (docx). Knows nothing of how they look.

A paragraph is a line, and where it holds line breaks, several; a table's cell is one,
an empty one a blank line. A docx has no pages of its own, so a place is the ordinal of
the paragraph. Text boxes stand where they are anchored, footnotes and endnotes at the
end; headers and footers, which every page repeats, are left out, as are deleted and
hidden text. Numbers that Word only shows (第一条) are put before their paragraphs.

Source: ECMA-376 part 1, section 17 (WordprocessingML), part 2 (packages).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from lsq.errors import ReadError
from lsq.model import Bulletin, Line
from lsq.readers import markup, styles
from lsq.readers.numbering import Numbering
from lsq.readers.package import Package
from lsq.readers.parts import Parts
from lsq.readers.wordml import is_on, value

# Where the parts are, seen from the folder of the document itself.
_MAIN = "word/document.xml"
_NOTES = ("footnotes.xml", "endnotes.xml")
_STYLES = "styles.xml"
_NUMBERING = "numbering.xml"

# What stands for a character, or for nothing that is read.
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}

# With all that is inside: what was deleted or moved away, the reading of a character,
# what older programs shall show instead, and paragraph properties.
_SKIPPED = frozenset({"del", "moveFrom", "rt", "Fallback", "pPr", "sectPr", "tblPr", "tcPr"})


@dataclass(frozen=True, slots=True)
class _Rules:
    """What turns a paragraph's properties into what a reader sees.

    Attributes:
        styles: by id.
        numbering: the document's lists.
    """

    styles: dict[str, styles.Style]
    numbering: Numbering

    def apply(self, paragraph: etree._Element) -> tuple[bool, str]:
        """Whether a paragraph is a heading, and the number that it is shown with."""
        properties = paragraph.find("{*}pPr")
        if properties is None:
            return False, ""
        name = value(properties.find("{*}pStyle")) or ""
        style = styles.properties(properties).over(self.styles.get(name, styles.Style()))
        label = ""
        if style.list_id is not None:
            depth = style.depth
            if depth is None:
                depth = self.numbering.level_of(style.list_id, name)
            label = self.numbering.label(style.list_id, depth)
        return bool(style.heading), label


def read(path: str, data: bytes) -> Bulletin:
    """Read a Word document, without its notes if they are damaged.

    Raises:
        ReadError: it is damaged.
    """
    parts = Parts()
    with Package(path, data) as package:
        main = _main(path, package)
        folder = main.rpartition("/")[0]
        rules = _Rules(
            styles.styles(_optional(path, package, f"{folder}/{_STYLES}")),
            Numbering(_optional(path, package, f"{folder}/{_NUMBERING}")),
        )
        roots = [markup.xml(path, package.read(main))]
        for name in _NOTES:
            part = f"{folder}/{name}"
            if part in package:
                with parts.reading(part):
                    roots.append(markup.xml(path, package.read(part)))
    return Bulletin(path, tuple(_lines(roots, rules)), missing=parts.missing)


def _main(path: str, package: Package) -> str:
    """The name of the part that is the document; nearly all programs call it the same."""
    if _MAIN not in package and "_rels/.rels" in package:
        for relation in markup.xml(path, package.read("_rels/.rels")):
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
    return _MAIN


def _optional(path: str, package: Package, part: str) -> etree._Element | None:
    """A part that the text can do without, should it be missing or damaged."""
    try:
        return markup.xml(path, package.read(part)) if part in package else None
    except ReadError:
        return None


def _lines(roots: list[etree._Element], rules: _Rules) -> Iterator[Line]:
    place = 0
    for root in roots:
        for paragraph, text in _paragraphs(root):
            place += 1
            heading, label = rules.apply(paragraph)
            heading = heading and bool(text.strip())
            *broken, last = (label + text).split("\n")
            for part in broken:
                yield Line(part.rstrip(" "), place, heading)
            yield Line(last.rstrip(" "), place, heading, ends=True)


def _paragraphs(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Each paragraph with its text; one inside of another, in a text box, comes before it."""
    stack: list[tuple[etree._Element, list[str]]] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = markup.name(element)
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


def _is_hidden(run: etree._Element) -> bool:
    return is_on(run.find("{*}rPr/{*}vanish"))
