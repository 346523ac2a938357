"""The scores of `lsq.engines.opensearch.score`, term by term, for explanations."""

from collections.abc import Sequence
from typing import Any

from lsq.engines.bm25 import BM25, TermScore, length_to_norm
from lsq.engines.opensearch.failures import intact
from lsq.engines.opensearch.looking import among
from lsq.engines.opensearch.score import Term, Terms
from lsq.engines.opensearch.snapshot import IN_ORDER, PAGE, Clause, Snapshot, batches, only

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
