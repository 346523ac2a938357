"""Recognise pictures inside a document that may show text.

Scanned pages are often inserted into a text document, one picture per page. The reader of the
format passes the places and sizes of the pictures; small ones are ornaments. All recognised
pictures are laid out together like pages, so that running heads and tables across several are
detected.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from lsq.errors import PictureError, ReadError
from lsq.messages import _
from lsq.model import Bulletin, Line
from lsq.readers import ocr, omissions
from lsq.readers.judging import has_text
from lsq.readers.layout import PageContent, lay_out, to_lines

# The share of a page that a picture must cover to be recognised: in a document with other text,
# as a page of text, in a document without other text.
_OF_TEXT, _OF_PAGE, _OF_ANY = 0.15, 0.4, 0.02
# The maximum number of pictures of a document.
_MOST = 2_000


class EmbeddedPicture(NamedTuple):
    """A picture in a document.

    Attributes:
        place: its place.
        share: the share of a page that it covers, from 0 to 1.
        name: the name of its part.
        load: returns its bytes; raises ReadError.
    """

    place: int
    share: float
    name: str
    load: Callable[[], bytes]


class Pictures(NamedTuple):
    """The recognised pictures of a document.

    Attributes:
        lines: the lines of each picture, in order; empty if it was not recognised.
        recognised: the places of pictures with text.
        unrecognised: the number of pictures not tried.
        left_out: the number of pictures without text, by kind.
        missing: the message about missing text of the document.
    """

    lines: tuple[tuple[Line, ...], ...] = ()
    recognised: tuple[int, ...] = ()
    unrecognised: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    missing: str | None = None


def read(path: str, found: Iterable[EmbeddedPicture], text: str) -> Pictures:
    """Recognise the pictures of a document that may show text.

    Args:
        path: the path of the document.
        found: its pictures, in order.
        text: the other text of the document.

    Raises:
        PictureError: there is no other text, and they cannot be recognised.
    """
    pictures = list(found)[:_MOST]
    least = _OF_TEXT if has_text(text) else _OF_ANY
    names: set[str] = set()
    chosen: list[int] = []
    for index, one in enumerate(pictures):
        if one.share >= least and one.name not in names:
            names.add(one.name)
            chosen.append(index)
    if not chosen:
        return Pictures(((),) * len(pictures))
    pages = sum(pictures[index].share >= _OF_PAGE for index in chosen)
    if not ocr.is_active():
        return _untried(path, pictures, len(chosen), pages, is_all=not text.strip())
    return _recognised(path, pictures, chosen)


def _untried(
    path: str, pictures: list[EmbeddedPicture], chosen: int, pages: int, *, is_all: bool
) -> Pictures:
    if is_all:
        raise PictureError(
            path,
            _("it contains only pictures of its text (a scan); {advice}").format(
                advice=ocr.advice()
            ),
        )
    missing = None
    if pages:
        missing = _("pictures in it that are as large as pages of text: {pages}; {advice}").format(
            pages=pages, advice=ocr.advice()
        )
    smaller = chosen - pages
    return Pictures(
        ((),) * len(pictures),
        unrecognised=chosen,
        left_out=((omissions.PICTURE, smaller),) if smaller else (),
        missing=missing,
    )


def _recognised(path: str, pictures: list[EmbeddedPicture], chosen: list[int]) -> Pictures:
    sheets: list[PageContent] = []
    of: list[int] = []  # the index of the picture of each sheet
    wordless = unread = 0
    reason = ""
    for done, index in enumerate(chosen, 1):
        one = pictures[index]
        try:
            frames = _sheets(path, one)
        except ReadError as error:
            unread += 1
            if one.share >= _OF_PAGE:
                reason = reason or f"{one.name}: {error.reason}"
            continue
        finally:
            ocr.settings().tell(path, done, len(chosen))
        wordless += not any(sheet.runs for sheet in frames)
        sheets += frames
        of += [index] * len(frames)
    lines: list[list[Line]] = [[] for _ in pictures]
    for line in to_lines(lay_out(sheets)):
        index = of[line.place - 1]
        lines[index].append(line._replace(place=pictures[index].place))
    counts = ((omissions.WORDLESS, wordless), (omissions.PICTURE, unread))
    return Pictures(
        tuple(map(tuple, lines)),
        tuple(sorted({pictures[at].place for at, said in enumerate(lines) if said})),
        left_out=tuple((kind, count) for kind, count in counts if count),
        missing=_("its pictures cannot all be read: {reason}").format(reason=reason)
        if reason
        else None,
    )


def _sheets(path: str, one: EmbeddedPicture) -> list[PageContent]:
    """The sheets of a picture, one for each of its frames."""
    from lsq.readers import image
    from lsq.readers.ocr.recognition import RecognitionError, sheet_of

    try:
        return [sheet_of(picture) for picture in image.frames(path, one.load())]
    except RecognitionError as error:
        raise ReadError(path, str(error)) from error


def together(bulletin: Bulletin, pictures: Pictures) -> Bulletin:
    """Add the counts of its pictures to a bulletin, which contains their lines already."""
    missing = "; ".join(filter(None, (bulletin.missing, pictures.missing))) or None
    return bulletin._replace(
        missing=missing,
        left_out=(*bulletin.left_out, *pictures.left_out),
        recognised=pictures.recognised,
        unrecognised=pictures.unrecognised,
    )
