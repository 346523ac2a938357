"""Decide from the layout of the page whether a line continues in the next one.

First lines of paragraphs are indented, and last lines end before the edge of their column. If
paragraphs are not indented and neither decides, the text of the lines does.
"""

from collections.abc import Sequence
from typing import NamedTuple

from lsq.model import Seen
from lsq.text.typography import NEVER_FIRST, NEVER_LAST, ends_sentence, is_marked

# Lengths are in units of the font size.
_SET_IN, _FAR = 0.9, 4.5  # the minimum and maximum indent of a first line
_SHORT = 1.7  # the minimum distance of a last line from the edge
_ALIKE = 1.12  # the maximum ratio of font sizes in one paragraph
_APART = 1.4  # the maximum distance of lines of one paragraph, as a multiple of the usual one
_HEADING_PITCH = 2.2
_SAME_INDENT = 0.4
_ASCII = 0.55  # the width of a letter
# The minimum share of indented lines, if paragraphs are indented.
_FEWEST_SET_IN = 0.03


def _are_set_in(seen: Sequence[Seen | None]) -> bool:
    """Whether paragraphs begin with an indented line."""
    lines = [one for one in seen if one is not None and not one.heading]
    deep = sum(_SET_IN < one.indent < _FAR for one in lines)
    flush = sum(one.indent <= _SET_IN for one in lines)
    return bool(deep) and bool(flush) and deep >= _FEWEST_SET_IN * len(lines)


def _usual_pitch(seen: Sequence[Seen | None]) -> float:
    """The most frequent distance of lines."""
    steps = sorted(round(one.pitch, 1) for one in seen if one is not None and one.pitch > 0)
    return max(set(steps), key=lambda step: (steps.count(step), -step)) if steps else 0.0


class Setting(NamedTuple):
    """The layout of the paragraphs of a document.

    Attributes:
        indented: whether they begin with an indented line.
        pitch: the most frequent distance of lines, in units of the font size.
    """

    indented: bool
    pitch: float


def setting(seen: Sequence[Seen | None]) -> Setting:
    """Measure the layout of the paragraphs of a document."""
    return Setting(_are_set_in(seen), _usual_pitch(seen))


def seen_to_go_on(  # noqa: PLR0911 (one reason each)
    lines: tuple[Seen, Seen], texts: tuple[str, str], setting: Setting
) -> bool | None:
    """Whether a line continues the paragraph of the line before it.

    Args:
        lines: the layout of both lines.
        texts: their texts.
        setting: the layout of the paragraphs.

    Returns:
        None if the layout does not decide.
    """
    before, after = lines
    above, text = texts
    if max(before.size, after.size) > _ALIKE * min(before.size, after.size):
        return False
    if before.heading or after.heading:
        return _is_one_heading(before, after, above, text)
    if text[0] in NEVER_FIRST or above[-1] in NEVER_LAST:
        return True
    apart = after.pitch > _APART * setting.pitch > 0 and before.column == after.column
    if apart or before.slack - _next_word(text) > _SHORT:
        return False
    if after.indent > _SET_IN:
        # A whole paragraph may be indented, such as a list item.
        return abs(before.indent - after.indent) < _SAME_INDENT and not setting.indented
    if setting.indented:
        return True
    return None if ends_sentence(above) or is_marked(text) else True


def _next_word(text: str) -> float:
    """The width of the unbreakable first word of a line, beyond two letters."""
    size = 0
    while size < len(text) and text[size].isascii() and not text[size].isspace():
        size += 1
    return _ASCII * max(size - 2, 0)


def _is_one_heading(before: Seen, after: Seen, above: str, text: str) -> bool:
    """Whether two lines form one headline: alike and near, and the first is not complete."""
    if before.column == after.column:
        near = 0 < after.pitch <= _HEADING_PITCH
    else:  # at the foot of one column, and at the head of the next
        near = after.pitch == 0 and before.slack <= _SHORT
    return (
        before.heading
        and after.heading
        and near
        and before.bold == after.bold
        and not is_marked(text)
        and not ends_sentence(above)
    )
