"""Group the hits of a search that are reprints of one another under the first of them.

Candidates share sentences; `lsq.relations.likeness.are_reprints` decides.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from lsq.engines import Engine, Match
from lsq.relations.likeness import SHORTEST, Body, are_reprints, sentences
from lsq.search.searcher import Results

# In characters: shorter sentences are no evidence.
_LONG: Final = 10
# A sentence in the first articles of more groups than this is a formula, and no evidence.
_COMMON: Final = 30
# How many candidates are compared, and the share of the shorter text that they must have in common.
_COMPARED: Final = 3
_SHARED: Final = 0.4


def grouped(engine: Engine, results: Results, offset: int = 0, limit: int | None = None) -> Results:
    """The same results, with reprints grouped under the first of them.

    Args:
        engine: the index.
        results: all hits of a search.
        offset: the number of groups to skip.
        limit: the maximum number of groups; None for all.
    """
    firsts, others = groups(engine, results.matches)
    named = {key: tuple(map(_name, matches)) for key, matches in others.items()}
    return results.only(firsts, offset, limit, named)


def _name(match: Match) -> str:
    return f"{match.path}#{match.ordinal}"


def groups(engine: Engine, matches: Sequence[Match]) -> tuple[list[Match], dict[Any, list[Match]]]:
    """The first match of each group, in order; and the others of its group, by the first's key."""
    firsts: list[Match] = []
    bodies: list[Body] = []  # of the first matches
    others: dict[Any, list[Match]] = {}
    holders: dict[str, list[int]] = {}  # the numbers of groups whose first match has a sentence
    every = zip(matches, engine.facts(matches), engine.texts(matches), strict=True)
    for match, facts, encoded in every:
        text = encoded.decode("utf-8", "surrogatepass")
        body = Body(text.removeprefix(facts.title))
        long = {one for one in sentences(body.text) if len(one) >= _LONG}
        group = _group_of(body, long, holders, bodies)
        if group is not None:
            others.setdefault(firsts[group].key, []).append(match)
            continue
        for sentence in long if len(body.text) >= SHORTEST else ():
            holders.setdefault(sentence, []).append(len(firsts))
        firsts.append(match)
        bodies.append(body)
    return firsts, others


def _group_of(
    body: Body, long: set[str], holders: dict[str, list[int]], bodies: Sequence[Body]
) -> int | None:
    """The number of the group whose first article has the same text; None if there is none."""
    if len(body.text) < SHORTEST:
        return None
    shared: Counter[int] = Counter()
    for sentence in long:
        known = holders.get(sentence, ())
        if len(known) <= _COMMON:
            for number in known:
                shared[number] += len(sentence)
    for number, length in shared.most_common(_COMPARED):
        other = bodies[number]
        enough = length >= _SHARED * min(len(body.text), len(other.text))
        if enough and are_reprints(body, other):
            return number
    return None
