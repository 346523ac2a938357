"""Silent nodes, ports for another protocol and interrupts do not make lsq wait."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Self

import pytest
from opensearchpy import OpenSearch, TransportError

import lsq
from lsq.engines.opensearch import bulk, clients, indices
from lsq.engines.opensearch.clients import Clients, Survey, survey
from lsq.engines.opensearch.failures import LostError, SilentError, interrupted, translate_errors
from lsq.engines.opensearch.plain_port import speaks_http
from lsq.errors import UnreachableError
from tests.cluster import Cluster
from tests.conftest import Program, clean_environment


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(401)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def answering() -> Iterator[str]:
    """A host that answers whatever is asked, in plain http."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def silent() -> Iterator[str]:
    """A host that takes connections and says nothing, as a stopped process does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"


class Node:
    """A node that answers with what it is told to, until it is told to be silent."""

    def __init__(self, answer: object = None) -> None:
        self.answer = answer or {"_nodes": {"failed": 0}}
        self.asked: list[str] = []
        self.is_asked = Event()
        self.may_answer = Event()
        self.may_answer.set()
        node = self

        class Handler(Answers):
            def do_GET(self) -> None:
                node.asked.append(self.path)
                if self.path == "/slow":
                    time.sleep(5 * SOON)
                node.is_asked.set()
                node.may_answer.wait()
                body = json.dumps(node.answer).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                self.do_GET()

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who has gone
        self._thread = Thread(target=self._server.serve_forever)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.may_answer.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


# In seconds: as soon as a node is taken for silent here.
SOON = 0.3


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ANSWER", "MOMENT"):
        monkeypatch.setattr(clients, name, SOON)


@pytest.mark.usefixtures("soon")
def test_a_silent_host_is_skipped(answering: str, silent: str) -> None:
    there, not_there = f"http://{answering}", f"http://{silent}"
    assert survey((not_there, there), {}) == Survey((there,), None)
    # One that is not let in is there, and so is the only one, to be waited for.
    assert survey((there,), {}) == Survey((there,), None)
    assert survey((not_there,), {}) == Survey((not_there,), None)
    assert survey((not_there, f"{not_there}/x"), {}).hosts == (not_there, f"{not_there}/x")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"_nodes": {"failed": 1}, "nodes": {"b": {}, "a": {}}}, "_only_nodes:a,b"),
        ({"_nodes": {"failed": 0}, "nodes": {"a": {}, "b": {}}}, None),
        ({}, None),
    ],
)
def test_a_search_is_restricted_to_nodes_that_answer(told: object, expected: str | None) -> None:
    with Node(told) as node:
        assert survey((node.url,), {}) == Survey((node.url,), expected)
        # The cluster is told how long to wait for its nodes.
        assert node.asked == ["/_nodes?timeout=1000ms&filter_path=_nodes,nodes.*.name"]


def ask(asked: Clients, path: str = "/") -> object:
    return asked.reading.transport.perform_request("GET", path)


def ask_often(clients: Clients) -> None:
    """Ask so often that each node that may be asked is."""
    for _ in range(64):
        assert ask(clients)


def careful(clients: Clients) -> tuple[str, ...]:
    """The hosts that are asked where others are silent."""
    return clients._there.hosts if clients.is_careful else ()


def preferred(clients: Clients) -> str | None:
    return clients.preference


@pytest.mark.usefixtures("soon")
def test_a_search_is_repeated_without_a_node_that_falls_silent() -> None:
    with Node() as one, Node() as other:
        clients = Clients((one.url, other.url), {})
        assert ask(clients)
        assert careful(clients) == ()
        one.may_answer.clear()
        with pytest.raises(SilentError):
            ask_often(clients)
        assert careful(clients) == (other.url,)
        ask_often(clients)
        # When it is there again and the other is not, it is asked again.
        one.may_answer.set()
        other.may_answer.clear()
        with pytest.raises(SilentError):
            ask(clients)
        assert ask(clients)
        other.may_answer.set()
        clients.look_again()
        assert careful(clients) == ()
        clients.close()


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("name", ["single", "patient"])
def test_a_write_goes_to_another_node_if_one_falls_silent(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clients, "_TIMEOUT", 600)
    with Node() as one, Node() as other:
        writing = Clients((one.url, other.url), {})
        transport = getattr(writing, name).transport
        one.may_answer.clear()

        def write() -> None:
            for _ in range(8):
                assert transport.perform_request("POST", "/b/_bulk", body=b"{}\n") == other.answer

        # Several at once, as requests are under way.
        threads = [Thread(target=write, daemon=True) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)  # as long as a slow machine likes, but not the time of an answer
        assert not any(thread.is_alive() for thread in threads)
        # When that one is there again and the other is not, it is asked again.
        one.may_answer.set()
        other.may_answer.clear()
        assert transport.perform_request("POST", "/b/_bulk", body=b"{}\n") == one.answer
        other.may_answer.set()
        writing.close()


@pytest.mark.usefixtures("soon")
def test_a_silent_node_behind_the_one_asked_is_skipped() -> None:
    told = {"_nodes": {"failed": 1}, "nodes": {"a": {}, "b": {}}}
    with Node() as node:
        clients = Clients((node.url,), {})
        assert preferred(clients) is None
        node.answer = told
        with pytest.raises(SilentError):
            ask(clients, "/slow")
        assert preferred(clients) == "_only_nodes:a,b"
        # What is known by now does not end what takes long.
        assert ask(clients, "/slow") == told
        clients.close()


@pytest.mark.usefixtures("soon")
def test_a_slow_request_is_waited_for_while_all_nodes_answer() -> None:
    with Node() as node:
        clients = Clients((node.url,), {})
        assert ask(clients, "/slow") == node.answer
        assert node.asked.count("/slow") == 1
        clients.close()


def test_https_to_a_plain_port_is_reported(fresh: Program, answering: str) -> None:
    ran = fresh("search", "国土", "-i", f"https://{answering}/b")
    assert ran.returncode == 2
    assert "the port speaks plain http, not https" in ran.stderr


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([b"HTTP/1.1 400 Bad Request", b"HTTP/1.1 200 OK"], True),
        ([b"", b"HTTP/1.1 200 OK"], True),  # it closes the connection over what it does not know
        # An alert of TLS; the same port may answer a plain request.
        ([b"\x15\x03\x01\x00\x02\x02\x28", b"HTTP/1.1 400 Bad Request"], False),
        ([b"SSH-2.0-x", b"SSH-2.0-x"], False),
        ([b"", b""], False),
    ],
)
def test_a_plain_port_is_known_by_what_it_answers(answers: list[bytes], expected: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with suppress(OSError):  # not all may be asked for before the port is closed
                for each in answers:
                    taken, _ = listening.accept()
                    with taken:
                        taken.recv(1 << 16)
                        taken.sendall(each)

        Thread(target=answer, daemon=True).start()
        assert speaks_http(f"https://127.0.0.1:{listening.getsockname()[1]}/b") is expected


def test_a_port_that_nobody_has_speaks_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert not speaks_http(f"https://127.0.0.1:{port},127.0.0.1:99999/b")


@pytest.mark.parametrize(
    ("error", "expected"),
    [(KeyboardInterrupt(), True), (UnreachableError(), True), (ValueError(), False)],
)
def test_after_an_interrupt_no_request_is_sent(error: BaseException, expected: bool) -> None:
    assert not interrupted()
    try:
        raise error
    except BaseException:
        assert interrupted() == expected


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (404, "search_context_missing_exception", "No search context found for id [1]"),
        (503, "search_phase_execution_exception", "no_shard_available"),
        (
            400,
            "illegal_argument_exception",
            "no data nodes with criteria [VDf7jJbNTaeedYhC9EPp6w] found for shard: [b-1][2]",
        ),
    ],
)
def test_a_lost_state_is_replaced_by_a_later_one(status: int, kind: str, reason: str) -> None:
    cause = {"type": kind, "reason": reason}
    with pytest.raises(LostError), translate_errors("http://there/b"):
        raise TransportError(status, kind, {"error": cause | {"root_cause": [cause]}})


# A program for which an answer may take ten minutes.
PATIENT = """
from lsq.engines.opensearch import clients
clients._TIMEOUT = 600
from lsq.cli import run
run()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signal")
@pytest.mark.parametrize(
    "args",
    [
        "search 国土 -i URL",
        "info --skipped -i URL",
        "similar a.txt#1 -i URL",
        "index . -i URL",
        "forget a -i URL",
        "copy URL index",
    ],
)
def test_an_interrupt_ends_a_program_that_waits(args: str, tmp_path: Path) -> None:
    with Node() as node:
        node.may_answer.clear()
        command = [sys.executable, "-c", PATIENT, *args.replace("URL", f"{node.url}/b").split()]
        with subprocess.Popen(command, cwd=tmp_path, env=clean_environment()) as running:
            assert node.is_asked.wait(60)
            running.send_signal(signal.SIGINT)
            # As long as a slow machine likes, but not the time that an answer may take.
            assert running.wait(60) == -signal.SIGINT


