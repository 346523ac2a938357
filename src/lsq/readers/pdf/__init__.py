"""PDF: the text of each page, put in reading order by `lsq.readers.layout`. Paged.

Each page is judged separately: a scan, or a page with fonts that do not map to characters, is
recognised if possible (`lsq.readers.ocr`), and else reported with its number, as searches would
miss it. PDFium runs in this process; browsers use it for untrusted files too.

Source: ISO 32000-1:2008, 9.10 (extraction of text); PDFium's fpdf_text.h.
"""

from collections.abc import Iterator

import pypdfium2 as pdfium

from lsq.errors import PictureError, ReadError
from lsq.messages import _
from lsq.model import Bulletin
from lsq.readers import ocr
from lsq.readers.drawn_page import PNG, Facsimile, no_page, placed, png
from lsq.readers.judging import (
    COVERED,
    Defect,
    has_text,
    is_better,
    is_doubtful,
    is_misread,
    judge,
    mended,
)
from lsq.readers.layout import LaidOut, PageContent, lay_out, to_lines
from lsq.readers.omissions import listed
from lsq.readers.pdf.fallbacks import drawn, runs_of_flat_text, widen
from lsq.readers.pdf.glyphs import Glyphs
from lsq.readers.pdf.marks import Marks, fields_of, marks_of

# The limits of a document; a year of a newspaper has 5,000 pages.
_PAGES = 20_000
_CHARACTERS = 50_000_000

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SECURITY = 5  # FPDF_ERR_SECURITY


def read(path: str, data: bytes) -> Bulletin:
    """Read a PDF.

    Raises:
        ReadError: it is damaged, encrypted or a scan, or its fonts do not map to characters.
    """
    pages = Pages(path, data)
    try:
        lines = tuple(to_lines(pages.laid_out()))
    finally:
        pages.close()
    if not pages.has_text:
        kind = ReadError if ocr.is_active() else PictureError
        raise kind(path, _wordless(pages))
    return Bulletin(
        path,
        lines,
        paged=True,
        missing=_missing(pages),
        recognised=tuple(pages.recognised),
        unrecognised=0 if ocr.is_active() else len(pages.defects),
    )


def laid_out(path: str, data: bytes) -> Iterator[LaidOut]:
    """The pages in reading order.

    Raises:
        ReadError: it is damaged or encrypted.
    """
    pages = Pages(path, data)
    try:
        yield from pages.laid_out()
    finally:
        pages.close()


def facsimile(path: str, data: bytes, number: int) -> Facsimile:
    """Draw a page, with the positions of its text.

    Raises:
        ReadError: it is damaged or encrypted, or has no such page.
    """
    pages = Pages(path, data)
    try:
        picture = pages.picture(number)  # first, as reading a page may change its objects
        (page,) = lay_out([pages.sheet(number)])
        return placed(png(picture), PNG, page, number, len(pages))
    finally:
        pages.close()


