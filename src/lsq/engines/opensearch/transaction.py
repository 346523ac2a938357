"""Change an index on a cluster: send documents in requests, then make them visible.

The articles of a file are sent first. When they are acknowledged, the document of the file
follows, with its stamp and the number of its articles. If these disagree later, the file was not
finished: `files` gives it an impossible stamp, so that the next update indexes it again, or drops
it. Nothing is rolled back: after a kill, acknowledged changes are kept, and become visible with
the next change.
"""

import time
from collections import deque
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from secrets import token_hex
from typing import Final, NamedTuple, Self

from opensearchpy import OpenSearch

from lsq.engines import Stamp
from lsq.engines.opensearch.bulk import REQUEST, Operation, requests, send
from lsq.engines.opensearch.documents import (
    FILE,
    Prepared,
    article_id,
    file_id,
    string,
    to_article,
    to_file,
    to_stamp,
)
from lsq.engines.opensearch.failures import interrupted, translate_errors, unpacking
from lsq.engines.opensearch.lock import Lock
from lsq.engines.opensearch.snapshot import (
    PATIENCE,
    PAUSE,
    Clause,
    Hit,
    Snapshot,
    all_of,
    articles,
    batches,
)
from lsq.engines.paths import stored_path
from lsq.errors import StorageError, UnreachableError
from lsq.messages import _
from lsq.segment import Segmenter

# The maximum number of requests in flight.
IN_FLIGHT: Final = 3
# The number of files whose articles are looked up in one request.
_FILES: Final = 1000
# The stamp of an unfinished file, which no file has.
_UNFINISHED: Final = Stamp(-1, -1, "")


class Target(NamedTuple):
    """The index that is changed.

    Attributes:
        client: a client of the cluster.
        writing: a client without retries.
        alias: the name of the index during the change.
        location: its location as the user gave it.
        root: the folder that its paths are relative to.
    """

    client: OpenSearch
    writing: OpenSearch
    alias: str
    location: str
    root: str


class Known(NamedTuple):
    """A file in an index: its stamp, the change that wrote it, the number of its articles."""

    stamp: Stamp
    change: str
    articles: int


class _FileOperations(NamedTuple):
    """The pending operations of a file: on its articles, then on its own document."""

    source: str
    written: list[Operation]
    itself: Operation
    keeps_articles: bool = False


