"""The glyphs of a PDF page, from PDFium: runs of characters with position, size and weight.

PDFium returns the text of a page with white space wherever characters are not adjacent. So this
reads the positions of only the first and last character of each word, in a tenth of the time. If
the width of a word does not match its number of characters, it reads all of them.

Source: PDFium's public/fpdf_text.h, fpdf_edit.h.
"""

import ctypes
import math
import re
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from lsq.readers.layout.page_content import ASCENT, DESCENT, Run, turned

_WORD = re.compile(r"\S+")
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})

# Characters that are as wide as they are high in every font.
_FULL_WIDTH = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]")
# The minimum width of a word without overlaps, per full-width character.
_NARROWEST = 0.62
# The maximum width of a word without gaps, per character.
_WIDEST = 1.75
# The maximum rise of the baseline of a word from end to end, in units of its size.
_LEVEL = 0.25

# Text turned by fewer degrees is on a skewed scan.
_ASKEW = 8.0
# The minimum luminance of faint and of white text, and the maximum opacity of faint text.
_FAINT, _WHITE, _CLEAR = 0.72, 0.97, 128
_BOLD = 600
_BOLD_NAME = re.compile("bold|heavy|black|黑", re.IGNORECASE)
_INVISIBLE = 3  # ISO 32000-1, table 106


def quarter_turns(page: pdfium.PdfPage) -> int:
    """The rotation of a page in quarter turns clockwise, 0 to 3.

    Raises:
        PdfiumError: the page is damaged.
    """
    turns: int = pdfium_c.FPDFPage_GetRotation(page.raw)
    if turns < 0:
        raise pdfium.PdfiumError("Failed to get the rotation of a page.")
    return turns


class TextStyle(NamedTuple):
    """The style of all characters of a text object.

    Attributes:
        size: the font size, in points.
        turn: the direction on the stored page, in quarter turns clockwise; None if slanted.
        bold: whether the font is bold.
        faint: whether it is as light as a watermark.
        hidden: whether it is invisible or white, so that it may be seen only on a dark ground.
    """

    size: float
    turn: int | None
    bold: bool
    faint: bool
    hidden: bool


