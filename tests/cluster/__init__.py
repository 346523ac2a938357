"""A real cluster of three nodes of OpenSearch on loopback, each a process of its own.

Its parts come from Maven Central, by the machine's own Maven and its settings, into the
user's cache folder. `LSQ_TEST_OPENSEARCH` names the URL of one that runs already; then
nothing is started, and the tests that kill nodes are skipped.
"""

import os
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from opensearchpy import OpenSearch, exceptions
from platformdirs import user_cache_path

HERE = Path(__file__).parent
NAMES = ("n0", "n1", "n2")
# What the machine may be given for it: small, and soon started.
JAVA = ("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
# A node that does not answer is out of the cluster within seconds, not half a minute; one
# that is slow on a busy machine is not.
SETTINGS = {
    "cluster.name": "lsq-tests",
    "cluster.initial_cluster_manager_nodes": ",".join(NAMES),
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "cluster.fault_detection.follower_check.interval": "1s",
    "cluster.fault_detection.follower_check.timeout": "2s",
    "cluster.fault_detection.leader_check.interval": "1s",
    "cluster.fault_detection.leader_check.timeout": "2s",
    "cluster.publish.timeout": "5s",
    "cluster.follower_lag.timeout": "5s",
    # A copy that a node asks for and does not get is asked for again within seconds.
    "indices.recovery.internal_action_timeout": "10s",
    "indices.recovery.internal_action_long_timeout": "20s",
    "indices.recovery.recovery_activity_timeout": "10s",
    "indices.recovery.retry_delay_network": "500ms",
    "http.type": "netty4",
    "network.host": "127.0.0.1",
    "transport.type": "netty4",
}

PORTS = range(15_000, 30_000)

JARS = user_cache_path("lsq-tests") / "opensearch-2.19.1"

Value = TypeVar("Value")


class MissingError(Exception):
    """The parts of a cluster cannot be had: no network, as a rule."""


def missing() -> str:
    """What this machine lacks to start a cluster; empty for nothing."""
    lacking = [program for program in ("java", "javac", "mvn") if not shutil.which(program)]
    return f"no {', '.join(lacking)} on this machine" if lacking else ""


def class_path() -> str:
    """Where Java finds what a node is made of, fetched if need be."""
    cached(
        JARS,
        lambda folder: fetch("dependency:copy-dependencies", f"-DoutputDirectory={folder}"),
    )
    return f"{JARS}{os.sep}*"


def cached(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder, made if need be, whole or not at all."""
    if not folder.exists():
        unfinished = folder.with_name(f"{folder.name}.{os.getpid()}")
        make(unfinished)
        unfinished.rename(folder)
    return folder


def fetch(*goal: str) -> None:
    """Let Maven fetch something."""
    _run(["mvn", "--batch-mode", "--quiet", "-f", str(HERE / "pom.xml"), *goal])


def compiled(folder: Path, class_path: str) -> str:
    """Compile a node into a folder; gives the class path to start it with."""
    whole = f"{folder}{os.pathsep}{class_path}"
    _run(["javac", "-cp", whole, "-d", str(folder), str(HERE / "ClusterNode.java")])
    return whole


class Cluster:
    """Three nodes; in a `with`, they run and are gone at its end."""

    names = NAMES

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="lsq-cluster-")
        ports = free_ports(2 * len(NAMES))
        self._ports = dict(zip(NAMES, ports, strict=False))
        self._transports = dict(zip(NAMES, ports[len(NAMES) :], strict=True))
        self._nodes: dict[str, subprocess.Popen[bytes]] = {}
        self._class_path = compiled(Path(self._folder.name), class_path())

    @property
    def url(self) -> str:
        """Where all of its nodes answer."""
        return "http://" + ",".join(f"127.0.0.1:{port}" for port in self._ports.values())

    @property
    def client(self) -> OpenSearch:
        """One that asks another node when one does not answer."""
        hosts = [f"http://127.0.0.1:{port}" for port in self._ports.values()]
        return OpenSearch(hosts, timeout=5, max_retries=3, retry_on_timeout=True)

    def start(self, name: str) -> None:
        """Start a node that does not run."""
        home = Path(self._folder.name, name)
        (home / "config").mkdir(parents=True, exist_ok=True)
        seeds = ",".join(f"127.0.0.1:{port}" for port in self._transports.values())
        settings = SETTINGS | {
            "node.name": name,
            "path.home": str(home),
            "http.port": str(self._ports[name]),
            "transport.port": str(self._transports[name]),
            "discovery.seed_hosts": seeds,
        }
        with (home / "log").open("ab") as log:
            self._nodes[name] = subprocess.Popen(
                ["java", *JAVA, "-cp", self._class_path, "ClusterNode"]
                + [f"{key}={value}" for key, value in settings.items()],
                stdin=subprocess.PIPE,  # a node ends when we do
                stdout=log,
                stderr=log,
                cwd=home,
            )

    def kill(self, name: str) -> None:
        """End a node at once, like a power cut."""
        node = self._nodes.pop(name)
        node.kill()
        node.wait()
        if node.stdin:
            node.stdin.close()

    def stop(self, name: str) -> None:
        """Let a node answer no more, without telling anybody."""
        self._nodes[name].send_signal(signal.SIGSTOP)

    def go_on(self, name: str) -> None:
        """Let it answer again."""
        self._nodes[name].send_signal(signal.SIGCONT)

    def manager(self) -> str:
        """The node that the others have elected."""
        (manager,) = eventually(lambda: self.client.cat.cluster_manager(format="json"))
        name: str = manager["node"]
        return name

    def wait(self) -> None:
        """Wait until all nodes are there, and all copies of all indices."""

        def healthy() -> bool:
            # What failed some times while nodes came and went is not tried again by itself.
            health = self.client.cluster.health()
            if health["unassigned_shards"]:
                self.client.cluster.reroute(params={"retry_failed": "true"})
            return bool(
                health["status"] == "green"
                and health["number_of_nodes"] == len(NAMES)
                and not health["relocating_shards"]
            )

        try:
            eventually(healthy, seconds=60)
        except AssertionError:
            self._start_again()
            try:
                eventually(healthy, seconds=240)
            except AssertionError as error:
                raise AssertionError(f"{error}\n{self._last_words()}") from error

    def _start_again(self) -> None:
        """What an operator does for a shard that does not recover; nothing on disk is lost.

        One that was promoted while the manager had no majority may stay without a primary
        that takes itself for one (ShardNotInPrimaryModeException).
        """
        for name in list(self._nodes):
            self.kill(name)
        for name in NAMES:
            self.start(name)

    def _last_words(self) -> str:
        """What the nodes that have ended by themselves said last."""
        return "\n".join(
            f"{name}: {Path(self._folder.name, name, 'log').read_text('utf-8')[-2000:]}"
            for name, node in self._nodes.items()
            if node.poll() is not None
        )

    def __enter__(self) -> "Cluster":
        for name in NAMES:
            self.start(name)
        self.wait()
        return self

    def __exit__(self, *error: object) -> None:
        for name in list(self._nodes):
            self.kill(name)
        self._folder.cleanup()


def prepare(url: str) -> None:
    """Give the indices of the tests several shards, so that nothing is true of one alone."""
    body = {
        "index_patterns": ["lsq-tests-*"],
        "template": {"settings": {"number_of_shards": 3, "number_of_replicas": 1}},
    }
    hosts = url.removeprefix("http://").split(",")
    client = OpenSearch([f"http://{host}" for host in hosts])
    client.indices.put_index_template(name="lsq-tests", body=body)
    for name in client.indices.get(index="lsq-tests-*"):  # of a run before this one
        client.indices.delete(index=name)


def eventually(ask: Callable[[], Value], seconds: float = 120) -> Value:
    """The first answer that is one; an error, if there is none for so long."""
    deadline = time.monotonic() + seconds
    problem: object = None
    while time.monotonic() < deadline:
        try:
            if answer := ask():
                return answer
        except exceptions.OpenSearchException as error:
            problem = error
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds:g} s: {problem}")


def free_ports(count: int) -> list[int]:
    """Ports of loopback that nobody uses.

    None of those that a system gives to whoever connects: so nobody has one by chance when
    a node that was killed wants it again.
    """
    ports: list[int] = []
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
        ports.append(port)
        if len(ports) == count:
            break
    return ports


def _run(command: list[str]) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if ran.returncode:
        raise MissingError(f"{command[0]}: {ran.stdout}{ran.stderr}")
