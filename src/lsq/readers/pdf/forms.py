"""What is filled in on a PDF page: values of form fields, notes written on the page.

A viewer shows both, but neither is part of the page's own text.

Source: ISO 32000-1:2008, 12.5.6.6 (FreeText), 12.7.4 (fields); PDFium's fpdf_annot.h.
"""

import ctypes
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from lsq.readers.layout.glyphs import DESCENT, Run
from lsq.readers.pdf.glyphs import Glyphs

_ANNOTATIONS = 2_000  # more than any page has
_LONGEST = 1 << 16  # bytes of one value
_LINE = 1.2  # how high a line is, in the size of its characters
_SIZE = 12.0  # of a value in a field that is higher than a line


def fields_of(document: pdfium.PdfDocument, page: pdfium.PdfPage, glyphs: Glyphs) -> list[Run]:
    """The text that is filled in on a page, where it stands."""
    count = min(pdfium_c.FPDFPage_GetAnnotCount(page.raw), _ANNOTATIONS)
    found: list[Run] = []
    for index in range(count):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            found += _runs(document, annotation, glyphs)
        finally:
            pdfium_c.FPDFPage_CloseAnnot(annotation)
    return found


def _runs(document: pdfium.PdfDocument, annotation: Any, glyphs: Glyphs) -> list[Run]:
    kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
    if pdfium_c.FPDFAnnot_GetFlags(annotation) & (
        pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW
    ):
        return []
    if kind == pdfium_c.FPDF_ANNOT_FREETEXT:
        text = _string(lambda *to: pdfium_c.FPDFAnnot_GetStringValue(annotation, b"Contents", *to))
    elif kind == pdfium_c.FPDF_ANNOT_WIDGET and document.formenv is not None:
        form = document.formenv.raw
        if pdfium_c.FPDFAnnot_GetFormFieldType(form, annotation) not in (
            pdfium_c.FPDF_FORMFIELD_TEXTFIELD,
            pdfium_c.FPDF_FORMFIELD_COMBOBOX,
            pdfium_c.FPDF_FORMFIELD_LISTBOX,
        ):
            return []
        text = _string(lambda *to: pdfium_c.FPDFAnnot_GetFormFieldValue(form, annotation, *to))
    else:
        return []
    rect = pdfium_c.FS_RECTF()
    if not text.strip() or not pdfium_c.FPDFAnnot_GetRect(annotation, rect):
        return []
    left, top = glyphs.seen(rect.left, rect.top)
    right, bottom = glyphs.seen(rect.right, rect.bottom)
    return _lines(text, min(left, right), min(top, bottom), abs(bottom - top))


def _lines(text: str, left: float, top: float, height: float) -> list[Run]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    size = min(max(height / _LINE / len(lines), 4.0), _SIZE)
    # A value of one line stands in the middle of its field.
    first = top + height / 2 + 0.4 * size if len(lines) == 1 else top + _LINE * size
    return [
        Run(
            line.strip(),
            left,
            left + size * _width(line),
            first + index * _LINE * size - DESCENT,
            size,
        )
        for index, line in enumerate(lines)
        if line.strip()
    ]


def _width(text: str) -> float:
    """About how wide a text is, in its size."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _string(get: Any) -> str:
    """A string that PDFium writes as UTF-16 into a buffer."""
    size = get(None, 0)
    if not 2 < size <= _LONGEST:  # noqa: PLR2004 (two bytes are its end)
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    get(buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
