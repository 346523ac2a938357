"""Get the text of a PDF page that PDFium does not return: of fonts without shapes, of pictures.

PDFium's substitute for a font may have no shapes. A single character then has no width, and
PDFium skips text objects without width. Stroking its outline gives it the width of the stroke. If
that finds nothing, the objects are rotated by 45 degrees, which gives vertical lines a width, and
the positions are rotated back.

If nothing else works, the page is drawn and recognised.

Source: PDFium's core/fpdftext/cpdf_textpage.cpp; public/fpdf_edit.h.
"""

import ctypes
import math
from collections.abc import Iterable
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from lsq.readers.layout import PageContent
from lsq.readers.layout.page_content import ASCENT, DESCENT, Run
from lsq.readers.ocr import Picture, scale
from lsq.readers.ocr.recognition import sheet_of

_EIGHTH = math.sqrt(0.5)
_OBJECTS = 5_000
_STROKE = 1.0  # in points
_CHANNELS = 3
# The pixels on the longer side that are enough to detect any content.
_SMALL = 300


def widen(flat: Iterable[Any]) -> None:
    """Give text objects without width that of a stroke."""
    for each in flat:
        if pdfium_c.FPDFTextObj_GetTextRenderMode(each) != pdfium_c.FPDF_TEXTRENDERMODE_FILL:
            continue
        pdfium_c.FPDFTextObj_SetTextRenderMode(each, pdfium_c.FPDF_TEXTRENDERMODE_STROKE)
        pdfium_c.FPDFPageObj_SetStrokeWidth(each, _STROKE)
        pdfium_c.FPDFPageObj_Transform(each, 1, 0, 0, 1, 0, 0)  # makes PDFium measure it again


def runs_of_flat_text(page: pdfium.PdfPage) -> list[Run]:
    """The characters of text objects without width, one run each."""
    count = min(pdfium_c.FPDFPage_CountObjects(page.raw), _OBJECTS)
    for index in range(count):
        each = pdfium_c.FPDFPage_GetObject(page.raw, index)
        if pdfium_c.FPDFPageObj_GetType(each) == pdfium_c.FPDF_PAGEOBJ_TEXT:
            pdfium_c.FPDFPageObj_Transform(each, _EIGHTH, _EIGHTH, -_EIGHTH, _EIGHTH, 0, 0)
    textpage = page.get_textpage()
    try:
        return _runs(page, textpage)
    finally:
        textpage.close()


def _runs(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> list[Run]:
    left, _, _, top = page.get_bbox()
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    for index in range(textpage.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(textpage.raw, index)
        if code <= 32 or code == 0x3000 or code > 0x10FFFF:  # noqa: PLR2004 (spaces, no character)
            continue
        pdfium_c.FPDFText_GetCharOrigin(textpage.raw, index, x, y)
        size = pdfium_c.FPDFText_GetFontSize(textpage.raw, index) or 10.0
        at_x = _EIGHTH * (x.value + y.value) - left
        at_y = top - _EIGHTH * (y.value - x.value)
        found.append(Run(chr(code), at_x, at_x + size, at_y + (ASCENT - DESCENT) * size, size))
    return found


def recognised(page: pdfium.PdfPage) -> PageContent:
    """Recognise a page; lengths are in points.

    Raises:
        RecognitionError: the library fails.
        PdfiumError: the page cannot be drawn.
    """
    picture, pixels = drawn(page)
    return sheet_of(picture, 1 / pixels)


def drawn(page: pdfium.PdfPage) -> tuple[Picture, float]:
    """Draw a page; returns the picture and the number of pixels per point.

    Raises:
        PdfiumError: it cannot be drawn.
    """
    pixels = scale(*page.get_size())
    bitmap = page.render(scale=pixels)
    try:
        return _picture(bitmap), pixels
    finally:
        bitmap.close()


def is_blank(page: pdfium.PdfPage) -> bool:
    """Whether a page is blank, judged by a small picture of it."""
    bitmap = page.render(scale=_SMALL / max(*page.get_size(), 1.0), grayscale=True)
    try:
        width, stride, data = bitmap.width, bitmap.stride, bytes(bitmap.buffer)
        rows = {data[at * stride : at * stride + width] for at in range(bitmap.height)}
    finally:
        bitmap.close()
    return len(set(b"".join(rows))) <= 1


def _picture(bitmap: pdfium.PdfBitmap) -> Picture:
    """The pixels of a bitmap (blue, green, red) without the padding of its rows."""
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    data = bytes(bitmap.buffer)
    row = _CHANNELS * width
    if stride != row:
        data = b"".join(data[at * stride : at * stride + row] for at in range(height))
    return Picture(width, height, data)
