"""Fold a typed regular expression like the texts, and check it.

Only literal characters are folded, not the syntax of the library `regex`.

When the library compiles an expression, it writes out a repetition `{1000}`, a third of a kilobyte
per character: so an expression of thirty characters could take all memory. `find_oversize` parses
only repetitions and groups.
"""

import re
from typing import Final, NamedTuple

from lsq.errors import QueryError
from lsq.messages import _
from lsq.query.cursor import MAX_DEPTH
from lsq.query.nodes import Regex
from lsq.query.patterns import compiled
from lsq.query.simple import compile_simple
from lsq.text.fold import drop_invisible, fold

# Metacharacters of an expression or of its sets [of characters].
_META = frozenset("\\.^$*+?{}[]()|#&~-/")
# Copied unchanged: escapes with names of properties, groups and characters; the beginnings of
# groups, with names and flags. An unclosed one extends to the end, so that each character is
# examined once; the library rejects it.
_ESCAPE = re.compile(r"\\(?:[pPN]\^?\{[^}]*+\}|[pP][A-Za-z]|[gkL]<[^>]*+>|[A-Za-z0-9])")
_GROUP = re.compile(
    r"\((?:\?(?:P?<(?![=!])[^>]*+(?:>|\Z)|P[=>][^)]*+(?:\)|\Z)|[&(#][^)]*+(?:\)|\Z)|<?[=!]"
    r"|[>|:]|[a-zA-Z0-9-]+[:)])"
    r"|\*[A-Z]+\))"
)
_CLASS = re.compile(r"\[:\^?\w+:\]")
# A token of a folded pattern: an ordinary character with its quantifier; or a set, a quantifier,
# another escape.
_TOKEN = re.compile(
    r"(\\[^\sA-Za-z0-9]|[^\s\\.^$*+?{}\[\]()])(?:([*?]|\{[^}]*\})|(\+))?"
    r"|\[\^?+\]?+(?:\[:\^?\w++:\]|\\.|[^\]\\])*+(?:\]|\Z)|\{[^}]*+\}|\\[0-9]+|\\?.",
    re.DOTALL,
)
# Alternatives, flags and conditions; references to groups.
_OPEN = re.compile(r"\||\([?*]|\\[gkL]")
# A character by its number.
_NUMBER = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U(000[0-9A-Fa-f]{5}|0010[0-9A-Fa-f]{4}))"
)
# The maximum size of an expression, in characters, with minimal repetitions written out: it then
# takes some 7 MB.
MAX_SIZE: Final = 20_000

# A comment, a set, a quantifier (with the flag x, it may contain white space); or a single
# character, however it is written. An unclosed one extends to the end, so that each character
# is examined once; the library rejects it.
_PIECE: Final = re.compile(
    r"(?P<comment>\(\?#[^)]*+(?:\)|\Z))"
    r"|(?P<set>\[\^?+\]?+(?:\[:\^?\w++:\]|\\.|[^\]\\])*+(?:\]|\Z))"
    r"|\{(?P<least>\s*+[0-9][0-9\s]*+)?+(?:,[0-9\s]*+)?+\}|(?P<white>\s)"
    r"|\\(?:[pPN]\{[^}]*+\}|[gkL]<[^>]*+>|.)|.",
    re.DOTALL,
)
# The flag x, with which # begins a comment to the end of the line.
_VERBOSE: Final = re.compile(r"\(\?[A-Za-z0-9]*x")


def fold_pattern(typed: str) -> tuple[str, list[int]]:
    """Fold the literal characters of an expression, not its syntax.

    Each literal character is folded, and escaped if it folds to a metacharacter: （ is a
    literal, ( is not. A range [a-z] is folded if both ends shift by the same amount: [Ａ-Ｚ]
    is, and [一-龥] stays.

    Returns:
        The expression; and for each of its characters, and its end, its position in `typed`.
    """
    return _Folding(typed).run()


