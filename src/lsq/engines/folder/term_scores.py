"""The scores of `lsq.engines.folder.score`, term by term, for explanations."""

from collections import defaultdict
from collections.abc import Sequence

from lsq.engines.bm25 import BM25, TermScore
from lsq.engines.folder.score import terms
from lsq.engines.folder.snapshot import Snapshot
from lsq.query import Query
from lsq.query.patterns import Patterns


def term_scores(
    query: Query, snapshot: Snapshot, keys: Sequence[int]
) -> dict[int, list[TermScore]]:
    """What each term adds to each of these documents, named by their numbers in the index."""
    asked: dict[int, set[int]] = defaultdict(set)
    for key in keys:
        part, number = snapshot.part_of(key)
        asked[part.first].add(number)
    told: dict[int, list[TermScore]] = {key: [] for key in keys}
    if not keys:
        return told
    for kind, text, having, weight, frequencies in terms(query, snapshot, Patterns()):
        bm25 = BM25(snapshot.count_all, max(1, having), snapshot.total_length, weight)
        for part in snapshot.parts:
            numbers = frozenset(asked[part.first])
            found = dict(frequencies(part, numbers)) if numbers else {}
            for number in numbers:
                frequency = int(found.get(number, 0))
                score = bm25.score(frequency, part.norms[number])
                term = TermScore(kind, text, frequency, having, snapshot.count_all, score)
                told[part.first + number].append(term)
    return told
