"""Measure how long lines are, in the unit that they were wrapped by.

Files wrap by the number of characters, or by the width of them on the page; and
proportional type sets punctuation narrower than ideographs. Which it was shows
in the lines that break off in mid-sentence: by the right measure they are alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lsq.repair.layout import Layout
from lsq.repair.shapes import HANGING

_FAR = 8  # lines that differ by more than this many columns differ for other reasons
_SET_TIGHT = str.maketrans("", "", "“”‘’（），、。；：《》")
_HANGING = "".join(HANGING)


@dataclass(frozen=True, slots=True)
class Measure:
    """How long the lines of a layout are.

    Attributes:
        lengths: of each, indentation included, in half-width columns: two to an
            ideograph.
        tails: how many stops and closing quotes stand at the end of each line that
            breaks off; they may hang over the edge.
        fixed_pitch: at that, so that full lines are equally long.
    """

    lengths: Sequence[int]
    tails: Sequence[int]
    fixed_pitch: bool

    def longer(self, indexes: Sequence[int], by: int) -> "Measure":
        """The same lines, some of them longer by so many columns."""
        lengths = list(self.lengths)
        for index in indexes:
            lengths[index] += by
        return replace(self, lengths=lengths)


def measure(layout: Layout) -> Measure:
    """Measure the lines of `layout` by the unit that makes them most alike."""
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
