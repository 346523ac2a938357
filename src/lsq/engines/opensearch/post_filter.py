"""Check conditions on texts and values that the cluster cannot check, and count such terms.

For sentences, paragraphs, nearness and regular expressions, the cluster returns candidates, and
`lsq.query.units` decides. The same holds for paths, which are compared as they are shown, and for
regular expressions in other fields.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from lsq.engines.opensearch.clauses import candidates, containing, either
from lsq.engines.opensearch.documents import binary, string
from lsq.engines.opensearch.failures import unpacking
from lsq.engines.opensearch.snapshot import (
    PAGE_OF_TEXTS,
    Clause,
    Snapshot,
    all_of,
    articles,
    batches,
)
from lsq.engines.spaces import lined
from lsq.query import Field, Query, Regex
from lsq.query.fields import CODES
from lsq.query.patterns import Patterns

# Values in one clause; the cluster takes up to 65,536.
_VALUES: Final = 50_000


class PostFilter:
    """The results for one query in one snapshot, each computed once.

    They are not kept after the query, as they may be as large as the index.

    Args:
        snapshot: the snapshot.
        shown: converts a stored path for display.
    """

    def __init__(self, snapshot: Snapshot, shown: Callable[[str], str]) -> None:
        self._snapshot = snapshot
        self._shown = shown
        self._patterns = Patterns()
        self._clauses: dict[Query, Clause] = {}
        self._counts: dict[str, dict[str, int]] = {}

    def clause(self, query: Query) -> Clause:
        """The clause for articles that match `query`, which the cluster cannot decide."""
        if query not in self._clauses:
            self._clauses[query] = self._new_clause(query)
        return self._clauses[query]

    def _new_clause(self, query: Query) -> Clause:
        match query:
            case Field("path", inner):
                return self._paths(inner)
            case Field(name, inner):
                return ids_query(self._with_value(name, inner))
            case Regex():
                return ids_query(self.occurrences(query))
        return ids_query(self._holding(query))

    def occurrences(self, expression: Regex) -> dict[str, int]:
        """The frequency of a regular expression in each article where it matches."""
        if expression.pattern not in self._counts:
            found: dict[str, int] = {}
            for key, text in self._texts(candidates(expression), line_by_line=True):
                ranges = list(self._patterns.ranges(expression, text))
                if ranges:
                    # An empty match is not an occurrence.
                    found[key] = sum(start < end for start, end in ranges)
            self._counts[expression.pattern] = found
        return self._counts[expression.pattern]

    def recounted(self, text: str) -> dict[str, int]:
        """The frequency of a string in the articles where occurrences of it overlap.

        The cluster counts overlapping occurrences, such as —— twice in ———; lsq does not.
        """
        offsets = [at for at in range(1, len(text)) if text.startswith(text[at:])]
        if not offsets:
            return {}
        overlapping = either(containing(text[:at] + text) for at in offsets)
        return {key: found.count(text) for key, found in self._texts(overlapping)}

    def _holding(self, query: Query) -> Iterator[str]:
        from lsq.query.units import holds

        for key, text in self._texts(candidates(query), line_by_line=True):
            if holds(query, text, self._patterns):
                yield key

    def _texts(self, clause: Clause, *, line_by_line: bool = False) -> Iterator[tuple[str, str]]:
        """The articles that satisfy a clause, with their squeezed or lined texts."""
        fields = ["text", "spaces"] if line_by_line else ["text"]
        for hit in self._snapshot.scan(all_of(articles(), clause), fields, PAGE_OF_TEXTS):
            with unpacking(self._snapshot.location):
                text = string(hit["_source"], "text")
                if line_by_line:
                    text = lined(text, binary(hit["_source"], "spaces"))
            yield hit["_id"], text

    def _with_value(self, name: str, query: Query) -> Iterator[str]:
        from lsq.query.units import satisfies

        with_field = all_of(articles(), {"exists": {"field": name}})
        for hit in self._snapshot.scan(with_field, [name]):
            with unpacking(self._snapshot.location):
                stored = string(hit["_source"], name)
            value = stored.replace(" ", "") if name in CODES else stored
            if satisfies(value, name, query, self._patterns):
                yield hit["_id"]

    def _paths(self, query: Query) -> Clause:
        from lsq.query.units import normalize, satisfies

        paths = [
            key["path"]
            for key, _ in self._snapshot.groups(articles(), ["path"])
            if satisfies(normalize("path", self._shown(key["path"])), "path", query, self._patterns)
        ]
        return either({"terms": {"path": some}} for some in batches(paths, _VALUES))


def ids_query(keys: Iterable[str]) -> Clause:
    """The clause for the articles with these keys."""
    return {"ids": {"values": list(keys)}}
