"""Strings that read alike and differ in length, so that folding cannot join them.

`lsq.text.fold` maps one character to one, which keeps every offset. An ellipsis of one
character or six dots, ℃ and °C, ㎡ and m² are matched at query time: a string is searched in
each of its spellings. Knows no text and no engine.
"""

import re
from typing import Final

# Folded; the members of a family read alike. Within words they do not count: no mm in comma.
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
# A run of dots, however long; and those without a letter beside them.
_DOTS: Final = r"…+|\.{3,}"
_APART: Final = r"(?<![a-z])(?:{})(?![a-z0-9²³])"


def spellings(text: str) -> tuple[str, ...]:
    """The spellings of a string: itself first, then with each family in another spelling.

    Args:
        text: folded and squeezed.
    """
    if not text or min(text) >= _FIRST_IDEOGRAPH:
        return (text,)
    found = [text]
    if "…" in text or "..." in text:
        found = _spelled(found, _DOTS, ELLIPSIS)
    for family in UNITS:
        if any(member in text for member in family):
            found = _spelled(found, _APART.format("|".join(family)), family)
    return tuple(found)


def _spelled(texts: list[str], pattern: str, family: tuple[str, ...]) -> list[str]:
    """The strings, and each with all that the pattern finds replaced by one of the family."""
    others = [re.sub(pattern, member, text) for text in texts for member in family]
    return list(dict.fromkeys((*texts, *others)))[:MOST]
