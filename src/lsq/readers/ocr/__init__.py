"""Text recognition (OCR): the picture of a page → what stands on it, with places → Sheet.

    Picture → cache, or recogniser (rapidocr) and rules (cv2) → Recognition → sheets → Sheet

A page of a PDF without usable text and a file that is a picture come through here, and what
is recognised takes the same way through `lsq.readers.layout` as printed text. The library is
the extra extra `ocr`; without it, what needs it says how to install it. `settings` says
whether to recognise, and in how many threads; all else is imported when there is a page.
"""

from lsq.readers.ocr.options import (
    Settings,
    advice,
    is_active,
    is_always,
    settings,
    using,
)

__all__ = [
    "Settings",
    "advice",
    "is_active",
    "is_always",
    "settings",
    "using",
]
