"""The clients of a cluster: which nodes they ask, and how long they wait for an answer."""

from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.connection_pool import RandomSelector

from lsq.engines.opensearch.nodes import Survey, WatchfulTransport, survey

# In seconds, for one answer.
_TIMEOUT = 30


class Clients:
    """Of the nodes of one cluster, those that answered when they were last surveyed.

    Args:
        hosts: as a location names them.
        options: what `opensearchpy.OpenSearch` is to be given.

    Attributes:
        patient: waits for an answer, and asks another node where one does not give it.
        single: waits as well, and asks once; for who tries again in another way.
        reading: for questions; gives up with a SilentError where a node is found silent, and
            is another client from then on, which asks the others.
    """

    def __init__(self, hosts: tuple[str, ...], options: dict[str, Any]) -> None:
        self._hosts = hosts
        self._options = options | {"timeout": _TIMEOUT, "retry_on_timeout": True}
        self._there = Survey(hosts, None)
        if len(hosts) > 1:
            self._there = survey(hosts, self._options)
        self.patient = self._new()
        # To retry on a timeout, though not once, is what makes it avoid a node that is silent.
        self.single = self._new(max_retries=0)
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
        # The library's other selector counts for each thread, and each request has its own.
        how = {"transport_class": WatchfulTransport, "selector_class": RandomSelector}
        return self._new(**how, is_silent=self._is_silent)

    def _new(self, **options: Any) -> OpenSearch:
        retries = {"max_retries": len(self._hosts) + 1, "retry_on_status": (502, 503, 504)}
        hosts = list(self._there.hosts)
        return OpenSearch(**(self._options | retries | {"hosts": hosts} | options))
