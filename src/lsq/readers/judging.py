"""Whether the text of a page is what the page shows, judged page by page.

A page may be a picture; its text layer may be a stamp on a scan; its fonts may not say which
characters they show; what somebody's OCR wrote may be wrong. Such pages need recognition.
"""

import re
from collections import Counter
from enum import Enum
from itertools import pairwise

from lsq.readers.plausibility import is_garbled, is_ideograph, plausibility

# A page with fewer characters has none but its number, or what a stamp says.
_TEXT = 10
# A page that a picture covers has a text layer, or only a stamp with fewer characters.
_STAMP = 50
_COVERED = 0.5
# A text layer of Chinese less plausible than this was not read right.
_LIKELY = 0.62
_FEWEST = 60

# What OCR makes of figures and words that it cannot read: so many, one in so many characters.
_FEWEST_ODD, _ODD_IN = 3, 150
_LONGEST_ODD = 8
_TOKEN = re.compile(r"[A-Za-z0-9\\]{2,}+")
# Alloys and compounds are written so: 16CrMnTiH, Fe3O4.
_ELEMENTS = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se "
    "Br Zr Nb Mo Ag Cd In Sn Sb Te I Ba W Re Pt Au Hg Tl Pb Bi U Y La Ce Nd Ta Pd Ru Rh"
)
_FORMULA = re.compile(
    rf"\d*+(?:(?:{'|'.join(sorted(_ELEMENTS.split(), key=len, reverse=True))})\d*+)+"
)
_STRAY = re.compile("(?<=[一-鿿])[\\\\|~^_{}£¥§¢•■°`](?=[一-鿿])")

# Fonts of standards hide Latin letters behind the ideographs at A080 + code of GBK:
# 犌犅／犜 is GB/T.
_HIDDEN = {
    ord(bytes([0xA0, 0x80 + code]).decode("gbk")): code
    for code in (*range(0x41, 0x5B), *range(0x61, 0x7B))
}
_RARE = re.compile(f"[{''.join(map(chr, _HIDDEN))}]")


class Defect(Enum):
    """Why the text of a page cannot be taken for what it shows.

    PICTURE: there is a picture, and no text or only a stamp.
    FONTS: its fonts do not say which characters they show.
    LAYER: what somebody's OCR wrote over its picture is wrong in many places.
    """

    PICTURE = "picture"
    FONTS = "fonts"
    LAYER = "layer"


def judge(text: str, pictured: float) -> Defect | None:
    """What is wrong with the text of a page; None if nothing is.

    Args:
        text: all of it, white space between its words.
        pictured: the part of the page that pictures cover, from 0 to 1.
    """
    size = len("".join(text.split()))
    if size < _TEXT:
        return Defect.PICTURE if pictured > 0 else None
    if pictured >= _COVERED and size < _STAMP:
        return Defect.PICTURE
    if is_garbled(text):
        return Defect.FONTS
    ideographs = sum(map(is_ideograph, text))
    if ideographs >= _FEWEST and plausibility(text) < _LIKELY:
        return Defect.FONTS
    if pictured >= _COVERED and _is_misread(text):
        return Defect.LAYER
    return None


def _is_misread(text: str) -> bool:
    """Whether a text has more than any text has of what only OCR writes, such as ZOq5年."""
    odd = sum(map(_is_odd, _TOKEN.findall(text))) + len(_STRAY.findall(text))
    return odd >= _FEWEST_ODD and odd * _ODD_IN >= len(text)


def _is_odd(token: str) -> bool:
    """Whether letters, capitals and figures change places as in no word: ZOq5, 1l9."""
    if len(token) > _LONGEST_ODD or _FORMULA.fullmatch(token):
        return False
    kinds = ["d" if char.isdigit() else "u" if char.isupper() else "l" for char in token]
    changes = sum(before != after for before, after in pairwise(kinds))
    return "\\" in token or (changes > 1 and {"d", "l"} <= set(kinds))


def has_text(text: str) -> bool:
    """Whether it is more than the number of a page."""
    return len("".join(text.split())) >= _TEXT


def mended(text: str) -> str:
    """The text with the letters that fonts of standards hide behind rare ideographs.

    Args:
        text: of a page; 犌犅／犜３６２０ is GB/T 3620. One such ideograph alone may be itself.
    """
    rare = Counter(_RARE.findall(text))
    if len(rare) < 2 or rare.total() < 3:  # noqa: PLR2004
        return text
    return text.translate(_HIDDEN)
