"""Spellings of a string that differ in length, such as ℃ and °C, ㎡ and m², … and ......

`lsq.text.fold` cannot unify them, as it maps one character to one to keep every offset. So a
string is searched in each of its spellings.
"""

import re
from typing import Final

# Folded; each family is a set of spellings. Within words they do not count: no mm in comma.
ELLIPSIS: Final = ("…", "……", "...", "......")
UNITS: Final = tuple(
    tuple(family.split("="))
    for family in (
        "℃=°c ℉=°f ㎡=m²=m2 ㎥=m³=m3 ㎢=km²=km2 "
        "㎝=cm ㎜=mm ㎞=km ㎎=mg ㎏=kg ㏊=ha ㎖=ml ㎾=kw ㎒=mhz "
        "ⅱ=ii ⅲ=iii ⅳ=iv ⅵ=vi ⅶ=vii ⅷ=viii ⅸ=ix ⅺ=xi ⅻ=xii"
    ).split()
)
# A string with no character from here on contains none of them.
_FIRST_IDEOGRAPH: Final = "\u3400"
# The maximum number of spellings of a string: each is searched.
MOST: Final = 24
# A run of dots of any length.
_DOTS: Final = r"…+|\.{3,}"
# Any of the given strings that is not a part of a word.
_WHOLE: Final = r"(?<![a-z])(?:{})(?![a-z0-9²³])"


def spellings(text: str) -> tuple[str, ...]:
    """The spellings of a string, itself first; at most MOST.

    Args:
        text: folded and squeezed.
    """
    if not text or min(text) >= _FIRST_IDEOGRAPH:
        return (text,)
    found = [text]
    if "…" in text or "..." in text:
        found = _respelled(found, _DOTS, ELLIPSIS)
    for family in UNITS:
        if any(member in text for member in family):
            found = _respelled(found, _WHOLE.format("|".join(family)), family)
    return tuple(found)


def _respelled(texts: list[str], pattern: str, family: tuple[str, ...]) -> list[str]:
    """The strings, and each with all matches of a pattern replaced by one of the family."""
    others = [re.sub(pattern, member, text) for text in texts for member in family]
    return list(dict.fromkeys((*texts, *others)))[:MOST]
