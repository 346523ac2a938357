"""The data types of lsq, as named tuples. Independent of formats and engines.

    Line → Bulletin → Paragraph → Article → Hit, Snippet (`lsq.hit`)

Positions in a text are ranges of characters, never markup inside it. A place in the source is
the number of a line, of a page where the source has pages (`paged`), or of a row of a sheet
(`sheet`); all count from 1.
"""

# Defining a named tuple costs each search 0.1 ms, a frozen dataclass 0.6 ms.

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Final, Literal, NamedTuple, Self, TypeAlias, get_args

# The order of hits: the best first; by date, the oldest or the newest first; by path.
Sort: TypeAlias = Literal["relevance", "date", "-date", "path"]
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)

# The pages to recognise (OCR): those without usable text, if OCR is installed; none; all.
OcrMode: TypeAlias = Literal["auto", "never", "always"]
OCR_MODES: Final[tuple[OcrMode, ...]] = get_args(OcrMode)


class Role(Enum):
    """The role of a paragraph on its page.

    TEXT: body text, headings included.
    BYLINE: a line that only names the author.
    FURNITURE: part of the page, not of the text: page number, column name, masthead.
    TABLE: a row of a table, its cells separated.
    """

    TEXT = "text"
    BYLINE = "byline"
    FURNITURE = "furniture"
    TABLE = "table"


class Seen(NamedTuple):
    """The layout of a line on its page. Lengths are in units of the font size.

    Attributes:
        column: the number of its column in the document, from 0.
        indent: the distance from the column's left edge to the start of the line.
        slack: the distance from the end of the line to the column's right edge.
        pitch: the distance to the line above it in the column; 0 for the first.
        size: the font size, in points or the page's own unit.
        bold: whether the font is bold.
        heading: whether size, weight or position make it a heading.
        note: whether it is a footnote.
    """

    column: int
    indent: float
    slack: float
    pitch: float
    size: float
    bold: bool = False
    heading: bool = False
    note: bool = False


class Line(NamedTuple):
    """One line as a reader returns it.

    Attributes:
        text: without the line end; otherwise as in the source.
        place: the number of the line, page or row in the source.
        heading: whether the format marks it as a heading.
        ends: whether the format marks the end of a paragraph here, as html and docx do.
        role: what it is, if the reader knows: furniture of its page, a row of a table.
        seen: its layout on the page, where the format has one.
    """

    text: str
    place: int
    heading: bool = False
    ends: bool = False
    role: Role = Role.TEXT
    seen: Seen | None = None


class Bulletin(NamedTuple):
    """One source file as a reader returns it: lines, not yet articles.

    Attributes:
        path: the file, as the user named it; for a member of an archive, the archive's path,
            `/`, and the member's name.
        lines: all lines, blank ones included.
        paged: whether places are pages, not lines.
        missing: which part of the file could not be read, such as scanned pages, and what
            would help; None if everything was read. The indexer must report it, as searches
            cannot.
        sheet: the name of the sheet if lines are rows of a workbook's sheet; else None.
        exact: whether lines are rows of a table or records: no line continues another, and
            all lines form one article.
        left_out: the parts that are not text, such as comments: kind
            (`lsq.readers.omissions`) and number.
        recognised: the numbers of the pages whose text was recognised (OCR).
        unrecognised: the number of pages that need recognition, which was not tried.
    """

    path: str
    lines: tuple[Line, ...]
    paged: bool = False
    missing: str | None = None
    sheet: str | None = None
    exact: bool = False
    left_out: tuple[tuple[str, int], ...] = ()
    recognised: tuple[int, ...] = ()
    unrecognised: int = 0


class Skipped(NamedTuple):
    """A file that no reader takes.

    Attributes:
        path: the file, or the member of an archive.
        kind: one of `lsq.readers.junk.KINDS`.
    """

    path: str
    kind: str


class Place(NamedTuple):
    """A position in a source: a line, a page, or a row of a sheet."""

    line: int | None
    page: int | None
    sheet: str | None = None
    row: int | None = None


