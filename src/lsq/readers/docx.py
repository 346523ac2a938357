"""Word documents in Office Open XML (docx, docm, dotx) and in the XML of Word 2003.

A paragraph becomes a line, or several if it contains line breaks. A row of a data table becomes a
line (`lsq.readers.table_lines`); in other tables, each cell does. A docx has no pages, so a place
is the ordinal of the paragraph. Text boxes come at their anchors, footnotes and endnotes at the
end. Headers, footers and comments are counted and left out; deleted and hidden text is left out.
Numbers that Word only displays (第一条) are put before their paragraphs. Pictures that may show
text are recognised (`lsq.readers.embedded`); their text follows their paragraph.

Source: ECMA-376 part 1, section 17 (WordprocessingML), part 2 (packages).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Bulletin, Line
from lsq.readers import embedded, markup, omissions, table_lines, wordml
from lsq.readers.chunks import Chunks
from lsq.readers.embedded import EmbeddedPicture
from lsq.readers.omissions import Parts
from lsq.readers.package import Package
from lsq.readers.wordflow import PictureReference, WordParagraph, WordRow, flow
from lsq.readers.wordml import Numbering, value

# The paths of the parts, relative to the folder of the document itself.
_MAIN = "word/document.xml"
_NOTES = ("footnotes.xml", "endnotes.xml")
_STYLES = "styles.xml"
_NUMBERING = "numbering.xml"


@dataclass(frozen=True, slots=True)
class _Rules:
    """The styles and lists of a document.

    Attributes:
        styles: the styles by id.
        numbering: the lists.
    """

    styles: dict[str, wordml.Style]
    numbering: Numbering

    def apply(self, paragraph: etree._Element) -> tuple[bool, str]:
        """Whether a paragraph is a heading, and its label."""
        properties = paragraph.find("{*}pPr")
        if properties is None:
            return False, ""
        name = value(properties.find("{*}pStyle")) or ""
        style = wordml.properties(properties).over(self.styles.get(name, wordml.Style()))
        label = value(properties.find("{*}listPr/{*}t")) or ""  # Word 2003 stores it
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
    with Package(path, data) as package:
        return _read(path, _InPackage(path, package), _main(path, package))


def flat(path: str, root: etree._Element) -> Bulletin:
    """Read a document whose parts are elements of one XML file (flat OPC).

    Raises:
        ReadError: it contains no Word document.
    """
    parts = _Flat(path, root)
    if _MAIN not in parts:
        raise ReadError(path, _("it contains no Word document; save it as docx"))
    return _read(path, parts, _MAIN)


def of_2003(path: str, root: etree._Element) -> Bulletin:
    """Read a document in the XML of Word 2003, which is one part."""
    rules = _Rules(wordml.styles(root.find("{*}styles")), Numbering(None))
    headers = len(root.findall(".//{*}hdr")) + len(root.findall(".//{*}ftr"))
    comments = sum(
        value_ == "Word.Comment"
        for annotation in root.iterfind(".//{*}annotation")
        for key, value_ in annotation.items()
        if key.endswith("}type")
    )
    left_out = ((omissions.HEADER, headers), (omissions.COMMENT, comments))
    body = [child for child in root if markup.name(child) == "body"]
    lines = _lines(body, rules, None, lambda *_: None)
    texts = tuple(line for line in lines if isinstance(line, Line))
    return Bulletin(path, texts, left_out=_counted(left_out))


class _InPackage:
    """The parts of a document in a zip."""

    def __init__(self, path: str, package: Package) -> None:
        self._path = path
        self._package = package
        self.names = package.names

    def __contains__(self, name: str) -> bool:
        return name in self._package

    def data(self, name: str) -> bytes:
        return self._package.read(name)

    def xml(self, name: str) -> etree._Element:
        return markup.xml(self._path, self._package.read(name))


class _Flat:
    """The parts of a document in one XML file."""

    def __init__(self, path: str, root: etree._Element) -> None:
        self._path = path
        self._parts: Mapping[str, etree._Element] = {
            name.lstrip("/"): part
            for part in root.iterfind("{*}part")
            for key, name in part.items()
            if key.endswith("name")
        }
        self.names = list(self._parts)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def data(self, name: str) -> bytes:
        from base64 import b64decode

        content = self._parts[name].findtext("{*}binaryData")
        return b64decode(content) if content else etree.tostring(self.xml(name))

    def xml(self, name: str) -> etree._Element:
        inside = self._parts[name].find("{*}xmlData")
        if inside is None or not len(inside):
            raise ReadError(
                self._path, _("damaged: it lacks its part {name}; fetch it again").format(name=name)
            )
        return inside[0]


_Source = _InPackage | _Flat


def _read(path: str, source: _Source, main: str) -> Bulletin:
    parts = Parts()
    folder = main.rpartition("/")[0]
    rules = _Rules(
        wordml.styles(_optional(source, f"{folder}/{_STYLES}")),
        Numbering(_optional(source, f"{folder}/{_NUMBERING}")),
    )
    roots = [source.xml(main)]
    for name in _NOTES:
        part = f"{folder}/{name}"
        if part in source:
            with parts.reading(part):
                roots.append(source.xml(part))
    relations = _optional(source, f"{folder}/_rels/{main.rpartition('/')[2]}.rels")
    chunks = Chunks(path, folder, relations, source.data, parts)

    def picture(place: int, shown: PictureReference) -> EmbeddedPicture | None:
        name = chunks.target(shown.relation)
        if name not in source:  # an external picture
            return None
        return EmbeddedPicture(place, shown.share, name, lambda: source.data(name))

    found = list(_lines(roots, rules, chunks, picture))
    text = "".join(one.text for one in found if isinstance(one, Line))
    pictures = embedded.read(path, [one for one in found if not isinstance(one, Line)], text)
    of_pictures = iter(pictures.lines)
    lines = [
        line for one in found for line in ((one,) if isinstance(one, Line) else next(of_pictures))
    ]
    left_out = _counted(_left_out(source, folder))
    bulletin = Bulletin(path, tuple(lines), missing=parts.missing, left_out=left_out)
    return embedded.together(bulletin, pictures)


def _left_out(source: _Source, folder: str) -> Iterator[tuple[str, int]]:
    """The numbers of headers and footers with text, and of comments."""
    headers = 0
    for name in source.names:
        part = name.removeprefix(f"{folder}/")
        if part != name and part.startswith(("header", "footer")) and part.endswith(".xml"):
            root = _optional(source, name)
            headers += root is not None and bool("".join(root.itertext()).strip())
    yield omissions.HEADER, headers
    comments = _optional(source, f"{folder}/comments.xml")
    yield omissions.COMMENT, 0 if comments is None else len(comments.findall("{*}comment"))


def _counted(left_out: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple((kind, count) for kind, count in left_out if count)


def _main(path: str, package: Package) -> str:
    """The name of the main part, which is the same in nearly all documents."""
    if _MAIN not in package and "_rels/.rels" in package:
        for relation in markup.xml(path, package.read("_rels/.rels")):
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
    return _MAIN


def _optional(source: _Source, part: str) -> etree._Element | None:
    """An optional part; None if it is missing or damaged."""
    try:
        return source.xml(part) if part in source else None
    except ReadError:
        return None


def _lines(
    roots: list[etree._Element],
    rules: _Rules,
    chunks: Chunks | None,
    picture: Callable[[int, PictureReference], EmbeddedPicture | None],
) -> Iterator[Line | EmbeddedPicture]:
    place = 0
    for root in roots:
        for item in flow(root):
            match item:
                case WordParagraph(element, text, pictures):
                    place += 1
                    yield from _of_paragraph(element, text, place, rules)
                    yield from filter(None, (picture(place, one) for one in pictures))
                case WordRow(cells):
                    first = place + 1
                    place += sum(map(len, cells))
                    texts = [
                        [rules.apply(one.element)[1] + one.text for one in cell] for cell in cells
                    ]
                    yield Line(table_lines.row(" ".join(cell) for cell in texts), first, ends=True)
                    inside = [shown for cell in cells for one in cell for shown in one.pictures]
                    yield from filter(None, (picture(first, one) for one in inside))
                case str() if chunks is not None:
                    for line in chunks.lines(item):
                        place += 1
                        yield line._replace(place=place)


def _of_paragraph(element: etree._Element, text: str, place: int, rules: _Rules) -> Iterator[Line]:
    heading, label = rules.apply(element)
    heading = heading and bool(text.strip())
    *broken, last = (label + text).split("\n")
    for part in broken:
        yield Line(part.rstrip(" "), place, heading)
    yield Line(last.rstrip(" "), place, heading, ends=True)
