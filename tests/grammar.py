"""The grammar of `docs/query-language.md`, read from that page, and queries derived from it."""

import re
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from tests.conftest import ROOT

# What the grammar describes in words; one date only, so that no range ends before it begins.
WORDS = {
    "text": ["绿水青山", "a b(c", "，"],
    "pattern": ["第[一二]届", "a\\/b", "^.{2}$"],
    "chunk": ["国土空间", "丽水“十四五”规划(草案)", "GDP"],
    "number": ["1", "20", "1000"],
    "year": ["2020"],
    "month": ["1", "01"],
    "day": ["1", "01"],
}
# Where no white space may stand between the items of a rule.
TIGHT = {"literal", "regex", "function", "field", "dates", "date", "group"}
# What stands in the group of a function or a field: the page says what may.
LEAVES = {"function": ("literal", "chunk"), "field": ("literal", "chunk"), "date": ("dates",)}
TOKEN, OPENING, CLOSING, QUOTES = (
    re.compile(r"\"[^\"]*\"|'[^']*'|\w+|[][{}(),|]"),
    "([{",
    ")]}",
    "\"'",
)
# Deeper than that, an item is a chunk.
DEEPEST = 12


class Alternatives(NamedTuple):
    """A rule, or what stands in brackets in one: any of these sequences."""

    sequences: list[list["Alternatives | str"]]
    optional: bool = False


def rules() -> dict[str, Alternatives]:
    """The rules of the grammar: what each name stands for, unless that is said in words."""
    page = (ROOT / "docs" / "query-language.md").read_text("utf-8")
    block = page.split("```ebnf\n")[1].split("```")[0]
    found = re.findall(r"^(\w+) += (.*?) ;$", block, re.MULTILINE | re.DOTALL)
    tokens = {name: TOKEN.findall(rule) for name, rule in found if not rule.startswith("?")}
    return {name: _alternatives(of_rule) for name, of_rule in tokens.items()}


def _alternatives(tokens: list[str]) -> Alternatives:
    sequences: list[list[Alternatives | str]] = [[]]
    while tokens and (symbol := tokens.pop(0)) not in CLOSING:
        if symbol == "|":
            sequences.append([])
        elif symbol in OPENING:
            sequences[-1].append(_alternatives(tokens)._replace(optional=symbol != "("))
        elif symbol != ",":
            sequences[-1].append(symbol)
    return Alternatives(sequences)


RULES = rules()


def terminals(rule: Alternatives) -> Iterator[str]:
    """What is typed as it stands there."""
    for part in (part for sequence in rule.sequences for part in sequence):
        if isinstance(part, Alternatives):
            yield from terminals(part)
        elif part[0] in QUOTES:
            yield part[1:-1]


def derived(random: Random) -> str:
    """A query derived from the grammar, the same for the same state of `random`."""

    def derive(name: str, depth: int, inside: str) -> str:
        if name in WORDS:
            return random.choice(WORDS[name])
        if name == "group" and inside:
            leaves = [derive(random.choice(LEAVES[inside]), depth, "") for _ in range(2)]
            return f"({' OR '.join(leaves)})"
        if name == "item" and depth > DEEPEST:
            name = "literal"
        return write(RULES[name], name, depth + 1)

    def write(rule: Alternatives, name: str, depth: int) -> str:
        sequence = random.choice(rule.sequences)
        inside = "date" if "dates" in str(sequence) else name if name in LEAVES else ""
        parts = []
        for part in sequence:
            if isinstance(part, Alternatives):
                if not part.optional or random.random() < 0.5:
                    inner = "date" if sequence[0] != "name" and inside == "date" else inside
                    parts.append(write(part, inner or name, depth))
            else:
                parts.append(part[1:-1] if part[0] in QUOTES else derive(part, depth, inside))
        return ("" if name in TIGHT or parts[0] == "-" else " ").join(parts)

    return derive("query", 0, "")
