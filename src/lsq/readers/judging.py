"""Judge, page by page, whether the text of a page is what the page shows.

A page may be a picture; its text layer may be a stamp on a scan; its fonts may not map to
characters; a text layer of OCR may be wrong. Such pages need recognition.
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
COVERED = 0.5
# A text layer of Chinese less plausible than this was not read right.
_LIKELY = 0.62
_FEWEST = 60

# How far a text is from what words are made of (`lsq.segment.strangeness`): above the first,
# which one in a hundred texts is, hardly any is right; a quarter of all is above the second,
# and of those with six wrong ideographs in a hundred three quarters. A reading of the same
# page that differs by the third has two wrong ideographs in a hundred less.
_STRANGE, _DOUBTFUL, _BETTER = 0.45, 0.34, 0.02
_PARTICLES, _CLASSICAL = "之其曰也者矣焉乎於", 0.05

# Misreadings of figures and words by OCR: the minimum number, and one in this many characters.
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


def judge(text: str, pictured: float, strangeness: float = 0.0) -> Defect | None:
    """The defect of the text of a page; None without one.

    Args:
        text: all of it, white space between its words.
        pictured: the part of the page that pictures cover, from 0 to 1.
        strangeness: how far it is from what words are made of, likewise.
    """
    size = len("".join(text.split()))
    if size < _TEXT:
        return Defect.PICTURE if pictured > 0 else None
    if pictured >= COVERED and size < _STAMP:
        return Defect.PICTURE
    if is_garbled(text):
        return Defect.FONTS
    ideographs = sum(map(is_ideograph, text))
    if ideographs >= _FEWEST and plausibility(text) < _LIKELY:
        return Defect.FONTS
    if pictured >= COVERED and (
        is_misread(text) or (strangeness > _STRANGE and not _is_classical(text))
    ):
        return Defect.LAYER
    return None


def is_doubtful(strangeness: float) -> bool:
    """Whether the text over a picture may be wrong, so that it is worth another reading."""
    return strangeness > _DOUBTFUL


def is_better(strangeness: float, than: float) -> bool:
    """Whether a reading of a page is nearer to what words are made of than another one."""
    return strangeness < than - _BETTER


def _is_classical(text: str) -> bool:
    """Whether a text is in classical Chinese, whose words dictionaries of today lack."""
    ideographs = sum(map(is_ideograph, text))
    return sum(text.count(char) for char in _PARTICLES) > _CLASSICAL * ideographs


def is_misread(text: str) -> bool:
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
