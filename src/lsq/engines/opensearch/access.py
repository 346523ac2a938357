"""Who we are to a cluster, and how we know that it is the right one.

Credentials come from the environment, or from a file that it names; never from
arguments, which everybody on the machine can see.

    LSQ_USER, LSQ_PASSWORD              basic authentication
    LSQ_TOKEN                           a bearer token
    LSQ_API_KEY                         an API key
    LSQ_CLIENT_CERT, LSQ_CLIENT_KEY     files: a client's certificate and its key
    LSQ_CA_FILE                         a file: who may vouch for the cluster
    LSQ_CREDENTIALS                     a file in TOML with any of these, named in small
                                        letters without LSQ_: user = "…"
"""

import os
import stat
import tomllib
from pathlib import Path
from typing import Any, Final

from lsq.engines.opensearch.location import Location
from lsq.errors import LocationError
from lsq.messages import _, answer

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


def client_options(location: Location) -> dict[str, Any]:
    """What `opensearchpy.OpenSearch` is to be given.

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
    """What is known of us; the environment goes before the file."""
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
        values = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise LocationError(
            _("{file}: named by {variable}, cannot be read: {answer}").format(
                file=file, variable=CREDENTIALS, answer=answer(error)
            )
        ) from error
    except ValueError as error:  # without what it says, which might quote a secret
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
