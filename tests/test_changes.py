"""Every change of a file is seen, and a file that has not changed is not read."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import lsq
from lsq.engines import Stamp
from lsq.indexing import changes, extraction, files, scan
from lsq.indexing.changes import settled
from lsq.indexing.indexer import Options, Summary
from lsq.readers import load, pieces

A = Path("texts/a.txt")
# Long past, so that whatever is done now is another time.
THEN = 1_600_000_000_123_456_789
posix = pytest.mark.skipif(os.name == "nt", reason="needs inodes and links")


class Reads:
    """Counts what is read of the files: of each, how often."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.paths: list[str] = []
        patch.setattr(extraction, "load", self._load)
        patch.setattr(changes, "pieces", self._pieces)

    def _load(self, path: str) -> bytes:
        self.paths.append(path)
        return load(path)

    def _pieces(self, path: str) -> Iterator[bytes]:
        self.paths.append(path)
        return pieces(path)

    def since(self) -> list[str]:
        """What has been read since this was asked last."""
        paths, self.paths = self.paths, []
        return sorted(paths)


@pytest.fixture
def reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reads:
    monkeypatch.chdir(tmp_path)
    write(A, "国土空间规划")
    write(Path("texts/b.txt"), "生态产品价值")
    write(Path("texts/empty.txt"), "")
    update()
    return Reads(monkeypatch)


def write(path: Path, text: str, when: int = THEN) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, ns=(when, when))


def update(*paths: str, options: Options | None = None) -> Summary:
    """Update, when what was written before is long enough ago."""
    time.sleep(2 * changes._STEP / 1e9)
    with lsq.open_index("index") as index:
        return index.update(paths or ["texts"], options)


def found(query: str) -> list[str]:
    with lsq.open_index("index", create=False) as index:
        return sorted(hit.article.path for hit in index.search(query))


def in_place() -> None:
    write(A, "海洋空间规划")


def by_renaming() -> None:
    write(Path("texts/.new"), "海洋空间规划")
    Path("texts/.new").rename(A)


def by_swapping_folders() -> None:
    shutil.copytree("texts", "other")
    write(Path("other/a.txt"), "海洋空间规划")
    Path("texts").rename("old")
    Path("other").rename("texts")


@posix
@pytest.mark.parametrize("change", [in_place, by_renaming, by_swapping_folders])
def test_a_change_that_keeps_size_and_time_is_seen(
    reads: Reads, change: Callable[[], None]
) -> None:
    before = A.stat()
    change()
    after = A.stat()
    assert (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    summary = update()
    assert (summary.replaced, summary.unchanged) == (1, 2)
    assert str(A) in reads.since()
    assert found("海洋") == [str(A)]
    assert found("国土") == []
    update()
    assert reads.since() == []


@posix
def test_a_link_that_leads_elsewhere_is_seen(reads: Reads) -> None:
    for name, text in {"one": "国家公园", "two": "海洋公园"}.items():
        write(Path(f"far/{name}.txt"), text)
    link = Path("texts/link.txt")
    link.symlink_to("../far/one.txt")
    update()
    assert found("国家公园") == [str(link)]
    link.unlink()
    link.symlink_to("../far/two.txt")
    assert update().replaced == 1
    assert found("海洋公园") == [str(link)]
    # And what it leads to, replaced by another of its size and time.
    reads.since()
    write(Path("far/new.txt"), "森林公园")
    Path("far/new.txt").rename("far/two.txt")
    assert update().replaced == 1
    assert found("森林公园") == [str(link)]
    update()
    reads.since()
    update()
    assert reads.since() == []


def touch() -> None:
    for path in Path("texts").iterdir():
        os.utime(path)


def change_mode() -> None:
    for path in Path("texts").iterdir():
        path.chmod(0o600)


def copy_all() -> None:
    shutil.copytree("texts", "other")  # with their times
    shutil.rmtree("texts")
    Path("other").rename("texts")


def link_all() -> None:
    for path in list(Path("texts").iterdir()):
        os.link(path, f"{path.name}.backup")


@posix
@pytest.mark.parametrize("act", [touch, change_mode, copy_all, link_all])
def test_a_file_that_was_only_touched_is_read_once(reads: Reads, act: Callable[[], None]) -> None:
    act()
    assert update().unchanged == 3
    names = [f"texts/{name}.txt" for name in ("a", "b", "empty")]
    assert reads.since() == names
    for _ in range(2):
        assert update().unchanged == 3
        assert reads.since() == []
    # Nor is that forgotten when segments are merged or replaced.
    for number in range(5):
        write(Path(f"texts/new{number}.txt"), "海洋")
        update()
    assert reads.since() == [f"texts/new{number}.txt" for number in range(5)]
    assert found("国土") == [str(A)]
    update(options=Options(rebuild=True))
    reads.since()
    update()
    assert reads.since() == []


@posix
@pytest.mark.usefixtures("reads")
def test_a_file_that_changes_right_after_it_was_read_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = files.stamp_of
    # The clock of the disk stands still, at a time that is not yet past.
    now = time.time_ns() + 3_600_000_000_000
    for module in (files, scan):
        monkeypatch.setattr(module, "stamp_of", lambda status: real(status)._replace(changed=now))
    assert update().unchanged == 3
    in_place()
    assert update().replaced == 1
    assert found("海洋") == [str(A)]
    write(A, "森林空间规划")
    assert update().replaced == 1
    assert found("森林") == [str(A)]


@pytest.mark.parametrize(
    ("changed", "looked", "kept"),
    [
        (THEN, THEN + changes._STEP, True),
        (THEN, THEN + changes._STEP - 1, False),
        (THEN, THEN - 1, False),  # the clock of another machine
        (10 * changes._SECOND, 12 * changes._SECOND, True),
        (10 * changes._SECOND, 12 * changes._SECOND - 1, False),
        (0, THEN, True),  # where it is not known
    ],
)
def test_a_time_is_kept_when_it_cannot_come_twice(changed: int, looked: int, kept: bool) -> None:
    stamp = Stamp(1, 2, "", 3, changed)
    assert (settled(stamp, looked) == stamp) == kept
    assert settled(stamp, looked)[:4] == stamp[:4]
