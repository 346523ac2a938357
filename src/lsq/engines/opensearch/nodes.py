"""Which nodes of a cluster answer, and requests that wait for no other.

A node that is stopped, or whose machine hangs, still takes connections. Whoever asks it
waits as long as for an answer that takes long, half a minute; and so does another node
that has asked it for a shard, until the cluster drops it.
"""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, wait
from threading import Thread
from typing import Any, Final, NamedTuple

from opensearchpy import OpenSearch, Transport, exceptions

from lsq.engines.opensearch.failures import SilentError

# In seconds: so long is waited for a host to say which nodes are there, and so long it
# waits for them.
ANSWER: Final = 1.5
OF_NODES: Final = 1.0
# In seconds: after so long without an answer, it is looked whether a node is silent.
MOMENT: Final = 1.5


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
        answer: Future[Any] = Future()

        def ask() -> None:
            try:
                answer.set_result(
                    super(WatchfulTransport, self).perform_request(*arguments, **options)
                )
            except BaseException as error:  # for who waits
                answer.set_exception(error)

        Thread(target=ask, daemon=True).start()
        while not wait([answer], MOMENT).done:
            if self._is_silent():
                raise SilentError(f"a node is silent: {arguments}")
        return answer.result()