class Transaction:
    """An `lsq.engines.Update` of an index, under its writer lock.

    Args:
        target: the index.
        segmenter: cuts its words.
        lock: on the index.
        before: the snapshot used to find old articles to delete.
        known: the files in the index, finished or not, by their stored paths.
    """

    def __init__(
        self,
        target: Target,
        segmenter: Segmenter,
        lock: Lock,
        before: Snapshot,
        known: Mapping[str, Known],
    ) -> None:
        self.segmenter = segmenter
        self._target = target
        self._lock = lock
        self._before = before
        self._known = known
        self._change = token_hex(8)
        self._waiting: list[_FileOperations] = []
        self._size = 0
        self._articles = 0
        self._gone: list[str] = []
        self._pool = ThreadPoolExecutor(IN_FLIGHT)
        self._under_way: deque[Future[None]] = deque()

    def replace(self, source: str, stamp: Stamp, documents: Iterable[Prepared]) -> None:
        stored = self._stored(source)
        written = []
        for document in documents:
            path = self._stored(document.path)
            content = to_article(document, path, stored, self._change)
            written.append(Operation(article_id(path, document.ordinal), content))
        itself = to_file(stored, stamp, self._change, len(written))
        self._articles += len(written)
        self._add(_FileOperations(stored, written, Operation(file_id(stored), itself)))

    def restamp(self, source: str, stamp: Stamp) -> None:
        stored = self._stored(source)
        known = self._known[stored]
        itself = to_file(stored, stamp, known.change, known.articles)
        itself_only = Operation(file_id(stored), itself)
        self._add(_FileOperations(stored, [], itself_only, keeps_articles=True))

    def drop(self, source: str) -> None:
        stored = self._stored(source)
        self._gone.append(stored)
        self._add(_FileOperations(stored, [], Operation(file_id(stored), None)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: object, *rest: object) -> None:
        """Send the rest and make all of it visible; after an error, send nothing more."""
        try:
            if error is None:
                self._send()
                while self._under_way:
                    self._under_way.popleft().result()
                self._lock.check()
                refresh(self._target.client, self._target.alias, self._target.location)
                self._check()
        finally:
            self._pool.shutdown(wait=not interrupted(), cancel_futures=True)

    def _add(self, file: _FileOperations) -> None:
        self._waiting.append(file)
        self._size += sum(operation.size for operation in (*file.written, file.itself))
        if self._size >= REQUEST:
            self._send()

    def _send(self) -> None:
        """Send the pending operations, when fewer than IN_FLIGHT requests are in flight."""
        self._lock.check()
        if len(self._under_way) >= IN_FLIGHT:
            self._under_way.popleft().result()
        files, self._waiting, self._size = self._waiting, [], 0
        if files:
            written = [operation for file in files for operation in file.written]
            operations = [*written, *self._surplus(files, {one.key for one in written})]
            self._under_way.append(
                self._pool.submit(self._deliver, operations, [file.itself for file in files])
            )

    def _surplus(self, files: list[_FileOperations], kept: set[str]) -> list[Operation]:
        """The operations that delete the articles that these files no longer have."""
        known = [
            file.source for file in files if file.source in self._known and not file.keeps_articles
        ]
        surplus: list[Operation] = []
        for sources in batches(known, _FILES):
            # A later state works as well, because these files have not changed since.
            hits = self._before.patiently(partial(self._articles_of, sources))
            surplus += [Operation(hit["_id"], None) for hit in hits if hit["_id"] not in kept]
        return surplus

    def _articles_of(self, sources: list[str]) -> list[Hit]:
        return list(self._before.scan(all_of(articles(), {"terms": {"source": sources}}), []))

    def _deliver(self, articles_: list[Operation], files: list[Operation]) -> None:
        for operations in (articles_, files):
            for request in requests(operations):
                self._lock.check()
                target = self._target
                send(target.writing, target.alias, request, target.location)

    def _check(self) -> None:
        """Check that the written articles are there, and no others of these files."""
        after = Snapshot(self._target.client, self._target.alias, self._target.location)
        try:
            ours = all_of(articles(), {"term": {"change": self._change}})
            gone = [{"terms": {"source": sources}} for sources in batches(self._gone, _FILES)]
            written = after.patiently(lambda: after.count(ours))
            left = after.patiently(lambda: sum(map(after.count, gone)))
        finally:
            after.close()
        if written != self._articles or left:
            raise StorageError(
                _(
                    "{location}: {articles:,} articles were written and acknowledged, but the "
                    "index contains {written:,} ({left:,} of them of dropped files); check "
                    "whether another program writes to it, and index again"
                ).format(
                    location=self._target.location,
                    articles=self._articles,
                    written=written,
                    left=left,
                )
            )

    def _stored(self, path: str) -> str:
        return stored_path(path, self._target.root)


def refresh(client: OpenSearch, index: str, location: str) -> None:
    """Make written documents visible, on every copy of every shard.

    Raises:
        UnreachableError: some copies do not answer.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        with translate_errors(location):
            shards = client.indices.refresh(index=index)["_shards"]
        if not shards["failed"]:
            return
        if time.monotonic() > deadline:
            raise UnreachableError(
                _(
                    "{location}: {failed} of {total} shards do not answer; acknowledged writes "
                    "are kept; when the cluster is healthy, run the same command again"
                ).format(location=location, failed=shards["failed"], total=shards["total"])
            )
        time.sleep(PAUSE)


def files(snapshot: Snapshot) -> dict[str, Known]:
    """The files in an index by their stored paths; an impossible stamp for an unfinished one."""
    there: dict[str, list[tuple[str, int]]] = {}
    for key, count in snapshot.groups(articles(), ["source", "change"]):
        there.setdefault(key["source"], []).append((key["change"], count))
    found = dict.fromkeys(there, Known(_UNFINISHED, "", 0))
    file: Clause = {"term": {"record": FILE}}
    fields = ["source", "change", "size", "modified", "digest", "articles"]
    for hit in snapshot.scan(file, fields):
        with unpacking(snapshot.location):
            values = hit["_source"]
            source = string(values, "source")
            expected = [(values["change"], values["articles"])] if values["articles"] else []
            finished = there.get(source, []) == expected
            stamp = to_stamp(values) if finished else _UNFINISHED
            found[source] = Known(stamp, string(values, "change"), values["articles"])
    return found
