"""The writer lock of an index on a cluster.

The lock is a document that can be created only once. Its holder updates it regularly; after LEASE
seconds without an update it counts as abandoned. Clocks that differ by less do no harm; nor would
two writers, as both write the same.
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
from lsq.engines.opensearch.failures import interrupted, translate_errors, unpacking
from lsq.errors import DamagedError, LockedError
from lsq.messages import _

# In seconds: the interval of updates; how long a lock is valid after the last one; the interval
# of checks of another process's lock.
BEAT: Final = 5.0
LEASE: Final = 60.0
PAUSE: Final = 0.2
# In seconds: how long an interrupted process waits for the deletion of its lock.
MOMENT: Final = 0.5


class Lock:
    """The writer lock of an index, while it is held."""

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
        """Check that this process still holds the lock.

        Raises:
            LockedError: another process has taken it as abandoned.
        """
        if self._lost:
            raise LockedError(self._location, _("another process, which took this one for dead"))

    def release(self) -> None:
        """Release the lock."""
        self._over.set()
        if interrupted():
            # After an interrupt, do not wait until the cluster answers.
            ending = threading.Thread(target=self._delete, daemon=True)
            ending.start()
            ending.join(MOMENT)
            return
        self._heart.join()
        self._delete()

    def _delete(self) -> None:
        # If the deletion fails, the lock is abandoned after LEASE seconds. The alias is not used:
        # a rebuild may have moved it to another index.
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
                # The last update may have succeeded, and only its answer been lost.
                self._lost = not self._is_still_ours()
            except exceptions.OpenSearchException:
                self._lost = time.monotonic() - since > LEASE
            if self._lost:
                return

    def _is_still_ours(self) -> bool:
        with suppress(exceptions.OpenSearchException, DamagedError):
            found = self._client.get(index=self._index, id=LOCK_ID)
            self._version = found
            with unpacking(self._location):
                return bool(found["_source"]["holder"]["name"] == self._name)
        return False


@contextmanager
def writer_lock(client: OpenSearch, index: str, location: str, wait: float) -> Iterator[Lock]:
    """Hold the writer lock of an index.

    Args:
        client: of the cluster.
        index: the alias of the index.
        location: its location as the user gave it.
        wait: how long to wait for it, in seconds.

    Raises:
        LockedError: another process holds it.
    """
    name = token_hex(8)
    deadline = time.monotonic() + wait
    with translate_errors(location):
        while (made := _create(client, index, name)) is None:
            holder = _holder(client, index, location)
            if holder and time.monotonic() >= deadline:
                raise LockedError(location, holder)
            time.sleep(PAUSE if holder else 0)
    lock = Lock(client, index, location, name, made)
    try:
        yield lock
    finally:
        lock.release()


def _create(client: OpenSearch, index: str, name: str) -> dict[str, Any] | None:
    """Create the document of the lock; None if there is one."""
    parameters = {"op_type": "create", "require_alias": "true"}
    try:
        made: dict[str, Any] = client.index(
            index=index, id=LOCK_ID, body=_document(name), params=parameters
        )
    except exceptions.ConflictError:
        return None
    return made


def _holder(client: OpenSearch, index: str, location: str) -> str | None:
    """The holder of the lock; None if it is free. An abandoned lock is deleted."""
    try:
        found = client.get(index=index, id=LOCK_ID)
    except exceptions.NotFoundError:
        return None
    with suppress(DamagedError), unpacking(location):
        holder = found["_source"]["holder"]
        if time.time() - holder["alive"] <= LEASE and not _is_dead(holder):
            return _("process {process} on {host}, since {since}").format_map(holder)
    with suppress(exceptions.ConflictError, exceptions.NotFoundError):
        client.delete(index=index, id=LOCK_ID, params=_only_if(found))
    return None


def _is_dead(holder: dict[str, Any]) -> bool:
    """Whether the holder was a process on this machine that no longer runs."""
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
    """The parameters that restrict a change to this version of the lock."""
    return {"if_seq_no": version["_seq_no"], "if_primary_term": version["_primary_term"]}
