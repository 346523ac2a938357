"""Which nodes of a cluster answer, asked before anything waits for one that does not.

A node that is stopped, or whose machine hangs, still takes connections. Whoever asks it
waits as long as for an answer that takes long, half a minute; and so does another node
that has asked it for a shard, until the cluster drops it.
"""

from threading import Thread
from typing import Any, Final

from opensearchpy import OpenSearch, exceptions

# In seconds: so long is waited for nodes to say that they are there.
ANSWER: Final = 1.5


def answering(hosts: tuple[str, ...], options: dict[str, Any]) -> list[str]:
    """Those hosts that answer at once, whatever they answer; all of them if none does.

    Args:
        hosts: as a location names them.
        options: of the client.
    """
    if len(hosts) == 1:
        return list(hosts)
    there: set[str] = set()

    def ask(host: str) -> None:
        once = {**options, "hosts": [host], "max_retries": 0, "timeout": ANSWER}
        client = OpenSearch(**once)
        try:
            client.info()
        except exceptions.SSLError:
            there.add(host)  # what is wrong is told when it is used
        except exceptions.ConnectionError:
            pass
        except exceptions.OpenSearchException:
            there.add(host)
        else:
            there.add(host)
        finally:
            client.close()

    threads = [Thread(target=ask, args=[host], daemon=True) for host in hosts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * ANSWER)
    found = set(there)  # what answers later is late
    return [host for host in hosts if host in found] or list(hosts)


def preference(client: OpenSearch) -> str | None:
    """What makes a search ask only nodes that answer; None where all do, or nobody knows."""
    # In the path: the library takes a `timeout` among the parameters for its own.
    path = f"/_nodes?timeout={int(1000 * ANSWER)}ms&filter_path=_nodes,nodes.*.name"
    try:
        told = client.transport.perform_request("GET", path)
    except exceptions.OpenSearchException:
        return None
    if not told.get("_nodes", {}).get("failed"):
        return None
    return "_only_nodes:" + ",".join(told.get("nodes", {}))
