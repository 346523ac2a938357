"""The body of a Word document in its order: paragraphs, rows of tables, inserted files.

Knows nothing of styles and numbers, which decide how a paragraph is shown.

Source: ECMA-376 part 1, section 17 (WordprocessingML).
"""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from lxml import etree

from lsq.readers import markup, symbols, tables
from lsq.readers.wordml import attribute, is_on

# What stands for a character, or for nothing that is read.
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}

# With all that is inside: what was deleted or moved away, the reading of a character,
# what older programs shall show instead, properties; and in Word 2003's XML headers,
# comments and pictures.
_SKIPPED = frozenset(
    "del moveFrom rt Fallback pPr sectPr tblPr tcPr trPr hdr ftr annotation binData".split()
)
# In Word 2003's XML these hold text that is there, in others they hold what is not.
_KEPT_ANNOTATIONS = frozenset({"Word.Insertion", "Word.Formatting"})


class Paragraph(NamedTuple):
    """A paragraph and its text, line breaks included."""

    element: etree._Element
    text: str


class Row(NamedTuple):
    """A row of a table of data: its cells, each some paragraphs."""

    cells: list[list[Paragraph]]


# A string is the relation of a file that stands here (`w:altChunk`).
Item: TypeAlias = Paragraph | Row | str


def flow(root: etree._Element) -> Iterator[Item]:
    """What `root` holds; a paragraph inside of another, in a text box, comes before it."""
    stack: list[tuple[etree._Element, list[str]]] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = markup.name(element)
        if event == "end":
            if tag == "p" and stack and stack[-1][0] is element:
                paragraph, pieces = stack.pop()
                yield Paragraph(paragraph, "".join(pieces))
        elif _is_skipped(element, tag):
            walk.skip_subtree()
        elif tag == "tbl" and (rows := _data(element)):
            yield from rows
            walk.skip_subtree()
        elif tag == "p":
            stack.append((element, []))
        elif tag == "altChunk":
            yield attribute(element, "id") or ""
        elif stack:
            stack[-1][1].append(_said(element, tag))


def _said(element: etree._Element, tag: str) -> str:
    """What an element inside of a paragraph adds to its text."""
    if tag == "t":
        text = element.text or ""
        font = _font(element.getparent()) if not text.isascii() else None
        return symbols.shown(font, text) if symbols.is_symbolic(font) else text
    if tag == "sym":
        return symbols.character(attribute(element, "font"), attribute(element, "char"))
    if tag == "textpath":  # WordArt
        return element.get("string", "")
    return _SIGNS.get(tag, "")


def _font(run: etree._Element | None) -> str | None:
    fonts = None if run is None else run.find("{*}rPr/{*}rFonts")
    return None if fonts is None else attribute(fonts, "ascii")


def _is_skipped(element: etree._Element, tag: str) -> bool:
    if tag == "annotation":
        return attribute(element, "type") not in _KEPT_ANNOTATIONS
    return tag in _SKIPPED or (tag == "r" and is_on(element.find("{*}rPr/{*}vanish")))


def _data(table: etree._Element) -> list[Row]:
    """The rows of a table, if it is one of data, or else none."""
    if next(table.iterfind(".//{*}tbl"), None) is not None:
        return []
    rows = [
        Row([_paragraphs(cell) for cell in row.iterfind(".//{*}tc")])
        for row in table.iterfind(".//{*}tr")
        if row.find("{*}trPr/{*}del") is None
    ]
    texts = [[" ".join(text for _, text in cell) for cell in row.cells] for row in rows]
    return rows if tables.is_data(texts) else []


def _paragraphs(cell: etree._Element) -> list[Paragraph]:
    return [item for child in cell for item in flow(child) if isinstance(item, Paragraph)]
