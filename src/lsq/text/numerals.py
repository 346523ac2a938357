"""Read Chinese numerals as dates have them. Knows nothing of dates."""

from collections.abc import Mapping
from typing import Final

DIGITS: Final[Mapping[str, str]] = {
    **{char: str(value) for value, char in enumerate("〇一二三四五六七八九")},
    "零": "0",
    "O": "0",
}


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