class _Folding:
    def __init__(self, typed: str) -> None:
        self._typed = typed
        self._at = 0
        self._pattern: list[str] = []
        self._origins: list[int] = []

    def run(self) -> tuple[str, list[int]]:
        while self._at < len(self._typed):
            if group := _GROUP.match(self._typed, self._at):
                self._put(group[0], len(group[0]))
            elif self._typed[self._at] == "[":
                self._fold_set()
            else:
                self._fold_one()
        return "".join(self._pattern), [*self._origins, len(self._typed)]

    def _fold_set(self) -> None:
        """Fold a set [of characters] up to its closing bracket."""
        opening = 2 if self._typed.startswith("[^", self._at) else 1
        self._put(self._typed[self._at : self._at + opening], opening)
        if self._typed.startswith("]", self._at):  # the first is an ordinary character
            self._put("\\]", 1)
        while self._at < len(self._typed):
            if named := _CLASS.match(self._typed, self._at):
                self._put(named[0], len(named[0]))
            elif self._typed[self._at] == "]":
                self._put("]", 1)
                return
            else:
                self._fold_range()

    def _fold_range(self) -> None:
        first = self._character(self._at)
        last = None
        if first and self._typed.startswith("-", first[1]):
            last = self._character(first[1] + 1)
        if not first or not last or self._typed.startswith("]", first[1] + 1):
            self._fold_one()
            return
        ends = first[0], last[0]
        folded = fold(first[0]), fold(last[0])
        if ord(folded[1]) - ord(folded[0]) == ord(ends[1]) - ord(ends[0]):
            ends = folded
        self._put(_escaped(ends[0]) + "-", first[1] + 1 - self._at)
        self._put(_escaped(ends[1]), last[1] - self._at)

    def _fold_one(self) -> None:
        """Fold a literal character, escaped or not, or copy other syntax."""
        typed = self._typed[self._at]
        if not drop_invisible(typed):
            self._put("", 1)
        elif typed != "\\":
            folded = fold(typed)
            self._put(folded if folded == typed else _escaped(folded), 1)
        elif character := self._character(self._at):
            self._put(_escaped(fold(character[0])), character[1] - self._at)
        else:
            escape = _ESCAPE.match(self._typed, self._at)
            self._put(escape[0] if escape else typed, len(escape[0]) if escape else 1)

    def _character(self, at: int) -> tuple[str, int] | None:
        """The literal character at a position, escaped or not, and the position after it."""
        if at >= len(self._typed):
            return None
        if self._typed[at] != "\\":
            return self._typed[at], at + 1
        if number := _NUMBER.match(self._typed, at):
            return chr(int(number[1] or number[2] or number[3], 16)), number.end()
        if _ESCAPE.match(self._typed, at) or at + 1 == len(self._typed):
            return None
        return self._typed[at + 1], at + 2

    def _put(self, pattern: str, typed: int) -> None:
        """Add the folded form of this many typed characters to the pattern."""
        self._pattern.append(pattern)
        last = self._at + typed - 1
        self._origins += [min(self._at + index, last) for index in range(len(pattern))]
        self._at += typed


def escaped(text: str) -> str:
    """The pattern that matches only this folded text."""
    return "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    return "\\" + character if character in _META else character


def checked(typed: str, query: str, position: int) -> Regex:
    """Check an expression that begins at a position of a query; return its node.

    Raises:
        QueryError: it is invalid or too large; has the position and the reason.
    """
    pattern, origins = fold_pattern(typed)
    if too_large := find_oversize(pattern):
        raise QueryError(query, position + origins[too_large.position], too_large.reason)
    try:
        # A simple expression is valid; the library is loaded only for others.
        compile_simple(pattern) or compiled(pattern)
    except Exception as error:  # the library raises many exceptions for invalid patterns
        place = getattr(error, "pos", None) or 0
        reason = getattr(error, "msg", None) or str(error) or type(error).__name__
        raise QueryError(
            query,
            position + origins[min(place, len(origins) - 1)],
            _("invalid regular expression: {reason}; quote it if it is text").format(reason=reason),
        ) from error
    return Regex(pattern, _literal(pattern), query, position)


def _literal(pattern: str) -> str:
    """A long string that every match of a pattern contains; "" if none is easily found.

    Only characters outside groups and sets count, and none in a pattern with alternatives, flags
    or conditions.
    """
    if _OPEN.search(pattern):
        return ""
    runs = [""]
    depth = 0
    for token in _TOKEN.finditer(pattern):
        character, repeated = token[1], token[2]
        depth += (token[0] == "(") - (token[0] == ")")
        if depth or not character or repeated:
            runs.append("")
        else:
            runs[-1] += character.removeprefix("\\")
        if token[3]:
            runs.append("")
    return max(runs, key=len)


class Oversize(NamedTuple):
    """The position where an expression becomes too large, or hides its size; and the reason."""

    position: int
    reason: str


def find_oversize(pattern: str) -> Oversize | None:
    """Where a folded expression becomes too large; None if it does not."""
    sizes = [0]  # of the whole expression, then of each open group, so far
    last = 1  # of the last token, which may be followed by white space and a quantifier
    verbose = bool(_VERBOSE.search(pattern))
    for piece in _PIECE.finditer(pattern):
        if verbose and piece[0] == "#":
            # The comment may be between a token and its quantifier, and contain any characters.
            reason = _(
                "with the flag x, a comment begins here; write a comment as (?#…), and the "
                "character # as \\#"
            )
            return Oversize(piece.start(), reason)
        if piece[0] == "(":
            sizes.append(0)
        elif piece[0] == ")" and len(sizes) > 1:
            last = sizes.pop() + 1
            sizes[-1] += last
        elif piece["least"]:
            # The first digits are enough.
            digits = "".join(piece["least"].split())[: len(str(MAX_SIZE)) + 1]
            times = max(1, int(digits))
            sizes[-1] += last * (times - 1)
            last *= times
        elif piece["white"]:  # with the flag x, it may be between a token and its quantifier
            sizes[-1] += 1
        elif not piece["comment"]:
            last = len(piece["set"] or ".")
            sizes[-1] += last
        if len(sizes) - 1 > MAX_DEPTH:
            reason = _("groups are nested more than {max_depth} deep; nest fewer")
            return Oversize(piece.start(), reason.format(max_depth=MAX_DEPTH))
        if sum(sizes) > MAX_SIZE:
            reason = _(
                "with its repetitions written out, this has more than {max_size:,} "
                "characters; repeat less"
            )
            return Oversize(piece.start(), reason.format(max_size=MAX_SIZE))
    return None
