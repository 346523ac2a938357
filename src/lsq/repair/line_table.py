"""The table of a bulletin's lines: cleaned, with their properties and lengths.

Furniture is detected here, before lines are joined, as a page number may interrupt a sentence.

Some files wrap by the number of characters, others by their width on the page, and proportional
fonts set punctuation narrower than ideographs. The right unit is that in which lines that break
in mid-sentence have equal lengths.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lsq.model import Bulletin, Role, Seen
from lsq.repair import typed
from lsq.repair.clean import clean, undouble
from lsq.text.typography import (
    HANGING,
    HISTORY,
    LEADERS,
    NUMBER_LINE,
    ends_sentence,
    is_furniture,
    is_source,
)

# Shorter lines are cells and headings, and no evidence of the width.
SHORTEST_WRAP = 8

# A bare number is a page number only if the text is wrapped and other numbers are far away.
_LONGEST_PAGE_NUMBER = 4
_APART = 3
_MOST_PAGE_NUMBERS = 0.12
_FEWEST_WRAPS = 0.25

_LONGEST_FRONT_MATTER = 60
_LEADER_ENDS = frozenset("….．·‥0123456789")
_NUMBER_ENDS = frozenset("号）)")
_HISTORY_ENDS = frozenset("》过正订改准布行议定告令)）")


@dataclass(slots=True)
class LineTable:
    """The lines that are not blank, as columns of equal length.

    Attributes:
        texts: the cleaned text, never empty.
        places: the line or page in the source.
        gaps: the number of blank lines before it.
        indents: the white space before it, in half-width columns.
        headings: whether it is a heading by its format, or printed twice.
        furniture: whether it is part of the page, not of the text.
        fixed: whether it is never joined: headings, lines of a table of contents, front matter.
        final: whether the format ends a paragraph with it.
        open: whether it may continue in the next line: long enough, not the end of a sentence.
        seen: its layout on the page, where known.
        rows: whether it is a row of a table.
        begins: whether it begins a paragraph, whatever the line above.
    """

    texts: list[str]
    places: list[int]
    gaps: list[int]
    indents: list[int]
    headings: list[bool]
    furniture: list[bool]
    fixed: list[bool]
    final: list[bool]
    open: list[bool]
    seen: list[Seen | None]
    rows: list[bool]
    begins: list[bool]


def line_table(bulletin: Bulletin) -> LineTable:  # noqa: PLR0915 (one statement per column)
    """Clean and measure the lines of `bulletin`."""
    texts: list[str] = []
    places: list[int] = []
    gaps: list[int] = []
    indents: list[int] = []
    headings: list[bool] = []
    furniture: list[bool] = []
    fixed: list[bool] = []
    final: list[bool] = []
    open_: list[bool] = []
    seen: list[Seen | None] = []
    rows: list[bool] = []
    begins: list[bool] = []
    originals: list[str] = []
    layout = LineTable(
        texts, places, gaps, indents, headings, furniture, fixed, final, open_, seen, rows, begins
    )
    gap = 0
    for line in bulletin.lines:
        raw = line.text
        text = clean(raw, row=line.role is Role.TABLE) if raw else raw
        if not text:
            gap += 1
            continue
        heading = stays = line.heading
        is_row = line.role is Role.TABLE
        if line.seen is not None and line.seen.heading:
            heading = True
        ended = ends_sentence(text)
        if line.role is Role.FURNITURE:
            worn = True
        elif ended or is_row:
            worn = False
        else:
            worn = is_furniture(text)
            once = undouble(text)
            if once is not text:
                text, heading, stays = once, True, True
        if text[-1] in _LEADER_ENDS and not is_row:
            led = LEADERS.sub("", text)
            if led and led != text:
                text, stays = led, True
        elif text[-1] in _NUMBER_ENDS:
            stays = stays or NUMBER_LINE.fullmatch(text) is not None
        texts.append(text)
        places.append(line.place)
        gaps.append(gap)
        indents.append(_indent(raw) if raw[0] != text[0] else 0)
        headings.append(heading)
        furniture.append(worn)
        fixed.append(stays)
        final.append(line.ends)
        open_.append(
            not ended
            and not worn
            and not stays
            and not heading
            and not line.ends
            and len(text) >= SHORTEST_WRAP
            and not (text[-1] in _HISTORY_ENDS and HISTORY.fullmatch(text))
        )
        seen.append(line.seen)
        rows.append(is_row)
        originals.append(raw)
        gap = 0
    _fix_front_matter(layout)
    _set_apart(layout, originals)
    _find_bare_numbers(layout, bulletin.paged)
    return layout


def _indent(raw: str) -> int:
    """The white space before a line, in half-width columns."""
    space = raw[: len(raw) - len(raw.lstrip())]
    return len(space) + space.count("\u3000")


def _fix_front_matter(layout: LineTable) -> None:
    """Keep the lines of YAML front matter, from --- to ---, as they are."""
    texts = layout.texts
    if texts[:1] != ["---"] or "---" not in texts[1:_LONGEST_FRONT_MATTER]:
        return
    for index in range(texts.index("---", 1) + 1):
        layout.fixed[index] = True
        layout.open[index] = False


def _set_apart(layout: LineTable, originals: Sequence[str]) -> None:
    """Mark lines whose form shows that they are paragraphs of their own."""
    layout.begins.extend(typed.labels(layout.texts))
    for index, is_label in enumerate(layout.begins):
        if is_label:
            layout.open[index] = False
    alone = (typed.rows(originals), typed.centred(layout.indents, layout.texts))
    for index, (is_row, is_centred) in enumerate(zip(*alone, strict=True)):
        if layout.furniture[index]:
            continue
        placed = layout.seen[index] is not None
        if is_source(layout.texts[index]) or (not placed and (is_row or is_centred)):
            layout.fixed[index] = True
            layout.open[index] = False


def _find_bare_numbers(layout: LineTable, paged: bool) -> None:
    """Mark the lines that are bare page numbers."""
    texts, places = layout.texts, layout.places
    bare = [
        index
        for index, text in enumerate(texts)
        if len(text) <= _LONGEST_PAGE_NUMBER and text.isdecimal()
    ]
    if not bare:
        return
    last = len(texts) - 1
    wraps = sum(layout.open) >= _FEWEST_WRAPS * len(texts)
    rare = len(bare) <= max(1, _MOST_PAGE_NUMBERS * len(texts))
    for position, index in enumerate(bare):
        if paged:
            edge = (
                index in (0, last)
                or places[index - 1] != places[index]
                or places[index + 1] != places[index]
            )
            layout.furniture[index] = edge
            continue
        before = position and index - bare[position - 1] <= _APART
        after = position + 1 < len(bare) and bare[position + 1] - index <= _APART
        if wraps and rare and not before and not after:
            layout.furniture[index] = True


_FAR = 8  # the maximum difference of two lines that counts, in columns
_SET_TIGHT = str.maketrans("", "", "“”‘’（），、。；：《》")
_HANGING = "".join(HANGING)


@dataclass(frozen=True, slots=True)
class Measure:
    """The lengths of the lines of a table.

    Attributes:
        lengths: the length of each line with its indent, in half-width columns: two for an
            ideograph.
        tails: the number of stops and closing quotes at the end of each open line, which may
            hang over the edge.
        fixed_pitch: whether all ideographs and punctuation have the same width, so that full
            lines are equally long.
    """

    lengths: Sequence[int]
    tails: Sequence[int]
    fixed_pitch: bool

    def longer(self, indexes: Sequence[int], by: int) -> "Measure":
        """A copy with some lines longer by `by` columns."""
        lengths = list(self.lengths)
        for index in indexes:
            lengths[index] += by
        return replace(self, lengths=lengths)


def measure(layout: LineTable) -> Measure:
    """Measure the lines in the unit that makes the lengths of open lines most equal."""
    texts, open_, indents = layout.texts, layout.open, layout.indents
    pairs = [index for index in range(len(texts) - 1) if open_[index] and open_[index + 1]]

    tails = [
        len(text) - len(text.rstrip(_HANGING)) if is_open else 0
        for text, is_open in zip(texts, open_, strict=True)
    ]

    def unlike(lengths: Sequence[int]) -> int:
        total = 0
        for index in pairs:
            step = lengths[index + 1] - lengths[index]
            hanging = 2 * tails[index + 1 if step > 0 else index]
            total += min(max(abs(step) - hanging, 0), _FAR)
        return total

    by_count = [2 * len(text) + indent for text, indent in zip(texts, indents, strict=True)]
    if not pairs:
        return Measure(by_count, tails, fixed_pitch=True)
    by_width = [
        len(text.encode("gbk", "replace")) + indent
        for text, indent in zip(texts, indents, strict=True)
    ]
    by_ink = [
        width - len(text) + len(text.translate(_SET_TIGHT))
        for text, width in zip(texts, by_width, strict=True)
    ]
    best = min(by_count, by_width, by_ink, key=unlike)
    return Measure(best, tails, fixed_pitch=best is not by_ink)
