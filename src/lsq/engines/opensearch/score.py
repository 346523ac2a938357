"""How well the articles that match a query match it: BM25, added up, on the cluster.

The formula and the terms are those of every engine: `lsq.engines.bm25`, the words of
the query's chunks, and literals and regular expressions, each a term of its own. The
cluster counts how often an article has a term, and applies the formula with the
numbers given here, which count for the whole index as it is: so neither shards, nor
replicas, nor documents deleted but not yet gone change a score. What the cluster
cannot count, `lsq.engines.opensearch.looking` has counted.
"""

from collections import defaultdict
from math import log
from typing import Final

from lsq.engines.bm25 import K1, B
from lsq.engines.opensearch.clauses import containing, either, word
from lsq.engines.opensearch.looking import Looking, among
from lsq.engines.opensearch.snapshot import Clause, Snapshot
from lsq.query import Chunk, Literal, Query, Regex, positive_parts
from lsq.query.patterns import Patterns

_BM25: Final = (
    "double f = _score / params.each;"
    " return params.idf * f"
    " / (f + params.k1 * (1 - params.b + params.b * doc['norm'].value / params.average));"
)


def scoring(query: Query, snapshot: Snapshot, looking: Looking, patterns: Patterns) -> list[Clause]:
    """The clauses whose scores, added up, are that of an article."""
    terms = list(positive_parts(query))
    words = sorted({word for term in terms if isinstance(term, Chunk) for word in term.words})
    literals = sorted({term.text for term in terms if isinstance(term, Literal)})
    expressions = {term.pattern: term for term in terms if isinstance(term, Regex)}
    if not terms:
        return []

    asked = {f"word {text}": word(text) for text in words}
    asked |= {f"literal {text}": containing(text) for text in literals}
    count, length, having = snapshot.counts(asked)
    if not length:
        return []
    bm25 = _Formula(count, length)
    clauses = [bm25.clause(word(text), having[f"word {text}"]) for text in words]
    for text in literals:
        recounted = looking.recounted(text)
        counted: Clause = {"bool": {"must": [containing(text)], "must_not": [among(recounted)]}}
        clauses += [
            bm25.clause(
                counted if recounted else containing(text), having[f"literal {text}"], len(text)
            ),
            bm25.clause(_counted(recounted), having[f"literal {text}"]),
        ]
    for _, expression in sorted(expressions.items()):
        occurrences = looking.occurrences(expression, patterns)
        clauses.append(bm25.clause(_counted(occurrences), len(occurrences)))
    return [clause for clause in clauses if clause]


class _Formula:
    """BM25 for an index of so many articles of so many words."""

    def __init__(self, count: int, total_length: int) -> None:
        self._count = count
        self._average = total_length / count

    def clause(self, frequency: Clause, having: int, each: int = 1) -> Clause:
        """What adds a term's part to a score; nothing, if no article has it.

        Args:
            frequency: a clause whose score is how often an article has it.
            having: how many articles have it.
            each: how many of that score one occurrence makes.
        """
        if not having or not frequency:
            return {}
        parameters = {
            "idf": log(1 + (self._count - having + 0.5) / (having + 0.5)),
            "k1": K1,
            "b": B,
            "average": self._average,
            "each": each,
        }
        script = {"source": _BM25, "params": parameters}
        return {"script_score": {"query": frequency, "script": script}}


def _counted(occurrences: dict[str, int]) -> Clause:
    """What scores each of these articles by its number; nothing for none."""
    having: dict[int, list[str]] = defaultdict(list)
    for key, count in occurrences.items():
        having[count].append(key)
    having.pop(0, None)
    if not having:
        return {}
    return either(
        {"constant_score": {"filter": {"ids": {"values": keys}}, "boost": count}}
        for count, keys in having.items()
    )
