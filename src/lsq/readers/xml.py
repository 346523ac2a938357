"""XML: Word and Excel 2003, flat OPC and OpenDocument, and records of databases.

The root element shows which. In other XML, repeated elements are records, with the texts of
their descendants as values. A place is the line on which a record begins; in a Word document,
the ordinal of the paragraph.

Sources: Microsoft Office 2003 XML Reference Schemas (WordprocessingML,
SpreadsheetML); ECMA-376 part 2, annex on flat OPC.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from lsq.model import Bulletin
from lsq.readers import docx, markup, odf, table_lines
from lsq.readers.database_records import Record, bulletins


def read(path: str, data: bytes) -> Iterable[Bulletin]:
    """Read an XML file.

    Raises:
        ReadError: it is damaged.
    """
    root = markup.xml(path, data.strip(b"\0 \t\r\n"))
    match markup.name(root):
        case "wordDocument":
            return [docx.of_2003(path, root)]
        case "package":
            return [docx.flat(path, root)]
        case "document" if root.find("{*}body/{*}text") is not None:
            return [odf.of_root(path, root)]
        case "document" if root.find("{*}body/{*}presentation") is not None:
            return [odf.of_root(path, root)]
        case "Workbook":
            return _workbook(path, root)
        case _:
            return bulletins(path, list(_records(root)))


def _workbook(path: str, root: etree._Element) -> Iterator[Bulletin]:
    for number, sheet in enumerate(root.iterfind("{*}Worksheet"), 1):
        lines = tuple(table_lines.lines(_rows(sheet)))
        if lines:
            name = _attribute(sheet, "Name") or str(number)
            yield Bulletin(path, lines, sheet=name, exact=True)


def _rows(sheet: etree._Element) -> Iterator[tuple[int, list[str]]]:
    place = 0
    for row in sheet.iterfind("{*}Table/{*}Row"):
        place = _index(row, place)
        cells: list[str] = []
        for cell in row.iterfind("{*}Cell"):
            at = _index(cell, len(cells))
            cells += [""] * (min(at, _MOST_COLUMNS) - 1 - len(cells))
            cells.append("".join(cell.itertext()))
            across = _attribute(cell, "MergeAcross") or ""
            if across.isdecimal():
                cells += [""] * min(int(across), _MOST_COLUMNS - len(cells))
        yield place, cells


# A malicious file may declare any column for a cell.
_MOST_COLUMNS = 16384


def _index(element: etree._Element, before: int) -> int:
    said = _attribute(element, "Index") or ""
    return max(before + 1, int(said)) if said.isdecimal() and len(said) < 8 else before + 1  # noqa: PLR2004


def _attribute(element: etree._Element, name: str) -> str | None:
    return next((text for key, text in element.items() if key.rpartition("}")[2] == name), None)


def _records(root: etree._Element) -> Iterator[Record]:
    """The records: the children with one name of the outermost element with several children."""
    level = root
    while len(level) == 1 and len(level[0]):
        level = level[0]
    names = Counter(markup.name(child) for child in level)
    name, count = names.most_common(1)[0] if names else ("", 0)
    several = count > 1 and all(len(child) for child in level if markup.name(child) == name)
    if len(level) and (several or count == len(level)) and len(level[0]):
        for child in level:
            yield Record(child.sourceline or 1, _values(child))
    else:
        yield Record(level.sourceline or 1, _values(level))


def _values(element: etree._Element) -> dict[str, list[str]]:
    """The texts of an element and its descendants, by name; "" for its own."""
    values: dict[str, list[str]] = {}
    for descendant in element.iter():
        name = markup.name(descendant)
        text = (descendant.text or "").strip()
        if text:
            values.setdefault("" if descendant is element else name, []).append(text)
        tail = (descendant.tail or "").strip()
        if tail and descendant is not element:
            values.setdefault("", []).append(tail)
    return values
