"""Find the matches of an article on its page and return the boxes around them.

The text of the page contains what repair removed from the article, and perhaps other articles, so
positions in the two texts do not correspond. A match is searched for as a string; of several
occurrences, the one whose surrounding text agrees most is taken. A match that the page interrupts,
for example with a page number, is found in parts.
"""

from collections.abc import Iterator, Sequence
from os.path import commonprefix
from typing import Final, NamedTuple

from lsq.model import Article
from lsq.readers.drawn_page import Facsimile, outlined
from lsq.readers.layout import Rule
from lsq.text.fold import fold

# Characters of context compared on each side of a match.
_CONTEXT: Final = 32
# Occurrences of a string on a page that are compared, which bounds the time.
_MAX_OCCURRENCES: Final = 2_000
# Characters of a match that are searched for: the beginning of a longer one shows where it is.
_MAX_MATCH: Final = 400


class MatchBoxes(NamedTuple):
    """The boxes of the matches on a page.

    Attributes:
        boxes: for each match that was found, its boxes.
        lost: the number of matches that were not found.
    """

    boxes: list[list[Rule]]
    lost: int


def box_matches(page: Facsimile, article: Article, ranges: Sequence[tuple[int, int]]) -> MatchBoxes:
    """Return the boxes of the matches of an article that are on a page.

    Args:
        page: the page.
        article: an article whose places are pages.
        ranges: the matches, as ranges of the article's text.
    """
    text = "".join(fold(run.text) for run in page.runs)
    found: list[list[Rule]] = []
    lost, end_of_last = 0, 0
    for before, match, following in _matches_on_page(article, ranges, page.number):
        places = list(_locate(text, before, match, following, end_of_last))
        end_of_last = places[-1][1] if places else end_of_last
        boxes = [box for start, end in places for box in outlined(page.runs, start, end)]
        if boxes:
            found.append(boxes)
        else:
            lost += 1
    return MatchBoxes(found, lost)


def _matches_on_page(
    article: Article, ranges: Sequence[tuple[int, int]], number: int
) -> Iterator[tuple[str, str, str]]:
    """Yield the part of each match that is on a page, with its context: before, match, after."""
    folded = fold(article.text)
    for low, high in ranges:
        inside = [at for at in range(low, high) if article.places.at(at) == number]
        if not inside:
            continue
        start, end = inside[0], inside[-1] + 1
        match = _without_spaces(folded[start:end])[:_MAX_MATCH]
        if match:
            before = _without_spaces(folded[max(0, start - 2 * _CONTEXT) : start])[-_CONTEXT:]
            after = _without_spaces(folded[end : end + 2 * _CONTEXT])[:_CONTEXT]
            yield before, match, after


def _locate(
    text: str, before: str, match: str, following: str, minimum: int
) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a match in the text of a page: one, or one for each of its parts."""
    for size in range(len(match), 0, -1):
        after = f"{match[size:]}{following}"[:_CONTEXT]
        start = _best_occurrence(text, before, match[:size], after, minimum)
        if start is not None:
            yield start, start + size
            if size < len(match):
                context = f"{before}{match[:size]}"[-_CONTEXT:]
                yield from _locate(text, context, match[size:], following, start + size)
            return
    if len(match) > 1:  # its first character is not on the page, such as a mark between cells
        context = f"{before}{match[0]}"[-_CONTEXT:]
        yield from _locate(text, context, match[1:], following, minimum)


def _best_occurrence(
    text: str, before: str, match: str, following: str, minimum: int
) -> int | None:
    """Return the occurrence whose context agrees most; of equals, the first from `minimum` on."""
    best, agreement = None, -1
    at = text.find(match)
    for _ in range(_MAX_OCCURRENCES):
        if at < 0:
            break
        end = at + len(match)
        same = _common_prefix(text[max(0, at - _CONTEXT) : at][::-1], before[::-1])
        same += _common_prefix(text[end : end + _CONTEXT], following)
        if same > agreement or (same == agreement and best is not None and best < minimum <= at):
            best, agreement = at, same
        at = text.find(match, at + 1)
    return best


def _common_prefix(one: str, other: str) -> int:
    return len(commonprefix((one, other)))  # noqa: RUF071  # of strings, not of paths


def _without_spaces(text: str) -> str:
    return "".join(text.split())
