"""Nodes die or fall silent while files are indexed: nothing is lost, nothing is there twice."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import lsq
from lsq.engines.opensearch import OpenSearchEngine, bulk, lock
from lsq.engines.opensearch.transaction import Transaction
from lsq.errors import LockedError, UnreachableError
from tests.cluster import Cluster, eventually
from tests.conftest import clean_environment

FILES = 400


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
    monkeypatch.setattr("lsq.engines.opensearch.engine._TIMEOUT", 2)
    monkeypatch.setattr("lsq.engines.opensearch.transaction.REQUEST", 60_000)


@pytest.fixture
def healthy(cluster: Cluster) -> Iterator[Cluster]:
    cluster.wait()
    yield cluster
    cluster.wait()


def every_file_is_there_once(location: str) -> None:
    with lsq.open_index(location, create=False) as index:
        assert index.article_count() == FILES
        assert len(index.paths()) == FILES
        hits = [match.path for match in index.search("规划").matches]
        assert sorted(hits) == [f"texts/{number:03}.txt" for number in range(FILES)]


def index_while(location: str, harm: Callable[[], None]) -> None:
    """Index all files, and do harm as soon as some of them are there."""
    with lsq.open_index(location) as index:
        errors: list[BaseException] = []

        def update() -> None:
            try:
                index.update(["texts"])
            except BaseException as error:
                errors.append(error)

        indexing = threading.Thread(target=update)
        indexing.start()
        time.sleep(0.5)
        assert indexing.is_alive()
        harm()
        indexing.join(timeout=120)
        assert not indexing.is_alive()
        if errors:
            raise errors[0]


@pytest.mark.usefixtures("folder", "small_requests")
@pytest.mark.parametrize("of", ["a data node", "the manager"])
def test_a_node_is_killed(healthy: Cluster, cluster_url: str, of: str) -> None:
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
def test_a_node_falls_silent(healthy: Cluster, cluster_url: str) -> None:
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
    healthy: Cluster, cluster_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Indexing gives up with a clear error, and goes on where it was when they are back."""
    monkeypatch.setattr(bulk, "PATIENCE", 3.0)
    location = f"{cluster_url}majority"
    gone = [name for name in healthy.names if name != healthy.manager()]

    def kill() -> None:
        for name in gone:
            healthy.kill(name)

    try:
        with pytest.raises(UnreachableError, match="go on with the same command"):
            index_while(location, kill)
    finally:
        for name in gone:
            healthy.start(name)
    healthy.wait()
    with lsq.open_index(location) as index:
        index.update(["texts"])
    every_file_is_there_once(location)


INDEX = """
import sys, lsq
from lsq.engines.opensearch import bulk, transaction
bulk.REQUEST = transaction.REQUEST = 60_000
with lsq.open_index(sys.argv[1]) as index:
    print("open", flush=True)
    index.update(["texts"])
"""


@pytest.mark.usefixtures("folder")
def test_lsq_itself_is_killed(healthy: Cluster, cluster_url: str) -> None:
    """Whoever comes next is not kept waiting by its lock, and finishes what it began."""
    location = f"{cluster_url}itself"
    killed = subprocess.Popen(
        [sys.executable, "-c", INDEX, location],
        stdout=subprocess.PIPE,
        env=clean_environment(),
    )
    assert killed.stdout
    with killed.stdout:
        assert killed.stdout.readline()
        eventually(lambda: healthy.client.count(index="lsq-tests-itself")["count"] >= 0)
        time.sleep(0.7)
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


def test_a_lock_that_is_not_kept_alive_is_nobodys(
    cluster_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "BEAT", 0.2)
    location = f"{cluster_url}lease"
    with OpenSearchEngine(location, create=True) as one, OpenSearchEngine(location) as other:
        with pytest.raises(LockedError, match="took us for dead"):
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
