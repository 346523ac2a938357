"""Count the matching articles by issuer, kind, year and folder, with a query for each value."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from lsq.counting.groups import group_of
from lsq.counting.occurrences import search
from lsq.engines import Engine
from lsq.query import Field, Not, Or, Regex
from lsq.query.expressions import escaped
from lsq.query.nodes import Spelled
from lsq.query.units import normalize
from lsq.query.unparse import unparse
from lsq.search.request import EVERYTHING, SearchRequest, parse_request

FacetBy: TypeAlias = Literal["issuer", "kind", "year", "folder"]
FACETS: Final[tuple[FacetBy, ...]] = get_args(FacetBy)

TOP: Final = 10


class Facet(NamedTuple):
    """A value of a field, and the number of matching articles with it.

    Attributes:
        by: the field.
        value: an issuer's short name, a kind, a year or a folder; None for articles without.
        articles: the number of matching articles with this value.
        of: the number of articles in the index with it, under the same filters.
        query: finds the matching articles with this value, with the same options except filters.
    """

    by: FacetBy
    value: str | None
    articles: int
    of: int
    query: str


def facets(
    engine: Engine, request: SearchRequest, by: Sequence[FacetBy] = FACETS, top: int | None = TOP
) -> list[Facet]:
    """The values among the matching articles, the most frequent first.

    Args:
        engine: the index.
        request: the query and its settings.
        by: the fields, in the order of the result.
        top: the maximum number of values of each; None for all.

    Raises:
        QueryError: the query or a filter is invalid, or takes too long.
        ValueError: there is no such field.
    """
    if unknown := set(by) - set(FACETS):
        raise ValueError(f"no facet {sorted(unknown)}; there are {FACETS}")
    unlimited = request._replace(sort="path", limit=None, offset=0)
    found = _counts(engine, unlimited, by)
    corpus = _counts(engine, SearchRequest(EVERYTHING, filters=request.filters, sort="path"), by)
    base = " ".join(_as_typed(engine, request))
    return [
        Facet(
            one, value, articles, corpus[one][value], f"{base} {_value_query(one, value)}".strip()
        )
        for one in by
        for value, articles in _most_frequent(found[one], top)
    ]


def _counts(
    engine: Engine, request: SearchRequest, by: Sequence[FacetBy]
) -> dict[FacetBy, Counter[str | None]]:
    counts: dict[FacetBy, Counter[str | None]] = {one: Counter() for one in by}
    matches = search(engine, request).matches
    for match, facts in zip(matches, engine.facts(matches), strict=True):
        for one, counter in counts.items():
            counter[group_of(match, facts, one)] += 1
    return counts


def _most_frequent(counter: Counter[str | None], top: int | None) -> list[tuple[str | None, int]]:
    order = sorted(counter.items(), key=lambda one: (-one[1], one[0] is None, one[0] or ""))
    return order[:top]


def _as_typed(engine: Engine, request: SearchRequest) -> Iterator[str]:
    """The query as typed, in parentheses if necessary, and the filters as queries."""
    typed = parse_request(request, engine.segmenter.query_words)
    if request.query.strip() != EVERYTHING:
        joined = isinstance(typed, Or) and not isinstance(typed, Spelled)
        yield f"({request.query.strip()})" if joined else request.query.strip()
    for query in request.filters.queries() if request.filters else ():
        joined = isinstance(query, Or) and not isinstance(query, Spelled)
        yield f"({unparse(query)})" if joined else unparse(query)


def _value_query(by: FacetBy, value: str | None) -> str:
    """The query for the articles with a value, as one types it."""
    if by == "year":
        return "-date:*" if value is None else f"date:{value}"
    if value is None:
        return unparse(Not(Field(by, Regex("."))))
    if by == "folder":
        beginning = escaped(normalize("path", os.path.join(value, "")))
        return unparse(Field("path", Regex(f"^{beginning}[^{escaped(os.sep)}]+$")))
    return unparse(Field(by, Regex(f"^{escaped(value)}$")))
