"""What is decided by looking at texts and values, one by one, as for any engine.

Sentences, paragraphs, nearness and regular expressions: the cluster gives the articles
in whose text there is what must be, and `lsq.query.units` decides. So too for a path,
which is compared as it is shown, and for a regular expression in another field. How
often something occurs that the cluster cannot count is counted here as well.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from lsq.engines.document import lined
from lsq.engines.opensearch.clauses import candidates, containing, either
from lsq.engines.opensearch.documents import binary, string
from lsq.engines.opensearch.failures import intact
from lsq.engines.opensearch.snapshot import (
    PAGE_OF_TEXTS,
    Clause,
    Snapshot,
    all_of,
    articles,
    batches,
)
from lsq.query import Field, Query, Regex
from lsq.query.fields import CODES
from lsq.query.patterns import Patterns

# Values in one clause; the cluster takes up to 65,536.
_VALUES: Final = 50_000


class PostFilter:
    """What is found in one state of an index for one query, each thing looked for once.

    An index may be open for days, and what was found may be as large as it: so none of
    this outlives the query.

    Args:
        snapshot: the state.
        shown: the path, as it is shown, of one that is stored.
    """

    def __init__(self, snapshot: Snapshot, shown: Callable[[str], str]) -> None:
        self._snapshot = snapshot
        self._shown = shown
        self._patterns = Patterns()
        self._clauses: dict[Query, Clause] = {}
        self._counts: dict[str, dict[str, int]] = {}

    def clause(self, query: Query) -> Clause:
        """What those articles satisfy that match `query`, which the cluster cannot decide."""
        if query not in self._clauses:
            self._clauses[query] = self._looked_for(query)
        return self._clauses[query]

    def _looked_for(self, query: Query) -> Clause:
        match query:
            case Field("path", inner):
                return self._paths(inner)
            case Field(name, inner):
                return ids_query(self._with_value(name, inner))
            case Regex():
                return ids_query(self.occurrences(query))
        return ids_query(self._holding(query))

    def occurrences(self, expression: Regex) -> dict[str, int]:
        """How often a regular expression finds something, in each article where it is found."""
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
        """How often a string occurs, in the articles where occurrences of it overlap.

        The cluster counts —— twice in ———; here, what begins inside of another does not count.
        """
        borders = [at for at in range(1, len(text)) if text.startswith(text[at:])]
        if not borders:
            return {}
        overlapping = either(containing(text[:at] + text) for at in borders)
        return {key: found.count(text) for key, found in self._texts(overlapping)}

    def _holding(self, query: Query) -> Iterator[str]:
        from lsq.query.units import holds

        for key, text in self._texts(candidates(query), line_by_line=True):
            if holds(query, text, self._patterns):
                yield key

    def _texts(self, clause: Clause, *, line_by_line: bool = False) -> Iterator[tuple[str, str]]:
        """The articles that satisfy a clause, with their texts, squeezed, or line by line."""
        fields = ["text", "spaces"] if line_by_line else ["text"]
        for hit in self._snapshot.scan(all_of(articles(), clause), fields, PAGE_OF_TEXTS):
            with intact(self._snapshot.location):
                text = string(hit["_source"], "text")
                if line_by_line:
                    text = lined(text, binary(hit["_source"], "spaces"))
            yield hit["_id"], text

    def _with_value(self, name: str, query: Query) -> Iterator[str]:
        from lsq.query.units import satisfies

        having = all_of(articles(), {"exists": {"field": name}})
        for hit in self._snapshot.scan(having, [name]):
            with intact(self._snapshot.location):
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
    """What the articles with these keys satisfy."""
    return {"ids": {"values": list(keys)}}
