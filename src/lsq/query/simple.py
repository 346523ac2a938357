"""Tell which regular expressions take time in proportion to the text, whatever it is.

These are characters and sets of characters in a row, each with a quantifier, where no character
of a text could be taken by one of them as well as by the next. There is one way to match at each
place then, and no run of characters is gone through from each of its own. So they need no
time limit, and `re` matches them as the library `regex` would, faster, and is loaded already.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

# In characters, of all that is repeated up to a number.
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
        ranges: the code points of its characters: the first and the last of each range.
        least: how many of them there are at least.
        most: and at most; None for any number.
    """

    ranges: tuple[tuple[int, int], ...]
    least: int = 1
    most: int | None = 1

    def meets(self, other: "Item") -> bool:
        """Whether a character is in both."""
        return any(
            first <= last_of_other and first_of_other <= last
            for first, last in self.ranges
            for first_of_other, last_of_other in other.ranges
        )


@lru_cache(maxsize=64)
def simple(pattern: str) -> "re.Pattern[str] | None":
    """A folded expression compiled by `re`; None if it is not one of these, or not valid."""
    items = items_of(pattern)
    if not items or not _is_linear(items):
        return None
    try:
        return re.compile(pattern)
    except (re.error, OverflowError):
        return None


@lru_cache(maxsize=64)
def items_of(pattern: str) -> tuple[Item, ...]:
    """What a folded expression consists of; nothing if there is anything else in it."""
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
        if item.most is None and (not number or any(item.meets(one) for one in items[:number])):
            return False
        after = items[number + 1 :]
        optional = list(takewhile(lambda one: not one.least, after))
        if any(item.meets(one) for one in after[: len(optional) + 1]):
            return False
    return True
