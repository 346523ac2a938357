"""Align two articles sentence by sentence: same, changed, removed and added sentences.

Equal sentences are paired first; between these, similar ones in order. White space, width and
variants of characters do not count, as in searches.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, Literal, NamedTuple, TypeAlias

from lsq.model import Article, Place
from lsq.text import PRINTED_END
from lsq.text.fold import fold, squeeze

Kind: TypeAlias = Literal["same", "changed", "removed", "added"]
Ranges: TypeAlias = tuple[tuple[int, int], ...]

_END = re.compile(PRINTED_END)
_NUMBER = re.compile(
    r"第[0-9零一二三四五六七八九十百千]{1,9}条(?:之[一二三四五六七八九十]{1,3})?\s{0,4}"
)
# The minimum share of common pairs of characters for a changed sentence.
_LEAST: Final = 0.4
# Subtracted from each likeness in a sum, or two doubtful pairs would outweigh a good one.
_DOUBTFUL: Final = 0.35
# A sentence that is more similar, by this, to an unpaired sentence than to its partner has moved.
_MOVED: Final = 0.25
# A pair of characters in more sentences than this is no evidence of likeness.
_COMMON: Final = 60
# Two sentences are compared if they share one in this many of their pairs, common ones aside.
_FEW: Final = 6
# At most this many equal characters between two changes belong to the change.
_SHORT: Final = 1


class Sentence(NamedTuple):
    """A sentence of an article.

    Attributes:
        text: as printed, without the number of its article of law.
        number: that number, 第三条, if the sentence begins with one; else "".
        place: its place.
        key: the sentence folded and squeezed, for comparison.
    """

    text: str
    number: str
    place: Place
    key: str


class Change(NamedTuple):
    """A sentence in one article or in both.

    Attributes:
        kind: same, changed, removed or added.
        old: the sentence in the first article; None if it was added.
        new: the sentence in the second article; None if it was removed.
        old_ranges: the ranges of the old text that are not in the new one.
        new_ranges: the ranges of the new text that are not in the old one.
    """

    kind: Kind
    old: Sentence | None
    new: Sentence | None
    old_ranges: Ranges = ()
    new_ranges: Ranges = ()


def compare(old: Article, new: Article, *, numbers: bool = False) -> list[Change]:
    """The sentences of two articles, aligned, in the order of their texts.

    Args:
        old: the first article.
        new: the second.
        numbers: whether 第三条 that has become 第四条 is a change.
    """
    one = list(sentences(old, numbers=numbers))
    two = list(sentences(new, numbers=numbers))
    return [_change(one, two, low, high) for low, high in align(_keys(one), _keys(two))]


def sentences(article: Article, *, numbers: bool = False) -> Iterator[Sentence]:
    """The sentences of an article, its title first; with `numbers`, texts contain these."""
    offset = 0
    for paragraph in article.text.split("\n"):
        found = None if numbers else _NUMBER.match(fold(paragraph))
        number = paragraph[: found.end()].strip() if found else ""
        start = found.end() if found else 0
        ends = [end.end() for end in _END.finditer(paragraph, start)]
        for low, high in pairwise([start, *ends, len(paragraph)]):
            text = paragraph[low:high].strip()
            if key := squeeze(fold(text)):
                yield Sentence(text, number, article.place(offset + low), key)
                number = ""
        offset += len(paragraph) + 1


def align(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pair equal texts, and between these similar ones, in order.

    Yields:
        The numbers of the old and the new text of a pair; None for the one that is missing.
    """
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    low = high = 0
    for block in matcher.get_matching_blocks():
        yield from _align_gap(old, new, (low, block.a), (high, block.b))
        yield from ((block.a + step, block.b + step) for step in range(block.size))
        low, high = block.a + block.size, block.b + block.size


def _align_gap(
    old: Sequence[str], new: Sequence[str], left: tuple[int, int], right: tuple[int, int]
) -> Iterator[tuple[int | None, int | None]]:
    """Pair the texts between two runs of equal ones; as `align`."""
    low, high = left[0], right[0]
    for one, two in _best_chain(old, new, left, right):
        yield from ((number, None) for number in range(low, one))
        yield from ((None, number) for number in range(high, two))
        yield one, two
        low, high = one + 1, two + 1
    yield from ((number, None) for number in range(low, left[1]))
    yield from ((None, number) for number in range(high, right[1]))


