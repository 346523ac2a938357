"""Search many strings in one pass over all texts.

First the characters and the pairs of adjacent ones in each text are computed, as numbers, and
of these the ones that begin any of the strings: only such strings are searched in the text.
Nothing is missed, as a text with a string contains the pair that begins it. That takes some
50 ns per character; creating and comparing strings takes twice as long.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple

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
    """The occurrences of each of these strings, none of them empty.

    Args:
        strings: the strings.
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


# In bytes, of a character.
_WIDTH = 4
# By how many characters there are: the type of an array's items.
_TYPES = {1: "I", 2: "Q"}


def codes(text: str, size: int) -> Iterator[int]:
    """A number for each string of `size` characters, 1 or 2, in a text; in no order.

    The same strings have the same numbers, others have others.
    """
    data = text.encode("utf-32-le", "surrogatepass")
    ends = (start + (len(text) - start) // size * size for start in range(size))
    return chain.from_iterable(
        array(_TYPES[size], data[_WIDTH * start : _WIDTH * end]) for start, end in enumerate(ends)
    )


def code(gram: str) -> int:
    """The number of a string of one or two characters."""
    return next(codes(gram, len(gram)))


def overlaps(gram: str) -> bool:
    """Whether a string of one or two characters may overlap itself, as 人人 does in 人人人.

    `codes` then counts it more often than `str.count`.
    """
    return len(gram) > 1 and gram[0] == gram[1]
