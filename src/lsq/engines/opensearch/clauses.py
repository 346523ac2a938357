"""Translate queries into OpenSearch's query language, where it can express them exactly.

Conditions on texts and values that it cannot are left to `lsq.engines.opensearch.post_filter`.
For these, intervals keep texts from being fetched that contain the parts of a query too far
apart; they are never stricter than `lsq.query.units`, which decides.

Source: https://docs.opensearch.org/latest/query-dsl/full-text/intervals/
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from lsq.engines.opensearch.documents import digit_runs
from lsq.engines.opensearch.snapshot import Clause, all_of, articles
from lsq.query import (
    And,
    Chunk,
    Dated,
    Everything,
    Field,
    Literal,
    Named,
    Near,
    Not,
    Or,
    Query,
    Regex,
    SameParagraph,
    SameSentence,
)
from lsq.query.fields import CODES, DAYS
from lsq.query.keys import name_key
from lsq.query.units import needed

# Returns the clause for a query that the cluster cannot decide.
PostFilterClause = Callable[[Query], Clause]

NOTHING: Clause = {"match_none": {}}


def matching(query: Query, post_filter: PostFilterClause) -> Clause:
    """The clause for articles that match `query`."""
    match query:
        case Literal(text):
            return containing(text)
        case Chunk(text, words, any_word):
            by_words = {"terms": {"words": list(words)}} if any_word else all_of(*map(word, words))
            return either([containing(text), by_words]) if words else containing(text)
        case Dated(first, last, name):
            begins, ends = DAYS[name]
            return all_of({"range": {begins: {"lte": last}}}, {"range": {ends: {"gte": first}}})
        case Named():
            return {"term": {"names": encodable(name_key(query))}}
        case Field(name, inner) if name != "path" and not _has_regex(inner):
            return all_of({"exists": {"field": name}}, _in_value(name, inner))
        case _:
            return _logic(query, lambda part: matching(part, post_filter)) or post_filter(query)


def _in_value(name: str, query: Query) -> Clause:
    """The clause for articles with a field whose value satisfies `query`."""
    match query:
        case Literal(text):
            return _in_field(name, text)
        case Chunk(text, words, any_word):
            strings = [_in_field(name, word) for word in words]
            inside = either(strings) if any_word else all_of(*strings)
            return either([_in_field(name, text), inside]) if words else _in_field(name, text)
    clause = _logic(query, lambda part: _in_value(name, part))
    if clause is None:
        raise ValueError(f"{query}: a cluster cannot decide this for a value")
    return clause


def _logic(query: Query, of: Callable[[Query], Clause]) -> Clause | None:
    match query:
        case Everything():
            return articles()
        case And(parts):
            return all_of(*map(of, parts))
        case Or(parts):
            return either(map(of, parts))
        case Not(part):
            return {"bool": {"filter": [articles()], "must_not": [of(part)]}}
    return None


def candidates(query: Query) -> Clause:
    """The clause for candidates: articles that contain every string `query` requires, anywhere."""
    match query:
        case Literal(text) | Regex(_, text) if text:
            return containing(text)
        case Chunk(text, words, any_word):
            strings = list(map(containing, words))
            inside = either(strings) if any_word else all_of(*strings)
            return either([containing(text), inside]) if words else containing(text)
        case Or(parts):
            return either(map(candidates, parts))
        case SameSentence(inner) | SameParagraph(inner):
            parts = (inner,)
        case And(parts) | Near(_, parts):
            pass
        case _:
            return articles()
    close = together(query)
    return all_of(*map(candidates, parts), *([close] if close else []))


def word(text: str) -> Clause:
    """The clause for articles with a word; its score is the frequency."""
    return {"term": {"words": text}}


def containing(text: str) -> Clause:
    """The clause for articles whose text contains a string."""
    return phrase("text", text)


def phrase(field: str, text: str) -> Clause:
    """The clause for a string in a field; its score is its frequency times its length."""
    return {"match_phrase": {field: {"query": encodable(text)}}}


def _in_field(name: str, text: str) -> Clause:
    if name not in CODES:
        return phrase(name, text)
    # A code has no white space.
    return NOTHING if set(text) & set(" \n") else phrase(name, " ".join(digit_runs(text)))


def on_steps(steps: Sequence[Clause]) -> list[Clause]:
    """The clauses for each step of a ladder without the earlier ones, and for no step."""
    each = [
        {"bool": {"filter": [step], "must_not": list(steps[:number])}}
        for number, step in enumerate(steps)
    ]
    return [*each, {"bool": {"must_not": list(steps)}}]


def either(clauses: Iterable[Clause]) -> Clause:
    """The disjunction of these clauses."""
    some = list(clauses)
    return {"bool": {"should": some, "minimum_should_match": 1}} if some else NOTHING


def _has_regex(query: Query) -> bool:
    match query:
        case Regex():
            return True
        case And(parts) | Or(parts):
            return any(map(_has_regex, parts))
        case Not(part):
            return _has_regex(part)
    return False


# In characters: each counts as a clause, of which the cluster accepts 1,024 per query, including
# those of the phrases for the same strings.
_MOST = 300

# The end marks of a sentence; these and the punctuation that may follow them; folded.
_ENDS = "。!?;…"
_AT_END = frozenset(_ENDS + "\"')》\n")


def together(query: Query) -> Clause | None:
    """The intervals for articles that may match `query`; None if these cannot express it."""
    match query:
        case Near(distance, parts):
            # A regular expression may look outside of its match.
            groups = _disjoint(needed(part) for part in _each(parts) if not isinstance(part, Regex))
            if _are_some(groups):
                least = sum(min(map(len, strings)) for strings in groups)
                return _clause(groups, max_gaps=max(0, distance - least))
        case SameSentence(inner):
            known = (needed(part) for part in _each([inner]))
            groups = _disjoint(each for each in known if each and not _AT_END & set("".join(each)))
            if _are_some(groups):
                ends = [{"match": {"query": end}} for end in _ENDS]
                return _clause(groups, filter={"not_containing": _any_of(ends)})
    return None


def encodable(text: str) -> str:
    """The text without halves of surrogate pairs, which UTF-8 cannot encode."""
    return text.encode("utf-8", "replace").decode()


def _each(parts: Iterable[Query]) -> Iterator[Query]:
    """The parts, with those of nested conjunctions."""
    for part in parts:
        if isinstance(part, And):
            yield from _each(part.parts)
        else:
            yield part


def _disjoint(groups: Iterable[frozenset[str] | None]) -> list[frozenset[str]]:
    """Some of these sets, without common strings.

    If two sets had a string in common, Lucene would require two occurrences of it.
    """
    chosen: list[frozenset[str]] = []
    for strings in groups:
        if strings and all(map(strings.isdisjoint, chosen)):
            chosen.append(strings)
    return chosen


def _are_some(groups: Sequence[frozenset[str]]) -> bool:
    """Whether there are several sets, and not too many strings for one query."""
    return len(groups) > 1 and sum(len(text) for strings in groups for text in strings) <= _MOST


def _clause(groups: Iterable[frozenset[str]], **how: Any) -> Clause:
    rules = [_any_of(map(_exactly, sorted(strings))) for strings in groups]
    return {"intervals": {"text": {"all_of": {"intervals": rules, **how}}}}


def _any_of(rules: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"any_of": {"intervals": list(rules)}}


def _exactly(text: str) -> dict[str, Any]:
    return {"match": {"query": encodable(text), "max_gaps": 0, "ordered": True}}