class Pages:
    """The pages of a PDF.

    Attributes:
        path: the path of the file.
        defects: the pages read so far that need recognition and were not recognised, by number
            from 1.
        recognised: the numbers of recognised pages.
        damaged: the numbers of pages that cannot be opened.
        failure: the first error of recognition.
        has_text: whether any page has reliable text.
    """

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.defects: dict[int, Defect] = {}
        self.recognised: list[int] = []
        self.damaged: list[int] = []
        self.failure = ""
        self.has_text = False
        try:
            self._document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise ReadError(path, _refusal(error)) from error
        if len(self._document) > _PAGES:
            raise ReadError(
                path, _("it has more than {pages} pages; split it").format(pages=_PAGES)
            )
        self._count = len(self._document)
        if self._document.get_formtype() != pdfium.raw.FORMTYPE_NONE:
            self._document.init_forms()

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        """Close the document."""
        self._document.close()

    def laid_out(self) -> Iterator[LaidOut]:
        """The pages in reading order."""
        return lay_out(self.sheets())

    def sheets(self) -> Iterator[PageContent]:
        """The content of each page; empty for a page with a defect."""
        left = _CHARACTERS
        for number in range(1, self._count + 1):
            sheet = self.sheet(number)
            left -= sum(len(run.text) for run in sheet.runs)
            if left < 0:
                raise ReadError(self.path, _("it contains more text than any document; split it"))
            yield sheet

    def picture(self, number: int) -> ocr.Picture:
        """Draw a page.

        Raises:
            ReadError: it does not exist or is damaged.
        """
        try:
            page = self._document[number - 1] if 1 <= number <= self._count else None
            if page is None:
                raise ReadError(self.path, no_page(number, self._count))
            try:
                return drawn(page)[0]
            finally:
                page.close()
        except pdfium.PdfiumError as error:
            raise ReadError(
                self.path, _("page {number} is damaged").format(number=number)
            ) from error

    def sheet(self, number: int) -> PageContent:
        """The content of a page; empty for one with a defect."""
        try:
            page = self._document[number - 1]
        except pdfium.PdfiumError:
            self.damaged.append(number)
            return PageContent(1.0, 1.0)
        try:
            return self._read(page, number)
        except pdfium.PdfiumError:
            self.damaged.append(number)
            return PageContent(1.0, 1.0)
        finally:
            page.close()

    def _read(self, page: pdfium.PdfPage, number: int) -> PageContent:
        marks = marks_of(page)
        widen(marks.flat)
        textpage = page.get_textpage()
        try:
            glyphs = Glyphs(page, textpage)
            runs = glyphs.runs()
        finally:
            textpage.close()
        if marks.texts and not runs and not glyphs.hidden:
            runs = runs_of_flat_text(page)
        for run in glyphs.hidden:  # such as white text in a dark box
            middle, height = (run.left + run.right) / 2, run.base - 0.4 * run.size
            if run.turn or run.down or marks.covers(middle, height):
                runs.append(run)
        runs += fields_of(self._document, page, glyphs, runs)
        text = "".join(run.text for run in runs)
        whole = mended(text)
        if whole is not text:
            runs = [run._replace(text=mended_part) for run, mended_part in _parts(runs, whole)]
        sheet = PageContent(
            glyphs.width, glyphs.height, runs, marks.rules, _pictured(marks, glyphs)
        )
        strange = ocr.settings().strangeness(whole) if sheet.pictured >= COVERED else 0.0
        defect = judge(" ".join(run.text for run in runs), sheet.pictured, strange)
        doubtful = ocr.is_active() and is_doubtful(strange)
        if doubtful or self._needs_recognition(page, whole, defect):
            found = self._recognised(page, number)
            if found is not None:
                if self._is_better(found, whole, defect, strange):
                    if found.runs:
                        self.recognised.append(number)
                    self.has_text |= bool(found.runs)
                    return found
                defect = None
        if defect is not None:
            self.defects[number] = defect
        if defect is Defect.FONTS:
            sheet.runs = []
        elif has_text(whole):
            self.has_text = True
        return sheet

    def _needs_recognition(self, page: pdfium.PdfPage, text: str, defect: Defect | None) -> bool:
        """Whether a page needs recognition; its text may be drawn as outlines or in a note."""
        if not ocr.is_active():
            return False
        if defect is not None or ocr.is_always():
            return True
        from lsq.readers.pdf.fallbacks import is_blank

        return not has_text(text) and not is_blank(page)

    def _is_better(
        self, found: PageContent, whole: str, defect: Defect | None, strange: float
    ) -> bool:
        """Whether the recognised text of a page is better than its own text."""
        text = "".join(run.text for run in found.runs)
        if defect is Defect.FONTS or (ocr.is_always() and len(text) >= len(whole)):
            return True
        if is_doubtful(strange) and not is_misread(whole):
            return is_better(ocr.settings().strangeness(text), strange)
        # The recognised text includes that of a stamp.
        return defect is Defect.LAYER or len(text) >= len(whole)

    def _recognised(self, page: pdfium.PdfPage, number: int) -> PageContent | None:
        """The recognised content of a page; None if that fails."""
        from lsq.readers.ocr.recognition import RecognitionError
        from lsq.readers.pdf.fallbacks import recognised

        try:
            sheet = recognised(page)
        except RecognitionError as error:
            self.failure = self.failure or str(error)
            return None
        ocr.settings().tell(self.path, number, self._count)
        return sheet


def _parts(runs: list, whole: str) -> Iterator[tuple]:  # type: ignore[type-arg]
    """Each run with its part of the whole text."""
    start = 0
    for run in runs:
        yield run, whole[start : start + len(run.text)]
        start += len(run.text)


def _pictured(marks: Marks, glyphs: Glyphs) -> float:
    """The share of a page that pictures cover; more than 0 if there is any picture."""
    area = sum(
        max(0.0, min(one.right, glyphs.width) - max(one.left, 0.0))
        * max(0.0, min(one.bottom, glyphs.height) - max(one.top, 0.0))
        for one in marks.pictures
    )
    share = min(1.0, area / (glyphs.width * glyphs.height or 1.0))
    return max(share, 1e-6) if marks.pictures else 0.0


def _advice(pages: Pages) -> str:
    if pages.failure:
        return _("recognising it failed: {reason}").format(reason=pages.failure)
    return ocr.advice()


def _wordless(pages: Pages) -> str:
    """Why a document has no text."""
    if pages.damaged and len(pages.damaged) == len(pages):
        return _(
            "damaged, or not downloaded whole: none of its pages can be opened; fetch it again"
        )
    if Defect.FONTS in pages.defects.values():
        return _("its fonts do not say which characters they show; {advice}").format(
            advice=_advice(pages)
        )
    if pages.failure or not ocr.is_active():
        return _("it contains only pictures of its text (a scan); {advice}").format(
            advice=_advice(pages)
        )
    return _("it contains no text, and none was recognised on its pages")


def _missing(pages: Pages) -> str | None:
    """The message about unreadable pages; None without any."""
    messages = []
    defects = pages.defects
    if pages.damaged:
        messages.append(
            _("{damaged} of its {pages} pages are damaged ({named}); fetch it again").format(
                damaged=len(pages.damaged),
                pages=len(pages),
                named=listed(list(map(str, pages.damaged))),
            )
        )
    scans = [str(number) for number, why in defects.items() if why is Defect.PICTURE]
    fonts = [str(number) for number, why in defects.items() if why is not Defect.PICTURE]
    if scans:
        messages.append(
            _("{scans} of its {pages} pages contain only pictures ({named}); {advice}").format(
                scans=len(scans), pages=len(pages), named=listed(scans), advice=_advice(pages)
            )
        )
    if fonts:
        messages.append(
            _(
                "the text of {fonts} of its {pages} pages is not what they show ({named}); {advice}"
            ).format(fonts=len(fonts), pages=len(pages), named=listed(fonts), advice=_advice(pages))
        )
    return "; ".join(messages) or None


def _refusal(error: pdfium.PdfiumError) -> str:
    if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
        return _(
            "encrypted with a password; save it without a password, for example with qpdf --decrypt"
        )
    return _("damaged, or not downloaded whole: PDFium cannot open it; fetch it again")
