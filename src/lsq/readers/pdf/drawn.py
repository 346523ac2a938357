"""A PDF page, drawn and recognised: for pages whose text is not to be had otherwise."""

import pypdfium2 as pdfium

from lsq.readers.layout import Sheet
from lsq.readers.ocr.pictures import Picture, scale
from lsq.readers.ocr.recognition import sheet_of

_CHANNELS = 3
# So many pixels on the longer side show whether there is anything.
_SMALL = 300


def recognised(page: pdfium.PdfPage) -> Sheet:
    """What is recognised on a page, in points.

    Raises:
        RecognitionError: the library fails over it.
        PdfiumError: the page cannot be drawn.
    """
    pixels = scale(*page.get_size())
    bitmap = page.render(scale=pixels)
    try:
        picture = _picture(bitmap)
    finally:
        bitmap.close()
    return sheet_of(picture, 1 / pixels)


def is_blank(page: pdfium.PdfPage) -> bool:
    """Whether nothing is drawn on a page, as far as a small picture of it shows."""
    bitmap = page.render(scale=_SMALL / max(*page.get_size(), 1.0), grayscale=True)
    try:
        width, stride, data = bitmap.width, bitmap.stride, bytes(bitmap.buffer)
        rows = {data[at * stride : at * stride + width] for at in range(bitmap.height)}
    finally:
        bitmap.close()
    return len(set(b"".join(rows))) <= 1


def _picture(bitmap: pdfium.PdfBitmap) -> Picture:
    """The pixels without what fills up the rows; blue, green and red, as PDFium draws."""
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    data = bytes(bitmap.buffer)
    row = _CHANNELS * width
    if stride != row:
        data = b"".join(data[at * stride : at * stride + row] for at in range(height))
    return Picture(width, height, data)
