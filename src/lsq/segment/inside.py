"""Tell the words of running text from the shorter words that are indexed inside them.

jieba's search mode gives, of a word of more than two characters, each pair of its characters
that is in the dictionary, of one of more than three each triple too, and then the word.
"""

from collections import Counter
from collections.abc import Container
from typing import Final

_PAIR: Final = 2
_TRIPLE: Final = 3


def without_words_inside(counts: Counter[str], known: Container[str]) -> Counter[str]:
    """How often words occur by themselves.

    Args:
        counts: how often search mode gives them; this is changed.
        known: the words of two and three characters in the dictionary.
    """
    for word in [word for word in counts if len(word) > _TRIPLE]:
        _subtract(counts, word, _TRIPLE, known)
    # Only now is known how often words of three characters occur.
    for word in [word for word in counts if len(word) > _PAIR]:
        _subtract(counts, word, _PAIR, known)
    return +counts


def _subtract(counts: Counter[str], word: str, length: int, known: Container[str]) -> None:
    times = counts[word]
    for start in range(len(word) - length + 1):
        inside = word[start : start + length]
        if inside in counts and inside in known:
            counts[inside] -= times
