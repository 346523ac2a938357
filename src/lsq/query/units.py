"""Match queries on texts: on sentences, paragraphs and values of fields. Knows no engine.

Implements the definitions of `lsq.query.nodes` on folded and squeezed texts. Only sentences and
paragraphs that contain a required string are examined.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import inf
from operator import contains

from lsq.query.fields import CODES, ORGANS
from lsq.query.keys import organ_names
from lsq.query.nodes import (
    And,
    Chunk,
    Dated,
    Everything,
    Field,
    Literal,
    Named,
    Near,
    Not,
    Or,
    Query,
    Regex,
    SameParagraph,
    SameSentence,
)
from lsq.query.patterns import Patterns
from lsq.text import FOLDED_END
from lsq.text.fold import fold, squeeze

_SENTENCE_END = re.compile(FOLDED_END)
_PARAGRAPH_END = re.compile("\n")


def holds(  # noqa: PLR0911  # a case a node
    part: Query,
    text: str,
    patterns: Patterns,
    has: Callable[[str, str], bool] = contains,
) -> bool:
    """Whether a text satisfies a part of a query that contains no field.

    Args:
        part: the part.
        text: a sentence, a paragraph or the value of a field; or a whole text, lined for
            `Regex`, `SameSentence`, `SameParagraph` and `Near`, squeezed for the others.
        patterns: for the regular expressions.
        has: returns whether a text contains a string.
    """
    match part:
        case Literal(sought):
            return has(text, sought)
        case Chunk(sought, words, any_word):
            some = any if any_word else all
            return sought in text or (bool(words) and some(word in text for word in words))
        case Regex():
            return patterns.found_in(part, text)
        case SameSentence(inner) | SameParagraph(inner):
            return any(holds(inner, text[start:end], patterns) for start, end in units(part, text))
        case Near(_, parts):
            lines = units(SameParagraph(And(parts)), text)
            return any(_is_near(part, text[start:end], patterns) for start, end in lines)
        case And(parts):
            return all(holds(one, text, patterns, has) for one in parts)
        case Or(parts):
            return any(holds(one, text, patterns, has) for one in parts)
        case Not(negated):
            return not holds(negated, text, patterns, has)
        case Everything():
            return True
        case Field() | Dated() | Named():
            raise ValueError(f"{part}: a text cannot decide a condition on a field")


def units(part: SameSentence | SameParagraph, text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the sentences or paragraphs that may satisfy what is inside `part`.

    They begin and end without white space, and are never empty.
    """
    ends = _SENTENCE_END if isinstance(part, SameSentence) else _PARAGRAPH_END
    find = _finder(part.part)
    start, at = 0, find(text, 0)
    for end in _ends(ends, text):
        if at is None:
            return
        if at < end:
            unit = text[start:end]
            first = start + len(unit) - len(unit.lstrip())
            last = start + len(unit.rstrip())
            if first < last:
                yield first, last
            at = find(text, end)
        start = end


