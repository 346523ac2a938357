"""How close together things stand, as far as the cluster can tell: OpenSearch's intervals.

What they say is never stricter than `lsq.query.units`, which decides: they only spare
fetching texts in which the parts of a query stand, but too far apart.

Source: https://docs.opensearch.org/latest/query-dsl/full-text/intervals/
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from lsq.engines.opensearch.snapshot import Clause
from lsq.query import And, Chunk, Literal, Near, Not, Or, Query, Sentence

# What ends a sentence, and what may follow that within it; as folding leaves them.
_ENDS = "。!?;…"
_BEHIND = frozenset(_ENDS + "\"')》\n")


class _Rule(NamedTuple):
    """What the cluster looks for.

    Attributes:
        rule: in its language.
        least: how many characters it takes at least.
        strings: what is looked for in it.
    """

    rule: dict[str, Any]
    least: int
    strings: tuple[str, ...]


def together(query: Query) -> Clause | None:
    """What the articles satisfy that may match `query`; None where that cannot be said."""
    match query:
        case Near(distance, parts):
            rules = _all_known(parts)
            if rules is None:
                return None
            gaps = max(0, distance - sum(rule.least for rule in rules))
            return _clause(_all_of(rules) | {"max_gaps": gaps})
        case Sentence(inner):
            rule = _rule(inner)
            if rule is None or _BEHIND & set("".join(rule.strings)):
                return None
            ends = {"any_of": {"intervals": [{"match": {"query": end}} for end in _ENDS]}}
            return _clause(_all_of([rule]) | {"filter": {"not_containing": ends}})
    return None


def encodable(text: str) -> str:
    """A text as it can be sent: half a surrogate pair is none in UTF-8, and stands in none."""
    return text.encode("utf-8", "replace").decode()


def _rule(query: Query) -> _Rule | None:
    match query:
        case Literal(text):
            return _exactly(text)
        case Chunk(text, words, any_word):
            several = [_exactly(word) for word in words]
            inside = several if any_word or not words else [_joined(several)]
            return _either([_exactly(text), *inside])
        case And(parts):
            # What must not be there makes nothing longer.
            rules = _all_known([part for part in parts if not isinstance(part, Not)])
            return _joined(rules) if rules else None
        case Or(parts):
            rules = _all_known(parts)
            return _either(rules) if rules else None
    return None


def _all_known(parts: Sequence[Query]) -> list[_Rule] | None:
    rules = [rule for part in parts if (rule := _rule(part)) is not None]
    return rules if len(rules) == len(parts) else None


def _exactly(text: str) -> _Rule:
    match = {"query": encodable(text), "max_gaps": 0, "ordered": True}
    return _Rule({"match": match}, len(text), (text,))


def _joined(rules: Sequence[_Rule]) -> _Rule:
    # They may overlap.
    least = max(rule.least for rule in rules)
    return _Rule({"all_of": _all_of(rules)}, least, _strings(rules))


def _either(rules: Sequence[_Rule]) -> _Rule:
    rule = {"any_of": {"intervals": [rule.rule for rule in rules]}}
    return _Rule(rule, min(rule.least for rule in rules), _strings(rules))


def _strings(rules: Sequence[_Rule]) -> tuple[str, ...]:
    return tuple(string for rule in rules for string in rule.strings)


def _all_of(rules: Sequence[_Rule]) -> dict[str, Any]:
    return {"intervals": [rule.rule for rule in rules]}


def _clause(all_of: dict[str, Any]) -> Clause:
    return {"intervals": {"text": {"all_of": all_of}}}
