"""The data types of lsq, as named tuples. Knows no format and no engine.

    Line → Bulletin → Paragraph → Article → Hit, Snippet (`lsq.hit`)

Positions in a text are ranges of characters, never markup inside it. Where a text
came from is a place: the number of a line, of a page where the source has pages
(`paged`), or of a row of a sheet (`sheet`); all count from 1.
"""

# Named tuples cost each search 0.1 ms a class, frozen dataclasses 0.6 ms.

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Final, Literal, NamedTuple, Self, TypeAlias, get_args

# How hits are sorted: the best first; by date, the oldest or the newest first; by path.
Sort: TypeAlias = Literal["relevance", "date", "-date", "path"]
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)

# Which pages are recognised (OCR): those without usable text, if that is installed; none; all.
OcrMode: TypeAlias = Literal["auto", "never", "always"]
OCR_MODES: Final[tuple[OcrMode, ...]] = get_args(OcrMode)


class Role(Enum):
    """The role of a paragraph on its page.

    TEXT: what is said there, headings included.
    BYLINE: a line that only says who wrote it.
    FURNITURE: part of the page, not of the text: its number, its column, its date.
    TABLE: a row of a table, its cells apart.
    """

    TEXT = "text"
    BYLINE = "byline"
    FURNITURE = "furniture"
    TABLE = "table"


class Seen(NamedTuple):
    """How a line is set on its page. Lengths are in the size of its characters.

    Attributes:
        column: the number of its column in the document, from 0.
        indent: the distance of its start from the column's left edge.
        slack: the distance of its end from the column's right edge.
        pitch: the distance to the line above it in the column; 0 for the first.
        size: of its characters, in points or whatever else pages are measured in.
        bold: it is set in a heavy weight.
        heading: it heads what follows, by its size, weight or place.
        note: it is a footnote.
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
    """One line as a reader found it.

    Attributes:
        text: without its line end; may hold anything else the source holds.
        place: its number in the file, or the number of its page.
        heading: the format itself says that this is a heading.
        ends: the format itself says that a paragraph ends with this line, as html
            and docx do; False where only the look of the text can tell.
        role: what it is, if the reader knows: furniture of its page, a row of a table.
        seen: how it is set on its page, where the format has pages with places.
    """

    text: str
    place: int
    heading: bool = False
    ends: bool = False
    role: Role = Role.TEXT
    seen: Seen | None = None


class Bulletin(NamedTuple):
    """One source file as a reader gives it: lines, no articles yet.

    Attributes:
        path: the file, as it was named to lsq; for a member of an archive, the
            archive's path, `/`, and the member's name in it.
        lines: all of it, blank lines included.
        paged: places are pages, not lines.
        missing: what of the file could not be read although the rest could, such as
            scanned pages between others, and what would help; None for nothing. Whoever
            indexes it has to report it, since searches cannot.
        sheet: the sheet of a workbook that the lines are rows of; None without sheets.
        exact: the lines are rows of a table or records, each complete in itself: no
            line continues another, and all of them are one article.
        left_out: what of the file is no part of its text, such as comments: what it is
            (`lsq.readers.omissions`), and how many there are.
        recognised: the pages whose text was recognised (OCR), by number.
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
        kind: what it is, one of `lsq.readers.junk.KINDS`.
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
    """The place that each character of a text came from, kept as runs.

    Attributes:
        offsets: where each run starts, in characters; ascending, the first is 0.
        numbers: the place of each run; as many as there are offsets.
    """

    offsets: tuple[int, ...]
    numbers: tuple[int, ...]

    def at(self, offset: int) -> int:
        """The place of the character at `offset`; beyond the end, that of the last."""
        return self.numbers[bisect_right(self.offsets, offset) - 1]

    @classmethod
    def joined(cls, pieces: Iterable[tuple[str, Self]], separator: str = "") -> Self:
        """The places of the pieces' texts joined by `separator`.

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
    """A paragraph, joined again from the lines it was broken into.

    Attributes:
        text: one line, never empty.
        places: where its characters came from.
        heading: it heads what follows: the format says so, or it was printed twice.
        role: what it is on its page.
        wrapped: it comes from a text with hard wraps, from one line or several.
        size: of its characters, where the format has pages with places.
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
        title: its headline, None where it has none of its own.
        body: its paragraphs, joined by line feeds.
        places: where the characters of `text` came from.
        paged: places are pages, not lines.
        date: when it was made (成文), ISO 8601, maybe reduced: "2020-08", "2020".
        published: when it was published (发布), likewise.
        issuer: who issued it (发文机关).
        number: its document number (发文字号).
        kind: what kind of document it is (文种).
        column: the column or page of the newspaper that contains it (版面).
        byline: who wrote it, as printed, without brackets.
        sheet: the sheet of a workbook that it is; its places are rows then.
        indexno: its number in the catalogue of an office's information (索引号).
        subject: the subject that an office files it under (主题分类).
        ocr: some of its text was recognised on a picture, and may be wrong here and there.
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
        """Its id: the path, `#`, and its ordinal."""
        return f"{self.path}#{self.ordinal}"

    @property
    def text(self) -> str:
        """The text that is searched: the title (or nothing), a line feed, the body."""
        return f"{self.title or ''}\n{self.body}"

    def paragraphs(self) -> Iterator[tuple[str, Place]]:
        """The paragraphs of the body, each with the place where it begins."""
        offset = len(self.title or "") + 1
        for text in self.body.split("\n"):
            yield text, self.place(offset)
            offset += len(text) + 1

    def place(self, offset: int) -> Place:
        """The place of the character at `offset` of `text` in the source."""
        return place_of(self.places.at(offset), self.paged, self.sheet)


def place_of(number: int, paged: bool, sheet: str | None) -> Place:
    """The place that a number names: see `Article.places`."""
    if sheet is not None:
        return Place(None, None, sheet, number)
    return Place(None, number) if paged else Place(number, None)
