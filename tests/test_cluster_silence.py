"""A node that is silent, a port that is another, an interrupt: none of them is waited for."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from opensearchpy import OpenSearch

import lsq
from lsq.engines.opensearch import indices, nodes
from lsq.engines.opensearch.failures import interrupted
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


def test_a_host_that_is_silent_is_passed_over(
    answering: str, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nodes, "ANSWER", 0.3)
    there, not_there = f"http://{answering}", f"http://{silent}"
    assert nodes.answering((not_there, there), {}) == [there]
    assert nodes.answering((there,), {}) == [there]
    # One alone is not asked: there is nothing to choose.
    assert nodes.answering((not_there,), {}) == [not_there]
    assert nodes.answering((not_there, not_there + "/x"), {}) == [not_there, not_there + "/x"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"_nodes": {"failed": 1}, "nodes": {"a": {}, "b": {}}}, "_only_nodes:a,b"),
        ({"_nodes": {"failed": 0}, "nodes": {"a": {}, "b": {}}}, None),
        ({}, None),
    ],
)
def test_only_nodes_that_answer_are_searched(told: object, expected: str | None) -> None:
    asked: list[str] = []

    class Nodes(Answers):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Nodes) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        with OpenSearch([f"http://127.0.0.1:{server.server_port}"]) as client:
            assert nodes.preference(client) == expected
        server.shutdown()
        thread.join()
    # The cluster is told how long to wait for its nodes.
    assert asked == ["/_nodes?timeout=1500ms&filter_path=_nodes,nodes.*.name"]


def test_https_to_a_plain_port_is_told(fresh: Program, answering: str) -> None:
    ran = fresh("search", "国土", "-i", f"https://{answering}/b")
    assert ran.returncode == 2
    assert "the port speaks plain http, not https" in ran.stderr


@pytest.mark.parametrize(
    ("error", "expected"),
    [(KeyboardInterrupt(), True), (UnreachableError(), True), (ValueError(), False)],
)
def test_what_ends_without_asking_more(error: BaseException, expected: bool) -> None:
    assert not interrupted()
    try:
        raise error
    except BaseException:
        assert interrupted() == expected


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signal")
def test_an_interrupt_ends_a_program_that_waits(silent: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "lsq", "search", "国土", "-i", f"http://{silent}/b"]
    with subprocess.Popen(command, cwd=tmp_path, env=clean_environment()) as running:
        time.sleep(2)  # by then it waits for an answer
        assert running.poll() is None
        running.send_signal(signal.SIGINT)
        # As long as it likes, but not the half minute that an answer may take.
        assert running.wait(15) == -signal.SIGINT


@pytest.fixture
def made(cluster: Cluster, cluster_url: str, fresh: Program) -> Iterator[str]:
    cluster.wait()
    location = f"{cluster_url}silence"
    assert fresh("index", "-i", location, "seeds").returncode == 0
    cluster.wait()  # a node that is stopped may not hold the only copy of a shard
    yield location
    cluster.client.indices.delete(index="lsq-tests-silence-*", params={"ignore": 404})


@pytest.mark.cluster
def test_a_search_goes_on_without_a_node_that_is_stopped(
    cluster: Cluster, made: str, fresh: Program
) -> None:
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
def test_searches_during_rebuilds_find_the_index(made: str, fresh: Program) -> None:
    expected = fresh("search", "国土空间规划", "-c", "-i", made).stdout
    rebuilding = Thread(
        target=lambda: [fresh("index", "--rebuild", "-i", made, "seeds") for _ in range(3)]
    )
    rebuilding.start()
    while rebuilding.is_alive():
        ran = fresh("search", "国土空间规划", "-c", "-i", made)
        assert (ran.stdout, ran.stderr) == (expected, "")
    rebuilding.join()


@pytest.mark.cluster
def test_any_writer_sweeps_what_a_killed_rebuild_has_left(made: str, fresh: Program) -> None:
    with lsq.open_index(made, create=False) as index:
        client: OpenSearch = index._engine._client  # type: ignore[attr-defined]
        left = indices.make_rebuild(client, "lsq-tests-silence", made, ".", ())
        assert client.indices.exists(index=left.name)
        assert fresh("index", "-i", made, "seeds").returncode == 0
        assert not client.indices.exists(index=left.name)
