"""What stands beside the literal of an expression: told from the bytes, before it is matched.

Few of the places where 罚款 stands are the beginning of a match of 罚款[0-9]{4}元. To look at the
bytes beside it there takes less than to decode a text and to match the expression in it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

from lsq.query.simple import Item, items_of

# In characters: a shorter literal stands in so many places that to look at each takes longer.
SHORTEST: Final = 2
# So many characters of a set are looked for one by one, and so many beside the literal.
_FEW: Final = 32
_FAR: Final = 8

_SINGLE: Final = (1, 1)


class Anchor(NamedTuple):
    """A string that every match contains, and what every match has beside it.

    Attributes:
        sought: the string, in UTF-8.
        before: how many bytes before it `beside` begins.
        beside: an expression for bytes, which does not say all that the whole one does.
        longest: how many bytes it matches at most.
    """

    sought: bytes
    before: int
    beside: "re.Pattern[bytes]"
    longest: int

    def may_be_at(self, text: bytes | bytearray, place: int, end: int) -> bool:
        """Whether a match may have its string at this place of what is known of a text.

        Args:
            text: its bytes, maybe not all.
            place: where the string stands.
            end: where what is known ends.
        """
        start = place - self.before
        if start < 0 or start + self.longest > end:
            return True
        return self.beside.match(text, start) is not None


@lru_cache(maxsize=64)
def anchor(pattern: str) -> Anchor | None:
    """The anchor of a folded expression; None where there is none that helps."""
    items = items_of(pattern)
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
