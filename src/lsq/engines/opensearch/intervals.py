"""How close together strings stand, as far as the cluster can tell: OpenSearch's intervals.

What they say is never stricter than `lsq.query.units`, which decides: they only spare
fetching texts in which the parts of a query stand, but too far apart.

Source: https://docs.opensearch.org/latest/query-dsl/full-text/intervals/
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lsq.engines.opensearch.snapshot import Clause
from lsq.query import And, Near, Query, Regex, Sentence
from lsq.query.units import needed

# In characters, each of which is a clause to the cluster, which takes 1,024 of a query, the
# phrases included that say the same wherever it stands.
_MOST = 300

# What ends a sentence, and what may follow that within it; as folding leaves them.
_ENDS = "。!?;…"
_BEHIND = frozenset(_ENDS + "\"')》\n")


def together(query: Query) -> Clause | None:
    """What the articles satisfy that may match `query`; None where that cannot be said."""
    match query:
        case Near(distance, parts):
            # What an expression looks at may lie outside of what it finds.
            groups = _apart(needed(part) for part in _each(parts) if not isinstance(part, Regex))
            if _are_some(groups):
                least = sum(min(map(len, strings)) for strings in groups)
                return _clause(groups, max_gaps=max(0, distance - least))
        case Sentence(inner):
            known = (needed(part) for part in _each([inner]))
            groups = _apart(each for each in known if each and not _BEHIND & set("".join(each)))
            if _are_some(groups):
                ends = [{"match": {"query": end}} for end in _ENDS]
                return _clause(groups, filter={"not_containing": _any_of(ends)})
    return None


def encodable(text: str) -> str:
    """A text as it can be sent: half a surrogate pair is none in UTF-8, and stands in none."""
    return text.encode("utf-8", "replace").decode()


def _each(parts: Iterable[Query]) -> Iterator[Query]:
    """What must be there, all of it."""
    for part in parts:
        if isinstance(part, And):
            yield from _each(part.parts)
        else:
            yield part


def _apart(groups: Iterable[frozenset[str] | None]) -> list[frozenset[str]]:
    """As many of these sets of strings as have no string in common.

    For what two of them have, Lucene wants to be there twice.
    """
    chosen: list[frozenset[str]] = []
    for strings in groups:
        if strings and all(map(strings.isdisjoint, chosen)):
            chosen.append(strings)
    return chosen


def _are_some(groups: Sequence[frozenset[str]]) -> bool:
    """Whether there is something to stand together, and not too much to ask for."""
    return len(groups) > 1 and sum(len(text) for strings in groups for text in strings) <= _MOST


def _clause(groups: Iterable[frozenset[str]], **how: Any) -> Clause:
    rules = [_any_of(map(_exactly, sorted(strings))) for strings in groups]
    return {"intervals": {"text": {"all_of": {"intervals": rules, **how}}}}


def _any_of(rules: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"any_of": {"intervals": list(rules)}}


def _exactly(text: str) -> dict[str, Any]:
    return {"match": {"query": encodable(text), "max_gaps": 0, "ordered": True}}
