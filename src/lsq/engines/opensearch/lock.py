"""One writer at a time: the lock of an index on a cluster, and who holds it.

The lock is a document that can be made only once. Its holder writes to it again and
again while it lives; a lock that has not been written to for long is nobody's. Clocks
that differ by less than that do no harm; nor would two writers, for what both write
is the same.
"""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from secrets import token_hex
from typing import Any, Final

from opensearchpy import OpenSearch, exceptions

from lsq.engines.opensearch.documents import LOCK, LOCK_ID
from lsq.engines.opensearch.failures import intact, interrupted, reported
from lsq.errors import DamagedError, LockedError
from lsq.messages import _

# In seconds: between two signs of life, how long after the last one a lock is nobody's,
# and between two looks at a lock that is another's.
BEAT: Final = 5.0
LEASE: Final = 60.0
PAUSE: Final = 0.2
# In seconds: for what an interrupt waits.
MOMENT: Final = 0.5


class Lock:
    """The right to write to an index, as long as it is held."""

    def __init__(
        self, client: OpenSearch, index: str, location: str, name: str, made: dict[str, Any]
    ) -> None:
        self._client = client
        self._name = name
        self._index = index
        self._location = location
        self._version = made
        self._lost = False
        self._over = threading.Event()
        self._heart = threading.Thread(target=self._beat, daemon=True)
        self._heart.start()

    def check(self) -> None:
        """See that the lock is still ours.

        Raises:
            LockedError: another process thought us dead.
        """
        if self._lost:
            raise LockedError(self._location, _("another process, which took this one for dead"))

    def release(self) -> None:
        """Let others write."""
        self._over.set()
        if interrupted():
            # Who is interrupted waits a moment, not for an answer.
            ending = threading.Thread(target=self._delete, daemon=True)
            ending.start()
            ending.join(MOMENT)
            return
        self._heart.join()
        self._delete()

    def _delete(self) -> None:
        # What cannot be deleted now will be nobody's in a minute.
        # Not by the alias: a rebuild may have let it stand for another index by now.
        index = self._version["_index"]
        with suppress(exceptions.OpenSearchException):
            self._client.delete(index=index, id=LOCK_ID, params=_only_if(self._version))

    def _beat(self) -> None:
        since = time.monotonic()
        while not self._over.wait(BEAT):
            try:
                self._version = self._client.index(
                    index=self._index,
                    id=LOCK_ID,
                    body=_document(self._name),
                    params={**_only_if(self._version), "require_alias": "true"},
                )
                since = time.monotonic()
            except (exceptions.ConflictError, exceptions.NotFoundError):
                # Maybe it was us, and only the answer was lost.
                self._lost = not self._found_again()
            except exceptions.OpenSearchException:
                self._lost = time.monotonic() - since > LEASE
            if self._lost:
                return

    def _found_again(self) -> bool:
        with suppress(exceptions.OpenSearchException, DamagedError):
            found = self._client.get(index=self._index, id=LOCK_ID)
            self._version = found
            with intact(self._location):
                return bool(found["_source"]["holder"]["name"] == self._name)
        return False


@contextmanager
def writer_lock(client: OpenSearch, index: str, location: str, wait: float) -> Iterator[Lock]:
    """Hold the right to write to an index.

    Args:
        client: of the cluster.
        index: the alias of the index.
        location: what the user calls it.
        wait: how long to wait for it, in seconds.

    Raises:
        LockedError: another process holds it.
    """
    name = token_hex(8)
    deadline = time.monotonic() + wait
    with reported(location):
        while (made := _made(client, index, name)) is None:
            holder = _other(client, index, location)
            if holder and time.monotonic() >= deadline:
                raise LockedError(location, holder)
            time.sleep(PAUSE if holder else 0)
    lock = Lock(client, index, location, name, made)
    try:
        yield lock
    finally:
        lock.release()


def _made(client: OpenSearch, index: str, name: str) -> dict[str, Any] | None:
    parameters = {"op_type": "create", "require_alias": "true"}
    try:
        made: dict[str, Any] = client.index(
            index=index, id=LOCK_ID, body=_document(name), params=parameters
        )
    except exceptions.ConflictError:
        return None
    return made


def _other(client: OpenSearch, index: str, location: str) -> str | None:
    """Who holds the lock; None for nobody, any more, or nobody that can be told."""
    try:
        found = client.get(index=index, id=LOCK_ID)
    except exceptions.NotFoundError:
        return None
    with suppress(DamagedError), intact(location):
        holder = found["_source"]["holder"]
        if time.time() - holder["alive"] <= LEASE and not _is_dead(holder):
            return _("process {process} on {host}, since {since}").format_map(holder)
    with suppress(exceptions.ConflictError, exceptions.NotFoundError):
        client.delete(index=index, id=LOCK_ID, params=_only_if(found))
    return None


def _is_dead(holder: dict[str, Any]) -> bool:
    """Whether it was a process of this machine, and is no more."""
    if holder["host"] != socket.gethostname() or os.name != "posix":
        return False
    try:
        os.kill(holder["process"], 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


_STARTED = datetime.now().astimezone().isoformat(timespec="seconds")


def _document(name: str) -> dict[str, Any]:
    holder = {
        "name": name,
        "process": os.getpid(),
        "host": socket.gethostname(),
        "since": _STARTED,
        "alive": time.time(),
    }
    return {"record": LOCK, "holder": holder}


def _only_if(version: dict[str, Any]) -> dict[str, Any]:
    """The parameters that make a change happen only to this version of the lock."""
    return {"if_seq_no": version["_seq_no"], "if_primary_term": version["_primary_term"]}
