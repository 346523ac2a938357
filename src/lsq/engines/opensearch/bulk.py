"""Send many documents in one request, with retries until all are acknowledged.

A failed request is retried, and so are single documents that the cluster could not accept, after
pauses that grow, with random jitter so that several writers do not retry at once (Brooker,
"Exponential Backoff and Jitter", 2015). A document has the same `_id` each time, so retries create
no duplicates.
"""

import json
import random
import time
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from opensearchpy import OpenSearch, exceptions

from lsq.engines.opensearch.failures import TEMPORARY, TOO_LARGE, reason, translate_errors
from lsq.errors import StorageError, UnreachableError
from lsq.messages import _

# In bytes: a request of 5 to 10 MB keeps a cluster busy and burdens no node.
REQUEST: Final = 6_000_000
# In seconds: how long a request is retried, and the first and the longest pause.
PATIENCE: Final = 300.0
_FIRST, _LONGEST = 0.2, 15.0

_OK = range(200, 300)
_NOT_FOUND = 404


class Operation(NamedTuple):
    """An operation on one document: a write, or a deletion if `document` is None."""

    key: str
    document: bytes | None

    @property
    def size(self) -> int:
        """Its approximate size in a request, in bytes."""
        return len(self.document or b"") + len(self.key) + 30

    def lines(self) -> bytes:
        """Its lines in a request."""
        action = json.dumps({"delete" if self.document is None else "index": {"_id": self.key}})
        return action.encode() + b"\n" + (b"" if self.document is None else self.document + b"\n")


def requests(operations: Iterable[Operation]) -> Iterable[list[Operation]]:
    """The operations in lists, each of the size of a request."""
    batch: list[Operation] = []
    room = REQUEST
    for operation in operations:
        if batch and operation.size > room:
            yield batch
            batch, room = [], REQUEST
        batch.append(operation)
        room -= operation.size
    if batch:
        yield batch


def send(client: OpenSearch, index: str, operations: Sequence[Operation], location: str) -> None:
    """Send operations to a cluster; when this returns, all are acknowledged.

    Args:
        client: a client without retries.
        index: an alias.
        operations: the operations; at most one per document.
        location: the location of the index as the user gave it.

    Raises:
        UnreachableError: it failed for PATIENCE seconds.
        StorageError: the cluster refuses it.
    """
    left = list(operations)
    deadline = time.monotonic() + PATIENCE
    pause = _FIRST
    while left:
        before = len(left)
        left, problem = _send_once(client, index, left, location)
        if not left:
            return
        if len(left) < before:
            pause = _FIRST
        if time.monotonic() + pause > deadline:
            raise UnreachableError(
                _(
                    "{location}: no write succeeded for {seconds:.0f} s: {problem}; acknowledged "
                    "writes are kept; when the cluster is healthy, run the same command again"
                ).format(location=location, seconds=PATIENCE, problem=problem)
            )
        time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311  # no secret
        pause = min(2 * pause, _LONGEST)


def _send_once(
    client: OpenSearch, index: str, operations: list[Operation], location: str
) -> tuple[list[Operation], str]:
    """Send operations; return those to retry, and the reason."""
    body = b"".join(operation.lines() for operation in operations)
    try:
        with translate_errors(location):
            answer = _request(client, index, body, location)
    except UnreachableError as error:
        return operations, str(error)
    again: list[Operation] = []
    problem = ""
    for operation, item in zip(operations, answer["items"], strict=True):
        (result,) = item.values()
        status = result["status"]
        if status in TEMPORARY:
            again.append(operation)
            problem = reason(result.get("error"))
        elif status not in _OK and not (status == _NOT_FOUND and operation.document is None):
            raise StorageError(
                _("{location}: the cluster refuses a document ({status}): {reason}").format(
                    location=location, status=status, reason=reason(result.get("error"))
                )
            )
    return again, problem


def _request(client: OpenSearch, index: str, body: bytes, location: str) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = client.transport.perform_request(
            "POST",
            f"/{index}/_bulk",
            params={"require_alias": "true"},
            body=body,
            headers={"content-type": "application/x-ndjson"},
        )
    except exceptions.TransportError as error:
        if error.status_code == TOO_LARGE:
            raise StorageError(
                _(
                    "{location}: an article is larger than the cluster accepts; raise "
                    "http.max_content_length there"
                ).format(location=location)
            ) from error
        raise
    return answer
