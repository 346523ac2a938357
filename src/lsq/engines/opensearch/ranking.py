"""Rank the articles that match: the cluster computes their scores by BM25, and sorts them.

Formula and terms are those of every engine (`lsq.engines.bm25`). The cluster counts the frequency
of a term in an article, and applies the formula with the statistics of the whole index, which are
sent along: so shards, replicas and deleted documents do not change a score. `PostFilter` counts
what the cluster cannot. For an explanation, scores are computed term by term.
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
        doc_freq: how many articles contain it.
        counting: clauses, for different articles, whose scores are proportional to the frequency
            of the term, each with the score of one occurrence.
        weight: the factor of its score.
    """

    kind: str
    text: str
    doc_freq: int
    counting: list[tuple[Clause, int]]
    weight: float = 1


class Terms(NamedTuple):
    """The terms of a query, and the statistics of the index for BM25.

    Attributes:
        articles: the number of articles.
        length: the number of words in all of them.
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

    clauses = {f"word {text}": word(text) for text in words}
    clauses |= {f"literal {text}": containing(text) for text in literals}
    articles, length, doc_freqs = snapshot.counts(clauses)
    terms = [
        Term("word", text, doc_freqs[f"word {text}"], [(word(text), 1)], weight)
        for text, weight in words.items()
    ]
    for text in literals:
        counting = _counting(text, post_filter.recounted(text))
        terms.append(Term("literal", text, doc_freqs[f"literal {text}"], counting))
    for expression in expressions:
        occurrences = post_filter.occurrences(expression)
        terms.append(Term("regex", expression.pattern, len(occurrences), _counted(occurrences)))
    return Terms(articles, length, terms)


def scoring(terms: Terms) -> list[Clause]:
    """The clauses whose scores add up to that of an article."""
    if not terms.length:
        return []
    return [
        _scored(clause, each, terms, term)
        for term in terms.each
        for clause, each in term.counting
        if term.doc_freq
    ]


def _scored(clause: Clause, each: int, terms: Terms, term: Term) -> Clause:
    parameters = {
        "idf": term.weight * idf(terms.articles, term.doc_freq),
        "k1": K1,
        "b": B,
        "average": terms.length / terms.articles,
        "each": each,
    }
    script = {"source": _BM25, "params": parameters}
    return {"script_score": {"query": clause, "script": script}}


def _counting(text: str, recounted: dict[str, int]) -> list[tuple[Clause, int]]:
    """The clauses that count a literal; articles with overlapping occurrences are recounted."""
    if not recounted:
        return [(containing(text), len(text))]
    rest: Clause = {"bool": {"must": [containing(text)], "must_not": [ids_query(recounted)]}}
    return [(rest, len(text)), *_counted(recounted)]


def _counted(occurrences: dict[str, int]) -> list[tuple[Clause, int]]:
    """The clauses that score each of these articles by its count."""
    by_count: dict[int, list[str]] = defaultdict(list)
    for key, count in occurrences.items():
        by_count[count].append(key)
    by_count.pop(0, None)
    return [
        ({"constant_score": {"filter": ids_query(keys), "boost": count}}, 1)
        for count, keys in by_count.items()
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
        bm25 = BM25(terms.articles, max(1, term.doc_freq), terms.length, term.weight)
        found = _frequencies(term, snapshot, keys)
        for key in keys:
            frequency = found.get(key, 0)
            score = bm25.score(frequency, norms[key])
            statistics = (frequency, term.doc_freq, terms.articles)
            by_document[key].append(TermScore(term.kind, term.text, *statistics, score))
    return by_document


def _frequencies(term: Term, snapshot: Snapshot, keys: Sequence[str]) -> dict[str, int]:
    """The frequency of a term in each of these articles that contain it."""
    found: dict[str, int] = {}
    for clause, each in term.counting:
        for batch in batches(keys, PAGE):
            query: Clause = {"bool": {"must": [clause], "filter": [all_of(ids_query(batch))]}}
            for _, page in snapshot.pages(query, _BY_SCORE):
                found |= {hit["_id"]: round(hit["sort"][0] / each) for hit in page}
    return found


class Order:
    """Sorts articles of a snapshot.

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
            matching: the clause for the articles.
            score: the clauses whose scores are added up.
            steps: the clauses for each step of the ladder, and for no step.
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
                    query = _filtered([matching, step], score)
                    best += self._of_tier(query, tier, left, newest=newest)
        else:
            # The cluster returns, with each hit, the names of the clauses that it satisfies.
            named = [
                {"bool": {"filter": [step], "_name": str(tier)}} for tier, step in enumerate(steps)
            ]
            query = _filtered([matching], [*score, *named])
            order = (*_ORDERS[sort], *IN_ORDER)
            best += self._hits(query, order, limit, lambda hit: int(hit["matched_queries"][0]))
        return TopDocs(total, best, tiers)

    def _of_tier(self, query: Clause, tier: int, limit: int | None, *, newest: bool) -> list[Match]:
        """The first matches of a tier."""
        dated = _ORDERS["-date"] if newest else ()
        order = (*dated, *_ORDERS["relevance"], *IN_ORDER)
        found = list(self._hits(query, order, limit, lambda _: tier, newest=newest))
        found.sort(key=lambda match: (-match.day, -match.score, match.path, match.ordinal))
        return found

    def _hits(
        self,
        query: Clause,
        order: Sequence[Clause],
        limit: int | None,
        tier: Callable[[Hit], int],
        *,
        newest: bool = False,
    ) -> Iterator[Match]:
        """The hits of the cluster; with `newest`, sorted by day first."""
        for _total, page in self._snapshot.pages(query, order, limit=limit, size=PAGE):
            for hit in page:
                with unpacking(self._snapshot.location):
                    path, ordinal = hit["sort"][-2:]
                    # The sort key of an article without a date is the least number.
                    day = max(0, hit["sort"][0]) if newest else 0
                    score, key = hit["_score"], hit["_id"]
                    match = Match(score, self._shown(path), ordinal, key, tier(hit), day)
                yield match


def _filtered(filters: Sequence[Clause], score: Sequence[Clause]) -> Clause:
    """The conjunction of these clauses, scored by the others."""
    return {"bool": {"filter": filters, "should": score}}
