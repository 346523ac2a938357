"""How well the articles that match a query match it: BM25, added up, on the cluster.

The formula and the terms are those of every engine: `lsq.engines.bm25`. The cluster
counts how often an article has a term, and applies the formula with the numbers given
here, which count for the whole index as it is: so neither shards, nor replicas, nor
documents deleted but not yet gone change a score. What the cluster cannot count,
`lsq.engines.opensearch.looking` has counted. For an explanation,
the score is given term by term.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from lsq.engines.bm25 import BM25, K1, B, TermScore, idf, length_to_norm, terms_of
from lsq.engines.opensearch.clauses import containing, word
from lsq.engines.opensearch.failures import intact
from lsq.engines.opensearch.looking import Looking, among
from lsq.engines.opensearch.snapshot import IN_ORDER, PAGE, Clause, Snapshot, batches, only
from lsq.query import Query

_BM25: Final = (
    "double f = _score / params.each;"
    " return params.idf * f"
    " / (f + params.k1 * (1 - params.b + params.b * doc['norm'].value / params.average));"
)


class Term(NamedTuple):
    """A term of a query.

    Attributes:
        kind: "word", "literal" or "regex".
        text: what it looks for.
        having: how many articles have it.
        counting: clauses, no two for the same article, whose score is how often it has
            it, each with how many of that score one occurrence makes.
        weight: what its score is multiplied by.
    """

    kind: str
    text: str
    having: int
    counting: list[tuple[Clause, int]]
    weight: float = 1


class Terms(NamedTuple):
    """The terms of a query, and what BM25 has to know of the index.

    Attributes:
        articles: how many there are.
        length: how many words there are in all of them.
        each: the terms, in an order of their own.
    """

    articles: int
    length: int
    each: list[Term]


def counted_terms(query: Query, snapshot: Snapshot, looking: Looking) -> Terms:
    """What of a query counts, and in how much of the index it stands."""
    words, literals, expressions = terms_of(query)
    if not (words or literals or expressions):
        return Terms(0, 0, [])

    asked = {f"word {text}": word(text) for text in words}
    asked |= {f"literal {text}": containing(text) for text in literals}
    articles, length, having = snapshot.counts(asked)
    terms = [
        Term("word", text, having[f"word {text}"], [(word(text), 1)], weight)
        for text, weight in words.items()
    ]
    for text in literals:
        counting = _counting(text, looking.recounted(text))
        terms.append(Term("literal", text, having[f"literal {text}"], counting))
    for expression in expressions:
        occurrences = looking.occurrences(expression)
        terms.append(Term("regex", expression.pattern, len(occurrences), _counted(occurrences)))
    return Terms(articles, length, terms)


def scoring(terms: Terms) -> list[Clause]:
    """The clauses whose scores, added up, are that of an article."""
    if not terms.length:
        return []
    return [
        _scored(clause, each, terms, term)
        for term in terms.each
        for clause, each in term.counting
        if term.having
    ]


def _scored(clause: Clause, each: int, terms: Terms, term: Term) -> Clause:
    parameters = {
        "idf": term.weight * idf(terms.articles, term.having),
        "k1": K1,
        "b": B,
        "average": terms.length / terms.articles,
        "each": each,
    }
    script = {"source": _BM25, "params": parameters}
    return {"script_score": {"query": clause, "script": script}}


def _counting(text: str, recounted: dict[str, int]) -> list[tuple[Clause, int]]:
    """What counts a literal: the cluster, but where that was done here."""
    if not recounted:
        return [(containing(text), len(text))]
    rest: Clause = {"bool": {"must": [containing(text)], "must_not": [among(recounted)]}}
    return [(rest, len(text)), *_counted(recounted)]


def _counted(occurrences: dict[str, int]) -> list[tuple[Clause, int]]:
    """What scores each of these articles by its number."""
    having: dict[int, list[str]] = defaultdict(list)
    for key, count in occurrences.items():
        having[count].append(key)
    having.pop(0, None)
    return [
        ({"constant_score": {"filter": among(keys), "boost": count}}, 1)
        for count, keys in having.items()
    ]


_BY_SCORE: Sequence[Clause] = ({"_score": "desc"}, *IN_ORDER)


def term_scores(
    terms: Terms, snapshot: Snapshot, keys: Sequence[str]
) -> dict[Any, list[TermScore]]:
    """What each term adds to each of these articles."""
    told: dict[str, list[TermScore]] = {key: [] for key in keys}
    if not keys or not terms.length:
        return told
    norms: dict[str, int] = {}
    for batch in batches(keys, PAGE):
        for hit in snapshot.scan(among(batch), ["norm"]):
            with intact(snapshot.location):
                norms[hit["_id"]] = length_to_norm(hit["_source"]["norm"])
    for term in terms.each:
        bm25 = BM25(terms.articles, max(1, term.having), terms.length, term.weight)
        found = _frequencies(term, snapshot, keys)
        for key in keys:
            frequency = found.get(key, 0)
            score = bm25.score(frequency, norms[key])
            about = (term.kind, term.text, frequency, term.having, terms.articles)
            told[key].append(TermScore(*about, score))
    return told


def _frequencies(term: Term, snapshot: Snapshot, keys: Sequence[str]) -> dict[str, int]:
    """How often each of these articles that has a term has it."""
    found: dict[str, int] = {}
    for clause, each in term.counting:
        for batch in batches(keys, PAGE):
            asked: Clause = {"bool": {"must": [clause], "filter": [only(among(batch))]}}
            for _, page in snapshot.pages(asked, _BY_SCORE):
                found |= {hit["_id"]: round(hit["sort"][0] / each) for hit in page}
    return found
