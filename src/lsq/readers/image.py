"""Pictures: jpg, png, tif with all its pages, gif, bmp, webp. Recognised by `ocr`. Paged.

A picture without text is not an error; it is counted. Pillow decodes pictures, and rejects those
that would exhaust the memory.

Source: https://pillow.readthedocs.io/en/stable/reference/Image.html, Image file formats.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from lsq.errors import PictureError, ReadError
from lsq.messages import _
from lsq.model import Bulletin
from lsq.readers import ocr, omissions
from lsq.readers.drawn_page import PNG, Facsimile, no_page, placed, png
from lsq.readers.layout import LaidOut, PageContent, lay_out, to_lines
from lsq.readers.ocr import Picture, fitting
from lsq.readers.ocr.recognition import RecognitionError, sheet_of

if TYPE_CHECKING:
    from PIL.Image import Image

# The formats that Pillow may decode; some of its others run programs.
_FORMATS = ("JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP")
# The formats in which frames are pages; in others they are an animation.
_PAGED = frozenset({"TIFF"})
_PAGES = 5_000
# The value of white in 8 bits, to which other ranges are scaled.
_WHITE = 255.0


def read(path: str, data: bytes) -> Bulletin:
    """Read a picture.

    Raises:
        ReadError: it is damaged or too large, or OCR is off or not installed.
    """
    sheets = list(_sheets(path, data))
    lines = tuple(to_lines(lay_out(sheets)))
    wordless = sum(not sheet.runs for sheet in sheets)
    return Bulletin(
        path,
        lines,
        paged=True,
        left_out=((omissions.WORDLESS, wordless),) if wordless else (),
        recognised=tuple(number for number, sheet in enumerate(sheets, 1) if sheet.runs),
    )


def laid_out(path: str, data: bytes) -> Iterator[LaidOut]:
    """The pages in reading order; raises as `read` does."""
    return lay_out(_sheets(path, data))


def facsimile(path: str, data: bytes, number: int) -> Facsimile:
    """Draw a page, with the positions of its text; raises as `read` does."""
    for at, pages, picture in _numbered(path, data):
        if at == number:
            (page,) = lay_out([_recognised(path, at, picture)])
            return placed(png(picture), PNG, page, number, pages)
    raise ReadError(path, no_page(number, at))


def _recognised(path: str, number: int, picture: Picture) -> PageContent:
    try:
        return sheet_of(picture)
    except RecognitionError as error:
        reason = _("page {number} cannot be recognised: {error}")
        raise ReadError(path, reason.format(number=number, error=error)) from error


def _sheets(path: str, data: bytes) -> Iterator[PageContent]:
    if not ocr.is_active():
        raise PictureError(path, _("a picture; {advice}").format(advice=ocr.advice()))
    for number, pages, picture in _numbered(path, data):
        yield _recognised(path, number, picture)
        ocr.settings().tell(path, number, pages)


def frames(path: str, data: bytes) -> Iterator[Picture]:
    """The pages of a picture, decoded.

    Raises:
        ReadError: it is damaged, too large, or of a kind that Pillow does not decode.
    """
    return (picture for _, _, picture in _numbered(path, data))


def _numbered(path: str, data: bytes) -> Iterator[tuple[int, int, Picture]]:
    """The pages, each with its number and the number of pages."""
    from PIL import Image, TiffImagePlugin, WebPImagePlugin  # noqa: F401 (known once imported)

    with _decoding(path):
        image = Image.open(BytesIO(data), formats=_FORMATS)
        pages = min(getattr(image, "n_frames", 1), _PAGES + 1) if image.format in _PAGED else 1
    if pages > _PAGES:
        raise ReadError(path, _("it has more than {pages} pages; split it").format(pages=_PAGES))
    for number in range(1, pages + 1):
        with _decoding(path):
            image.seek(number - 1)
            picture = _picture(image)
        yield number, pages, picture


def _picture(image: "Image") -> Picture:
    """The current frame, upright, in the size that recognition needs."""
    from PIL import Image, ImageOps

    image.draft("RGB", fitting(*image.size))  # decodes large JPEGs in a smaller size
    upright = ImageOps.exif_transpose(_in_colours(image))
    size = fitting(*upright.size)
    if size != upright.size:
        upright = upright.resize(size, Image.Resampling.LANCZOS)
    return Picture(*upright.size, upright.tobytes("raw", "BGR"))


def _in_colours(image: "Image") -> "Image":
    """Convert a frame of any mode to RGB, with white for transparency."""
    from PIL import Image

    if image.mode.startswith(("I", "F")):
        low, high = image.getextrema()
        if not (isinstance(low, int | float) and isinstance(high, int | float)):
            return image.convert("RGB")
        scale = _WHITE / ((high - low) or 1)
        # `point` supports these modes only with a function of this form.
        grey = image.convert("F").point(lambda value: value * scale + -low * scale)
        return _with_orientation(grey.convert("L").convert("RGB"), image)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return _with_orientation(Image.alpha_composite(white, layered).convert("RGB"), image)
    return image if image.mode == "RGB" else image.convert("RGB")


def _with_orientation(made: "Image", image: "Image") -> "Image":
    """Copy the orientation of an image to one made from it."""
    if "exif" in image.info:
        made.info["exif"] = image.info["exif"]
    return made


@contextmanager
def _decoding(path: str) -> Iterator[None]:
    """Convert the exceptions of Pillow to ReadError."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        reason = _("more than {most:.0f} million pixels; make it smaller").format(
            most=(Image.MAX_IMAGE_PIXELS or 0) / 1e6
        )
        raise ReadError(path, reason) from error
    except UnidentifiedImageError as error:
        raise ReadError(path, _("damaged, or no picture of a kind that lsq reads")) from error
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError) as error:
        raise ReadError(
            path,
            _("damaged, or not downloaded whole ({error}); fetch it again").format(error=error),
        ) from error
