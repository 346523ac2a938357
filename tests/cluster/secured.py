"""A real node of OpenSearch with its security plugin, on loopback, with certificates of its own.

Plugin and node come from Maven Central, like the parts of the cluster without it. The users and
roles are those of the plugin's demonstration, and more that are made by its API.
"""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from opensearchpy import OpenSearch

from tests import cluster
from tests.cluster import JARS, JAVA, class_path, compiled, eventually, fetch, free_ports

PLUGIN = "org.opensearch.plugin:opensearch-security:2.19.1.0:zip"
CLASS = "org.opensearch.security.OpenSearchSecurityPlugin"
API = "/_plugins/_security/api"
# Of the plugin's own demonstration, on a node that ends with the tests.
ADMIN = ("admin", "admin")
SETTINGS = {
    "cluster.name": "lsq-secured",
    "node.name": "secured",
    "discovery.type": "single-node",
    "network.host": "127.0.0.1",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "plugins.security.allow_default_init_securityindex": "true",
    "plugins.security.allow_unsafe_democertificates": "true",
    "plugins.security.authcz.admin_dn": "CN=lsq-admin",
    "plugins.security.nodes_dn": "CN=lsq-node",
    "plugins.security.restapi.roles_enabled": "all_access",
    "plugins.security.ssl.http.enabled": "true",
}
FILES = {"pemcert": "node.pem", "pemkey": "node-key.pem", "pemtrustedcas": "ca.pem"}


def missing() -> str:
    """What this machine lacks to start such a node; empty for nothing."""
    return cluster.missing() or ("" if shutil.which("openssl") else "no openssl on this machine")


class Secured:
    """The node; in a `with`, it runs and is gone at its end."""

    def __init__(self) -> None:
        self._temporary = TemporaryDirectory(prefix="lsq-secured-")
        self.folder = Path(self._temporary.name)
        self._port, self._transport = free_ports(2)
        plugin = _plugin()
        self._class_path = compiled(self.folder, f"{class_path()}{os.pathsep}{plugin}/*")
        shutil.copytree(plugin / "config", self.folder / "opensearch-security")
        self.ca = _certificates(self.folder)
        self._node: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers, by the address that its certificate has."""
        return f"https://127.0.0.1:{self._port}"

    @property
    def other_url(self) -> str:
        """The same by a name that its certificate has not."""
        return f"https://localhost:{self._port}"

    @property
    def client(self) -> OpenSearch:
        """The administrator's."""
        return OpenSearch([self.url], http_auth=ADMIN, ca_certs=str(self.ca), timeout=10)

    def add_user(self, name: str, password: str, permissions: object) -> None:
        """Add a user with a role of its own, which has these permissions."""
        user = {"password": password, "opendistro_security_roles": [f"{name}-role"]}
        for path, body in ((f"roles/{name}-role", permissions), (f"internalusers/{name}", user)):
            self.client.transport.perform_request("PUT", f"{API}/{path}", body=body)

    def __enter__(self) -> "Secured":
        settings = SETTINGS | {
            "path.home": str(self.folder),
            "http.port": str(self._port),
            "transport.port": str(self._transport),
        }
        for layer in ("transport", "http"):
            for name, file in FILES.items():
                settings[f"plugins.security.ssl.{layer}.{name}_filepath"] = str(self.folder / file)
        with (self.folder / "log").open("ab") as log:
            self._node = subprocess.Popen(
                ["java", *JAVA, "-cp", self._class_path, "ClusterNode", f"plugin={CLASS}"]
                + [f"{key}={value}" for key, value in settings.items()],
                stdin=subprocess.PIPE,  # the node ends when we do
                stdout=log,
                stderr=log,
                cwd=self.folder,
            )
        try:
            eventually(lambda: bool(self.client.security.get_account_details()))
        except AssertionError as error:
            said = (self.folder / "log").read_text("utf-8")[-3000:]
            self.__exit__()
            raise AssertionError(f"{error}\n{said}") from error
        return self

    def __exit__(self, *error: object) -> None:
        if self._node:
            self._node.kill()
            self._node.wait()
            if self._node.stdin:
                self._node.stdin.close()
        self._temporary.cleanup()


def _plugin() -> Path:
    """The folder of the plugin's parts, fetched if need be."""
    folder = JARS.with_name(f"{JARS.name}-security")

    def unpack(unfinished: Path) -> None:
        fetch("dependency:copy", f"-Dartifact={PLUGIN}", f"-DoutputDirectory={unfinished}")
        (packed,) = unfinished.glob("*.zip")
        with ZipFile(packed) as members:
            members.extractall(unfinished)
        packed.unlink()

    return cluster.cached(folder, unpack)


def _certificates(folder: Path) -> Path:
    """Make an authority and the node's certificate, for 127.0.0.1 alone; gives the authority's."""

    def openssl(command: str) -> None:
        subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)

    (folder / "extensions").write_text(
        "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n", "utf-8"
    )
    openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=lsq-ca -keyout ca-key -out ca.pem")
    openssl("req -newkey rsa:2048 -nodes -subj /CN=lsq-node -keyout node-key.pem -out request")
    openssl(
        "x509 -req -in request -CA ca.pem -CAkey ca-key -set_serial 1 -days 2 -sha256 "
        "-extfile extensions -out node.pem"
    )
    return folder / "ca.pem"
