"""PDF: the text of each page, in the order in which the page draws it. Paged.

Knows no layout: columns come out one after the other if the file has them so. Scans
and broken fonts are refused with the reason, since the index would hold nothing or
nonsense, and searches would miss them without a word. PDFium runs in this process: it
is the library that browsers show strangers' files with.

Source: ISO 32000-1:2008, 9.10 (extraction of text); PDFium's fpdf_text.h.
"""

import pypdfium2 as pdfium

from lsq.errors import ReadError
from lsq.model import Bulletin, Line
from lsq.readers.plausibility import is_garbled

# A hyphen at the end of a line, as PDFium marks it.
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})

# More than any bulletin has: a year of a newspaper in one file has 5,000.
_PAGES = 20_000
_CHARACTERS = 50_000_000

# Fewer characters than these, on average, are page numbers printed over a scan.
_SCANNED = 8

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SECURITY = 5  # FPDF_ERR_SECURITY


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
    text = "".join(pages)
    visible = len("".join(text.split()))
    if not visible or (visible < _SCANNED * len(pages) and len(pages) > 1):
        raise ReadError(path, "holds no text, only pictures of it (a scan); run OCR over it")
    if is_garbled(text):
        reason = "its fonts do not say which characters they show; run OCR over it"
        raise ReadError(path, reason)
    lines = (
        Line(line, number) for number, page in enumerate(pages, 1) for line in page.split("\n")
    )
    return Bulletin(path, tuple(lines), paged=True)


def _refusal(error: pdfium.PdfiumError) -> str:
    if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
        return "encrypted with a password; save it without, for example with qpdf --decrypt"
    return "damaged, or not downloaded whole: PDFium cannot open it; fetch it again"


def _pages(path: str, document: pdfium.PdfDocument) -> list[str]:
    """The text of each page; empty for one that is damaged."""
    if len(document) > _PAGES:
        raise ReadError(path, f"has more than {_PAGES} pages; split it")
    pages: list[str] = []
    left = _CHARACTERS
    for number in range(len(document)):
        pages.append(_page(document, number))
        left -= len(pages[-1])
        if left < 0:
            raise ReadError(path, "holds more text than any document; split it")
    return pages


def _page(document: pdfium.PdfDocument, number: int) -> str:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return ""
    try:
        textpage = page.get_textpage()
        try:
            text: str = textpage.get_text_range(errors="replace")
        finally:
            textpage.close()
    finally:
        page.close()
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_HYPHENS)
