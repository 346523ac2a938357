"""The body of a Word document in order: paragraphs, rows of tables, embedded files.

Characters of the symbol fonts Symbol and Wingdings become the characters that they display. Word
stores their codes in the font (`w:sym`, or U+F0B3 in a run of that font), so the name of the font
is needed to decode them. Decorative symbols are dropped.

Sources: ECMA-376 part 1, sections 17 (WordprocessingML) and 20.4 (pictures in it: extent);
part 4, 19.1 (VML); the Unicode consortium's mappings of Adobe's Symbol and Microsoft's Wingdings
(https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt; L2/11-052).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from lxml import etree

from lsq.readers import markup, table_lines
from lsq.readers.wordml import attribute, is_on

# Elements that represent a character, or nothing.
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}

# Skipped with their content: deleted or moved text, ruby, fallbacks for older programs,
# properties; and in the XML of Word 2003 headers, comments and pictures.
_SKIPPED = frozenset(
    "del moveFrom rt Fallback pPr sectPr tblPr tcPr trPr hdr ftr annotation binData".split()
)
# In the XML of Word 2003, these annotations contain text of the document; others do not.
_KEPT_ANNOTATIONS = frozenset({"Word.Insertion", "Word.Formatting"})

# Of a page of 210 by 297 mm: its area in square points; the number of EMU in a point.
_PAGE, _EMU = 595.3 * 841.9, 12_700
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 0.75}
_SIDE = re.compile(r"(?<![-\w])(width|height)\s?:\s?(\d{1,6}(?:\.\d{1,6})?)(pt|in|cm|mm|px|)")
_LONGEST_STYLE = 1000
_LENGTH = re.compile(r"[0-9]{1,11}")
# The characters for codes from 0x20 on, and from 0xA0 on; a space for unknown ones.
_SYMBOL_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ "
    "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_SYMBOL_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈… —↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
    "⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_WINGDINGS = {
    **dict(zip(range(0x80, 0x8B), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x8B, 0x96), "⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
    **dict(zip(range(0xDF, 0xE7), "←→↑↓↖↗↙↘", strict=True)),
    0x28: "☎",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x72: "❒",
    0x75: "◆",
    0xA8: "□",
    0xAB: "★",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {
    **dict(zip(range(0x69, 0x74), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x74, 0x7F), "⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0xA3: "□",
}
_FONTS: dict[str, dict[int, str]] = {
    "symbol": {
        **dict(enumerate(_SYMBOL_LOW, 0x20)),
        **dict(enumerate(_SYMBOL_HIGH, 0xA0)),
    },
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
}
_PRIVATE = range(0xF000, 0xF100)


class PictureReference(NamedTuple):
    """A picture in a paragraph.

    Attributes:
        relation: the id of its relation.
        share: the share of a page that it covers.
    """

    relation: str
    share: float


class WordParagraph(NamedTuple):
    """A paragraph, its text with line breaks, and its pictures."""

    element: etree._Element
    text: str
    pictures: tuple[PictureReference, ...] = ()


class WordRow(NamedTuple):
    """A row of a data table: the paragraphs of each cell."""

    cells: list[list[WordParagraph]]


# A string is the relation id of an embedded file (`w:altChunk`).
Item: TypeAlias = WordParagraph | WordRow | str


def flow(root: etree._Element) -> Iterator[Item]:
    """The content of `root` in order; a paragraph in a text box comes before its anchor."""
    stack: list[tuple[etree._Element, list[str], list[PictureReference]]] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = markup.name(element)
        if event == "end":
            if tag == "p" and stack and stack[-1][0] is element:
                paragraph, pieces, pictures = stack.pop()
                yield WordParagraph(paragraph, "".join(pieces), tuple(pictures))
        elif _is_skipped(element, tag):
            walk.skip_subtree()
        elif tag == "tbl" and (rows := _data(element)):
            yield from rows
            walk.skip_subtree()
        elif tag == "p":
            stack.append((element, [], []))
        elif tag == "altChunk":
            yield attribute(element, "id") or ""
        elif stack and tag in ("blip", "imagedata"):
            stack[-1][2].append(_picture(element, tag))
        elif stack:
            stack[-1][1].append(_text(element, tag))


def _text(element: etree._Element, tag: str) -> str:
    """The text of an element inside a paragraph."""
    if tag == "t":
        text = element.text or ""
        font = _font(element.getparent()) if not text.isascii() else None
        return decode_symbols(font, text) if is_symbolic(font) else text
    if tag == "sym":
        return character(attribute(element, "font"), attribute(element, "char"))
    if tag == "textpath":  # WordArt
        return element.get("string", "")
    return _SIGNS.get(tag, "")


def _picture(element: etree._Element, tag: str) -> PictureReference:
    """A picture with its displayed size; the size of a page if that is unknown."""
    relation = attribute(element, "embed" if tag == "blip" else "id") or ""
    for around in element.iterancestors():
        inside = markup.name(around)
        if inside in ("inline", "anchor"):
            extent = around.find("{*}extent")
            if extent is None:
                break
            return PictureReference(
                relation, _length(extent.get("cx")) * _length(extent.get("cy")) / _PAGE
            )
        if inside in ("shape", "rect"):
            style = (around.get("style") or "")[:_LONGEST_STYLE]
            sides = {
                side: float(value) * _POINTS[unit] for side, value, unit in _SIDE.findall(style)
            }
            if len(sides) == 2:  # noqa: PLR2004 (width and height)
                return PictureReference(relation, sides["width"] * sides["height"] / _PAGE)
            break
        if inside == "p":
            break
    return PictureReference(relation, 1.0)


def _length(value: str | None) -> float:
    """Convert a length in EMU to points; 0 for an invalid one."""
    return int(value) / _EMU if value and _LENGTH.fullmatch(value) else 0.0


def _font(run: etree._Element | None) -> str | None:
    fonts = None if run is None else run.find("{*}rPr/{*}rFonts")
    return None if fonts is None else attribute(fonts, "ascii")


def _is_skipped(element: etree._Element, tag: str) -> bool:
    if tag == "annotation":
        return attribute(element, "type") not in _KEPT_ANNOTATIONS
    return tag in _SKIPPED or (tag == "r" and is_on(element.find("{*}rPr/{*}vanish")))


def _data(table: etree._Element) -> list[WordRow]:
    """The rows of a data table; none for another table."""
    if next(table.iterfind(".//{*}tbl"), None) is not None:
        return []
    rows = [
        WordRow([_paragraphs(cell) for cell in row.iterfind(".//{*}tc")])
        for row in table.iterfind(".//{*}tr")
        if row.find("{*}trPr/{*}del") is None
    ]
    texts = [[" ".join(one.text for one in cell) for cell in row.cells] for row in rows]
    return rows if table_lines.is_data(texts) else []


def _paragraphs(cell: etree._Element) -> list[WordParagraph]:
    return [item for child in cell for item in flow(child) if isinstance(item, WordParagraph)]


def is_symbolic(font: str | None) -> bool:
    """Whether a font is a known symbol font."""
    return font is not None and font.lower() in _FONTS


def character(font: str | None, code: str | None) -> str:
    """The character that a code of a symbol font displays; empty if it is unknown.

    Args:
        font: the name of the font.
        code: the code in hexadecimal digits, as in `w:sym`: F0B3 or 00B3.
    """
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    return _at(font, number)


def decode_symbols(font: str | None, text: str) -> str:
    """Replace characters of the private use area by those that a symbol font displays."""
    return "".join(_at(font, ord(char)) if ord(char) in _PRIVATE else char for char in text)


def _at(font: str | None, code: int) -> str:
    if code in _PRIVATE:
        code -= _PRIVATE.start
    return _FONTS.get((font or "").lower(), {}).get(code, "").strip()
