"""The content of a PDF page besides its text: ruling lines, boxes, pictures, form values, notes.

Viewers display the values of form fields and notes on the page, but they are not part of its
text. PDFium returns all of these.

Source: PDFium's public/fpdf_edit.h and fpdf_annot.h; ISO 32000-1:2008, 8.5 (paths), 8.10
(form XObjects), 12.5.6.6 (FreeText), 12.7.4 (fields).
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from lsq.readers.layout.page_content import DESCENT, Rule, Run, turned
from lsq.readers.pdf.glyphs import Glyphs, quarter_turns

# In points: the maximum thickness of a line, and its minimum length.
_THIN, _SHORT = 3.0, 8.0
# The limits of objects, segments of a path, lines and nesting; maps and drawings have more.
_OBJECTS, _SEGMENTS, _RULES, _DEPTH = 20_000, 400, 3_000, 3

# PDFium skips text objects narrower than this, in points; the maximum number of them.
_NO_WIDTH, _FLAT = 0.01, 5_000
# The text objects whose fonts are examined: each of the first, then one of this many.
_EACH, _SOME = 64, 8

_PATH = pdfium_c.FPDF_PAGEOBJ_PATH
_IMAGE = pdfium_c.FPDF_PAGEOBJ_IMAGE
_FORM = pdfium_c.FPDF_PAGEOBJ_FORM
_SHADING = pdfium_c.FPDF_PAGEOBJ_SHADING

# a, b, c, d, e, f of ISO 32000-1, 8.3.3
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_ANNOTATIONS = 2_000  # the maximum number on a page
_LONGEST = 1 << 16  # the maximum size of a value, in bytes
_LINE = 1.2  # the height of a line, in units of the font size
_SIZE = 12.0  # the font size of a value in a high field


@dataclass(slots=True)
class Marks:
    """The content of a page besides text, on the page as it is displayed.

    Attributes:
        rules: the ruling lines, as thin rectangles.
        painted: the areas of pictures and fills, except white ones.
        pictures: the areas of pictures.
        texts: the number of text objects.
        flat: the text objects of PDFium without width.
    """

    rules: list[Rule] = field(default_factory=list)
    painted: list[Rule] = field(default_factory=list)
    pictures: list[Rule] = field(default_factory=list)
    texts: int = 0
    flat: list[Any] = field(default_factory=list)

    def covers(self, x: float, y: float) -> bool:
        """Whether a point is painted."""
        return any(r.left <= x <= r.right and r.top <= y <= r.bottom for r in self.painted)


class _Walk:
    """Collects the marks of a page from its objects."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.marks = Marks()
        self._box = page.get_bbox()
        self._rotation = quarter_turns(page)
        self._left = _OBJECTS
        self._bounds = [ctypes.c_float() for _ in range(4)]
        self._texts: list[Any] = []
        self._is_bare = False  # whether any font is not embedded
        self._refs = [ctypes.byref(bound) for bound in self._bounds]

    def objects(self, holder: Any, *, is_form: bool, matrix: Matrix, depth: int) -> None:
        """Add the objects of a page or of a form."""
        count_of = pdfium_c.FPDFFormObj_CountObjects if is_form else pdfium_c.FPDFPage_CountObjects
        get = pdfium_c.FPDFFormObj_GetObject if is_form else pdfium_c.FPDFPage_GetObject
        for index in range(min(count_of(holder), self._left)):
            each = get(holder, index)
            self._left -= 1
            kind = pdfium_c.FPDFPageObj_GetType(each)
            if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
                self._text(each)
            elif kind == _PATH:
                self._path(each, matrix)
            elif kind in (_IMAGE, _SHADING):
                area = self._area(each, matrix)
                if area is not None:
                    self.marks.painted.append(area)
                    if kind == _IMAGE:
                        self.marks.pictures.append(area)
            elif kind == _FORM and depth:
                own = _multiplied(_matrix(each), matrix)
                self.objects(each, is_form=True, matrix=own, depth=depth - 1)

    def _text(self, each: Any) -> None:
        marks = self.marks
        marks.texts += 1
        self._texts.append(each)
        if not self._is_bare and (marks.texts <= _EACH or marks.texts % _SOME == 0):
            font = pdfium_c.FPDFTextObj_GetFont(each)
            self._is_bare = not font or pdfium_c.FPDFFont_GetIsEmbedded(font) != 1

    def find_flat(self) -> None:
        """Find text without width if any font is not embedded."""
        for each in self._texts if self._is_bare else ():
            if len(self.marks.flat) < _FLAT and pdfium_c.FPDFPageObj_GetBounds(each, *self._refs):
                left, _, right, _ = self._bounds
                if right.value - left.value < _NO_WIDTH:
                    self.marks.flat.append(each)

    def _area(self, each: Any, matrix: Matrix) -> Rule | None:
        if not pdfium_c.FPDFPageObj_GetBounds(each, *self._refs):
            return None
        left, bottom, right, top = (bound.value for bound in self._bounds)
        return self._seen(left, bottom, right, top, matrix)

    def _seen(self, left: float, bottom: float, right: float, top: float, matrix: Matrix) -> Rule:
        """Convert a rectangle to the displayed page."""
        if matrix is not _IDENTITY:
            a, b, c, d, e, f = matrix
            xs, ys = [], []
            for x, y in ((left, bottom), (left, top), (right, bottom), (right, top)):
                xs.append(a * x + c * y + e)
                ys.append(b * x + d * y + f)
            left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
        x0, y0, x1, y1 = self._box
        turn = -self._rotation % 4
        one = turned(left - x0, y1 - top, turn, x1 - x0, y1 - y0)
        other = turned(right - x0, y1 - bottom, turn, x1 - x0, y1 - y0)
        return Rule(
            min(one[0], other[0]),
            min(one[1], other[1]),
            max(one[0], other[0]),
            max(one[1], other[1]),
        )

    def _path(self, each: Any, matrix: Matrix) -> None:
        area = self._area(each, matrix)
        rules = self.marks.rules
        if area is None or len(rules) >= _RULES:
            return
        wide, high = area.right - area.left, area.bottom - area.top
        if min(wide, high) <= _THIN:
            if max(wide, high) >= _SHORT:
                rules.append(area)
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDFPath_GetDrawMode(each, fill, stroke)
        count = pdfium_c.FPDFPath_CountSegments(each)
        if fill.value and not _is_white(each):
            self.marks.painted.append(area)
        if stroke.value and count <= _SEGMENTS:
            self._edges(each, count, _multiplied(_matrix(each), matrix))

    def _edges(self, each: Any, count: int, matrix: Matrix) -> None:
        """Add the horizontal and vertical lines of a path."""
        x, y = ctypes.c_float(), ctypes.c_float()
        a, b, c, d, e, f = matrix
        start = before = (0.0, 0.0)
        for index in range(count):
            segment = pdfium_c.FPDFPath_GetPathSegment(each, index)
            pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
            point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            kind = pdfium_c.FPDFPathSegment_GetType(segment)
            if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
                self._edge(before, point)
            before = point
            if pdfium_c.FPDFPathSegment_GetClose(segment):
                self._edge(point, start)
                before = start

    def _edge(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
        if min(wide, high) <= 1 and max(wide, high) >= _SHORT:
            left, right = sorted((one[0], other[0]))
            bottom, top = sorted((one[1], other[1]))
            self.marks.rules.append(self._seen(left, bottom, right, top, _IDENTITY))


def marks_of(page: pdfium.PdfPage) -> Marks:
    """The ruling lines, boxes and pictures of a page."""
    walk = _Walk(page)
    walk.objects(page.raw, is_form=False, matrix=_IDENTITY, depth=_DEPTH)
    walk.find_flat()
    return walk.marks


def _matrix(each: Any) -> Matrix:
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(each, matrix):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _multiplied(first: Matrix, then: Matrix) -> Matrix:
    """Multiply two matrices; `first` is applied first."""
    if then is _IDENTITY:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
            e * p + f * r + t, e * q + f * s + u)  # fmt: skip


