"""Web pages: the text of a page, without the site's navigation.

A block (paragraph, heading, item, cell) becomes a line and ends a paragraph; `<br>` only breaks
the line. A row of a data table becomes a line (`lsq.readers.table_lines`). In other tables each
cell becomes a line, an empty cell a blank line, so that a value follows its label: `发文字号：`,
`国发〔2019〕5号`. A place is the source line where the text starts; several lines may share one.
Scripts are not run.

`lsq.readers.boilerplate` finds what is not text. Extraction libraries were tried on 32
government pages: trafilatura drops the metadata table and captions, resiliparse drops the
labels of the metadata, and none returns source lines.

Source: https://html.spec.whatwg.org/ sections 4 and 15.3 (which elements are blocks).
"""

import re

from lxml import etree

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Bulletin, Line
from lsq.readers import boilerplate, markup, table_lines
from lsq.readers.encoding import decode
from lsq.readers.sizes import check_page

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_BLOCKS = (
    _HEADINGS
    | _CELLS
    | frozenset(
        "address article aside blockquote body caption center dd details dialog dir div dl dt "
        "fieldset figcaption figure footer form header hgroup hr legend li main menu nav ol "
        "optgroup p pre search section summary table tbody tfoot thead tr ul xmp".split()
    )
)
_SKIPPED = frozenset("head rp rt".split()) | boilerplate.UNSEEN
_PREFORMATTED = frozenset({"pre", "xmp"})

_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*+=\s*+["']?+\s*+([A-Za-z0-9_-]++)""", re.IGNORECASE
)

# A line end in the source between such characters is not a space (CSS Text 3, 4.1.2).
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’…—"
_SEAM = re.compile(rf"(?<=[{_WIDE}])[ \t\f]*\n[ \t\n\f]*(?=[{_WIDE}])")
_SPACE = re.compile(r"[ \t\n\f]+")

# The parser does not count further lines.
_LAST_LINE = 65535

# Suffixes that sites append to the title of a page.
_SITE = re.compile(
    r"(?<!\s)\s*+(?:[|_]|(?<=\s)[-–—]++\s|(?:(?<![\d-])|(?<=\d-))-+(?=\D\S{1,11}$)).*+$", re.DOTALL
)


def read(path: str, data: bytes) -> Bulletin:
    """Read a web page.

    Raises:
        ReadError: it contains no text, or is not a page.
    """
    declared = _DECLARED.search(data[:2048])
    try:
        text = decode(data, declared[1].decode() if declared else None)
    except ValueError as error:
        raise ReadError(path, str(error)) from error
    lines = page(path, text)
    if not any(line.text for line in lines):
        raise ReadError(
            path, _("it contains no text; if a browser shows its text, save it from there")
        )
    return Bulletin(path, lines)


def page(path: str, text: str, *, website: bool = True) -> tuple[Line, ...]:
    """Convert the source of a page to lines.

    Args:
        path: the path for errors.
        text: the decoded source.
        website: leave out the site's navigation and the like.

    Raises:
        ReadError: it is too large, too deep, or has too many or too long lines.
    """
    check_page(path, text)
    root = markup.html(path, text.replace("\r\n", "\n").replace("\r", "\n"))
    if root is None:
        return ()
    title = _title(root)
    body = root.find("body")
    if body is None:
        body = root
    flow = _Flow(boilerplate.find(body) if website else frozenset())
    flow.walk(body)
    return _headed(title, flow.lines)


def _title(root: etree._Element) -> Line | None:
    """The title of the page, without the name of the site."""
    element = root.find("head/title")
    text = "" if element is None else _SPACE.sub(" ", "".join(element.itertext())).strip()
    text = _SITE.sub("", text) or text
    if element is None or not text:
        return None
    return Line(text, element.sourceline or 1, heading=True, ends=True)


def _headed(title: Line | None, lines: list[Line]) -> tuple[Line, ...]:
    """Put the title of the page before the lines if they do not contain it."""
    if title is None:
        return tuple(lines)
    squeezed = "".join("".join(line.text.split()) for line in lines)
    return tuple(lines) if "".join(title.text.split()) in squeezed else (title, *lines)


