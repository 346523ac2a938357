"""Where an index on a cluster is: what the URL that names it says.

    https://search.example:9200/bulletins
    https://a.example:9200,b.example:9200,c.example:9200/bulletins

Several hosts are nodes of one cluster: one that does not answer is passed over. What
comes between host and name is the path under which a proxy serves the cluster.
"""

import ipaddress
import os
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from lsq.errors import LocationError
from lsq.messages import _

PLAINTEXT = "LSQ_ALLOW_PLAINTEXT"
# A host, in brackets if it is an address with colons, and a port.
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::[0-9]{1,5})?", re.ASCII)
# Of what OpenSearch lets an index be called, what needs no escaping anywhere; shorter,
# for lsq adds to it.
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,199}")


class Location(NamedTuple):
    """An index on a cluster.

    Attributes:
        hosts: the URLs of nodes.
        name: what the index is called there.
    """

    hosts: tuple[str, ...]
    name: str


def parse_location(url: str) -> Location:
    """What a URL says.

    Raises:
        LocationError: it names no index, or one to which lsq would have to speak in
            plain text over a network.
    """
    parts = urlsplit(url)
    if "@" in parts.netloc:
        # The URL itself is not shown: there is a secret in it.
        raise LocationError(
            _(
                "credentials in the location can be read by others; set LSQ_USER and "
                "LSQ_PASSWORD, or name a file with LSQ_CREDENTIALS"
            )
        )
    path, _slash, name = parts.path.rstrip("/").rpartition("/")
    hosts = parts.netloc.split(",")
    if parts.query or parts.fragment or not all(map(_HOST.fullmatch, hosts)):
        raise LocationError(
            _("{url}: not a location; write https://HOST:PORT/NAME").format(url=url)
        )
    if not _NAME.fullmatch(name):
        raise LocationError(
            _(
                "{url}: the name of an index has up to 200 lower-case letters, digits, -, _ "
                "and ., as in https://HOST:PORT/bulletins"
            ).format(url=url)
        )
    if parts.scheme == "http":
        _allow_plaintext(url, hosts)
    return Location(tuple(f"{parts.scheme}://{host}{path}" for host in hosts), name)


def _allow_plaintext(url: str, hosts: list[str]) -> None:
    if os.environ.get(PLAINTEXT) == "1" or all(map(_is_loopback, hosts)):
        return
    raise LocationError(
        _(
            "{url}: others on the network can read and change http; use https, or set "
            "{variable}=1 if the network is trusted"
        ).format(url=url, variable=PLAINTEXT)
    )


def _is_loopback(host: str) -> bool:
    name = urlsplit(f"//{host}").hostname or ""
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
