"""Recognize regular expressions that take linear time on any text.

A simple expression is a sequence of characters and sets, each with a quantifier, in which no
character can belong to an item and to the next one. So there is one way to match at each position,
and no run of characters is scanned again from each of its characters. Simple expressions need no
time limit; `re` gives the same matches as the library `regex`, is faster, and is already loaded.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

# In characters: the limit of the sum of all bounded repetitions.
LONGEST: Final = 50

_ONE: Final = r"(?:\\[^\w\s]|[^\x00-\x20\\.^$*+?{}\[\]()|&~-])"
_RANGE: Final = re.compile(rf"({_ONE})(?:-({_ONE}))?+")
_ITEM: Final = re.compile(
    rf"(?:(?P<one>{_ONE}|-)|\[(?P<set>(?:{_ONE}(?:-{_ONE})?+)++)\])"
    r"(?:(?P<sign>[*+?])|\{(?P<least>[0-9]{1,4})(?P<to>,(?P<most>[0-9]{0,4}))?\})?+\??+"
)


class Item(NamedTuple):
    """A character or a set of an expression, with its quantifier.

    Attributes:
        ranges: the first and the last code point of each range of characters.
        least: the minimum number of repetitions.
        most: the maximum; None for no limit.
    """

    ranges: tuple[tuple[int, int], ...]
    least: int = 1
    most: int | None = 1

    def overlaps(self, other: "Item") -> bool:
        """Whether a character belongs to both."""
        return any(
            first <= last_of_other and first_of_other <= last
            for first, last in self.ranges
            for first_of_other, last_of_other in other.ranges
        )


@lru_cache(maxsize=64)
def compile_simple(pattern: str) -> "re.Pattern[str] | None":
    """Compile a folded expression with `re`; None if it is not simple or not valid."""
    items = parse_items(pattern)
    if not items or not _is_linear(items):
        return None
    try:
        return re.compile(pattern)
    except (re.error, OverflowError):
        return None


@lru_cache(maxsize=64)
def parse_items(pattern: str) -> tuple[Item, ...]:
    """The items of a folded expression; empty if it contains anything else."""
    items: list[Item] = []
    at = 0
    while at < len(pattern):
        found = _ITEM.match(pattern, at)
        if not found:
            return ()
        items.append(_item(found))
        at = found.end()
    return tuple(items)


def _item(found: re.Match[str]) -> Item:
    ranges = tuple(
        (ord(first[-1]), ord((last or first)[-1]))
        for first, last in _RANGE.findall(found["set"] or "")
    )
    ranges = ranges or ((ord(found["one"][-1]),) * 2,)
    if found["sign"]:
        return Item(ranges, int(found["sign"] == "+"), 1 if found["sign"] == "?" else None)
    if not found["least"]:
        return Item(ranges)
    least = int(found["least"])
    if not found["to"]:
        return Item(ranges, least, least)
    return Item(ranges, least, int(found["most"]) if found["most"] else None)


def _is_linear(items: Sequence[Item]) -> bool:
    if not items[0].least or sum(item.most or 0 for item in items) > LONGEST:
        return False
    for number, item in enumerate(items):
        if item.most == item.least:
            continue
        if item.most is None and (not number or any(item.overlaps(one) for one in items[:number])):
            return False
        after = items[number + 1 :]
        optional = list(takewhile(lambda one: not one.least, after))
        if any(item.overlaps(one) for one in after[: len(optional) + 1]):
            return False
    return True
