"""Look for many strings in one pass over all texts.

Of each text it is told first which pairs of characters it has, and of these which begin
any of the strings: so only such strings are looked for in it. Nothing is missed, for a
text with a string has the pair that this begins with.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from lsq.text.grams import code, codes, overlaps

_PAIR = 2


class Occurring(NamedTuple):
    """Where a string occurs.

    Attributes:
        numbers: of the texts that contain it, in the order in which they came.
        counts: for each of them, how often (`str.count`).
    """

    numbers: "array[int]"
    counts: "array[int]"


def occurring(strings: AbstractSet[str], texts: Iterable[tuple[int, str]]) -> dict[str, Occurring]:
    """Where each of these strings, none of them empty, occurs.

    Args:
        strings: those.
        texts: numbers and texts.
    """
    found = {string: Occurring(array("Q"), array("Q")) for string in strings}
    # The code of a single character is never that of a pair: only pairs have a second one,
    # and NUL, which would be none there, is in no text.
    beginning: dict[int, list[str]] = defaultdict(list)
    for string in strings:
        beginning[code(string[:_PAIR])].append(string)
    sizes = {min(len(string), _PAIR) for string in strings}
    for number, text in texts:
        for size in sizes:
            standing = Counter(filter(beginning.__contains__, codes(text, size)))
            for start, times in standing.items():
                for string in beginning[start]:
                    told = len(string) == size and not overlaps(string)
                    count = times if told else text.count(string)
                    if count:
                        found[string].numbers.append(number)
                        found[string].counts.append(count)
    return found
