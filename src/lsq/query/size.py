"""How large a regular expression becomes when the library makes it ready.

What is to be repeated at least so many times is written out so many times, and then takes
a third of a kilobyte a character: so an expression of thirty characters can take all
memory there is. Knows of the syntax only what repeats and what groups.
"""

import re
from typing import Final, NamedTuple

from lsq.messages import _
from lsq.query.limits import MAX_DEPTH, MAX_SIZE

# A comment, a set, how often what stands before it comes at least; or a single character,
# however it is written.
_PIECE: Final = re.compile(
    r"(?P<comment>\(\?#[^)]*\))|(?P<set>\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\])"
    r"|\{(?P<least>[0-9]*)(?:,[0-9]*)?\}|(?P<white>\s)"
    r"|\\(?:[pPN]\{[^}]*\}|[gkL]<[^>]*>|.)|.",
    re.DOTALL,
)


class Excess(NamedTuple):
    """Where an expression becomes too large, in characters, and why."""

    position: int
    reason: str


def excess(pattern: str) -> Excess | None:
    """Where a folded expression becomes too large, or None if it does not."""
    sizes = [0]  # of each group that is open, so far; that of all of it is the first
    last = 1  # of what may be repeated here, be it white space that comes first
    for piece in _PIECE.finditer(pattern):
        if piece[0] == "(":
            sizes.append(0)
        elif piece[0] == ")" and len(sizes) > 1:
            last = sizes.pop() + 1
            sizes[-1] += last
        elif piece["least"]:
            # Of more digits, the first say enough.
            times = max(1, int(piece["least"][: len(str(MAX_SIZE)) + 1]))
            sizes[-1] += last * (times - 1)
            last *= times
        elif piece["white"]:  # which, with the flag x, parts nothing from how often it comes
            sizes[-1] += 1
        elif not piece["comment"]:
            last = len(piece["set"] or ".")
            sizes[-1] += last
        if len(sizes) - 1 > MAX_DEPTH:
            reason = _("groups are nested more than {max_depth} deep; write it flatter")
            return Excess(piece.start(), reason.format(max_depth=MAX_DEPTH))
        if sum(sizes) > MAX_SIZE:
            reason = _(
                "with all that is to be repeated, this has more than {max_size:,} characters; "
                "repeat less"
            )
            return Excess(piece.start(), reason.format(max_size=MAX_SIZE))
    return None
