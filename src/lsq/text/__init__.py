"""Characters, for the packages that read, search and show texts: numerals and sentence ends.

Both patterns of sentence ends find the same sentences, one in folded and one in printed text.
The only difference: folding maps opening and closing quotes to one character, so only the
printed text shows that a quote after 。 opens the next sentence. The patterns are not in
`typography`, whose other patterns a search need not compile.
"""

from collections.abc import Mapping
from typing import Final

DIGITS: Final[Mapping[str, str]] = {
    **{char: str(value) for value, char in enumerate("〇一二三四五六七八九")},
    "零": "0",
    "O": "0",
}
# Patterns of end marks with the quotes and brackets that close after them, or of a line feed.
# The first scans millions of characters: it begins with one set, not with alternatives, which
# `re` finds fast. The second is compiled by every search that shows snippets: its shape
# compiles fastest.
FOLDED_END: Final = r"""[。!?;…\n](?:(?<!\n)[。!?;…]*["')》]*)?"""
PRINTED_END: Final = (
    "[。︒｡!︕﹗！?︖﹖？;\u037e︔﹔；…⋯︙]+"
    "[\"＂”〞〟」﹂』﹄｣'’＇)）︶﹚\\]］﹈】︼〕︺﹞〗︘〙〛》︾»›〉\u232a⟩⟫﹀]*|\n"
)


def number(numeral: str) -> int:
    """The value of a numeral below a hundred (26, 二十六, 十, 廿一); 0 for an empty one."""
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    numeral = numeral.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return digits(numeral)
    return 10 * int(DIGITS.get(tens, "1")) + int(DIGITS.get(ones, "0"))


def digits(numeral: str) -> int:
    """The value of a numeral written digit by digit (二〇二〇, 2020); 0 for an empty one."""
    return int("".join(DIGITS.get(char, char if char.isdigit() else "") for char in numeral) or 0)
