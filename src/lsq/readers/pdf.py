"""PDF: the text of each page, in the order in which the page draws it. Paged.

Knows no layout: columns come out one after the other if the file has them so. Scans
and broken fonts are refused with the reason, since the index would hold nothing or
nonsense, and searches would miss them without a word. PDFium runs in this process: it
is the library that browsers show strangers' files with.

Source: ISO 32000-1:2008, 9.10 (extraction of text); PDFium's fpdf_text.h.
"""

from dataclasses import dataclass

import pypdfium2 as pdfium

from lsq.errors import ReadError
from lsq.messages import _
from lsq.model import Bulletin, Line
from lsq.readers.parts import listed
from lsq.readers.plausibility import is_garbled

# A hyphen at the end of a line, as PDFium marks it.
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})

# More than any bulletin has: a year of a newspaper in one file has 5,000.
_PAGES = 20_000
_CHARACTERS = 50_000_000

# A page with fewer characters has none but its number, or what a stamp says.
_TEXT = 10

_OCR = _("run OCR over it")

_IMAGE = pdfium.raw.FPDF_PAGEOBJ_IMAGE
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SECURITY = 5  # FPDF_ERR_SECURITY


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page says.

    Attributes:
        text: its lines.
        is_picture: it shows a picture, or nothing that we can read, and no text.
    """

    text: str
    is_picture: bool = False

    @property
    def has_text(self) -> bool:
        """Whether it says more than its number."""
        return len("".join(self.text.split())) >= _TEXT


def read(path: str, data: bytes) -> Bulletin:
    """Read a PDF.

    Raises:
        ReadError: it is damaged, encrypted, a scan, or its fonts do not say which
            characters they show.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise ReadError(path, _refusal(error)) from error
    try:
        pages = _pages(path, document)
    finally:
        document.close()
    if not any(page.has_text for page in pages):
        raise ReadError(
            path, _("holds no text, only pictures of it (a scan); {ocr}").format(ocr=_OCR)
        )
    if is_garbled("".join(page.text for page in pages)):
        raise ReadError(
            path, _("its fonts do not say which characters they show; {ocr}").format(ocr=_OCR)
        )
    lines = (
        Line(line, number) for number, page in enumerate(pages, 1) for line in page.text.split("\n")
    )
    return Bulletin(path, tuple(lines), paged=True, missing=_missing(pages))


def _missing(pages: list[_Page]) -> str | None:
    """Which pages are pictures, while others are text."""
    scans = [str(number) for number, page in enumerate(pages, 1) if page.is_picture]
    if not scans:
        return None
    return _("{scans} of its {pages} pages are only pictures ({named}); {ocr}").format(
        scans=len(scans), pages=len(pages), named=listed(scans), ocr=_OCR
    )


def _refusal(error: pdfium.PdfiumError) -> str:
    if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
        return _("encrypted with a password; save it without, for example with qpdf --decrypt")
    return _("damaged, or not downloaded whole: PDFium cannot open it; fetch it again")


def _pages(path: str, document: pdfium.PdfDocument) -> list[_Page]:
    if len(document) > _PAGES:
        raise ReadError(path, _("has more than {pages} pages; split it").format(pages=_PAGES))
    pages: list[_Page] = []
    left = _CHARACTERS
    for number in range(len(document)):
        pages.append(_page(document, number))
        left -= len(pages[-1].text)
        if left < 0:
            raise ReadError(path, _("holds more text than any document; split it"))
    return pages


def _page(document: pdfium.PdfDocument, number: int) -> _Page:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return _Page("", is_picture=True)  # damaged, which comes to the same
    try:
        textpage = page.get_textpage()
        try:
            text = textpage.get_text_range(errors="replace")
        finally:
            textpage.close()
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_HYPHENS)
        found = _Page(text)
        return found if found.has_text else _Page(text, is_picture=_has_picture(page))
    finally:
        page.close()


def _has_picture(page: pdfium.PdfPage) -> bool:
    try:
        return next(page.get_objects([_IMAGE], max_depth=2), None) is not None
    except pdfium.PdfiumError:
        return True  # damaged, which comes to the same