def _best_chain(
    old: Sequence[str], new: Sequence[str], left: tuple[int, int], right: tuple[int, int]
) -> list[tuple[int, int]]:
    """The pairs, ascending on both sides, with the greatest total likeness, without moved ones.

    Dynamic programming: of the best chains so far, `ends` has the last new text, ascending, `sums`
    the total likeness, and `at` the position of the last pair in `links`.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    pairs_of = {number: _pairs(new[number]) for number in range(*right)}
    for number, own in pairs_of.items():
        for pair in own:
            holders[pair].append(number)
    ends: list[int] = []
    sums: list[float] = []
    at: list[int] = []
    links: list[tuple[int, int, int]] = []  # pairs, each with the position of the previous one
    likenesses: dict[tuple[int, int], float] = {}
    for one in range(*left):
        own = _pairs(old[one])
        shared: Counter[int] = Counter()
        for pair in own:
            if len(holders.get(pair, ())) <= _COMMON:
                shared.update(holders.get(pair, ()))
        found = []
        for two, count in shared.items():
            if count * _FEW < min(len(own), len(pairs_of[two])):
                continue
            likeness = _likeness(own, pairs_of[two])
            if likeness >= _LEAST:
                before = bisect_left(ends, two) - 1
                likenesses[one, two] = likeness
                worth = likeness - _DOUBTFUL + (sums[before] if before >= 0 else 0)
                found.append((two, worth, at[before] if before >= 0 else -1))
        for two, worth, chain in found:
            place = bisect_left(ends, two)
            if place and sums[place - 1] >= worth:
                continue
            links.append((one, two, chain))
            stop = place
            while stop < len(ends) and sums[stop] <= worth:
                stop += 1
            ends[place:stop] = [two]
            sums[place:stop] = [worth]
            at[place:stop] = [len(links) - 1]
    chain = at[-1] if at else -1
    pairs = []
    while chain >= 0:
        one, two, chain = links[chain]
        pairs.append((one, two))
    return _unmoved(pairs[::-1], likenesses)


def _unmoved(
    pairs: list[tuple[int, int]], likenesses: Mapping[tuple[int, int], float]
) -> list[tuple[int, int]]:
    """The pairs without those one of whose texts has moved.

    Such a text is much more similar to one without a partner, on the other side of another pair.
    It is shown as removed and added, rather than as changed into what took its place.
    """
    olds, news = {one for one, _ in pairs}, {two for _, two in pairs}
    by_old: dict[int, float] = {}
    by_new: dict[int, float] = {}
    for (one, two), likeness in likenesses.items():
        if two not in news:
            by_old[one] = max(likeness, by_old.get(one, 0))
        if one not in olds:
            by_new[two] = max(likeness, by_new.get(two, 0))
    return [
        (one, two)
        for one, two in pairs
        if max(by_old.get(one, 0), by_new.get(two, 0)) < likenesses[one, two] + _MOVED
    ]


def _pairs(text: str) -> Counter[str]:
    return Counter(map("".join, pairwise(text))) or Counter([text])


def _likeness(one: Counter[str], two: Counter[str]) -> float:
    """The share of their pairs of characters that two texts have in common (Dice 1945)."""
    return 2 * (one & two).total() / (one.total() + two.total())


def _change(
    old: Sequence[Sentence], new: Sequence[Sentence], low: int | None, high: int | None
) -> Change:
    one = None if low is None else old[low]
    two = None if high is None else new[high]
    if one is None or two is None:
        return Change("removed" if two is None else "added", one, two)
    if one.key == two.key:
        return Change("same", one, two)
    return Change("changed", one, two, *differing(one.text, two.text))


def differing(old: str, new: str) -> tuple[Ranges, Ranges]:
    """The ranges in which two texts, folded, differ; ascending and apart from each other."""
    matcher = SequenceMatcher(None, fold(old), fold(new), autojunk=False)
    left: list[tuple[int, int]] = []
    right: list[tuple[int, int]] = []
    for kind, low, high, start, end in matcher.get_opcodes():
        inside = left or right
        if kind == "equal" and not (
            high - low <= _SHORT and inside and high < len(old) and end < len(new)
        ):
            continue
        _extend(left, low, high)
        _extend(right, start, end)
    return tuple(left), tuple(right)


def _extend(ranges: list[tuple[int, int]], low: int, high: int) -> None:
    if low == high:
        return
    if ranges and ranges[-1][1] == low:
        ranges[-1] = (ranges[-1][0], high)
    else:
        ranges.append((low, high))


def _keys(found: Sequence[Sentence]) -> list[str]:
    return [sentence.key for sentence in found]
