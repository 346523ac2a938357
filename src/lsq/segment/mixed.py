"""A user's words that jieba cannot know: of more than its ideographs, such as 5G技术.

jieba is given runs of ideographs alone. So these words are looked for before a text is cut
into runs: the leftmost, and of those the longest. A blank in a text that squeezing would
drop may stand inside them; a word or number of the text is not cut in two. Knows no
dictionary.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from lsq.text.fold import IDEOGRAPH, squeeze

# A letter or digit that stands in a word with its like.
_JOINING = rf"[^\W_{IDEOGRAPH[1:-1]}]"


class MixedWords:
    """Words to be found in folded texts.

    Args:
        words: folded and squeezed; at least one, none empty.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for word in words:
            self._by_first.setdefault(word[0], []).append(word)
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._first = _one_of(self._by_first)

    def find(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where they stand in a text, in order."""
        end = 0
        for first in self._first.finditer(folded):
            start = first.start()
            if start >= end and (found := self._pattern(first[0]).match(folded, start)):
                end = found.end()
                yield start, end

    def _pattern(self, first: str) -> re.Pattern[str]:
        """What matches the words that begin with a character; compiled when one may stand there."""
        pattern = self._patterns.get(first)
        if pattern is None:
            pattern = self._patterns[first] = longest_of(self._by_first[first])
        return pattern


def _one_of(chars: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, chars))}]")


def longest_of(words: Iterable[str]) -> re.Pattern[str]:
    """What matches the longest of these words at a place."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(_expression, longest_first)))


def _expression(word: str) -> str:
    spaced = re.escape(word[0])
    for before, char in pairwise(word):
        blanks = " *" if squeeze(f"{before} {char}") == before + char else ""
        spaced += blanks + re.escape(char)
    before = f"(?<!{_JOINING})" if re.match(_JOINING, word) else ""
    after = f"(?!{_JOINING})" if re.match(_JOINING, word[-1]) else ""
    return before + spaced + after
