"""A picture of a page → its Sheet, recognised unless the cache has it."""

from functools import cache as once
from importlib.metadata import PackageNotFoundError, version

from lsq.messages import _
from lsq.readers.layout import Sheet
from lsq.readers.ocr.kinds import Picture, Recognition
from lsq.readers.ocr.options import settings
from lsq.readers.ocr.sheets import to_sheet

# What is smaller than a character has none on it.
_SMALLEST = 12


class RecognitionError(Exception):
    """A page cannot be recognised; the text says why."""


def sheet_of(picture: Picture, scale: float = 1.0) -> Sheet:
    """What a picture shows.

    Args:
        picture: of a page.
        scale: how long a pixel is, in the unit that the sheet is measured in.

    Raises:
        RecognitionError: the library fails over it.
    """
    return to_sheet(_recognised(picture), scale)


def _recognised(picture: Picture) -> Recognition:
    if min(picture.width, picture.height) < _SMALLEST:
        return Recognition(picture.width, picture.height, ())
    from lsq.readers.ocr import cache

    key = cache.key(picture, _version())
    known = cache.load(key)
    if known is not None:
        return known
    try:
        # Only now: importing the library takes a second.
        from lsq.readers.ocr import recogniser

        found = recogniser.recognise(picture, settings().threads)
    except MemoryError as error:
        raise RecognitionError(_("it takes more memory than it may have")) from error
    except Exception as error:
        # Whatever the library raises concerns this page alone.
        said = str(error).strip().splitlines()
        reason = f"{type(error).__name__}: {said[-1] if said else ''}"
        raise RecognitionError(reason) from error
    cache.store(key, found)
    return found


@once
def _version() -> str:
    """Tells recognisers apart that may read a picture differently."""
    try:
        return f"rapidocr {version('rapidocr')}"
    except PackageNotFoundError:
        return "rapidocr"
