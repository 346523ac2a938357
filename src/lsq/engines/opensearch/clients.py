"""Clients of a cluster that avoid silent nodes.

A node that is stopped, or whose machine hangs, still accepts connections. A client would wait for
it for half a minute, and so would other nodes that need a shard from it, until the cluster drops
it. So the nodes are surveyed when an answer takes long.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, wait
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import Any, Final, NamedTuple

from opensearchpy import OpenSearch, Transport, exceptions
from opensearchpy.connection_pool import RandomSelector

from lsq.engines.opensearch.failures import SilentError

# In seconds: how long a host may take to list the nodes, and how long it may wait for them.
ANSWER: Final = 1.5
OF_NODES: Final = 1.0
# In seconds: after this long without an answer, the nodes are surveyed.
MOMENT: Final = 1.5
# In seconds, for one answer.
_TIMEOUT = 30


class Survey(NamedTuple):
    """The nodes that answer.

    Attributes:
        hosts: the hosts that answer, even with an error; all hosts if none does.
        preference: restricts a search to nodes that answer; None if all do, or if unknown.
    """

    hosts: tuple[str, ...]
    preference: str | None

    def is_silent_now(self, later: "Survey") -> bool:
        """Whether a node that answered no longer does."""
        gone = set(self.hosts) - set(later.hosts)
        return bool(gone) or later.preference not in {None, self.preference}


def survey(hosts: tuple[str, ...], options: dict[str, Any]) -> Survey:
    """Ask all hosts at once which nodes are there.

    Args:
        hosts: as a location names them.
        options: of the client.
    """
    answers: dict[str, Any] = {}

    def ask(host: str) -> None:
        once = {**options, "hosts": [host], "max_retries": 0, "timeout": ANSWER}
        # In the path, because the library would take a parameter `timeout` for its own.
        path = f"/_nodes?timeout={int(1000 * OF_NODES)}ms&filter_path=_nodes,nodes.*.name"
        client = OpenSearch(**once)
        try:
            answers[host] = client.transport.perform_request("GET", path)
        except exceptions.SSLError:
            answers[host] = None  # the error is reported when the host is used
        except exceptions.ConnectionError:
            pass
        except exceptions.OpenSearchException:
            answers[host] = None
        finally:
            client.close()

    threads = [Thread(target=ask, args=[host], daemon=True) for host in hosts]
    for thread in threads:
        thread.start()
    end = time.monotonic() + 2 * ANSWER
    for thread in threads:
        thread.join(max(0, end - time.monotonic()))
    found = dict(answers)  # a copy: later answers do not count
    there = tuple(host for host in hosts if host in found)
    return Survey(there or hosts, _preference(found.values()))


def _preference(answers: Iterable[Any]) -> str | None:
    for answer in answers:
        if isinstance(answer, dict) and answer.get("_nodes", {}).get("failed"):
            return "_only_nodes:" + ",".join(sorted(answer.get("nodes", {})))
    return None


class WatchfulTransport(Transport):
    """The transport of a client that gives up when a node is silent.

    It waits for a slow request as long as all nodes answer. Requests are made in another thread,
    so that an interrupt ends the wait at once.

    Args:
        is_silent: returns whether a node that this client asks is silent.
        arguments, options: the library's.
    """

    def __init__(self, *arguments: Any, is_silent: Callable[[], bool], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._is_silent = is_silent

    def perform_request(self, *arguments: Any, **options: Any) -> Any:
        """Make a request as the library does, which describes the arguments.

        Raises:
            SilentError: a node is silent.
        """
        ask = partial(super().perform_request, *arguments, **options)
        return _watched(ask, self._is_silent)


class PersistentTransport(Transport):
    """The transport of a client that repeats a request on other nodes when one is silent.

    The silent node may execute the request later too. The client does wait for a node that waits
    for a silent one, because a change needs all copies of a shard.

    Args:
        hosts: the hosts of a location as the library parses them, in order.
        names: the hosts as the location names them.
        there: those that answered the last survey.
        look: surveys all hosts.
        arguments, options: the library's.
    """

    def __init__(
        self,
        hosts: Sequence[dict[str, Any]],
        *arguments: Any,
        names: Sequence[str],
        there: Sequence[str],
        look: Callable[[], Survey],
        **options: Any,
    ) -> None:
        self._hosts = dict(zip(names, hosts, strict=True))
        self._there = frozenset(there)
        self._look = look
        super().__init__([self._hosts[name] for name in there], *arguments, **options)

    def perform_request(self, *arguments: Any, **options: Any) -> Any:
        """Make a request as the library does, which describes the arguments."""
        ask = partial(super().perform_request, *arguments, **options)
        for _ in self._hosts:
            with suppress(SilentError):
                return _watched(ask, partial(self._drop_silent, self._there))
        return ask()

    def _drop_silent(self, asked: frozenset[str]) -> bool:
        """Stop using silent hosts; return whether one of these was among `asked`."""
        there = frozenset(self._look().hosts)
        if asked <= there:
            return False
        if there != self._there:
            self._there = there
            self.set_connections([host for name, host in self._hosts.items() if name in there])
        return True


def _watched(ask: Callable[[], Any], is_silent: Callable[[], bool]) -> Any:
    """The result of a request, made in another thread.

    Raises:
        SilentError: it takes long, and a node is silent.
    """
    answer: Future[Any] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:  # for the waiting thread
            answer.set_exception(error)

    Thread(target=run, daemon=True).start()
    while not wait([answer], MOMENT).done:
        if is_silent():
            raise SilentError("a node is silent")
    return answer.result()


class Clients:
    """Clients of the nodes of one cluster that answered the last survey.

    Args:
        hosts: as a location names them.
        options: the arguments of `opensearchpy.OpenSearch`.

    Attributes:
        patient: repeats a request on another node if one fails or is silent.
        single: repeats a request only if a node is silent; for callers with their own retries.
        reading: for searches; raises SilentError if a node is silent, and is then replaced by a
            client of the other nodes.
    """

    def __init__(self, hosts: tuple[str, ...], options: dict[str, Any]) -> None:
        self._hosts = hosts
        self._options = options | {"timeout": _TIMEOUT, "retry_on_timeout": True}
        self._there = Survey(hosts, None)
        if len(hosts) > 1:
            self._there = survey(hosts, self._options)
        self.patient = self._new_persistent()
        # `retry_on_timeout`, even with no retries, makes it avoid a slow node.
        self.single = self._new_persistent(max_retries=0)
        self.reading = self._new_reading()

    @property
    def is_careful(self) -> bool:
        """Whether a node is silent, so that requests that would wait for it must be avoided."""
        return len(self._there.hosts) < len(self._hosts) or self._there.preference is not None

    @property
    def preference(self) -> str | None:
        """The `preference` of a search, for its nodes; None for any."""
        return self._there.preference

    def look_again(self) -> None:
        """Survey the nodes again, for later searches."""
        self._use(survey(self._hosts, self._options))

    def close(self) -> None:
        """Close all connections."""
        for client in (self.patient, self.single, self.reading):
            client.close()

    def _is_silent(self) -> bool:
        """Whether a node that searches use is silent; if so, stop using it."""
        there = survey(self._hosts, self._options)
        if not self._there.is_silent_now(there):
            return False
        self._use(there)
        return True

    def _use(self, there: Survey) -> None:
        self._there = there
        self.reading.close()
        self.reading = self._new_reading()

    def _new_reading(self) -> OpenSearch:
        return self._new(
            hosts=list(self._there.hosts),
            transport_class=WatchfulTransport,
            is_silent=self._is_silent,
        )

    def _new_persistent(self, **options: Any) -> OpenSearch:
        return self._new(
            hosts=list(self._hosts),
            transport_class=PersistentTransport,
            names=self._hosts,
            there=self._there.hosts,
            look=lambda: survey(self._hosts, self._options),
            **options,
        )

    def _new(self, **options: Any) -> OpenSearch:
        retries = {"max_retries": len(self._hosts) + 1, "retry_on_status": (502, 503, 504)}
        # The library's default selector counts per thread, and each request has its own thread.
        retries["selector_class"] = RandomSelector
        return OpenSearch(**(self._options | retries | options))
