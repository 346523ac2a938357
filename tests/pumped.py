"""Text that regular expressions find hard: what they match, in halves, many times over.

Whatever an expression may repeat is repeated, and what should follow is left out or
spoiled: an expression that tries all ways to match then needs time that grows with the
square of the text, or doubles with every character. The syntax tree comes from Python's
own parser, which has kept its form from 3.11 on.
"""

import random
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

parser: Any = import_module("re._parser")
code: Any = import_module("re._constants")

# What stands for a set, if it contains it: of each kind that expressions tell apart.
_CHARACTERS = " \n\ta国1日<（\\*_-，"
# How often what may be missing or comes several times is written, at most.
_TIMES = 2
_LONG = 8
_BEGIN, _END, _SPOILT = "\ue000", "\ue001", "\x02"


def pumped(pattern: str | bytes, flags: int, length: int, seeds: int) -> Iterator[str]:
    """Text of about `length` characters, each different from the others.

    Args:
        pattern: an expression; one of bytes gets text of Latin-1.
        flags: its flags.
        length: in characters.
        seeds: how many examples of what it matches to begin with.
    """
    told = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
    tree = parser.parse(told, flags & ~re.UNICODE)
    seen: set[str] = set()
    for seed in range(seeds):
        example = _Example(seed)
        text = example.written(tree)
        for each in (*_halves(text, length), *_repeated(tree, seed, example.repeats, length)):
            if each not in seen:
                seen.add(each)
                yield each


def _halves(text: str, length: int) -> Iterator[str]:
    middle = len(text) // 2
    for part in (text, text[:middle], text[middle:], text[:-1], text[1:]):
        if part:
            yield part * (length // len(part))
            yield part * (length // len(part)) + _SPOILT


def _repeated(tree: Any, seed: int, repeats: int, length: int) -> Iterator[str]:
    """For each thing that may come many times, text in which it does."""
    for target in range(repeats):
        text = _Example(seed, target, length).written(tree)
        before, begins, rest = text.partition(_BEGIN)
        many, ends, after = rest.partition(_END)
        if begins and ends:
            for each in (before + many + after, before + many, before + many + _SPOILT):
                yield each.replace(_BEGIN, "").replace(_END, "")


class _Example:
    """Writes an example of what a syntax tree matches; looks around for nothing.

    Attributes:
        repeats: how many things were met that may come several times.
    """

    def __init__(self, seed: int, target: int = -1, length: int = 0) -> None:
        self._chance = random.Random(seed)
        self._target, self._length = target, length
        self._groups: dict[Any, str] = {}
        self.repeats = 0

    def written(self, items: Any) -> str:
        return "".join(self._one(kind, value) for kind, value in items)

    def _one(self, kind: Any, value: Any) -> str:  # noqa: PLR0911  # a case a kind
        if kind is code.LITERAL:
            return chr(value)
        if kind is code.NOT_LITERAL:
            return self._chance.choice([one for one in _CHARACTERS if ord(one) != value])
        if kind is code.ANY:
            return self._chance.choice("国a ")
        if kind is code.IN:
            return self._member(value)
        if kind is code.BRANCH:
            return self.written(self._chance.choice(value[1]))
        if kind is code.SUBPATTERN:
            self._groups[value[0]] = self.written(value[3])
            return self._groups[value[0]]
        if kind is code.ATOMIC_GROUP:
            return self.written(value)
        if kind in {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT}:
            return self._repeat(*value)
        if kind is code.GROUPREF:
            return self._groups.get(value, "")
        assert kind in {code.ASSERT, code.ASSERT_NOT, code.AT}, f"what is {kind}?"
        return ""

    def _repeat(self, least: int, most: int, item: Any) -> str:
        number, self.repeats = self.repeats, self.repeats + 1
        if number == self._target and most >= _LONG:
            text = self.written(item)
            return _BEGIN + text * (self._length // max(1, len(text))) + _END
        times = max(least, min(most, self._chance.randint(0, _TIMES)))
        return "".join(self.written(item) for _ in range(times))

    def _member(self, items: Any) -> str:
        if items[0][0] is code.NEGATE:
            others = [one for one in _CHARACTERS if not _in(one, items[1:])]
            return self._chance.choice(others or ["龘"])
        kind, value = self._chance.choice(items)
        if kind is code.LITERAL:
            return chr(value)
        if kind is code.RANGE:
            return chr(self._chance.randint(*value))
        return self._chance.choice([one for one in _CHARACTERS if _in(one, [(kind, value)])])


def _in(character: str, items: Any) -> bool:
    for kind, value in items:
        if kind is code.LITERAL and ord(character) == value:
            return True
        if kind is code.RANGE and value[0] <= ord(character) <= value[1]:
            return True
        if kind is code.CATEGORY and re.match(_CATEGORIES[value], character):
            return True
    return False


_CATEGORIES = {
    code.CATEGORY_SPACE: r"\s",
    code.CATEGORY_NOT_SPACE: r"\S",
    code.CATEGORY_DIGIT: r"\d",
    code.CATEGORY_NOT_DIGIT: r"\D",
    code.CATEGORY_WORD: r"\w",
    code.CATEGORY_NOT_WORD: r"\W",
}
