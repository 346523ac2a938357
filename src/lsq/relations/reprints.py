"""Group the hits of a search that are reprints of one another under the first of them.

Candidates share a sentence; the exact comparison of `lsq.relations.likeness` decides whether they
are reprints.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from lsq.engines import Engine, Match
from lsq.relations.likeness import SHORTEST, Whole, are_reprints, sentences
from lsq.search.searcher import Results

# In characters: shorter sentences are no evidence.
_LONG: Final = 10
# A sentence at the beginning of this many groups is a formula, and is not used for the rest.
_COMMON: Final = 30
# The number of candidates compared, and the minimum share of the shorter text in common.
_COMPARED: Final = 3
_SHARED: Final = 0.4


def grouped(engine: Engine, results: Results, offset: int = 0, limit: int | None = None) -> Results:
    """The same hits, reprints put together under the first of them.

    Args:
        engine: where they were found.
        results: all of them.
        offset: the number of groups to skip.
        limit: the maximum number of groups; None for all.
    """
    firsts, others = groups(engine, results.matches)
    named = {key: tuple(map(_name, matches)) for key, matches in others.items()}
    return results.only(firsts, offset, limit, named)


def _name(match: Match) -> str:
    return f"{match.path}#{match.ordinal}"


def groups(engine: Engine, matches: Sequence[Match]) -> tuple[list[Match], dict[Any, list[Match]]]:
    """The first of each group, in order; and by the key of each first the others of its group."""
    firsts: list[Match] = []
    wholes: list[Whole] = []
    others: dict[Any, list[Match]] = {}
    holders: dict[str, list[int]] = {}
    every = zip(matches, engine.facts(matches), engine.texts(matches), strict=True)
    for match, facts, encoded in every:
        text = encoded.decode("utf-8", "surrogatepass")
        whole = Whole(text.removeprefix(facts.title))
        pieces = {one for one in sentences(whole.body) if len(one) >= _LONG}
        first = _first_like(whole, pieces, holders, wholes)
        if first is not None:
            others.setdefault(firsts[first].key, []).append(match)
            continue
        for piece in pieces if len(whole.body) >= SHORTEST else ():
            holders.setdefault(piece, []).append(len(firsts))
        firsts.append(match)
        wholes.append(whole)
    return firsts, others


def _first_like(
    whole: Whole, pieces: set[str], holders: dict[str, list[int]], wholes: Sequence[Whole]
) -> int | None:
    """The first of a group that a text is a reprint of; None if there is none."""
    if len(whole.body) < SHORTEST:
        return None
    shared: Counter[int] = Counter()
    for piece in pieces:
        known = holders.get(piece, ())
        if len(known) <= _COMMON:
            for number in known:
                shared[number] += len(piece)
    for number, length in shared.most_common(_COMPARED):
        other = wholes[number]
        enough = length >= _SHARED * min(len(whole.body), len(other.body))
        if enough and are_reprints(whole, other):
            return number
    return None
