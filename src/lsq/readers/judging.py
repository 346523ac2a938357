"""Judge whether the text of a page matches what the page shows, or the page needs recognition.

A page needs recognition if it is a picture without text or with only a stamp as text, if its
fonts do not map to characters, or if the OCR that made its text layer was bad.
"""

import re
from collections import Counter
from enum import Enum
from itertools import pairwise

from lsq.readers.plausibility import is_garbled, is_ideograph, plausibility

# A page with fewer characters has only a page number or a stamp.
_TEXT = 10
# On a page that a picture covers, fewer characters are a stamp, not a text layer.
_STAMP = 50
COVERED = 0.5
# Chinese text with less plausibility is wrong.
_LIKELY = 0.62
_FEWEST = 60

# Thresholds of `lsq.segment.strangeness`. _STRANGE: only one in a hundred correct texts is above
# it. _DOUBTFUL: a quarter of correct texts are above it, and three quarters of texts with six
# percent wrong ideographs. _BETTER: this difference corresponds to two percent fewer wrong ones.
_STRANGE, _DOUBTFUL, _BETTER = 0.45, 0.34, 0.02
_PARTICLES, _CLASSICAL = "之其曰也者矣焉乎於", 0.05

# Misreadings by OCR that make a text wrong: the minimum number, and one in this many characters.
_FEWEST_ODD, _ODD_IN = 3, 150
_LONGEST_ODD = 8
_TOKEN = re.compile(r"[A-Za-z0-9\\]{2,}+")
# Alloys and chemical compounds are not misreadings: 16CrMnTiH, Fe3O4.
_ELEMENTS = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se "
    "Br Zr Nb Mo Ag Cd In Sn Sb Te I Ba W Re Pt Au Hg Tl Pb Bi U Y La Ce Nd Ta Pd Ru Rh"
)
_FORMULA = re.compile(
    rf"\d*+(?:(?:{'|'.join(sorted(_ELEMENTS.split(), key=len, reverse=True))})\d*+)+"
)
_STRAY = re.compile("(?<=[一-鿿])[\\\\|~^_{}£¥§¢•■°`](?=[一-鿿])")

# Fonts of standards map Latin letters to the ideographs at A080 + code of GBK: 犌犅／犜 is GB/T.
_HIDDEN = {
    ord(bytes([0xA0, 0x80 + code]).decode("gbk")): code
    for code in (*range(0x41, 0x5B), *range(0x61, 0x7B))
}
_RARE = re.compile(f"[{''.join(map(chr, _HIDDEN))}]")


class Defect(Enum):
    """Why the text of a page does not match what it shows.

    PICTURE: it is a picture without text, or with only a stamp as text.
    FONTS: its fonts do not map to characters.
    LAYER: its text layer, made by OCR, has many errors.
    """

    PICTURE = "picture"
    FONTS = "fonts"
    LAYER = "layer"


def judge(text: str, pictured: float, strangeness: float = 0.0) -> Defect | None:
    """The defect of the text of a page; None without one.

    Args:
        text: the text of the page.
        pictured: the share of the page that pictures cover, from 0 to 1.
        strangeness: the strangeness of the text (`lsq.segment.strangeness`).
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
    """Whether a text layer may be wrong, so that recognising the page is worth while."""
    return strangeness > _DOUBTFUL


def is_better(strangeness: float, than: float) -> bool:
    """Whether a reading of a page with this strangeness is better than one with that of `than`."""
    return strangeness < than - _BETTER


def _is_classical(text: str) -> bool:
    """Whether a text is in classical Chinese, whose words modern dictionaries lack."""
    ideographs = sum(map(is_ideograph, text))
    return sum(text.count(char) for char in _PARTICLES) > _CLASSICAL * ideographs


def is_misread(text: str) -> bool:
    """Whether a text has many tokens that only OCR writes, such as ZOq5年."""
    odd = sum(map(_is_odd, _TOKEN.findall(text))) + len(_STRAY.findall(text))
    return odd >= _FEWEST_ODD and odd * _ODD_IN >= len(text)


def _is_odd(token: str) -> bool:
    """Whether a token mixes letters, capitals and digits as no word does: ZOq5, 1l9."""
    if len(token) > _LONGEST_ODD or _FORMULA.fullmatch(token):
        return False
    kinds = ["d" if char.isdigit() else "u" if char.isupper() else "l" for char in token]
    changes = sum(before != after for before, after in pairwise(kinds))
    return "\\" in token or (changes > 1 and {"d", "l"} <= set(kinds))


def has_text(text: str) -> bool:
    """Whether a text is more than a page number."""
    return len("".join(text.split())) >= _TEXT


def mended(text: str) -> str:
    """Restore the letters that fonts of standards map to rare ideographs: 犌犅／犜 is GB/T.

    A single such ideograph may be genuine, and stays.
    """
    rare = Counter(_RARE.findall(text))
    if len(rare) < 2 or rare.total() < 3:  # noqa: PLR2004
        return text
    return text.translate(_HIDDEN)
