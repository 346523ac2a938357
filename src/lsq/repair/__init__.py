"""Convert lines to clean paragraphs: join hard wraps, separate page furniture.

    Bulletin → lines (clean, measured) → wrap → seams, join → Paragraphs

Every character of the text is kept with its place. Independent of formats and articles.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from lsq.model import Bulletin, Line, Paragraph, Places, Role
from lsq.repair.clean import clean
from lsq.repair.join import groups
from lsq.repair.line_table import LineTable, line_table, measure
from lsq.repair.running import find_running
from lsq.repair.wrap import Width, widths
from lsq.text.typography import is_broken_word, is_byline, separator

__all__ = ["repair"]


def repair(bulletin: Bulletin) -> tuple[Paragraph, ...]:
    """Convert a bulletin to paragraphs, in order.

    Returns:
        The paragraphs, including furniture, which follows the paragraph that it interrupts.
        Empty for a blank bulletin.
    """
    if bulletin.exact:
        return tuple(_one_by_one(bulletin.lines))
    layout = line_table(bulletin)
    for index in find_running(layout):
        layout.furniture[index] = True
        layout.open[index] = False
    texts, places, headings = layout.texts, layout.places, layout.headings
    lengths: Sequence[int] = ()
    set_at: list[Width | None]
    if any(layout.open):
        measured = measure(layout)
        lengths = measured.lengths
        set_at, set_in = widths(measured, layout.open, layout.indents)
    else:
        set_at, set_in = [None] * len(texts), 0
    found: list[tuple[int, Paragraph]] = []
    for group in groups(layout, lengths, set_at, set_in):
        first = group[0]
        if len(group) == 1:
            text, where = texts[first], _single(places[first])
        else:
            text, where = _put_together(layout, group, lengths, set_at)
        role = Role.BYLINE if is_byline(text) else Role.TEXT
        if layout.rows[first]:
            role = Role.TABLE
        wrapped = set_at[first] is not None
        seen = layout.seen[first]
        size = None if seen is None else seen.size
        found.append((first, Paragraph(text, where, headings[first], role, wrapped, size)))
    found.extend(
        (index, Paragraph(texts[index], _single(places[index]), role=Role.FURNITURE))
        for index, is_furniture in enumerate(layout.furniture)
        if is_furniture
    )
    found.sort(key=lambda pair: pair[0])
    return tuple(paragraph for _, paragraph in found)


def _put_together(
    layout: LineTable, group: list[int], lengths: Sequence[int], set_at: list[Width | None]
) -> tuple[str, Places]:
    """Join lines to one text, with the places of its characters."""
    text = layout.texts[group[0]]
    offsets, numbers = [0], [layout.places[group[0]]]
    for before, index in pairwise(group):
        width = set_at[before]
        within = width is not None and width.strict and lengths[before] >= width.edge
        if text[-1] == "-" and is_broken_word(text, layout.texts[index]):
            text = text[:-1]
        else:
            text += separator(text, layout.texts[index], within_words=within)
        if layout.places[index] != numbers[-1]:
            offsets.append(len(text))
            numbers.append(layout.places[index])
        text += layout.texts[index]
    return text, Places(tuple(offsets), tuple(numbers))


def _one_by_one(lines: Iterable[Line]) -> Iterator[Paragraph]:
    """Convert each row or record to a paragraph.

    Nothing is joined or furniture: a row with only a number is not a page number.
    """
    for line in lines:
        if text := clean(line.text):
            yield Paragraph(text, _single(line.place), line.heading)


# The lines of most files have the same numbers, and most paragraphs are one line.
@lru_cache(maxsize=4096)
def _single(place: int) -> Places:
    """The places of a text that comes from one line or page."""
    return Places((0,), (place,))
