"""How good an order is, from 0 to 1, by which of its articles are right.

Järvelin and Kekäläinen, "Cumulated Gain-Based Evaluation of IR Techniques", 2002 (nDCG,
here with gains of 0 and 1); Voorhees, "The TREC-8 Question Answering Track Report", 1999
(reciprocal rank).
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from math import log2


def ndcg(found: Sequence[str], relevant: AbstractSet[str], depth: int) -> float:
    """The discounted gain of the first `depth`, as a share of the best there could be."""
    gain = sum(1 / log2(rank + 1) for rank, one in _ranked(found, depth) if one in relevant)
    best = sum(1 / log2(rank + 1) for rank in range(1, min(depth, len(relevant)) + 1))
    return gain / best


def reciprocal_rank(found: Sequence[str], relevant: AbstractSet[str], depth: int) -> float:
    """One by the rank of the first that is right; 0 if none of the first `depth` is."""
    return next((1 / rank for rank, one in _ranked(found, depth) if one in relevant), 0.0)


def recall(found: Sequence[str], relevant: AbstractSet[str], depth: int) -> float:
    """How much of what is right is among the first `depth`."""
    return len(relevant & set(found[:depth])) / len(relevant)


def _ranked(found: Sequence[str], depth: int) -> enumerate[str]:
    return enumerate(found[:depth], 1)