@pytest.fixture
def made(cluster: Cluster, cluster_url: str, fresh: Program) -> Iterator[str]:
    cluster.wait()
    location = f"{cluster_url}silence"
    assert fresh("index", "-i", location, "seeds").returncode == 0
    cluster.wait()  # a node that is stopped may not hold the only copy of a shard
    yield location
    cluster.client.indices.delete(index="lsq-tests-silence-*", params={"ignore": 404})


@pytest.mark.cluster
def test_a_search_works_without_a_stopped_node(cluster: Cluster, made: str, fresh: Program) -> None:
    expected = fresh("search", "国土空间规划", "-i", made, "--format", "jsonl")
    assert expected.stdout
    for name in cluster.names:
        cluster.stop(name)
        try:
            found = fresh("search", "国土空间规划", "-i", made, "--format", "jsonl")
        finally:
            cluster.go_on(name)
            cluster.wait()
        assert (found.returncode, found.stderr) == (0, "")
        assert found.stdout == expected.stdout


@pytest.mark.cluster
def test_a_session_works_on_when_a_node_stops(cluster: Cluster, made: str) -> None:
    with lsq.open_index(made, create=False) as index:
        expected = [(match.path, match.score) for match in index.search("国土空间规划").matches]
        assert expected
        for name in cluster.names:
            cluster.stop(name)
            try:
                found = [
                    (match.path, match.score) for match in index.search("国土空间规划").matches
                ]
            finally:
                cluster.go_on(name)
                cluster.wait()
            assert found == expected


