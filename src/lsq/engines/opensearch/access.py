"""The location of an index on a cluster, and the credentials for it.

    https://search.example:9200/bulletins
    https://a.example:9200,b.example:9200,c.example:9200/bulletins

Several hosts are nodes of one cluster; nodes that do not answer are skipped. A path before the
name is that under which a proxy serves the cluster.

Credentials come from the environment, or from a file that it names, not from arguments, which
everybody on the machine can see:

    LSQ_USER, LSQ_PASSWORD              basic authentication
    LSQ_TOKEN                           a bearer token
    LSQ_API_KEY                         an API key
    LSQ_CLIENT_CERT, LSQ_CLIENT_KEY     files: a client's certificate and its key
    LSQ_CA_FILE                         a file: the certificate of the cluster's CA
    LSQ_CREDENTIALS                     a file in TOML with any of these, in lower case and
                                        without LSQ_: user = "…"
"""

import ipaddress
import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from lsq.disk import read_list
from lsq.errors import LocationError
from lsq.messages import _, system_message

PLAINTEXT = "LSQ_ALLOW_PLAINTEXT"
# A host, in brackets if it is an address with colons, and a port.
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::[0-9]{1,5})?", re.ASCII)
# Names that OpenSearch allows and that need no escaping; shorter, as lsq adds a suffix.
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,199}")
CREDENTIALS: Final = "LSQ_CREDENTIALS"
_NAMES: Final = (
    "user",
    "password",
    "token",
    "api_key",
    "client_cert",
    "client_key",
    "ca_file",
)


class Location(NamedTuple):
    """An index on a cluster.

    Attributes:
        hosts: the URLs of nodes.
        name: the name of the index there.
    """

    hosts: tuple[str, ...]
    name: str


def parse_location(url: str) -> Location:
    """Parse the URL of an index.

    Raises:
        LocationError: it names no index, or lsq would have to send plain text over a network.
    """
    parts = urlsplit(url)
    if "@" in parts.netloc:
        # The message does not show the URL, which contains a secret.
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


def client_options(location: Location) -> dict[str, Any]:
    """The arguments of `opensearchpy.OpenSearch`.

    Raises:
        LocationError: the credentials contradict each other, or their file cannot be used.
    """
    known = _known()
    if sum(name in known for name in ("user", "token", "api_key")) > 1:
        raise LocationError(
            _("more than one of LSQ_USER, LSQ_TOKEN and LSQ_API_KEY is set; set one of them")
        )
    if ("user" in known) != ("password" in known):
        raise LocationError(_("only one of LSQ_USER and LSQ_PASSWORD is set; set both"))
    options: dict[str, Any] = {"hosts": list(location.hosts), "verify_certs": True}
    if "user" in known:
        options["http_auth"] = (known["user"], known["password"])
    if "token" in known:
        options["headers"] = {"authorization": f"Bearer {known['token']}"}
    if "api_key" in known:
        options["headers"] = {"authorization": f"ApiKey {known['api_key']}"}
    for name, option in (
        ("ca_file", "ca_certs"),
        ("client_cert", "client_cert"),
        ("client_key", "client_key"),
    ):
        if name in known:
            options[option] = _existing(name, known[name])
    return options


def _known() -> dict[str, str]:
    """The credentials; the environment overrides the file."""
    file = os.environ.get(CREDENTIALS)
    known = _read(file) if file else {}
    for name in _NAMES:
        if value := os.environ.get(f"LSQ_{name.upper()}"):
            known[name] = value
    return known


def _read(file: str) -> dict[str, str]:
    path = Path(file)
    try:
        if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise LocationError(
                _("{file}: others can read these credentials; run chmod 600 on it").format(
                    file=file
                )
            )
        values = tomllib.loads(read_list(path).decode())
    except OSError as error:
        raise LocationError(
            _("{file}: named by {variable}, cannot be read: {answer}").format(
                file=file, variable=CREDENTIALS, answer=system_message(error)
            )
        ) from error
    except ValueError as error:  # without its message, which might quote a secret
        raise LocationError(
            _('{file}: named by {variable}, but not TOML; write lines like user = "…"').format(
                file=file, variable=CREDENTIALS
            )
        ) from error
    unknown = [name for name, value in values.items() if name not in _NAMES or _is_no_text(value)]
    if unknown:
        raise LocationError(
            _("{file}: {unknown}: unknown key; the keys are {known}, all text").format(
                file=file, unknown=", ".join(unknown), known=", ".join(_NAMES)
            )
        )
    return values


def _is_no_text(value: object) -> bool:
    return not isinstance(value, str)


def _existing(name: str, file: str) -> str:
    if not Path(file).is_file():
        raise LocationError(
            _("{file}: no such file, given as {name} ({variable})").format(
                file=file, name=name, variable=f"LSQ_{name.upper()}"
            )
        )
    return file
