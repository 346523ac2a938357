"""The clients of a cluster: which nodes they ask, and how long they wait for an answer.

A node that is stopped, or whose machine hangs, still takes connections. A client waits for
it as long as for an answer that takes long, half a minute; and so does another node that
has asked it for a shard, until the cluster drops it. So the nodes are surveyed.
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

# In seconds: so long is waited for a host to say which nodes are there, and so long it
# waits for them.
ANSWER: Final = 1.5
OF_NODES: Final = 1.0
# In seconds: after so long without an answer, it is looked whether a node is silent.
MOMENT: Final = 1.5
# In seconds, for one answer.
_TIMEOUT = 30


class Survey(NamedTuple):
    """Who is there.

    Attributes:
        hosts: those that answer, whatever they answer; all of them if none does.
        preference: what makes a search ask only nodes that answer; None where all do,
            or nobody knows.
    """

    hosts: tuple[str, ...]
    preference: str | None

    def is_silent_now(self, later: "Survey") -> bool:
        """Whether somebody who was there is not any more."""
        gone = set(self.hosts) - set(later.hosts)
        return bool(gone) or later.preference not in {None, self.preference}


def survey(hosts: tuple[str, ...], options: dict[str, Any]) -> Survey:
    """Ask all hosts at once which nodes are there.

    Args:
        hosts: as a location names them.
        options: of the client.
    """
    told: dict[str, Any] = {}

    def ask(host: str) -> None:
        once = {**options, "hosts": [host], "max_retries": 0, "timeout": ANSWER}
        # In the path: the library takes a `timeout` among the parameters for its own.
        path = f"/_nodes?timeout={int(1000 * OF_NODES)}ms&filter_path=_nodes,nodes.*.name"
        client = OpenSearch(**once)
        try:
            told[host] = client.transport.perform_request("GET", path)
        except exceptions.SSLError:
            told[host] = None  # what is wrong is told when it is used
        except exceptions.ConnectionError:
            pass
        except exceptions.OpenSearchException:
            told[host] = None
        finally:
            client.close()

    threads = [Thread(target=ask, args=[host], daemon=True) for host in hosts]
    for thread in threads:
        thread.start()
    end = time.monotonic() + 2 * ANSWER
    for thread in threads:
        thread.join(max(0, end - time.monotonic()))
    found = dict(told)  # what answers later is late
    there = tuple(host for host in hosts if host in found)
    return Survey(there or hosts, _preference(found.values()))


def _preference(answers: Iterable[Any]) -> str | None:
    for answer in answers:
        if isinstance(answer, dict) and answer.get("_nodes", {}).get("failed"):
            return "_only_nodes:" + ",".join(sorted(answer.get("nodes", {})))
    return None


class WatchfulTransport(Transport):
    """Makes the requests of a client that gives up where a node is silent.

    What takes long while all nodes are there is waited for. An interrupt ends the waiting
    at once, as another thread makes the request.

    Args:
        is_silent: tells whether a node is silent that this client asks.
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
    """Makes the requests of a client that turns to other nodes where one falls silent.

    So a request may be done twice, as the silent node may do it later; and a node that only
    waits for a silent one is waited for, since a change needs all copies of a shard.

    Args:
        hosts: what the library makes of the hosts of a location, in the same order.
        names: the hosts as the location names them.
        there: those that answered when they were last surveyed.
        look: surveys them all.
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
                return _watched(ask, partial(self._turn_from_silent, self._there))
        return ask()

    def _turn_from_silent(self, asked: frozenset[str]) -> bool:
        """Ask only hosts that answer from now on; tells whether others may have been asked."""
        there = frozenset(self._look().hosts)
        if asked <= there:
            return False
        if there != self._there:
            self._there = there
            self.set_connections([host for name, host in self._hosts.items() if name in there])
        return True


def _watched(ask: Callable[[], Any], is_silent: Callable[[], bool]) -> Any:
    """What a request gives, which another thread makes.

    Raises:
        SilentError: it takes long, and a node is silent.
    """
    answer: Future[Any] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:  # for who waits
            answer.set_exception(error)

    Thread(target=run, daemon=True).start()
    while not wait([answer], MOMENT).done:
        if is_silent():
            raise SilentError("a node is silent")
    return answer.result()


class Clients:
    """Of the nodes of one cluster, those that answered when they were last surveyed.

    Args:
        hosts: as a location names them.
        options: what `opensearchpy.OpenSearch` is to be given.

    Attributes:
        patient: waits for an answer, and asks another node where one does not give it, or
            is found silent.
        single: asks another where one is found silent, too, and else once; for who tries
            again in another way.
        reading: for questions; gives up with a SilentError where a node is found silent, and
            is another client from then on, which asks the others.
    """

    def __init__(self, hosts: tuple[str, ...], options: dict[str, Any]) -> None:
        self._hosts = hosts
        self._options = options | {"timeout": _TIMEOUT, "retry_on_timeout": True}
        self._there = Survey(hosts, None)
        if len(hosts) > 1:
            self._there = survey(hosts, self._options)
        self.patient = self._new_persistent()
        # To retry on a timeout, though not once, is what makes it avoid a node that is slow.
        self.single = self._new_persistent(max_retries=0)
        self.reading = self._new_reading()

    @property
    def is_careful(self) -> bool:
        """Whether a node is silent: then nothing is asked that would wait for it."""
        return len(self._there.hosts) < len(self._hosts) or self._there.preference is not None

    @property
    def preference(self) -> str | None:
        """Which nodes a search is to ask, as OpenSearch takes it; None for any."""
        return self._there.preference

    def look_again(self) -> None:
        """Have questions asked of the nodes that are there by now."""
        self._turn_to(survey(self._hosts, self._options))

    def close(self) -> None:
        """Let go of all connections."""
        for client in (self.patient, self.single, self.reading):
            client.close()

    def _is_silent(self) -> bool:
        """Whether a node is silent that questions go to; none goes to it from now on."""
        there = survey(self._hosts, self._options)
        if not self._there.is_silent_now(there):
            return False
        self._turn_to(there)
        return True

    def _turn_to(self, there: Survey) -> None:
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
        # The library's other selector counts for each thread, and each request has its own.
        retries["selector_class"] = RandomSelector
        return OpenSearch(**(self._options | retries | options))
