"""Find the running heads and page numbers in plain text, which has no pages.

Page numbers show the breaks: bare numbers, each one more than the one before. A line next to
most breaks is a running head, even if it changes from page to page; so is a line that recurs in
the middle of sentences.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from lsq.repair.line_table import LineTable
from lsq.text.typography import ends_sentence, is_marked, is_page_number

_LONGEST = 60
_LONGEST_NUMBER = 4
_FEWEST_SIGNS = 4  # the minimum number of distinct characters of a head, without digits
# The minimum number of lines of a page, and the maximum distance of furniture from its edge.
_FEWEST_LINES, _REACH = 4, 2
# The share of breaks with a head, if the head changes.
_MOSTLY = 0.6
_FEWEST_BREAKS = 3
_OFTEN = 0.05
_FEWEST_REPEATS, _FEWEST_WITHIN = 3, 2
# Without page numbers, a head must recur this often, and this far apart.
_FEWEST_ALONE, _PAGE = 4, 10
_HALF = 0.5
# In shares of the usual width: the minimum of a line of running text, and of a full one.
_SHORT, _FULL = 0.75, 0.85
_DIGITS = re.compile(r"[\d〇一二三四五六七八九十]+")
_CLAUSES = frozenset("，、“”")
_SIGNS = frozenset("#、·—-|/.…")
_SPACES = re.compile(r"\s+")


def find_running(layout: LineTable) -> list[int]:
    """The indexes of the lines of `layout` that are page furniture."""
    widths = [len(text) for text, is_open in zip(layout.texts, layout.open, strict=True) if is_open]
    if not widths or any(one is not None for one in layout.seen):
        return []  # the reader has a page layout, and has found them
    usual = median(widths)
    keys = [None if len(text) >= _FULL * usual else _head_key(text) for text in layout.texts]
    numbers = _numbers(layout)
    breaks = sorted(
        {i for i, text in enumerate(layout.texts) if layout.furniture[i] and _is_number(text)}
        | set(numbers)
    )
    found = set(numbers)
    if breaks:
        found |= _same_at_breaks(keys, breaks)
        found |= _changing(layout, breaks, usual)
    found |= _repeated(layout, keys, usual)
    return sorted(found)


def _is_number(text: str) -> bool:
    return text.isdecimal() or is_page_number(text)


def _head_key(text: str) -> str | None:
    """The text of a head without its numbers, equal on all pages; None if it cannot be a head."""
    if (
        len(text) > _LONGEST
        or not _CLAUSES.isdisjoint(text)
        or ends_sentence(text)
        or is_marked(text)
    ):
        return None
    bare = _SPACES.sub("", _DIGITS.sub("#", text))
    return bare if len(set(bare) - _SIGNS) >= _FEWEST_SIGNS else None


def _numbers(layout: LineTable) -> list[int]:
    """The bare page numbers: each one more than the last, a page apart."""
    bare = [
        index
        for index, text in enumerate(layout.texts)
        if len(text) <= _LONGEST_NUMBER and text.isdecimal()
    ]
    near = {
        one
        for before, after in pairwise(bare)
        if after - before < _FEWEST_LINES
        for one in (before, after)
    }
    chains: dict[int, list[int]] = {}  # the next number of a chain → its lines
    best: list[int] = []
    for index in bare:
        if index in near:
            continue
        text = layout.texts[index]
        chain = chains.pop(int(text), [])
        chain.append(index)
        chains[int(text) + 1] = chain
        if len(chain) > len(best):
            best = chain
    parting = sum(index > 0 and layout.open[index - 1] for index in best)
    needed = _HALF * len(best) if len(best) >= _FEWEST_BREAKS else _FEWEST_WITHIN
    return list(best) if parting >= needed else []


def _same_at_breaks(keys: Sequence[str | None], breaks: Sequence[int]) -> set[int]:
    """The lines that recur at the same distance from several breaks or the ends of the text."""
    places: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for at in (-1, *breaks, len(keys)):
        for step in (*range(-_REACH, 0), *range(1, _REACH + 1)):
            if 0 <= at + step < len(keys) and (one := keys[at + step]) is not None:
                places[one, step].append(at + step)
    needed = max(_FEWEST_REPEATS, _OFTEN * len(breaks))
    return {
        index
        for indexes in places.values()
        if len(indexes) >= needed and not _are_near(indexes, _FEWEST_LINES)
        for index in indexes
    }


def _are_near(indexes: Sequence[int], page: int) -> bool:
    """Whether any two neighbours are nearer than a page is long."""
    return any(after - before < page for before, after in pairwise(indexes))


def _changing(layout: LineTable, breaks: Sequence[int], usual: float) -> set[int]:
    """The heads next to page numbers that change from page to page.

    Unlike text, they are short lines without a stop, mostly in the middle of a sentence.
    """
    if len(breaks) < _FEWEST_BREAKS:
        return set()
    texts, open_ = layout.texts, layout.open
    found: set[int] = set()
    for step in (1, -1):
        candidates = [
            at + step
            for at in breaks
            if 0 <= at + step < len(texts)
            and not layout.furniture[at + step]
            and len(texts[at + step]) < _SHORT * usual
            and not ends_sentence(texts[at + step])
        ]
        above = -2 if step == 1 else -1  # the step from a candidate to the text before the break
        within = [
            one
            for one in candidates
            if one + above >= 0 and open_[one + above] and len(texts[one + above]) >= _FULL * usual
        ]
        if len(within) >= max(_MOSTLY * len(breaks), _FEWEST_BREAKS - 1):
            found.update(within)
    return found


def _repeated(layout: LineTable, keys: Sequence[str | None], usual: float) -> set[int]:
    """The lines that recur, mostly in the middle of a sentence."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(keys):
        if one is not None and not layout.rows[index]:
            places[one].append(index)
    found: set[int] = set()
    for indexes in places.values():
        if len(indexes) < _FEWEST_ALONE or _are_near(indexes, _PAGE):
            continue
        within = sum(_is_within(layout, index, usual) for index in indexes)
        if within >= max(_HALF * len(indexes), _FEWEST_WITHIN):
            found.update(indexes)
    return found


def _is_within(layout: LineTable, index: int, usual: float) -> bool:
    """Whether a line interrupts a sentence: the line above is open, both neighbours are full."""
    before, after = index - 1, index + 1
    while before >= 0 and layout.furniture[before]:
        before -= 1
    if before < 0 or after >= len(layout.texts) or not layout.open[before]:
        return False
    texts = layout.texts
    return len(texts[before]) >= _FULL * usual and len(texts[after]) >= _FULL * usual
