"""Words that folding makes into others: 著名 is 着名 in a folded text.

The table `words.txt` has such a word a line, its frequency in jieba's dictionary and, where
folding changes the Simplified spelling of it, that; `tools/folded_words.py` makes it.
"""

import os
import re
from functools import cache


def folded_words() -> dict[str, int]:
    """The folded words with their frequencies, for who cuts folded texts."""
    return {word: int(frequency) for word, frequency, *_ in _table()}


def spelled(folded: str) -> str:
    """A piece of a folded text as it is spelled, for people to read; as long as that.

    Folding it gives it back.
    """
    spellings = _spellings()
    if not spellings[0].search(folded):
        return folded
    return spellings[0].sub(lambda word: spellings[1][word[0]], folded)


@cache
def _table() -> list[list[str]]:
    with open(os.path.join(os.path.dirname(__file__), "words.txt"), encoding="utf-8") as file:
        return [line.split() for line in file]


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    known = {word: spelling[0] for word, _, *spelling in _table() if spelling}
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), known
