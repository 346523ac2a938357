"""Characters, for the packages that read, search and show texts: numerals, and sentence ends.

Sentences end in folded texts, which are searched, where they end in texts as they are
printed, which are shown. But folding makes one quote of those that open and those that
close, so only the printed text shows that a quote after 。 opens the next sentence. These
patterns are apart from `typography`, whose own ones a search need not compile.
"""

from collections.abc import Mapping
from typing import Final

DIGITS: Final[Mapping[str, str]] = {
    **{char: str(value) for value, char in enumerate("〇一二三四五六七八九")},
    "零": "0",
    "O": "0",
}
# Patterns: the end marks, and the quotes and brackets that close after them; or a line
# feed. The first is for millions of characters, and begins with one set and not with
# alternatives, so that `re` finds it fast. The other is compiled by every search that
# shows something, and has the shape that takes the least time for that.
FOLDED_END: Final = r"""[。!?;…\n](?:(?<!\n)[。!?;…]*["')》]*)?"""
PRINTED_END: Final = (
    "[。︒｡!︕﹗！?︖﹖？;\u037e︔﹔；…⋯︙]+"
    "[\"＂”〞〟」﹂』﹄｣'’＇)）︶﹚\\]］﹈】︼〕︺﹞〗︘〙〛》︾»›〉\u232a⟩⟫﹀]*|\n"
)


def number(numeral: str) -> int:
    """The value of a numeral below a hundred, 26, 二十六, 十, 廿一; 0 for none."""
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    numeral = numeral.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return digits(numeral)
    return 10 * int(DIGITS.get(tens, "1")) + int(DIGITS.get(ones, "0"))


def digits(numeral: str) -> int:
    """The number whose digits are written one by one, 二〇二〇 or 2020; 0 for none."""
    return int("".join(DIGITS.get(char, char if char.isdigit() else "") for char in numeral) or 0)
