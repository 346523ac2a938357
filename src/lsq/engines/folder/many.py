"""Search many strings in one pass over all texts.

For each text, the pairs of adjacent characters are computed, as numbers; a string is searched in
the text only if its first pair is among them. This takes some 50 ns per character of text;
comparing pairs as strings takes twice as long.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple

_PAIR = 2


class Occurrences(NamedTuple):
    """The texts that contain a string.

    Attributes:
        numbers: those of the texts, in the order of the texts.
        counts: the frequency of the string in each, as `str.count` counts.
    """

    numbers: "array[int]"
    counts: "array[int]"


def count_all(
    strings: AbstractSet[str], texts: Iterable[tuple[int, str]]
) -> dict[str, Occurrences]:
    """The occurrences of each of these strings in texts.

    Args:
        strings: the strings, none of them empty.
        texts: the texts with their numbers.
    """
    found = {string: Occurrences(array("Q"), array("Q")) for string in strings}
    # A character has another code than any pair: a pair with its code would contain NUL, which
    # no text does.
    by_start: dict[int, list[str]] = defaultdict(list)
    for string in strings:
        by_start[code(string[:_PAIR])].append(string)
    sizes = {min(len(string), _PAIR) for string in strings}
    for number, text in texts:
        for size in sizes:
            starts = Counter(filter(by_start.__contains__, codes(text, size)))
            for start, freq in starts.items():
                for string in by_start[start]:
                    is_counted = len(string) == size and not overlaps(string)
                    count = freq if is_counted else text.count(string)
                    if count:
                        found[string].numbers.append(number)
                        found[string].counts.append(count)
    return found


# The size of a character, in bytes.
_WIDTH = 4
# The type of an array of characters, and of pairs.
_TYPES = {1: "I", 2: "Q"}


def codes(text: str, size: int) -> Iterator[int]:
    """The codes of all strings of `size` characters, 1 or 2, in a text; in no order.

    Different strings have different codes.
    """
    data = text.encode("utf-32-le", "surrogatepass")
    ends = (start + (len(text) - start) // size * size for start in range(size))
    return chain.from_iterable(
        array(_TYPES[size], data[_WIDTH * start : _WIDTH * end]) for start, end in enumerate(ends)
    )


def code(gram: str) -> int:
    """The code of a string of one or two characters."""
    return next(codes(gram, len(gram)))


def overlaps(gram: str) -> bool:
    """Whether a string of one or two characters can overlap itself, as 人人 does in 人人人.

    It then has more codes in a text than `str.count` counts.
    """
    return len(gram) > 1 and gram[0] == gram[1]
