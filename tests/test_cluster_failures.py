"""Nodes die or fall silent while files are indexed: nothing is lost or duplicated."""

import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import lsq
from lsq.engines.opensearch import OpenSearchEngine, bulk, lock
from lsq.engines.opensearch.transaction import Transaction
from lsq.engines.registry import open_engine
from lsq.errors import LockedError, UnreachableError
from lsq.indexing.indexer import Options
from tests.cluster import Cluster, eventually, prepare
from tests.conftest import clean_environment

FILES = 400
# Of the requests that all of them make, how many come before the harm.
SOME = 5

IndexWhile = Callable[[str, Callable[[], None]], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Many files, each of one article that says which it is."""
    monkeypatch.chdir(tmp_path)
    Path("texts").mkdir()
    for number in range(FILES):
        text = f"第{number}号通知。\n\n" + f"国土空间规划之{number}。" * 200
        Path(f"texts/{number:03}.txt").write_text(text + "\n", "utf-8")
    return tmp_path


@pytest.fixture
def small_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many requests, so that there is always one under way."""
    monkeypatch.setattr(bulk, "REQUEST", 60_000)
    monkeypatch.setattr("lsq.engines.opensearch.clients._TIMEOUT", 2)
    # A node that was silent when a search ended keeps what that read, and cannot have a copy
    # of it again, until it forgets that.
    monkeypatch.setattr("lsq.engines.opensearch.snapshot.KEEP_ALIVE", "10s")
    monkeypatch.setattr("lsq.engines.opensearch.transaction.REQUEST", 60_000)


@pytest.fixture
def healthy(cluster: Cluster) -> Iterator[Cluster]:
    """All nodes are there before and after, and have nothing to do but for one test."""
    cluster.wait()
    prepare(cluster.url)
    yield cluster
    cluster.wait()


def every_file_is_there_once(location: str) -> None:
    with lsq.open_index(location, create=False) as index:
        assert index.article_count() == FILES
        assert len(index.paths()) == FILES
        hits = [match.path for match in index.search("规划").matches]
        assert sorted(hits) == [f"texts/{number:03}.txt" for number in range(FILES)]


@pytest.fixture
def index_while(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> IndexWhile:
    """Index all files at some location, and do harm when some of them have been sent."""

    def index_while(location: str, harm: Callable[[], None]) -> None:
        sent = itertools.count(1)

        def send(*args: Any) -> None:
            if next(sent) == SOME:
                harm()
            bulk.send(*args)

        monkeypatch.setattr("lsq.engines.opensearch.transaction.send", send)
        # Made before the update, which would make it too late to wait for its copies: of a
        # shard whose copies are still being made, a node may hold the only one.
        with open_engine(location, create=True):
            cluster.wait()
        with lsq.open_index(location) as index:
            index.update(["texts"])
        assert next(sent) > 2 * SOME

    return index_while


@pytest.mark.usefixtures("folder", "small_requests")
@pytest.mark.parametrize("of", ["a data node", "the manager"])
def test_a_node_is_killed(
    healthy: Cluster, cluster_url: str, index_while: IndexWhile, of: str
) -> None:
    manager = healthy.manager()
    others = [name for name in healthy.names if name != manager]
    name = manager if of == "the manager" else others[0]
    location = f"{cluster_url}killed-{name}"
    try:
        index_while(location, lambda: healthy.kill(name))
        every_file_is_there_once(location)
    finally:
        healthy.start(name)
    healthy.wait()
    every_file_is_there_once(location)
    with lsq.open_index(location) as index:
        assert index.update(["texts"]).unchanged == FILES


@pytest.mark.usefixtures("folder", "small_requests")
def test_a_node_falls_silent(healthy: Cluster, cluster_url: str, index_while: IndexWhile) -> None:
    location = f"{cluster_url}silent"
    name = next(name for name in healthy.names if name != healthy.manager())
    try:
        index_while(location, lambda: healthy.stop(name))
    finally:
        healthy.go_on(name)
    healthy.wait()
    every_file_is_there_once(location)


@pytest.mark.usefixtures("folder", "small_requests")
def test_too_many_nodes_are_gone(
    healthy: Cluster,
    cluster_url: str,
    index_while: IndexWhile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Indexing gives up with a clear error, and goes on where it was when they are back."""
    monkeypatch.setattr(bulk, "PATIENCE", 3.0)
    location = f"{cluster_url}majority"
    gone = [name for name in healthy.names if name != healthy.manager()]

    def kill() -> None:
        for name in gone:
            healthy.kill(name)

    try:
        with pytest.raises(UnreachableError, match="run the same command again"):
            index_while(location, kill)
    finally:
        for name in gone:
            healthy.start(name)
    healthy.wait()
    # Nobody could be told that the lock is free, and who held it is alive: this process.
    monkeypatch.setattr(lock, "LEASE", 1.0)
    with lsq.open_index(location) as index:
        index.update(["texts"], Options(wait=20))
    every_file_is_there_once(location)


INDEX = """
import sys, lsq
from itertools import count
from lsq.engines.opensearch import bulk, transaction

bulk.REQUEST = transaction.REQUEST = 60_000
sent = count(1)

def send(*args):
    bulk.send(*args)
    if next(sent) == int(sys.argv[2]):
        print("some are there", flush=True)

transaction.send = send
with lsq.open_index(sys.argv[1]) as index:
    index.update(["texts"])
"""


@pytest.mark.usefixtures("folder", "healthy")
def test_lsq_itself_is_killed(cluster_url: str) -> None:
    """Whoever comes next is not kept waiting by its lock, and finishes what it began."""
    location = f"{cluster_url}itself"
    killed = subprocess.Popen(
        [sys.executable, "-c", INDEX, location, str(SOME)],
        stdout=subprocess.PIPE,
        env=clean_environment(),
    )
    assert killed.stdout
    with killed.stdout:
        assert killed.stdout.readline()
        killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    Path("texts/000.txt").unlink()
    with lsq.open_index(location) as index:
        summary = index.update(["texts"])
        assert summary.articles == FILES - 1
        assert "texts/000.txt" not in index.paths()


def test_one_writer_at_a_time(cluster_url: str) -> None:
    location = f"{cluster_url}lock"
    with OpenSearchEngine(location, create=True) as one, OpenSearchEngine(location) as other:
        with (
            one.update(),
            pytest.raises(LockedError, match=f"process {os.getpid()} on "),
            other.update(),
        ):
            pass
        with other.update():
            pass


def test_a_lock_without_updates_is_abandoned(
    cluster_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "BEAT", 0.2)
    location = f"{cluster_url}lease"
    with OpenSearchEngine(location, create=True) as one, OpenSearchEngine(location) as other:
        with pytest.raises(LockedError, match="took this one for dead"):
            taken_from(one, other, monkeypatch)
        with one.update():
            pass


def taken_from(
    one: OpenSearchEngine, other: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with one.update() as change:
        monkeypatch.setattr(lock, "LEASE", -1.0)
        with other.update():
            monkeypatch.setattr(lock, "LEASE", 60.0)
            eventually(lambda: is_lost(change))


def is_lost(change: Transaction) -> bool:
    try:
        change._lock.check()
    except LockedError:
        return True
    return False
