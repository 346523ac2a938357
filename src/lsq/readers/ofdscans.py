"""Recognise pages of an OFD that are pictures, and report those that cannot be read.

A page is judged like one of a PDF (`lsq.readers.judging`). lsq cannot draw an OFD page, so its
pictures are recognised, each in its position, and not the page.

Source: GB/T 33190-2016, 7.9 (resources: MultiMedia, MediaFile), 10 (ImageObject).
"""

from collections.abc import Callable, Iterable
from posixpath import dirname, join, normpath
from typing import NamedTuple

from lxml import etree

from lsq.errors import PictureError, ReadError
from lsq.messages import _
from lsq.readers import ocr
from lsq.readers.judging import has_text, judge
from lsq.readers.layout import PageContent, Rule
from lsq.readers.omissions import listed

# Pictures that cover a smaller share of a page are ornaments or stamps.
_OF_ANY = 0.02
# The maximum number of pictures of a page.
_MOST = 200


class PlacedPicture(NamedTuple):
    """A picture on a page.

    Attributes:
        area: its area.
        name: the name of its part, or the id of its resource.
    """

    area: Rule
    name: str


class Scans:
    """Records the pages of a document that are pictures.

    Attributes:
        path: the path of the document.
        pages: the number of pages.
        defects: the numbers of pages that need recognition and were not recognised.
        recognised: the numbers of recognised pages.
        has_text: whether any page has text.
        failure: the first error of recognition.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.pages = 0
        self.defects: list[int] = []
        self.recognised: list[int] = []
        self.has_text = False
        self.failure = ""

    def judged(
        self,
        number: int,
        sheet: PageContent,
        placed: Iterable[PlacedPicture],
        load: Callable[[str], bytes],
    ) -> PageContent:
        """Recognise a page if necessary; returns its content.

        Args:
            number: the number of the page.
            sheet: its text and ruling lines.
            placed: its pictures.
            load: returns the bytes of a part; raises ReadError.
        """
        area = sheet.width * sheet.height or 1.0
        pictures = [one for one in placed if _size(one.area) >= _OF_ANY * area][:_MOST]
        sheet.pictured = min(1.0, sum(_size(one.area) for one in pictures) / area)
        text = "".join(run.text for run in sheet.runs)
        if pictures and judge(text, sheet.pictured) is not None:
            found = None
            if ocr.is_active():
                found = self._recognised(sheet, pictures, load)
                ocr.settings().tell(self.path, number, self.pages)
            if found is None:
                self.defects.append(number)
            elif sum(len(run.text) for run in found.runs) >= len(text):
                if found.runs:
                    self.recognised.append(number)
                sheet = found
        self.has_text |= has_text("".join(run.text for run in sheet.runs))
        return sheet

    def _recognised(
        self, sheet: PageContent, pictures: list[PlacedPicture], load: Callable[[str], bytes]
    ) -> PageContent | None:
        """The text of the pictures of a page, in position; None if none can be read."""
        from lsq.readers import image
        from lsq.readers.ocr.recognition import RecognitionError, sheet_of

        found: PageContent | None = None
        for one in pictures:
            try:
                picture = next(iter(image.frames(one.name, load(one.name))))
                scale = (one.area.right - one.area.left) / picture.width
                content = sheet_of(picture, scale)
            except (ReadError, RecognitionError) as error:
                reason = error.reason if isinstance(error, ReadError) else str(error)
                self.failure = self.failure or reason
                continue
            found = found or PageContent(sheet.width, sheet.height, pictured=1.0)
            _add(found, content, one.area)
        return found

    def missing(self) -> str | None:
        """The message about unreadable pages; None without any.

        Raises:
            PictureError: no page can be read.
        """
        if not self.defects:
            return None
        advice = ocr.advice()
        if self.failure:
            advice = _("recognising it failed: {reason}").format(reason=self.failure)
        if not self.has_text:
            kind = ReadError if ocr.is_active() else PictureError
            reason = _("it contains only pictures of its text (a scan); {advice}")
            raise kind(self.path, reason.format(advice=advice))
        return _("{scans} of its {pages} pages contain only pictures ({named}); {advice}").format(
            scans=len(self.defects),
            pages=self.pages,
            named=listed(list(map(str, self.defects))),
            advice=advice,
        )


def _size(area: Rule) -> float:
    return max(0.0, area.right - area.left) * max(0.0, area.bottom - area.top)


def _add(sheet: PageContent, content: PageContent, area: Rule) -> None:
    """Add the recognised content of a picture to a page, at the position of the picture."""
    for run in content.runs:
        along, down = (area.left, area.top)
        if run.down or run.turn:  # in the coordinates of the turned frame
            along, down = area.top, sheet.width - content.width - area.left
        sheet.runs.append(
            run._replace(left=run.left + along, right=run.right + along, base=run.base + down)
        )
    sheet.rules += [
        Rule(
            rule.left + area.left,
            rule.top + area.top,
            rule.right + area.left,
            rule.bottom + area.top,
        )
        for rule in content.rules
    ]


def media(
    home: str, entries: Iterable[etree._Element], xml: Callable[[str], etree._Element]
) -> dict[str, str]:
    """The parts of pictures, by the ids of their resources.

    Args:
        home: the part that refers to lists of resources.
        entries: its references.
        xml: returns the root of a part; raises ReadError.
    """
    found: dict[str, str] = {}
    for entry in entries:
        name = resolve(home, entry.text)
        try:
            root = xml(name)
        except ReadError:
            continue  # the pages that need it are reported
        base = normpath(join(dirname(name), root.get("BaseLoc", "")))
        for one in root.iterfind("{*}MultiMedias/{*}MultiMedia"):
            file = (one.findtext("{*}MediaFile") or "").strip()
            if file:
                found[one.get("ID", "")] = resolve(f"{base}/", file)
    return found


def resolve(home: str, location: str | None) -> str:
    """The name of a part, from a reference in the part `home`."""
    location = (location or "").strip().replace("\\", "/")
    if location.startswith("/"):
        return normpath(location.lstrip("/"))
    return normpath(join(dirname(home), location))
