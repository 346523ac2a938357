"""Decide which lines belong to one paragraph, and put them together.

Knows lines that are laid out and the widths around them; reads no file, and
knows nothing of articles.
"""

import re
from collections.abc import Sequence

from lsq.repair.layout import Layout
from lsq.repair.shapes import (
    DATED,
    HANGING,
    NEVER_FIRST,
    NEVER_LAST,
    ends,
    is_aside,
    is_byline,
    is_dateline,
    is_marked,
    is_opening,
)
from lsq.repair.wrap import Width

# A headline is shorter than this, in characters, and has no stop inside.
_LONGEST_HEADLINE = 45
# Two paragraphs that look like one are together at least this long, in
# characters, and each of them this; more where the second opens with a quotation,
# which sentences within a paragraph do as well.
_LONG, _LONG_ENOUGH = 200, 60
_LONG_QUOTING, _LONG_ENOUGH_QUOTING = 320, 120
# A heading's second line is shorter than this part of the text's width.
_HEADING_REST = 0.8
_STOPPED = re.compile("[，。；：]")
# 关键词：
_LABEL = re.compile("[一-鿿]{2,5}：")
# Lines of one character each, as on covers: so many make a word.
_FEWEST_IN_COLUMN = 4


def groups(
    layout: Layout, lengths: Sequence[int], widths: Sequence[Width | None], set_in: int
) -> list[list[int]]:
    """The lines of each paragraph, by their indexes; furniture is left out.

    Args:
        layout: all lines.
        lengths: how long each is, in half-width columns.
        widths: how wide the text around each was set.
        set_in: how far first lines of paragraphs were set in, if extraction
            dropped the space, else 0.
    """
    shown = [index for index, worn in enumerate(layout.furniture) if not worn]
    usual_gap = _usual_gap(layout)
    indented = _indents_matter(layout)
    found: list[list[int]] = []
    column = _columns(layout)
    for position, index in enumerate(shown):
        if found:
            group = found[-1]
            before = group[-1]
            width = widths[before]
            if layout.final[before]:
                found.append([index])
                continue
            if (before in column and index in column) or (
                layout.texts[index][0] in NEVER_FIRST and not layout.headings[before]
            ):
                group.append(index)
                continue
            if width is not None and not layout.fixed[before] and not layout.fixed[index]:
                follower = shown[position + 1] if position + 1 < len(shown) else None
                if indented and (
                    layout.indents[index]
                    or (follower and layout.indents[follower] and not ends(layout.texts[index]))
                ):
                    found.append([index])
                    continue
                if _goes_on(layout, lengths, width, group, index, follower, usual_gap, set_in):
                    group.append(index)
                    continue
        found.append([index])
    if indented or set_in:
        return found
    return [part for group in found for part in _parts(layout, group)]


def _parts(layout: Layout, group: list[int]) -> list[list[int]]:
    """The paragraphs of a group that is too long for one.

    A paragraph whose last line is full cannot be told from one that goes on, but
    for its length and for the words that paragraphs of news begin with. Of the
    places found so in made bulletins, ten of eleven were paragraph ends.
    """
    texts = layout.texts
    size = sum(len(texts[index]) for index in group)
    if len(group) < 2 or size < _LONG:
        return [group]
    parts: list[list[int]] = [[]]
    before = 0  # characters in the last of the parts
    for position, index in enumerate(group):
        if position:
            above = texts[group[position - 1]]
            after = size - sum(len(texts[i]) for i in group[:position])
            quoting = texts[index][0] == "“"
            if (
                min(before, after) >= (_LONG_ENOUGH_QUOTING if quoting else _LONG_ENOUGH)
                and (not quoting or size >= _LONG_QUOTING)
                and ends(above)
                and above[-1] not in "：；"
                and (quoting or is_opening(texts[index]))
                and not _is_quoting(texts, parts[-1])
            ):
                parts.append([])
                before = 0
        parts[-1].append(index)
        before += len(texts[index])
    return parts


def _is_quoting(texts: Sequence[str], lines: Sequence[int]) -> bool:
    """Whether a quotation that began in these lines still goes on."""
    return sum(texts[i].count("“") - texts[i].count("”") for i in lines) > 0


