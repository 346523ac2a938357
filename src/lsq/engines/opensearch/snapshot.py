"""Read one state of an index on a cluster: OpenSearch's point in time.

An answer that lacks a part of the index is an error, never a smaller result.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, Final, TypeVar

from opensearchpy import OpenSearch, exceptions

from lsq.engines.opensearch.documents import ARTICLE
from lsq.engines.opensearch.failures import LostError, interrupted, translate_errors
from lsq.errors import UnreachableError
from lsq.messages import _

# How long the cluster keeps an unused state.
KEEP_ALIVE: Final = "5m"
# The number of documents in an answer: the cluster's maximum for small ones, fewer for texts.
PAGE: Final = 10_000
PAGE_OF_TEXTS: Final = 200

# Path and ordinal are unique, for articles and files.
IN_ORDER: Final = ({"path": "asc"}, {"ordinal": "asc"})

# In seconds: how long to retry after a state was lost, and the interval.
PATIENCE: Final = 60.0
PAUSE: Final = 0.5

Answer = TypeVar("Answer")
Clause = dict[str, Any]
Hit = dict[str, Any]


class Snapshot:
    """The state of the index `name` at the first request.

    Args:
        client: a client of the cluster.
        name: the index.
        location: its location as the user gave it.
        preference: which nodes to ask, as OpenSearch takes it; None for any.
    """

    def __init__(
        self, client: OpenSearch, name: str, location: str, preference: str | None = None
    ) -> None:
        self.location = location
        self._client = client
        self._name = name
        self._preference = preference
        self._id: str | None = None

    def ask(self, body: dict[str, Any]) -> dict[str, Any]:
        """Search.

        Raises what `translate_errors` does, and UnreachableError for an incomplete answer.
        """
        try:
            with translate_errors(self.location):
                if self._id is None:
                    self._id = self._opened()
                answer: dict[str, Any] = self._client.search(
                    body={**body, "pit": {"id": self._id, "keep_alive": KEEP_ALIVE}},
                    params={"allow_partial_search_results": "false"},
                )
        except LostError:
            self._id = None  # it is not closed, as the node may be silent
            raise
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise UnreachableError(
                _(
                    "{location}: {failed} of {total} shards do not answer; check that the "
                    "cluster is healthy, and try again"
                ).format(
                    location=self.location,
                    failed=answer["_shards"]["failed"],
                    total=answer["_shards"]["total"],
                )
            )
        self._id = answer.get("pit_id", self._id)
        return answer

    def _opened(self) -> str:
        """Open the state on the cluster; return its id."""
        parameters = {"keep_alive": KEEP_ALIVE, "allow_partial_pit_creation": "false"}
        if self._preference:
            parameters["preference"] = self._preference
        try:
            opened = self._client.create_pit(index=self._name, params=parameters)
        except exceptions.NotFoundError as error:
            # A rebuild has just replaced the index; or it is gone, which a retry shows.
            raise LostError(self._name) from error
        return str(opened["pit_id"])

    def count(self, clause: Clause) -> int:
        """How many documents satisfy a clause."""
        answer = self.ask({"query": all_of(clause), "size": 0, "track_total_hits": True})
        total: int = answer["hits"]["total"]["value"]
        return total

    def counts(self, clauses: dict[str, Clause]) -> tuple[int, int, dict[str, int]]:
        """The number of articles, the number of their words, and how many satisfy each clause."""
        answer = self.ask(
            {
                "query": all_of(articles()),
                "size": 0,
                "track_total_hits": True,
                "aggs": {
                    "length": {"sum": {"field": "length"}},
                    **({"each": {"filters": {"filters": clauses}}} if clauses else {}),
                },
            }
        )
        found = answer["aggregations"]
        buckets = found["each"]["buckets"] if clauses else {}
        return (
            answer["hits"]["total"]["value"],
            int(found["length"]["value"]),
            {name: bucket["doc_count"] for name, bucket in buckets.items()},
        )

    def tally(self, clause: Clause, others: Sequence[Clause]) -> tuple[int, list[int]]:
        """How many documents satisfy a clause, and of these each of the others."""
        named = {str(number): other for number, other in enumerate(others)}
        aggregation = {"each": {"filters": {"filters": named}}}
        asked = {"query": all_of(clause), "size": 0, "track_total_hits": True, "aggs": aggregation}
        answer = self.ask(asked)
        buckets = answer["aggregations"]["each"]["buckets"]
        return answer["hits"]["total"]["value"], [buckets[name]["doc_count"] for name in named]

    def pages(
        self,
        query: Clause,
        order: Iterable[Clause] = IN_ORDER,
        *,
        limit: int | None = None,
        size: int = PAGE,
        source: bool | list[str] = False,
    ) -> Iterator[tuple[int, list[Hit]]]:
        """The documents that satisfy a query, sorted, in pages, each with the total number.

        Yields at least one page, and at most the first `limit` documents.
        """
        body = {"query": query, "sort": list(order), "_source": source, "track_scores": True}
        after: list[Any] | None = None
        left = float("inf") if limit is None else limit
        total = 0
        while True:
            here = int(min(size, left))
            first = {"track_total_hits": True} if after is None else {"search_after": after}
            hits = self.ask({**body, **first, "size": here})["hits"]
            total = hits["total"]["value"] if after is None else total
            page: list[Hit] = hits["hits"]
            yield total, page
            left -= len(page)
            if len(page) < here or not left:
                return
            after = page[-1]["sort"]

    def scan(self, clause: Clause, source: list[str], size: int = PAGE) -> Iterator[Hit]:
        """The documents that satisfy a clause, with these of their fields."""
        for _total, page in self.pages(all_of(clause), size=size, source=source):
            yield from page

    def fetch(
        self, keys: Iterable[str], source: list[str], size: int = PAGE_OF_TEXTS
    ) -> Iterator[dict[str, Any]]:
        """These fields of the documents with these `_id`s, in their order."""
        for batch in batches(keys, size):
            query = all_of({"ids": {"values": batch}})
            body = {"query": query, "size": len(batch), "_source": source}
            hits = {hit["_id"]: hit["_source"] for hit in self.ask(body)["hits"]["hits"]}
            for key in batch:
                if key not in hits:
                    raise LostError(key)
                yield hits[key]

    def groups(self, clause: Clause, fields: Iterable[str]) -> Iterator[tuple[dict[str, str], int]]:
        """The combinations of values of some fields, and how many documents have each."""
        sources = [{field: {"terms": {"field": field}}} for field in fields]
        composite: dict[str, Any] = {"size": PAGE, "sources": sources}
        while True:
            aggregation = {"groups": {"composite": composite}}
            answer = self.ask({"query": all_of(clause), "size": 0, "aggs": aggregation})
            found = answer["aggregations"]["groups"]
            for bucket in found["buckets"]:
                yield bucket["key"], bucket["doc_count"]
            if "after_key" not in found:
                return
            composite = composite | {"after": found["after_key"]}

    def patiently(self, ask: Callable[[], Answer]) -> Answer:
        """The answer to a request, repeated on a later state if this one is lost."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return ask()
            except LostError:
                if time.monotonic() > deadline:
                    raise
                self.close()
                time.sleep(PAUSE)

    def close(self) -> None:
        """Close the state on the cluster."""
        identity, self._id = self._id, None
        if identity and not interrupted():
            # The cluster closes it anyway, a little later.
            with suppress(exceptions.OpenSearchException):
                self._client.delete_pit(body={"pit_id": [identity]})


def batches(keys: Iterable[str], size: int) -> Iterator[list[str]]:
    """The keys in lists of limited size."""
    left = iter(keys)
    while batch := list(islice(left, size)):
        yield batch


def all_of(*clauses: Clause) -> Clause:
    """The conjunction of these clauses, without a score."""
    return {"bool": {"filter": list(clauses)}}


def articles() -> Clause:
    """The clause for all articles."""
    return {"term": {"record": ARTICLE}}
