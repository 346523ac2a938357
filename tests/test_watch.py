"""`lsq index --watch` follows its files: the real program, and real files that change."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from lsq.errors import ExtraError
from lsq.indexing.watching import bursts
from tests.conftest import Program, clean_environment

pytestmark = pytest.mark.skipif(os.name == "nt", reason="ends it by a signal")
COUNTS = re.compile(r"(\d[\d,]*) (added|replaced|dropped)")


class Watcher:
    """`lsq index --watch`, running in a folder."""

    def __init__(self, folder: Path, *paths: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lsq", "index", "--watch", "-j", "1", *paths],
            cwd=folder,
            env=clean_environment(),
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self._lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as lines:
            for line in lines:
                self._lines.put(line)

    def line(self) -> str:
        """The next line that it says, however long that takes."""
        return self._lines.get(timeout=120)

    def done(self) -> dict[str, int]:
        """What its next line says was done."""
        return {what: int(count.replace(",", "")) for count, what in COUNTS.findall(self.line())}

    def interrupted(self) -> int:
        """Its exit code when Ctrl-C is typed."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()


@pytest.fixture
def watcher(fresh: Program) -> Iterator[Watcher]:
    started = Watcher(fresh.folder, "seeds")
    assert started.done() == {"added": 2}
    yield started
    started.kill()


def test_what_changes_is_found(fresh: Program, watcher: Watcher) -> None:
    seeds = fresh.folder / "seeds"
    (seeds / "new.txt").write_text("关于防汛抗旱的通知。\n", "utf-8")
    assert watcher.done() == {"added": 1}
    assert fresh("search", "-l", "防汛抗旱").stdout == "seeds/new.txt\n"
    (seeds / "new.txt").write_text("关于森林防火的通知。\n", "utf-8")
    assert watcher.done() == {"replaced": 1}
    assert fresh("search", "-c", "防汛抗旱").stdout == "0\n"
    (seeds / "new.txt").unlink()
    assert watcher.done() == {"dropped": 1}
    assert watcher.interrupted() == -signal.SIGINT


def test_a_burst_is_one_update(fresh: Program, watcher: Watcher) -> None:
    staged, watched = fresh.folder / "staged", fresh.folder / "seeds" / "many"
    staged.mkdir()
    for number in range(1000):
        (staged / f"{number}.txt").write_text(f"第{number}号文件。\n", "utf-8")
    staged.rename(watched)
    assert watcher.done() == {"added": 1000}
    for number in range(1000):
        (watched / f"{number}.txt").write_text(f"第{number}号文件，已修改。\n", "utf-8")
    replaced = 0
    while replaced < 1000:  # a slow disk makes two bursts of it
        replaced += watcher.done()["replaced"]
    assert replaced == 1000
    assert fresh("search", "-c", "已修改").stdout == "1000\n"


def test_a_failure_is_told_once(fresh: Program, watcher: Watcher) -> None:
    seeds = fresh.folder / "seeds"
    (seeds / "bad.pdf").write_bytes(b"no pdf")
    assert "bad.pdf" in watcher.line()
    watcher.line()
    (seeds / "new.txt").write_text("关于防汛抗旱的通知。\n", "utf-8")
    assert "1 added" in watcher.line()


def test_an_index_among_the_files_does_not_wake_it(fresh: Program) -> None:
    watcher = Watcher(fresh.folder, ".")
    try:
        assert watcher.done() == {"added": 2}
        (fresh.folder / "new.txt").write_text("关于防汛抗旱的通知。\n", "utf-8")
        assert watcher.done() == {"added": 1}
        (fresh.folder / "new.txt").unlink()
        assert watcher.done() == {"dropped": 1}
    finally:
        watcher.kill()


def test_without_anything_to_watch_it_ends(fresh: Program) -> None:
    ended = fresh("index", "--watch", "nowhere")
    assert ended.returncode == 2
    assert "nowhere" in ended.stderr


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(ExtraError, match=r"pip install 'lsq-bulletins\[watch\]'"):
        next(bursts(["."], "index"))
