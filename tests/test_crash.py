"""A kill at any moment loses nothing that was committed and needs no repair."""

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

import lsq
from lsq.errors import LockedError
from lsq.indexing.indexer import Options
from lsq.indexing.workers import bounds
from tests.conftest import Program, clean_environment

KILLS = int(os.environ.get("LSQ_STRESS_KILLS", "10"))
SECONDS = float(os.environ.get("LSQ_STRESS_SECONDS", "4"))
PATIENCE = 60.0  # seconds, for a machine that has much else to do
FILES = 150

# The real program, but committing and merging all the time.
PROGRAM = (
    "from lsq.engines.folder import signatures; "
    "from lsq.engines.whoosh import transaction; "
    "signatures.LEAST = 0; "
    "transaction.FLUSH, transaction.MERGED = 1500, 2; "
    "from lsq.cli import run; __name__ == '__main__' and run()"
)

# The same, with a reader that waits at one file for ever, and says in which process it is.
WAITING = """
import os, time
from pathlib import Path
from lsq.indexing import workers
from lsq.engines.whoosh import transaction
from lsq.readers import text

workers.WORTH_A_PROCESS, workers.BATCH_FILES = 0, 10
transaction.FLUSH = 1500
read = text.read

def wait(path, data):
    if b"wait" in data:
        Path("process").write_text(str(os.getpid()))
        Path("process").rename("waiting")
        time.sleep(1000)
    return read(path, data)

text.read = wait
from lsq.cli import run
__name__ == "__main__" and run()
"""

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


def start(folder: Path, *args: str, program: str = PROGRAM) -> "subprocess.Popen[bytes]":
    (folder / "program.py").write_text(program, "utf-8")  # for the processes it starts too
    return subprocess.Popen(
        [sys.executable, "program.py", *args],
        cwd=folder,
        env=clean_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def finish(running: "subprocess.Popen[bytes]") -> None:
    _, said = running.communicate()
    assert running.returncode == 0, said.decode()


def write(folder: Path, number: int, version: int) -> None:
    body = "国土空间规划与生态产品价值实现机制。" * (number % 7 + 1)
    text = f"第{number}号文件第{version}版。{body}"
    # At once, as editors do: a file that is read half-written is half there.
    unfinished = folder / "texts" / f".{number}-{version}-{threading.get_ident()}"
    unfinished.write_text(text * 3, "utf-8")
    unfinished.replace(folder / "texts" / f"{number}.txt")


def versions(folder: Path) -> dict[int, int]:
    """Of each file in the index its version, if it is there once and can be shown."""
    with lsq.open_index(str(folder / "index"), create=False) as index:
        hits = list(index.search('"号文件第"'))
        assert index.count("国土空间 -号文件") == 0
    paths = Counter(Path(hit.article.path).stem for hit in hits)
    assert max(paths.values(), default=1) == 1, "an article is there twice"
    return {
        int(Path(hit.article.path).stem): int(re.findall(r"第(\d+)版", hit.article.body)[0])
        for hit in hits
    }


@pytest.mark.slow
def test_a_killed_indexer_loses_nothing(tmp_path: Path) -> None:
    chance = random.Random(4)
    (tmp_path / "texts").mkdir()
    for number in range(FILES):
        write(tmp_path, number, 0)
    took = time.monotonic()
    finish(start(tmp_path, "index", "texts"))
    took = time.monotonic() - took
    known = versions(tmp_path)
    assert len(known) == FILES
    current = dict(known)
    for version in range(1, KILLS + 1):
        changed = chance.sample(range(FILES), FILES // 3)
        for number in changed:
            write(tmp_path, number, version)
            current[number] = version
        how = ["--rebuild"] if version % 5 == 0 else []
        indexing = start(tmp_path, "index", *how, "texts")
        time.sleep(chance.uniform(0.3, 1.1) * took)
        indexing.send_signal(signal.SIGKILL)
        indexing.communicate()
        now = versions(tmp_path)
        assert now.keys() == known.keys()
        # What the index says of a file is what it said before, or what the file says now.
        assert all(now[number] in {known[number], current[number]} for number in now)
        known = now
    finish(start(tmp_path, "index", "texts"))
    assert versions(tmp_path) == current


@pytest.mark.slow
def test_an_interrupt_stops_all_processes_and_keeps_what_was_committed(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for number in range(FILES):
        write(tmp_path, number, 0)
    finish(start(tmp_path, "index", "texts"))
    for number in range(FILES):
        write(tmp_path, number, 1)
    last = tmp_path / "texts" / "last.txt"
    last.write_text("wait", "utf-8")
    indexing = start(tmp_path, "index", "-j", "2", "texts", program=WAITING)
    waiting = tmp_path / "waiting"
    until = time.monotonic() + PATIENCE
    while not (waiting.exists() and 1 in versions(tmp_path).values()):
        assert indexing.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    indexing.send_signal(signal.SIGINT)
    _, said = indexing.communicate(timeout=PATIENCE)
    assert indexing.returncode == -signal.SIGINT, said.decode()
    assert b"Traceback" not in said
    assert bounds.used(int(waiting.read_text())) == 0  # it is gone
    found = versions(tmp_path)
    assert found.keys() == set(range(FILES))
    assert 1 in found.values()
    last.unlink()
    finish(start(tmp_path, "index", "texts"))
    assert set(versions(tmp_path).values()) == {1}


@pytest.mark.slow
def test_two_writers_and_four_readers_at_once(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for number in range(FILES):
        write(tmp_path, number, 0)
    location = str(tmp_path / "index")
    with lsq.open_index(location) as index:
        index.update([str(tmp_path / "texts")])
    end = time.monotonic() + SECONDS
    failures: list[BaseException] = []
    done: Counter[str] = Counter()

    def enough() -> bool:
        return done["writes"] > 2 and done["searches"] > 8

    def going_on() -> bool:
        late = time.monotonic() - end
        return not failures and (late < 0 or (late < PATIENCE and not enough()))

    def writing(seed: int) -> None:
        chance = random.Random(seed)
        while going_on():
            try:
                for number in chance.sample(range(FILES), 5):
                    write(tmp_path, number, chance.randrange(1000))
                with lsq.open_index(location) as index:
                    index.update([str(tmp_path / "texts")], Options(wait=0.1))
                done["writes"] += 1
            except LockedError:
                done["waits"] += 1
            except BaseException as error:  # whatever it is, it fails the test
                failures.append(error)

    def searching() -> None:
        while going_on():
            try:
                assert len(versions(tmp_path)) == FILES
                done["searches"] += 1
            except BaseException as error:  # likewise
                failures.append(error)

    threads = [threading.Thread(target=writing, args=(seed,)) for seed in (1, 2)]
    threads += [threading.Thread(target=searching) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    assert enough(), done


def test_a_search_reports_an_unfinished_first_run(fresh: Program) -> None:
    said = "not complete yet"
    location = fresh.folder / "index"
    with lsq.open_index(str(location)) as index, index._engine_to_write().update():
        assert said in fresh("search", "国土").stderr
        holder = (location / "writer.json").read_text("utf-8")
    assert fresh("search", "国土").stderr.count(said) == 0
    # A process that is killed leaves what it said; the next one goes on with the first run.
    (location / "writer.json").write_text(holder, "utf-8")
    assert said in fresh("search", "-c", "国土").stderr
    assert fresh("search", "-q", "国土").stderr == ""
    fresh("index", "seeds")
    assert fresh("search", "国土").stderr.count(said) == 0
    with lsq.open_index(str(location)) as index, index._engine_to_write().update():
        assert said not in fresh("search", "国土").stderr
