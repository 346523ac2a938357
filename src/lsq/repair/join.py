"""Group the lines of each paragraph.

`lsq.repair.seams` and `lsq.repair.seen` decide whether a line continues in the next one.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from lsq.repair import seen as places
from lsq.repair.line_table import LineTable
from lsq.repair.seams import Measures, goes_on
from lsq.repair.wrap import Width
from lsq.text.typography import NEVER_FIRST, ends_sentence, is_opening

# The minimum length, in characters, of a group to be split, and of each part. Longer if the second
# part begins with a quotation, as sentences within a paragraph do too.
_LONG, _LONG_ENOUGH = 200, 60
_LONG_QUOTING, _LONG_ENOUGH_QUOTING = 320, 120
# The minimum number of lines of one character each to form a vertical word, as on covers.
_FEWEST_IN_COLUMN = 4
# The minimum indent of an indented line, in columns.
_INDENT = 2
# The minimum and maximum share of indented lines, if indents mark paragraphs.
_INDENTED, _NOT_INDENTED = 0.02, 0.7


def groups(
    layout: LineTable, lengths: Sequence[int], widths: Sequence[Width | None], set_in: int
) -> list[list[int]]:
    """Group the indexes of lines by paragraph, without furniture.

    Args:
        layout: all lines.
        lengths: the length of each, in half-width columns.
        widths: the width of the text around each.
        set_in: the indent of first lines of paragraphs if extraction dropped the space, else 0.
    """
    shown = [index for index, is_furniture in enumerate(layout.furniture) if not is_furniture]
    measures = Measures(layout, lengths, widths, set_in, _usual_gap(layout))
    indented = _indents_matter(layout)
    downwards = _downwards(layout)
    setting = places.setting(layout.seen)
    found: list[list[int]] = []
    for position, index in enumerate(shown):
        if found and not layout.final[found[-1][-1]] and not layout.begins[index]:
            group = found[-1]
            before = group[-1]
            if _is_note(layout, before) and not _is_note(layout, index):
                # A footnote may be within a sentence that continues on the next page.
                text = next((one for one in reversed(found) if not _is_note(layout, one[-1])), None)
                if text and _seen_to_go_on(layout, text[-1], index, setting):
                    text.append(index)
                else:
                    found.append([index])
                continue
            joins = _seen_to_go_on(layout, before, index, setting)
            if joins:
                group.append(index)
                continue
            if joins is not None:
                found.append([index])
                continue
            if before in downwards and index in downwards:
                group.append(index)
                continue
            if layout.texts[index][0] in NEVER_FIRST and not layout.headings[before]:
                group.append(index)
                continue
            if not (widths[before] is None or layout.fixed[before] or layout.fixed[index]):
                follower = shown[position + 1] if position + 1 < len(shown) else None
                if not (indented and _is_set_in(layout, index, follower)) and goes_on(
                    measures, group, index, follower
                ):
                    group.append(index)
                    continue
        found.append([index])
    if indented or set_in or setting.indented:
        return found
    return [part for group in found for part in _split_long(layout, group)]


def _is_note(layout: LineTable, index: int) -> bool:
    """Whether a line is part of a footnote."""
    seen = layout.seen[index]
    return seen is not None and seen.note


def _seen_to_go_on(
    layout: LineTable, before: int, index: int, setting: places.Setting
) -> bool | None:
    """Whether a line continues another, by their layout; None if that does not decide."""
    one, other = layout.seen[before], layout.seen[index]
    if one is None or other is None:
        return None
    texts = layout.texts[before], layout.texts[index]
    joins = places.seen_to_go_on((one, other), texts, setting)
    stays = (layout.fixed[before] or layout.fixed[index]) and not layout.headings[before]
    return False if joins and (layout.rows[index] or stays) else joins


def _is_set_in(layout: LineTable, index: int, follower: int | None) -> bool:
    """Whether a line begins a paragraph, or is its heading, by the white space before it."""
    if layout.indents[index] >= _INDENT:
        return True
    return (
        follower is not None
        and layout.indents[follower] >= _INDENT
        and not ends_sentence(layout.texts[index])
    )


def _split_long(layout: LineTable, group: list[int]) -> list[list[int]]:
    """Split a group that is too long for one paragraph.

    If the last line of a paragraph is full, only its length and the typical beginnings of news
    paragraphs show its end. In synthetic bulletins, four of five splits were correct.
    """
    if len(group) == 1:
        return [group]
    texts = layout.texts
    size = sum(len(texts[index]) for index in group)
    if size < _LONG:
        return [group]
    parts: list[list[int]] = [[group[0]]]
    before, after = 0, size
    quoting = _opened(texts[group[0]])
    for above, index in pairwise(group):
        before += len(texts[above])
        after -= len(texts[above])
        if quoting <= 0 and _is_seam(texts[above], texts[index], min(before, after), size):
            parts.append([])
            before = quoting = 0
        quoting += _opened(texts[index])
        parts[-1].append(index)
    return parts


def _is_seam(above: str, text: str, shorter: int, size: int) -> bool:
    """Whether a paragraph seems to end between two lines of a long group.

    Args:
        above: a line.
        text: the next line.
        shorter: the number of characters before or after the seam, whichever is smaller.
        size: the number of characters of the group.
    """
    if shorter < _LONG_ENOUGH or not ends_sentence(above) or above[-1] in "：；":
        return False
    if text[0] == "“":
        return shorter >= _LONG_ENOUGH_QUOTING and size >= _LONG_QUOTING
    return is_opening(text)


def _opened(text: str) -> int:
    """The number of quotations that begin in a line minus those that end in it."""
    return text.count("“") - text.count("”")


def _usual_gap(layout: LineTable) -> int:
    """The usual number of blank lines between the lines of a paragraph."""
    gaps = [layout.gaps[i + 1] for i in range(len(layout.texts) - 1) if layout.open[i]]
    return max(set(gaps), key=Counter(gaps).__getitem__) if gaps else 0


def _indents_matter(layout: LineTable) -> bool:
    """Whether indents mark paragraphs: some lines are indented, most are not."""
    deep = sum(indent >= _INDENT for indent in layout.indents)
    count = len(layout.texts)
    return _INDENTED * count < deep < _NOT_INDENTED * count


def _downwards(layout: LineTable) -> set[int]:
    """The lines of vertical words, with one character each."""
    found: set[int] = set()
    run: list[int] = []
    for index, text in enumerate([*layout.texts, ""]):
        if len(text) == 1 and not text.isascii() and text not in NEVER_FIRST:
            run.append(index)
            continue
        if len(run) >= _FEWEST_IN_COLUMN:
            found.update(run)
        run.clear()
    return found