class _Flow:
    """Converts a tree of elements to lines.

    Attributes:
        lines: the complete lines.
    """

    def __init__(self, skipped: frozenset[etree._Element]) -> None:
        self.lines: list[Line] = []
        self._skipped = skipped
        self._rows: dict[etree._Element, str] = {}  # the rows of data tables, and their lines
        self._pieces: list[str] = []  # of the current line
        self._place = 1  # the source line where the current line starts
        self._source = 1  # the current source line
        self._headings = 0  # the number of open headings
        self._preformatted = 0
        self._cells: list[int] = []  # for each open cell, the number of lines before it

    def walk(self, body: etree._Element) -> None:
        """Convert `body`. Not recursive: elements may nest deeper than calls can."""
        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            skipped = element in self._skipped or markup.name(element) in _SKIPPED
            if event == "start":
                if not skipped and markup.name(element) == "table":
                    self._rows |= self._data(element)
                self._open(element, skipped=skipped)
                if skipped or element in self._rows:
                    walk.skip_subtree()
            else:
                self._close(element)
        self._break(ends=True)

    def _open(self, element: etree._Element, *, skipped: bool) -> None:
        tag = markup.name(element)
        line = element.sourceline
        if line is not None and line < _LAST_LINE:
            self._source = line
        if tag in _BLOCKS:
            self._break(ends=True)
        elif tag == "br":
            self._break(ends=not self._pieces)  # a second `<br>` is a blank line
        if tag in _CELLS:
            self._cells.append(len(self.lines))
        self._headings += tag in _HEADINGS
        self._preformatted += tag in _PREFORMATTED
        if element in self._rows:
            if row := self._rows[element]:
                self.lines.append(Line(row, self._source, ends=True))
        elif not skipped:
            self._add(element.text)

    def _data(self, table: etree._Element) -> dict[etree._Element, str]:
        """The rows of a data table with their lines; empty for other tables."""
        if next(table.iterdescendants("table"), None) is not None:
            return {}
        rows = {
            row: [self._text(cell) for cell in row if markup.name(cell) in _CELLS]
            for row in table.iterdescendants("tr")
            if row not in self._skipped
        }
        if not table_lines.is_data(list(rows.values())):
            return {}
        return {row: table_lines.row(cells) for row, cells in rows.items()}

    def _text(self, cell: etree._Element) -> str:
        """The text of a cell, on one line."""
        pieces: list[str] = []
        walk = etree.iterwalk(cell, events=("start", "end"))
        for event, element in walk:
            tag = markup.name(element)
            if event == "start":
                if element in self._skipped or tag in _SKIPPED:
                    walk.skip_subtree()
                elif element.text:
                    pieces.append(element.text)
                if tag == "br" or (tag in _BLOCKS and tag not in _CELLS):
                    pieces.append("\n")
            elif element is not cell:
                if tag in _BLOCKS:
                    pieces.append("\n")
                if element.tail:
                    pieces.append(element.tail)
        return table_lines.said("".join(pieces))

    def _close(self, element: etree._Element) -> None:
        tag = markup.name(element)
        if tag in _BLOCKS:
            self._break(ends=True)
        if tag in _CELLS and len(self.lines) == self._cells.pop():
            self.lines.append(Line("", self._source, ends=True))
        self._headings -= tag in _HEADINGS
        self._preformatted -= tag in _PREFORMATTED
        self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._preformatted:
            first, *rest = text.split("\n")
            self._append(first)
            for line in rest:
                self._break(ends=False)
                self._source += 1
                self._append(line)
        else:
            self._append(text)
            self._source += text.count("\n")

    def _append(self, text: str) -> None:
        if not self._pieces:
            blank = len(text) - len(text.lstrip())
            if blank == len(text):
                return
            self._place = self._source + text.count("\n", 0, blank)
        self._pieces.append(text)

    def _break(self, *, ends: bool) -> None:
        """End the current line, if any."""
        if not self._pieces:
            if ends and self.lines and not self.lines[-1].ends:
                last = self.lines[-1]
                self.lines[-1] = Line(last.text, last.place, last.heading, ends=True)
            return
        text = "".join(self._pieces)
        self._pieces.clear()
        if self._preformatted:
            text = text.rstrip(" \t\n\f")
        else:
            text = _SPACE.sub(" ", _SEAM.sub("", text)).strip(" ")
        self.lines.append(Line(text, self._place, self._headings > 0, ends))