def _goes_on(
    layout: Layout,
    lengths: Sequence[int],
    width: Width,
    group: Sequence[int],
    index: int,
    follower: int | None,
    usual_gap: int,
    set_in: int,
) -> bool:
    """Whether line `index` continues the paragraph of `group`, in wrapped text."""
    texts = layout.texts
    before = group[-1]
    above, text = texts[before], texts[index]
    size, ended = lengths[before], ends(above)
    gap = layout.gaps[index] if index == before + 1 else usual_gap
    if is_byline(text) or is_byline(above) or (len(group) == 1 and is_aside(above)):
        return False
    # A line longer than the text is wide, in mid-sentence, is a headline.
    if not ends(text) and _sticks_out(text, lengths[index], width, by_little=ended):
        return False
    alone = len(group) == 1 and _is_headline(above)
    if not ended and _sticks_out(above, size, width, by_little=alone):
        return False
    begins = set_in > 0 and layout.open[index] and _begins(lengths[index], width, set_in)
    if begins and alone:
        return False
    if set_in and len(group) == 1 and (not ended or lengths[index] >= width.full - set_in // 2):
        # A first line, unless a sentence ends it and what follows is as short.
        size += set_in
    if not size >= (width.full_at_stop if ended else width.full):
        if above[-1] in NEVER_LAST:
            return True
        return (
            gap < usual_gap
            and not ended
            and not ends(text)
            and lengths[index] < _HEADING_REST * width.edge
            and (follower is None or layout.gaps[follower] >= usual_gap)
            and not is_marked(text)
        )
    if ended:
        if gap > usual_gap or is_marked(text) or is_aside(text) or is_dateline(text):
            return False
        if begins:
            return False
        if ends(text):
            # Sentence after sentence, each a line: a list, unless something was wrapped.
            return width.strict or len(group) > 1
        # A last line without a stop is no last line but a headline.
        return lengths[index] >= width.full and not (
            follower is not None
            and (is_byline(texts[follower]) or is_dateline(texts[follower]))
        )
    if len(group) > 2 or not _is_headline("".join(texts[i] for i in group)):
        return True
    return not (
        gap > usual_gap
        or is_dateline(text)
        or is_marked(text)
        or _LABEL.fullmatch(text)
        or DATED.match(text)
    )


def _begins(size: int, width: Width, set_in: int) -> bool:
    """Whether a line that breaks off is as long as a paragraph's first, and no other."""
    slack = 1 if width.strict else 3
    return abs(size + set_in - width.edge) <= slack and size < width.edge - 1


def _sticks_out(text: str, size: int, width: Width, by_little: bool) -> bool:
    """Whether the line is longer than a line wrapped at that width can be.

    Args:
        text: the line.
        size: how long it is, in half-width columns.
        width: the width of the text around it.
        by_little: where lines break at the edge exactly, anything but stops and
            closing quotes that hangs over it counts.
    """
    if size > width.over or not by_little:
        return size > width.over
    hanging = (size - width.edge + 1) // 2
    return width.strict and hanging > 0 and not HANGING.issuperset(text[-hanging:])


def _is_headline(text: str) -> bool:
    return len(text) <= _LONGEST_HEADLINE and not _STOPPED.search(text)


def _usual_gap(layout: Layout) -> int:
    """How many blank lines stand between the lines of one paragraph: 0, or 1 or more."""
    gaps = [layout.gaps[i + 1] for i in range(len(layout.texts) - 1) if layout.open[i]]
    return max(set(gaps), key=gaps.count) if gaps else 0


def _indents_matter(layout: Layout) -> bool:
    """Whether some lines are set in and others not, so that it says something."""
    deep = sum(indent >= 2 for indent in layout.indents)
    if not 0.02 * len(layout.texts) < deep < 0.7 * len(layout.texts):
        return False
    for index, indent in enumerate(layout.indents):
        layout.indents[index] = indent if indent >= 2 else 0
    return True


def _columns(layout: Layout) -> set[int]:
    """The lines that spell something downwards, a character each."""
    found: set[int] = set()
    run: list[int] = []
    for index, text in enumerate(layout.texts):
        if len(text) == 1 and not text.isascii() and text not in NEVER_FIRST:
            run.append(index)
            continue
        if len(run) >= _FEWEST_IN_COLUMN:
            found.update(run)
        run.clear()
    if len(run) >= _FEWEST_IN_COLUMN:
        found.update(run)
    return found


def glue(left: str, right: str, within_words: bool) -> str:
    """What stands between two lines that are joined: nothing, or a space.

    Args:
        left: the text before the wrap.
        right: the text after it.
        within_words: the wrap may have fallen inside of a word.
    """
    last, first = left[-1], right[0]
    if not (last.isascii() and first.isascii() and first.isalpha()):
        return ""
    if last.isalpha():
        return "" if within_words else " "
    return " " if last in ",.;:!?)%" else ""