class Places(NamedTuple):
    """The place of each character of a text in the source, as runs of equal places.

    Attributes:
        offsets: the start of each run, in characters; ascending, the first is 0.
        numbers: the place of each run.
    """

    offsets: tuple[int, ...]
    numbers: tuple[int, ...]

    def at(self, offset: int) -> int:
        """The place of the character at `offset`; beyond the end, that of the last character."""
        return self.numbers[bisect_right(self.offsets, offset) - 1]

    @classmethod
    def joined(cls, pieces: Iterable[tuple[str, Self]], separator: str = "") -> Self:
        """The places of the texts of `pieces`, joined by `separator`.

        A separator has the place of the piece before it.
        """
        offsets: list[int] = []
        numbers: list[int] = []
        start = 0
        for text, places in pieces:
            for offset, number in zip(places.offsets, places.numbers, strict=True):
                if not numbers or number != numbers[-1]:
                    offsets.append(start + offset)
                    numbers.append(number)
            start += len(text) + len(separator)
        return cls(tuple(offsets), tuple(numbers))


class Paragraph(NamedTuple):
    """A paragraph, joined from the lines of the source.

    Attributes:
        text: one line, never empty.
        places: the places of its characters in the source.
        heading: whether the format marks it as a heading, or it was printed twice.
        role: its role on the page.
        wrapped: whether it comes from a text with hard wraps.
        size: the font size, where the format has a page layout.
    """

    text: str
    places: Places
    heading: bool = False
    role: Role = Role.TEXT
    wrapped: bool = False
    size: float | None = None


class Article(NamedTuple):
    """One piece of a bulletin: the unit of search.

    Attributes:
        path: the bulletin that contains it.
        ordinal: its number in the bulletin, from 1.
        title: the headline; None if it has none of its own.
        body: the paragraphs, joined by line feeds.
        places: the places of the characters of `text` in the source.
        paged: whether places are pages, not lines.
        date: the date of the document (成文), in ISO 8601, maybe reduced: "2020-08", "2020".
        published: the date of publication (发布), likewise.
        issuer: the issuing authority (发文机关).
        number: the document number (发文字号).
        kind: the kind of document (文种).
        column: the column or page of the newspaper that contains it (版面).
        byline: the author as printed, without brackets.
        sheet: the sheet of a workbook, if it is one; its places are rows then.
        indexno: the number in an office's catalogue of information (索引号).
        subject: the subject in such a catalogue (主题分类).
        ocr: whether some of its text was recognised (OCR), and may contain errors.
    """

    path: str
    ordinal: int
    title: str | None
    body: str
    places: Places
    paged: bool = False
    date: str | None = None
    published: str | None = None
    issuer: str | None = None
    number: str | None = None
    kind: str | None = None
    column: str | None = None
    byline: str | None = None
    sheet: str | None = None
    indexno: str | None = None
    subject: str | None = None
    ocr: bool = False

    @property
    def id(self) -> str:
        """The id: the path, `#`, and the ordinal."""
        return f"{self.path}#{self.ordinal}"

    @property
    def text(self) -> str:
        """The searched text: the title (or nothing), a line feed, the body."""
        return f"{self.title or ''}\n{self.body}"

    def paragraphs(self) -> Iterator[tuple[str, Place]]:
        """The paragraphs of the body, each with the place of its beginning."""
        offset = len(self.title or "") + 1
        for text in self.body.split("\n"):
            yield text, self.place(offset)
            offset += len(text) + 1

    def place(self, offset: int) -> Place:
        """The place of the character at `offset` of `text` in the source."""
        return place_of(self.places.at(offset), self.paged, self.sheet)


def place_of(number: int, paged: bool, sheet: str | None) -> Place:
    """Convert a number of `Article.places` to a place."""
    if sheet is not None:
        return Place(None, None, sheet, number)
    return Place(None, number) if paged else Place(number, None)
