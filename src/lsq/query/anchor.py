"""Check the bytes beside the literal of an expression before the expression is matched.

Few occurrences of 罚款 begin a match of 罚款[0-9]{4}元. Checking the bytes beside each one takes
less time than decoding the text and matching the expression in it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

from lsq.query.simple import Item, parse_items

# In characters: a shorter literal is so frequent that checking each occurrence takes longer.
SHORTEST: Final = 2
# The largest set whose characters are listed, and the most repetitions that are checked.
_FEW: Final = 32
_FAR: Final = 8

_SINGLE: Final = (1, 1)


class Anchor(NamedTuple):
    """A string that every match contains, and a condition on the bytes around it.

    Attributes:
        sought: the string, in UTF-8.
        before: how many bytes before the string `beside` begins.
        beside: an expression for bytes; necessary for a match, but not sufficient.
        longest: the longest match of `beside`, in bytes.
    """

    sought: bytes
    before: int
    beside: "re.Pattern[bytes]"
    longest: int

    def may_be_at(self, text: bytes | bytearray, place: int, end: int) -> bool:
        """Whether a match may contain the occurrence of the string at `place`.

        Args:
            text: the bytes of a text, perhaps only a part of it.
            place: the position of the string.
            end: the end of the known bytes.
        """
        start = place - self.before
        if start < 0 or start + self.longest > end:
            return True
        return self.beside.match(text, start) is not None


@lru_cache(maxsize=64)
def anchor(pattern: str) -> Anchor | None:
    """The anchor of a folded expression; None if there is none, or if it excludes nothing."""
    items = parse_items(pattern)
    first, stop = _longest_run(items)
    if stop - first < SHORTEST:
        return None
    known = [_bytes_of(item) for item in items]
    before = [*takewhile(_is_fixed, zip(items, known, strict=True))]
    from_start = len(before) >= first
    begin = 0 if from_start else first
    sought = b"".join(one for kinds in known[first:stop] for one in kinds)
    parts, longest = [], 0
    for item, kinds in zip(items[begin:], known[begin:], strict=True):
        most = item.least if item.most is None else item.most
        if not kinds or most > _FAR:
            break
        parts.append(b"(?:%b){%d,%d}" % (b"|".join(map(re.escape, kinds)), item.least, most))
        longest += most * max(map(len, kinds))
        if item.most is None:
            break
    if begin + len(parts) <= stop and begin == first:
        return None  # nothing beside it is known
    width = sum(item.least * len(kinds[0]) for item, kinds in before[:first]) if from_start else 0
    return Anchor(sought, width, re.compile(b"".join(parts), re.DOTALL), longest)


def _longest_run(items: Sequence[Item]) -> tuple[int, int]:
    """Where the longest run of single characters begins and ends."""
    best = first = 0, 0
    for number, item in enumerate(items):
        is_one = (item.least, item.most) == _SINGLE and _size(item) == 1
        first = (first[0], number + 1) if is_one else (number + 1, number + 1)
        best = max(best, first, key=lambda run: run[1] - run[0])
    return best


def _size(item: Item) -> int:
    return sum(last - first + 1 for first, last in item.ranges)


def _bytes_of(item: Item) -> list[bytes]:
    """The characters of an item in UTF-8; none if they are too many."""
    return list(_encoded(item.ranges)) if _size(item) <= _FEW else []


def _encoded(ranges: Iterable[tuple[int, int]]) -> Iterator[bytes]:
    for first, last in ranges:
        for code in range(first, last + 1):
            yield chr(code).encode("utf-8", "surrogatepass")


def _is_fixed(known: tuple[Item, list[bytes]]) -> bool:
    """Whether an item takes the same number of bytes in every match."""
    item, kinds = known
    return item.least == item.most and len(set(map(len, kinds))) == 1
