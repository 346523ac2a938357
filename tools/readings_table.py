"""Derive the readings table of `lsq.search.hints.corrections`, and print it.

    python tools/readings_table.py > src/lsq/search/hints/readings.txt

Each line is a syllable of pinyin without its tone, and the ideographs of Unicode's first block with
this reading that folding does not change.

The table is committed, because importing pypinyin takes 0.2 s, for which a user with a mistyped
word would wait; reading the table takes a thousandth of that.

Source: pypinyin, whose readings are those of pinyin-data and so of Unicode's Unihan
(kHanyuPinyin, kXHC1983, kMandarin and others).
"""

import sys
from collections import defaultdict

from pypinyin import Style, pinyin

from lsq.text.fold import fold

FIRST, LAST = 0x4E00, 0x9FFF


def readings_table() -> dict[str, list[str]]:
    """The ideographs of each syllable, in the order of Unicode."""
    read: dict[str, list[str]] = defaultdict(list)
    for char in map(chr, range(FIRST, LAST + 1)):
        known = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
        if known and fold(char) == char:
            for syllable in dict.fromkeys(known[0]):
                read[syllable].append(char)
    return read


def main() -> None:
    """Print the table, sorted."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream here
    for syllable, chars in sorted(readings_table().items()):
        print(syllable, "".join(chars))


if __name__ == "__main__":
    main()
