"""Rank the articles that match: their scores by BM25, and their order, both by the cluster.

The formula and the terms are those of every engine: `lsq.engines.bm25`. The cluster counts
how often an article has a term, and applies the formula with the numbers given here, which
count for the whole index as it is: so neither shards, nor replicas, nor documents deleted
but not yet gone change a score. What the cluster cannot count, `PostFilter` has counted. For
an explanation, the score is given term by term.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from lsq.engines import Match, Step, TopDocs
from lsq.engines.bm25 import BM25, K1, B, TermScore, idf, length_to_norm, terms_of
from lsq.engines.opensearch.clauses import containing, word
from lsq.engines.opensearch.failures import unpacking
from lsq.engines.opensearch.post_filter import PostFilter, ids_query
from lsq.engines.opensearch.snapshot import IN_ORDER, PAGE, Clause, Hit, Snapshot, all_of, batches
from lsq.model import Sort
from lsq.query import Query
from lsq.query.fields import FIRST_DAY

_BM25: Final = (
    "double f = _score / params.each;"
    " return params.idf * f"
    " / (f + params.k1 * (1 - params.b + params.b * doc['norm'].value / params.average));"
)
# The sort keys before path and ordinal; an article without a date comes last.
_ORDERS: Final[dict[Sort, tuple[Clause, ...]]] = {
    "relevance": ({"_score": "desc"},),
    "date": ({FIRST_DAY: {"order": "asc", "missing": "_last"}},),
    "-date": ({FIRST_DAY: {"order": "desc", "missing": "_last"}},),
    "path": (),
}


class Term(NamedTuple):
    """A term of a query.

    Attributes:
        kind: "word", "literal" or "regex".
        text: its text.
        having: how many articles contain it.
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
    """The terms of a query, and the numbers of the index for BM25.

    Attributes:
        articles: how many there are.
        length: how many words there are in all of them.
        each: the terms, in a fixed order.
    """

    articles: int
    length: int
    each: list[Term]


def counted_terms(query: Query, snapshot: Snapshot, post_filter: PostFilter) -> Terms:
    """The scored terms of a query, with their doc_freq."""
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
        counting = _counting(text, post_filter.recounted(text))
        terms.append(Term("literal", text, having[f"literal {text}"], counting))
    for expression in expressions:
        occurrences = post_filter.occurrences(expression)
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
    """The clauses that count a literal, with counts made here where occurrences overlap."""
    if not recounted:
        return [(containing(text), len(text))]
    rest: Clause = {"bool": {"must": [containing(text)], "must_not": [ids_query(recounted)]}}
    return [(rest, len(text)), *_counted(recounted)]


def _counted(occurrences: dict[str, int]) -> list[tuple[Clause, int]]:
    """The clauses that score each of these articles by its count."""
    having: dict[int, list[str]] = defaultdict(list)
    for key, count in occurrences.items():
        having[count].append(key)
    having.pop(0, None)
    return [
        ({"constant_score": {"filter": ids_query(keys), "boost": count}}, 1)
        for count, keys in having.items()
    ]


_BY_SCORE: Sequence[Clause] = ({"_score": "desc"}, *IN_ORDER)


def term_scores(
    terms: Terms, snapshot: Snapshot, keys: Sequence[str]
) -> dict[Any, list[TermScore]]:
    """The contribution of each term to each of these articles."""
    by_document: dict[str, list[TermScore]] = {key: [] for key in keys}
    if not keys or not terms.length:
        return by_document
    norms: dict[str, int] = {}
    for batch in batches(keys, PAGE):
        for hit in snapshot.scan(ids_query(batch), ["norm"]):
            with unpacking(snapshot.location):
                norms[hit["_id"]] = length_to_norm(hit["_source"]["norm"])
    for term in terms.each:
        bm25 = BM25(terms.articles, max(1, term.having), terms.length, term.weight)
        found = _frequencies(term, snapshot, keys)
        for key in keys:
            frequency = found.get(key, 0)
            score = bm25.score(frequency, norms[key])
            about = (term.kind, term.text, frequency, term.having, terms.articles)
            by_document[key].append(TermScore(*about, score))
    return by_document


