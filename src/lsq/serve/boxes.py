"""Where the matches of an article stand on a page: its text compared with that of the page.

A page may have other articles, and what repair takes out of a text is still on it. So a match is
looked for as a string, and among equal strings the one with the most of the same text around
it is taken. One that is not on the page as a whole, such as over a page number, is found in parts.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lsq.model import Article
from lsq.readers.drawn_page import Facsimile, outlined
from lsq.readers.layout import Rule
from lsq.text.fold import fold

# In characters: how much of the text around a match is compared.
_AROUND: Final = 32
# Of a string that a page has more often, others are not compared.
_OFTEN: Final = 2_000
# A longer match was pasted; its beginning shows where it is.
_LONGEST: Final = 400


class Boxed(NamedTuple):
    """Where matches are on a page.

    Attributes:
        boxes: of each match that was found, its boxes.
        lost: how many were not found.
    """

    boxes: list[list[Rule]]
    lost: int


def boxed(page: Facsimile, article: Article, ranges: Sequence[tuple[int, int]]) -> Boxed:
    """Box the matches of an article that are on a page.

    Args:
        page: the page.
        article: whose places are pages.
        ranges: of its text.
    """
    text = "".join(fold(run.text) for run in page.runs)
    found: list[list[Rule]] = []
    lost, after = 0, 0
    for before, match, behind in _on_page(article, ranges, page.number):
        places = list(_places(text, before, match, behind, after))
        after = places[-1][1] if places else after
        boxes = [box for start, end in places for box in outlined(page.runs, start, end)]
        if boxes:
            found.append(boxes)
        else:
            lost += 1
    return Boxed(found, lost)


def _on_page(
    article: Article, ranges: Sequence[tuple[int, int]], number: int
) -> Iterator[tuple[str, str, str]]:
    """What of each match is on a page, with the text before and behind it."""
    folded = fold(article.text)
    for low, high in ranges:
        inside = [at for at in range(low, high) if article.places.at(at) == number]
        if not inside:
            continue
        start, end = inside[0], inside[-1] + 1
        match = _bare(folded[start:end])[:_LONGEST]
        if match:
            before = _bare(folded[max(0, start - 2 * _AROUND) : start])[-_AROUND:]
            yield before, match, _bare(folded[end : end + 2 * _AROUND])[:_AROUND]


def _places(
    text: str, before: str, match: str, behind: str, after: int
) -> Iterator[tuple[int, int]]:
    """Where a match is in the text of a page: once, or in parts."""
    for size in range(len(match), 0, -1):
        following = f"{match[size:]}{behind}"[:_AROUND]
        start = _best(text, before, match[:size], following, after)
        if start is not None:
            yield start, start + size
            if size < len(match):
                rest = f"{before}{match[:size]}"[-_AROUND:]
                yield from _places(text, rest, match[size:], behind, start + size)
            return
    if len(match) > 1:  # its first character is not on the page, such as a mark between cells
        rest = f"{before}{match[0]}"[-_AROUND:]
        yield from _places(text, rest, match[1:], behind, after)


def _best(text: str, before: str, match: str, behind: str, after: int) -> int | None:
    """Where a string has the most of the same text around it; of equals, the first after."""
    best, found = None, -1
    at = text.find(match)
    for _ in range(_OFTEN):
        if at < 0:
            break
        same = _ending(text[max(0, at - _AROUND) : at], before)
        same += _beginning(text[at + len(match) : at + len(match) + _AROUND], behind)
        if same > found or (same == found and best is not None and best < after <= at):
            best, found = at, same
        at = text.find(match, at + 1)
    return best


def _beginning(one: str, other: str) -> int:
    """How many characters are the same at the beginning."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _ending(one: str, other: str) -> int:
    return _beginning(one[::-1], other[::-1])


def _bare(text: str) -> str:
    return "".join(text.split())