def _ends(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    for found in pattern.finditer(text):
        yield found.end()
    yield len(text)


def needed(part: Query) -> frozenset[str] | None:  # noqa: PLR0911  # a case a node
    """Strings such that every text that satisfies `part` contains one; None if not known."""
    match part:
        case Literal(sought):
            return frozenset([sought])
        case Regex(_, sought) if sought:
            return frozenset([sought])
        case Chunk(sought, words, any_word):
            return frozenset([sought, *(words if any_word else sorted(words, key=len)[-1:])])
        case SameSentence(inner) | SameParagraph(inner):
            return needed(inner)
        case And(parts) | Near(_, parts):
            known = [strings for one in parts if (strings := needed(one)) is not None]
            # The longest are the rarest; of equally long ones, few are better.
            return max(known, key=lambda one: (min(map(len, one)), -len(one)), default=None)
        case Or(parts):
            every = [needed(one) for one in parts]
            return None if None in every else frozenset().union(*filter(None, every))
    return None


@lru_cache(maxsize=64)
def _finder(part: Query) -> Callable[[str, int], int | None]:
    """Make a function that finds the next position in a text of a string that `part` needs."""
    sought = needed(part)
    if sought is None:
        return lambda text, start: start if start < len(text) else None
    # A string that contains another one need not be searched itself.
    shortest = [one for one in sought if not any(other in one for other in sought - {one})]
    pattern = re.compile("|".join(map(re.escape, shortest)))

    def find(text: str, start: int) -> int | None:
        found = pattern.search(text, start)
        return found.start() if found else None

    return find


def _is_near(near: Near, text: str, patterns: Patterns) -> bool:
    """Whether `stretches` yields any.

    Every stretch contains one of the rarest needed strings, so only the surroundings of these
    are searched. A regular expression may look beyond a stretch: then the whole text is.
    """
    known = [strings for part in near.parts if (strings := needed(part)) is not None]
    if not known or any(map(_has_regex, near.parts)):
        return any(True for _ in stretches(near, text, patterns))
    rarest = min(known, key=lambda strings: sum(map(text.count, strings)))
    for string in rarest:
        start = text.find(string)
        while start >= 0:
            around = text[max(0, start + len(string) - near.distance) : start + near.distance]
            if all(holds(part, around, patterns) for part in near.parts) and any(
                True for _ in stretches(near, around, patterns)
            ):
                return True
            start = text.find(string, start + 1)
    return False


def _has_regex(part: Query) -> bool:
    match part:
        case Regex():
            return True
        case And(parts) | Or(parts):
            return any(map(_has_regex, parts))
    return False


def stretches(near: Near, text: str, patterns: Patterns) -> Iterator[tuple[int, int]]:
    """The ranges of a text with all parts of `near` within its distance, in order.

    The shortest range for each start; ranges may overlap.
    """
    leaves: list[_Ahead] = []
    end_from = _reach(And(near.parts), text, patterns, leaves)
    start = 0
    while (end := end_from(start)) < inf:
        if end - start <= near.distance:
            first = min(leaf.start for leaf in leaves)
            yield int(first), int(end)
            start = int(first) + 1
        else:
            # A range that begins earlier also ends at `end` or later, so it is too long.
            start = int(end) - near.distance


def _reach(
    part: Query, text: str, patterns: Patterns, leaves: list["_Ahead"]
) -> Callable[[int], float]:
    """Make a function that returns the end of the shortest range from a position with `part`.

    It returns infinity if there is none, and takes ascending positions.

    Args:
        part: of a `Near`.
        text: the text.
        patterns: for the regular expressions.
        leaves: a list to which the leaves of `part` are added.
    """
    match part:
        case And((one,)) | Or((one,)):
            return _reach(one, text, patterns, leaves)
        case And(parts):
            each = [_reach(one, text, patterns, leaves) for one in parts]
            return lambda start: max([end(start) for end in each])
        case Or(parts):
            each = [_reach(one, text, patterns, leaves) for one in parts]
            return lambda start: min([end(start) for end in each])
        case Chunk(sought, words, any_word):
            strings = tuple(map(Literal, words))
            several = strings if any_word or not words else (And(strings),)
            # If the chunk contains its words, they occur wherever it occurs.
            whole = () if words and all(word in sought for word in words) else (Literal(sought),)
            return _reach(Or((*whole, *several)), text, patterns, leaves)
        case Literal(sought):
            leaves.append(_Ahead(_literal_finder(sought, text)))
            return leaves[-1].end_from
        case Regex():
            leaves.append(_Ahead(_range_finder(patterns.ranges(part, text))))
            return leaves[-1].end_from
    raise ValueError(f"{part}: cannot be near to anything")


class _Ahead:
    """The first occurrence of a term at or after a position that only ascends.

    Args:
        find: returns the range of that occurrence, or `_NOWHERE`.
    """

    def __init__(self, find: Callable[[int], tuple[float, float]]) -> None:
        self._find = find
        self.start, self._end = find(0)

    def end_from(self, start: int) -> float:
        """The end of the occurrence; `start` never decreases from call to call."""
        if self.start < start:
            self.start, self._end = self._find(start)
        return self._end


_NOWHERE = (inf, inf)


def _literal_finder(sought: str, text: str) -> Callable[[int], tuple[float, float]]:
    def find(start: int) -> tuple[float, float]:
        at = text.find(sought, start)
        return (at, at + len(sought)) if at >= 0 else _NOWHERE

    return find


def _range_finder(ranges: Iterator[tuple[int, int]]) -> Callable[[int], tuple[float, float]]:
    def find(start: int) -> tuple[float, float]:
        return next((one for one in ranges if one[0] >= start), _NOWHERE)

    return find


def normalize(name: str, value: str | None) -> str:
    """The value of a field, normalized for comparison; empty for none."""
    normalized = squeeze(fold(value or "")).strip()
    if name in CODES:
        return "".join(normalized.split())
    # On separate lines, so that a literal matches within one name.
    return "\n".join(organ_names(normalized)) if name in ORGANS else normalized


def satisfies(value: str, name: str, part: Query, patterns: Patterns) -> bool:
    """Whether the normalized value of a field satisfies the part of a `Field`."""
    if name in CODES:
        return bool(value) and holds(part, value, patterns, _has_whole_digits)
    return bool(value) and holds(part, value, patterns)


def _has_whole_digits(text: str, sought: str) -> bool:
    """Whether `sought` occurs in a text without beginning or ending between two digits."""
    start = text.find(sought)
    while start >= 0:
        end = start + len(sought)
        if not (_between_digits(text, start) or _between_digits(text, end)):
            return True
        start = text.find(sought, start + 1)
    return False


def _between_digits(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isdigit() and text[at].isdigit()
