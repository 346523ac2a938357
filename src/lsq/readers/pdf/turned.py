"""Text that PDFium leaves out because the font that it has in stead has no shapes.

A character drawn alone is then as wide as nothing, and PDFium passes over text objects
without width. One whose outline is stroked is as wide as the line.

Where that finds nothing, the objects are turned by an eighth, which gives vertical lines a
width; they are read, and their places turned back.

Source: PDFium's core/fpdftext/cpdf_textpage.cpp; public/fpdf_edit.h.
"""

import ctypes
import math
from collections.abc import Iterable
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from lsq.readers.layout.glyphs import ASCENT, DESCENT, Run

_EIGHTH = math.sqrt(0.5)
_OBJECTS = 5_000
_STROKE = 1.0  # in points


def widen(flat: Iterable[Any]) -> None:
    """Give text objects without width that of a line around them: none is drawn."""
    for each in flat:
        if pdfium_c.FPDFTextObj_GetTextRenderMode(each) != pdfium_c.FPDF_TEXTRENDERMODE_FILL:
            continue
        pdfium_c.FPDFTextObj_SetTextRenderMode(each, pdfium_c.FPDF_TEXTRENDERMODE_STROKE)
        pdfium_c.FPDFPageObj_SetStrokeWidth(each, _STROKE)
        pdfium_c.FPDFPageObj_Transform(each, 1, 0, 0, 1, 0, 0)  # so that it is measured again


def runs_of_flat_text(page: pdfium.PdfPage) -> list[Run]:
    """The characters of text objects without width, each a run."""
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
