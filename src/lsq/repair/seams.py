"""Decide whether a line continues in the next one, from the two lines and those around them.

The strongest evidence is the length of a line relative to the width of its text; then its end,
the beginning of the next line, blank lines and white space.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lsq.repair.line_table import LineTable
from lsq.repair.wrap import Width
from lsq.text.typography import (
    DATED,
    HANGING,
    NEVER_LAST,
    ends_sentence,
    is_aside,
    is_byline,
    is_dateline,
    is_marked,
    is_titled,
)

# The maximum of a headline, in characters and lines; it has no stop.
_LONGEST_HEADLINE = 45
_MOST_HEADLINE_LINES = 2
_STOPPED = re.compile("[，。；：]")
# 关键词：
_LABEL = re.compile("[一-鿿]{2,5}：")
# The second line of a heading is shorter than this share of the width.
_HEADING_REST = 0.8
# The tolerance of the length of an indented first line, in columns.
_OFF, _OFF_PROPORTIONAL = 1, 3


@dataclass(frozen=True, slots=True)
class Measures:
    """The measurements of all lines.

    Attributes:
        layout: the lines.
        lengths: the length of each, in half-width columns.
        widths: the width of the text around each; None where it was not wrapped.
        set_in: the indent of the first lines of paragraphs, in columns, if extraction dropped
            the space; else 0.
        usual_gap: the number of blank lines between the lines of one paragraph.
    """

    layout: LineTable
    lengths: Sequence[int]
    widths: Sequence[Width | None]
    set_in: int
    usual_gap: int


def goes_on(measures: Measures, group: Sequence[int], index: int, follower: int | None) -> bool:
    """Whether line `index` continues the paragraph of the lines in `group`.

    Args:
        measures: all lines.
        group: the paragraph so far.
        index: the next line.
        follower: the line after that.
    """
    before = group[-1]
    width = measures.widths[before]
    if width is None or _is_apart(measures, width, group, index):
        return False
    if width.few and (_gap(measures, before, index) or _is_title(measures, before)):
        return False
    above = measures.layout.texts[before]
    ended = ends_sentence(above)
    size = measures.lengths[before]
    if measures.set_in and len(group) == 1:
        full_below = measures.lengths[index] >= width.full - measures.set_in // 2
        # A first line, unless a sentence ends here and the next line is as short.
        if not ended or full_below:
            size += measures.set_in
    if size < (width.full_at_stop if ended else width.full):
        return above[-1] in NEVER_LAST or (
            not ended and _is_rest_of_heading(measures, width, before, index, follower)
        )
    if ended:
        return _goes_on_after_stop(measures, width, group, index, follower)
    return not _is_headline(measures, group) or not _heads(measures, before, index)


def _is_title(measures: Measures, index: int) -> bool:
    """Whether a line is the first of the text, and looks like the title of a document."""
    return all(measures.layout.furniture[:index]) and is_titled(measures.layout.texts[index])


def _is_apart(measures: Measures, width: Width, group: Sequence[int], index: int) -> bool:
    """Whether the last line of the group or line `index` is a paragraph of its own."""
    texts, lengths = measures.layout.texts, measures.lengths
    before = group[-1]
    above, text = texts[before], texts[index]
    if is_byline(text) or is_byline(above) or (len(group) == 1 and is_aside(above)):
        return True
    ended = ends_sentence(above)
    alone = len(group) == 1 and _is_headline(measures, group)
    # A line longer than the width was not wrapped; if it ends in mid-sentence, it is a headline.
    if _sticks_out(text, lengths[index], width, by_little=ended and not ends_sentence(text)):
        return True
    if _sticks_out(above, lengths[before], width, by_little=not ended and len(group) == 1):
        return True
    return alone and _begins(measures, width, index)


def _goes_on_after_stop(
    measures: Measures, width: Width, group: Sequence[int], index: int, follower: int | None
) -> bool:
    """Whether the paragraph continues after a full line that ends a sentence."""
    texts = measures.layout.texts
    text = texts[index]
    if (
        _gap(measures, group[-1], index) > measures.usual_gap
        or is_marked(text)
        or is_aside(text)
        or is_dateline(text)
        or _begins(measures, width, index)
    ):
        return False
    if ends_sentence(text):
        # Each line a sentence: a list, unless a line was wrapped.
        return width.strict or len(group) > 1
    if measures.lengths[index] < width.full:
        return False  # a short line without a stop is a headline, not the end of a paragraph
    return follower is None or not (is_byline(texts[follower]) or is_dateline(texts[follower]))


def _is_rest_of_heading(
    measures: Measures, width: Width, before: int, index: int, follower: int | None
) -> bool:
    """Whether a line is the rest of a heading: short, and closer to the line above than text is."""
    text = measures.layout.texts[index]
    return (
        _gap(measures, before, index) < measures.usual_gap
        and not ends_sentence(text)
        and measures.lengths[index] < _HEADING_REST * width.edge
        and (follower is None or measures.layout.gaps[follower] >= measures.usual_gap)
        and not is_marked(text)
    )


def _heads(measures: Measures, before: int, index: int) -> bool:
    """Whether line `index` begins the text under the headline before it."""
    text = measures.layout.texts[index]
    return (
        _gap(measures, before, index) > measures.usual_gap
        or is_dateline(text)
        or is_marked(text)
        or is_aside(text)
        or _LABEL.fullmatch(text) is not None
        or DATED.match(text) is not None
    )


def _gap(measures: Measures, before: int, index: int) -> int:
    """The blank lines between two lines; furniture between them is ignored."""
    return measures.layout.gaps[index] if index == before + 1 else measures.usual_gap


def _begins(measures: Measures, width: Width, index: int) -> bool:
    """Whether a line has the length of the first line of a paragraph."""
    if not measures.set_in or not measures.layout.open[index]:
        return False
    size = measures.lengths[index]
    off = _OFF if width.strict else _OFF_PROPORTIONAL
    return abs(size + measures.set_in - width.edge) <= off and size < width.edge - 1


def _sticks_out(text: str, size: int, width: Width, *, by_little: bool) -> bool:
    """Whether the line is longer than a line wrapped at this width can be.

    Args:
        text: the line.
        size: its length, in half-width columns.
        width: the width of the text around it.
        by_little: if lines break exactly at the edge, whether even one character beyond it
            counts, except hanging punctuation.
    """
    if size > width.over or not by_little:
        return size > width.over
    hanging = (size - width.edge + 1) // 2
    return width.strict and hanging > 0 and not HANGING.issuperset(text[-hanging:])


def _is_headline(measures: Measures, group: Sequence[int]) -> bool:
    """Whether the lines could be a headline, by their number, length and punctuation."""
    if len(group) > _MOST_HEADLINE_LINES:
        return False
    text = "".join(measures.layout.texts[index] for index in group)
    return len(text) <= _LONGEST_HEADLINE and not _STOPPED.search(text)