class Glyphs:
    """The text of one page.

    Attributes:
        width: the width of the displayed page, in points.
        height: its height.
        hidden: the runs that are invisible or white.
    """

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> None:
        self.width, self.height = page.get_size()
        left, bottom, right, top = page.get_bbox()
        self._box = (left, bottom, right, top)
        self._rotation = quarter_turns(page)
        self.hidden: list[Run] = []
        self._text = textpage.raw
        self._count = textpage.count_chars()
        self._string = textpage.get_text_range(errors="replace") if self._count else ""
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._px, self._py = ctypes.byref(self._x), ctypes.byref(self._y)
        self._rect = pdfium_c.FS_RECTF()
        self._pr = ctypes.byref(self._rect)
        self._styles: dict[int | None, TextStyle] = {}
        self._fonts: dict[int, bool] = {}

    def runs(self) -> list[Run]:
        """The visible runs, in the order of the file; the others are added to `hidden`."""
        text = self._string
        if len(text) != self._count:  # characters without codes shift the offsets in the string
            codes = [pdfium_c.FPDFText_GetUnicode(self._text, i) for i in range(self._count)]
            text = "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes)  # noqa: PLR2004
        found: list[Run] = []
        for match in _WORD.finditer(text.translate(_HYPHENS)):
            self._add(match[0], match.start(), found)
        return found

    def _add(self, word: str, start: int, found: list[Run]) -> None:
        style = self._style(start)
        x, y = self._origin(start)
        count = len(word)
        if count == 1:
            self._put(word, style, (x, y), self._end(start, style), found)
            return
        last = start + count - 1
        other = self._style(last)
        end = self._end(last, other)
        if style.turn is not None and other.turn == style.turn:
            a, b = self._upright(x, y, style.turn), self._upright(*end, style.turn)
            c = self._upright(*self._origin(last), style.turn)
            size = max(style.size, other.size)
            full = len(_FULL_WIDTH.findall(word))
            level = abs(c[1] - a[1]) <= _LEVEL * size
            if level and _NARROWEST * full * min(style.size, other.size) <= b[0] - a[0] <= (
                _WIDEST * count * size
            ):
                self._put(word, style, (x, y), end, found)
                return
            if self._add_downwards(word, style, a, c, found):
                return
        for offset, char in enumerate(word):
            index = start + offset
            style = self._style(index)
            self._put(char, style, self._origin(index), self._end(index, style), found)

    def _add_downwards(
        self,
        word: str,
        style: TextStyle,
        first: tuple[float, float],
        last: tuple[float, float],
        found: list[Run],
    ) -> bool:
        """Add a word if its characters are below each other; returns whether they are."""
        if style.turn != -self._rotation % 4:
            return False
        pitch = (last[1] - first[1]) / (len(word) - 1)
        if abs(last[0] - first[0]) > style.size or not (
            0.5 * style.size <= pitch <= _WIDEST * style.size
        ):
            return False
        x, y, size = *first, style.size
        top = y - ASCENT * size
        run = Run(
            word,
            top,
            top + pitch * (len(word) - 1) + size,
            self.width - x - DESCENT * size,
            size,
            style.bold,
            style.faint,
            turn=0,
            down=True,
        )
        (self.hidden if style.hidden else found).append(run)
        return True

    def _put(
        self,
        text: str,
        style: TextStyle,
        start: tuple[float, float],
        end: tuple[float, float],
        found: list[Run],
    ) -> None:
        """Add a run from `start` to `end`, which are points of the stored page."""
        turn = style.turn or 0
        left, base = self._upright(*start, turn)
        right = self._upright(*end, turn)[0]
        shown = (turn + self._rotation) % 4
        wide, high = (self.width, self.height) if shown % 2 == 0 else (self.height, self.width)
        size = style.size
        if not (-size < left < wide and 0 < base < high + size and right > 0):
            return  # outside of the page
        run = Run(
            text,
            left,
            max(right, left + 0.1 * size),
            base,
            size,
            style.bold,
            style.faint,
            turn=shown,
            slanted=style.turn is None,
        )
        (self.hidden if style.hidden else found).append(run)

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Convert a point of the stored page to the displayed page."""
        left, bottom, right, top = self._box
        return turned(x - left, top - y, -self._rotation % 4, right - left, top - bottom)

    def _upright(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """Convert a point of the stored page to the frame in which text with `turn` is upright."""
        if not (turn or self._rotation):
            return x - self._box[0], self._box[3] - y
        return turned(*self.seen(x, y), (turn + self._rotation) % 4, self.width, self.height)

    def _origin(self, index: int) -> tuple[float, float]:
        pdfium_c.FPDFText_GetCharOrigin(self._text, index, self._px, self._py)
        return self._x.value, self._y.value

    def _end(self, index: int, style: TextStyle) -> tuple[float, float]:
        """The end of a character on its baseline."""
        pdfium_c.FPDFText_GetLooseCharBox(self._text, index, self._pr)
        rect = self._rect
        turn = style.turn
        if turn == 1:
            return rect.left, rect.bottom
        if turn == 2:  # noqa: PLR2004 (half a turn)
            return rect.left, rect.bottom
        if turn == 3:  # noqa: PLR2004
            return rect.left, rect.top
        return rect.right, rect.bottom

    def _style(self, index: int) -> TextStyle:
        """The style of the object that draws a character."""
        drawn = pdfium_c.FPDFText_GetTextObject(self._text, index)
        key = ctypes.cast(drawn, ctypes.c_void_p).value if drawn else None
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._styled(index, drawn)
        return style

    def _styled(self, index: int, drawn: Any) -> TextStyle:
        text = self._text
        matrix = pdfium_c.FS_MATRIX()
        size = pdfium_c.FPDFText_GetFontSize(text, index)
        turn: int | None = 0
        if pdfium_c.FPDFText_GetMatrix(text, index, matrix):
            size = abs(size) * (math.hypot(matrix.c, matrix.d) or 1.0)
            angle = math.degrees(math.atan2(-matrix.b, matrix.a))
            nearest = round(angle / 90)
            turn = nearest % 4 if abs(angle - 90 * nearest) <= _ASKEW else None
        if not 0.5 <= size <= 2000:  # noqa: PLR2004 (what no page shows)
            size = 10.0
        if not drawn:
            return TextStyle(size, turn, bold=False, faint=False, hidden=False)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        pdfium_c.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha)
        light = (0.299 * red.value + 0.587 * green.value + 0.114 * blue.value) / 255
        hidden = pdfium_c.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE or (
            light >= _WHITE and alpha.value > 0
        )
        faint = light >= _FAINT or 0 < alpha.value <= _CLEAR
        return TextStyle(size, turn, self._is_bold(index, drawn), faint, hidden)

    def _is_bold(self, index: int, drawn: Any) -> bool:
        font = pdfium_c.FPDFTextObj_GetFont(drawn)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        known = self._fonts.get(key)
        if known is None:
            buffer = ctypes.create_string_buffer(128)
            size = pdfium_c.FPDFFont_GetBaseFontName(font, buffer, 128) if font else 0
            name = buffer.value.decode("utf-8", "replace") if 0 < size <= 128 else ""  # noqa: PLR2004
            weight = pdfium_c.FPDFText_GetFontWeight(self._text, index)
            known = self._fonts[key] = weight >= _BOLD or _BOLD_NAME.search(name) is not None
        return known