def _is_white(each: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetFillColor(each, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= 245 or not alpha.value  # noqa: PLR2004


def fields_of(
    document: pdfium.PdfDocument, page: pdfium.PdfPage, glyphs: Glyphs, drawn: Sequence[Run]
) -> list[Run]:
    """The values of form fields and notes on a page, with their positions.

    Values that the page's own text contains too are left out.

    Args:
        document: the document.
        page: the page.
        glyphs: converts its coordinates.
        drawn: its own text.
    """
    count = min(pdfium_c.FPDFPage_GetAnnotCount(page.raw), _ANNOTATIONS)
    found: list[Run] = []
    for index in range(count):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            found += _runs(document, annotation, glyphs, drawn)
        finally:
            pdfium_c.FPDFPage_CloseAnnot(annotation)
    return found


def _runs(
    document: pdfium.PdfDocument, annotation: Any, glyphs: Glyphs, drawn: Sequence[Run]
) -> list[Run]:
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
    area = Rule(min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    if _squeezed(text) in _squeezed("".join(run.text for run in drawn if _is_in(run, area))):
        return []
    return _lines(text, area.left, area.top, area.bottom - area.top)


def _is_in(run: Run, area: Rule) -> bool:
    """Whether an upright run begins in an area."""
    middle = run.base - 0.4 * run.size
    return area.left - run.size <= run.left <= area.right and area.top <= middle <= area.bottom


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _lines(text: str, left: float, top: float, height: float) -> list[Run]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    size = min(max(height / _LINE / len(lines), 4.0), _SIZE)
    # A value of one line is centred in its field.
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
    """The approximate width of a text, in units of its size."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _string(get: Any) -> str:
    """Read a string that PDFium writes as UTF-16 into a buffer."""
    size = get(None, 0)
    if not 2 < size <= _LONGEST:  # noqa: PLR2004 (two bytes are its end)
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    get(buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
