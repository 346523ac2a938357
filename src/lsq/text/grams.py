"""The characters and the pairs of adjacent characters of a text, told as numbers.

One pass over a text then tells of many of them at once which occur, and how often: at
some 50 ns a character, where making and comparing strings takes twice as long. Knows
nothing but characters.
"""

from array import array
from collections.abc import Iterator
from itertools import chain

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

    `codes` then tells of it more often than `str.count`.
    """
    return len(gram) > 1 and gram[0] == gram[1]
