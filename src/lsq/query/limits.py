"""How large a query may be, and a regular expression in it: far beyond what people write.

What a query takes grows with its terms, each of which is looked for in all texts; what is
larger is refused, at the place where it becomes too large.

A repetition `{1000}` is written out when the library compiles an expression, and takes a
third of a kilobyte a character: so an expression of thirty characters can take all memory
there is. `find_oversize` knows of the syntax only what repeats and what groups.
"""

import re
from typing import Final, NamedTuple

from lsq.messages import _

# In characters: a pasted page has some two thousand.
MAX_LENGTH: Final = 10_000
# Literals, runs, expressions, dates and stars together (Lucene: 1,024 clauses).
MAX_TERMS: Final = 1000
# Sentences, paragraphs and nearness, each of which is looked for in many texts.
MAX_JOINTS: Final = 100
# How deep groups and negations may nest, and groups inside of an expression: far below
# what Python's own stack allows.
MAX_DEPTH: Final = 50
# In characters; more than a page is not near.
MAX_DISTANCE: Final = 1000
# How many characters a regular expression has, each as often as it is to be repeated at
# least; it then takes some 7 MB.
MAX_SIZE: Final = 20_000


# A comment, a set, how often what stands before it comes at least (with the flag x, white
# space may stand in that); or a single character, however it is written. What is never
# closed goes on to the end, so that each character is looked at once; the library refuses it.
_PIECE: Final = re.compile(
    r"(?P<comment>\(\?#[^)]*+(?:\)|\Z))"
    r"|(?P<set>\[\^?+\]?+(?:\[:\^?\w++:\]|\\.|[^\]\\])*+(?:\]|\Z))"
    r"|\{(?P<least>\s*+[0-9][0-9\s]*+)?+(?:,[0-9\s]*+)?+\}|(?P<white>\s)"
    r"|\\(?:[pPN]\{[^}]*+\}|[gkL]<[^>]*+>|.)|.",
    re.DOTALL,
)
# The flag x, with which # begins a comment that ends with its line.
_VERBOSE: Final = re.compile(r"\(\?[A-Za-z0-9]*x")


class Excess(NamedTuple):
    """Where an expression becomes too large, or hides how large it is, in characters; and why."""

    position: int
    reason: str


def find_oversize(pattern: str) -> Excess | None:
    """Where a folded expression becomes too large, or None if it does not."""
    sizes = [0]  # of each group that is open, so far; that of all of it is the first
    last = 1  # of what may be repeated here, be it white space that comes first
    verbose = bool(_VERBOSE.search(pattern))
    for piece in _PIECE.finditer(pattern):
        if verbose and piece[0] == "#":
            # It parts what is repeated from how often, and may hold what looks like either.
            reason = _(
                "with the flag x, a comment begins here; write a comment as (?#…), and the "
                "character # as \\#"
            )
            return Excess(piece.start(), reason)
        if piece[0] == "(":
            sizes.append(0)
        elif piece[0] == ")" and len(sizes) > 1:
            last = sizes.pop() + 1
            sizes[-1] += last
        elif piece["least"]:
            # Of more digits, the first say enough.
            digits = "".join(piece["least"].split())[: len(str(MAX_SIZE)) + 1]
            times = max(1, int(digits))
            sizes[-1] += last * (times - 1)
            last *= times
        elif piece["white"]:  # which, with the flag x, parts nothing from how often it comes
            sizes[-1] += 1
        elif not piece["comment"]:
            last = len(piece["set"] or ".")
            sizes[-1] += last
        if len(sizes) - 1 > MAX_DEPTH:
            reason = _("groups are nested more than {max_depth} deep; nest fewer")
            return Excess(piece.start(), reason.format(max_depth=MAX_DEPTH))
        if sum(sizes) > MAX_SIZE:
            reason = _(
                "with its repetitions written out, this has more than {max_size:,} "
                "characters; repeat less"
            )
            return Excess(piece.start(), reason.format(max_size=MAX_SIZE))
    return None