def _frequencies(term: Term, snapshot: Snapshot, keys: Sequence[str]) -> dict[str, int]:
    """The frequency of a term in each of these articles that contain it."""
    found: dict[str, int] = {}
    for clause, each in term.counting:
        for batch in batches(keys, PAGE):
            asked: Clause = {"bool": {"must": [clause], "filter": [all_of(ids_query(batch))]}}
            for _, page in snapshot.pages(asked, _BY_SCORE):
                found |= {hit["_id"]: round(hit["sort"][0] / each) for hit in page}
    return found


class Order:
    """Puts articles of a snapshot in order.

    Args:
        snapshot: the snapshot.
        shown: converts a stored path for display.
    """

    def __init__(self, snapshot: Snapshot, shown: Callable[[str], str]) -> None:
        self._snapshot = snapshot
        self._shown = shown

    def first(  # noqa: PLR0913  # what a search is made of
        self,
        matching: Clause,
        score: Sequence[Clause],
        steps: Sequence[Clause],
        *,
        limit: int | None,
        sort: Sort,
        ladder: Sequence[Step],
    ) -> TopDocs:
        """The first `limit` of the articles that match (None: all).

        Args:
            matching: the clause for them.
            score: the clauses that add to their scores.
            steps: the clauses for each step of the ladder, and for none.
            limit: the maximum number.
            sort: the order.
            ladder: the steps themselves.
        """
        total, tiers = self._snapshot.tally(matching, steps)
        best: list[Match] = []
        if sort == "relevance":
            for tier, step in enumerate(steps):
                left = None if limit is None else limit - len(best)
                if tiers[tier] and left != 0:
                    newest = tier < len(ladder) and ladder[tier].newest
                    asked = _filtered([matching, step], score)
                    best += self._of_tier(asked, tier, left, newest=newest)
        else:
            # With each hit, the cluster returns the names of the clauses that it satisfies.
            named = [
                {"bool": {"filter": [step], "_name": str(tier)}} for tier, step in enumerate(steps)
            ]
            asked = _filtered([matching], [*score, *named])
            order = (*_ORDERS[sort], *IN_ORDER)
            best += self._hits(asked, order, limit, lambda hit: int(hit["matched_queries"][0]))
        return TopDocs(total, best, tiers)

    def _of_tier(self, asked: Clause, tier: int, limit: int | None, *, newest: bool) -> list[Match]:
        """The first matches of a tier."""
        dated = _ORDERS["-date"] if newest else ()
        order = (*dated, *_ORDERS["relevance"], *IN_ORDER)
        found = list(self._hits(asked, order, limit, lambda _: tier, newest=newest))
        found.sort(key=lambda match: (-match.day, -match.score, match.path, match.ordinal))
        return found

    def _hits(
        self,
        asked: Clause,
        order: Sequence[Clause],
        limit: int | None,
        tier: Callable[[Hit], int],
        *,
        newest: bool = False,
    ) -> Iterator[Match]:
        """The hits of the cluster; with `newest`, sorted by day first."""
        for _total, page in self._snapshot.pages(asked, order, limit=limit, size=PAGE):
            for hit in page:
                with unpacking(self._snapshot.location):
                    path, ordinal = hit["sort"][-2:]
                    # Articles without a date get the least number.
                    day = max(0, hit["sort"][0]) if newest else 0
                    score, key = hit["_score"], hit["_id"]
                    match = Match(score, self._shown(path), ordinal, key, tier(hit), day)
                yield match


def _filtered(filters: Sequence[Clause], score: Sequence[Clause]) -> Clause:
    """The conjunction of these clauses, scored by the others."""
    return {"bool": {"filter": filters, "should": score}}