@pytest.mark.cluster
def test_a_write_works_without_a_stopped_node(
    cluster: Cluster, cluster_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clients, "_TIMEOUT", 600)
    hosts = tuple(f"http://{host}" for host in cluster.url.removeprefix("http://").split(","))
    for name in cluster.names:
        # A node that has a copy of a shard is waited for until the cluster drops it.
        alias = f"{cluster_url.rpartition('/')[2]}silence-write"
        others = ",".join(other for other in cluster.names if other != name)
        settings = {"number_of_shards": 1, "index.routing.allocation.include._name": others}
        mapping = {"properties": {"number": {"type": "integer"}}}
        body = {"settings": settings, "mappings": mapping, "aliases": {alias: {}}}
        cluster.client.indices.create(index=f"{alias}-1", body=body)
        cluster.wait()
        writing = Clients(hosts, {})
        cluster.stop(name)
        try:
            for number in range(8):
                operation = bulk.Operation(str(number), b'{"number": %d}' % number)
                arguments = (writing.single, alias, [operation], cluster.url)
                sending = Thread(target=bulk.send, args=arguments, daemon=True)
                sending.start()
                sending.join(60)  # not the time of an answer
                assert not sending.is_alive()
        finally:
            cluster.go_on(name)
            cluster.wait()
        cluster.client.indices.refresh(index=alias)
        assert cluster.client.count(index=alias)["count"] == 8
        cluster.client.indices.delete(index=f"{alias}-1")
        writing.close()


@pytest.mark.cluster
def test_searches_during_rebuilds_find_the_index(made: str, fresh: Program) -> None:
    expected = fresh("search", "国土空间规划", "-c", "-i", made).stdout
    rebuilding = Thread(
        target=lambda: [fresh("index", "--rebuild", "-i", made, "seeds") for _ in range(2)]
    )
    rebuilding.start()
    while rebuilding.is_alive():
        ran = fresh("search", "国土空间规划", "-c", "-i", made)
        assert (ran.stdout, ran.stderr) == (expected, "")
    rebuilding.join()


@pytest.mark.cluster
def test_any_writer_deletes_the_leftovers_of_a_killed_rebuild(made: str, fresh: Program) -> None:
    with lsq.open_index(made, create=False) as index:
        client: OpenSearch = index._engine._clients.patient  # type: ignore[attr-defined]
        left = indices.make_rebuild(client, "lsq-tests-silence", made, ".", ())
        assert client.indices.exists(index=left.name)
        assert fresh("index", "-i", made, "seeds").returncode == 0
        assert not client.indices.exists(index=left.name)
