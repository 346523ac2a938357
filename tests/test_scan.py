"""An update compares folders with the index in order, and keeps nothing of what is the same."""

import io
import os
import shutil
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

import lsq
from lsq.engines.folder import path_order, snapshot
from lsq.engines.folder.engine import FolderEngine
from lsq.engines.registry import open_engine
from lsq.engines.stamps import skipped_of
from lsq.indexing import changes
from lsq.indexing.scan import View, scan

posix = pytest.mark.skipif(os.name == "nt", reason="needs links")

# Names that stand in another order than the files in archives, or than the names of folders.
NAMES = [
    "a.zip",
    "a.zip (1).txt",
    "a.zip.txt",
    "b.txt",
    "b.txt.html",
    "b-.txt",
    "b/c.txt",
    "b/d/e.md",
]
# Where the index lies, and what is indexed.
LAYOUTS = [
    ("index", ["."]),
    ("index", ["texts"]),
    ("index", ["texts", "more"]),
    ("more/index", ["."]),
    ("texts/b/index", ["."]),
    ("texts/b/index", ["texts"]),
    ("texts/b/index", ["more", "texts/b"]),
    ("../elsewhere/in/index", ["texts"]),
]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for folder in ("texts", "more"):
        for name in NAMES:
            write(f"{folder}/{name}")


def write(name: str, text: str = "国土空间规划") -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".zip":
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for member in ("z.txt", "d/a.txt", "photo.psd"):
                archive.writestr(member, f"{text}，{name}")
        path.write_bytes(buffer.getvalue())
    else:
        path.write_text(f"{text}，{name}。\n", "utf-8")
    os.utime(path, ns=(1_600_000_000_000_000_000,) * 2)


def update(location: str, roots: list[str]) -> None:
    with lsq.open_index(location) as index:
        index.update(roots)


def seen(location: str, roots: list[str]) -> View:
    with open_engine(location) as engine:
        return scan(engine, roots)


def settle(location: str, roots: list[str]) -> None:
    """Update until the times of all files are trusted."""
    for path in Path().rglob("*"):
        if path.is_file():
            os.utime(path, ns=(1_600_000_000_000_000_000,) * 2)
    time.sleep(2 * changes._STEP / 1e9)
    update(location, roots)
    update(location, roots)


@pytest.mark.parametrize(("location", "roots"), LAYOUTS)
def test_files_come_in_the_order_of_their_paths(location: str, roots: list[str]) -> None:
    write("more/.named.txt")
    update(location, [*roots, "more/.named.txt"])
    with open_engine(location) as engine:
        for root in roots:
            filed = list(engine.files_below(root) or ())
            paths = [path for path, _, _ in filed]
            assert paths == sorted(paths)
            held = {os.path.normpath(os.path.join(root, source)) for _, source, _ in filed}
            inside = {os.path.normpath(path) for path in engine.stamps() if ".psd" not in path}
            folder = os.path.normpath(root)
            assert held == {
                path for path in inside if folder == "." or path.startswith(folder + os.sep)
            }
            for path, source, _ in filed:
                assert path == source or path.startswith(f"{source}/")


@pytest.mark.parametrize(("location", "roots"), LAYOUTS)
def test_what_is_the_same_is_only_counted(location: str, roots: list[str]) -> None:
    settle(location, roots)
    view = seen(location, roots)
    archives = {path for path in view.indexed if path.endswith(".zip")}
    assert not view.is_whole
    assert set(view.indexed) == set(view.files.stamps) == archives
    total = sum(len(NAMES) for root in roots for _ in ("texts", "more")[root != "." :])
    assert view.same + len(archives) == view.total
    if location != "texts/b/index" or roots != ["more", "texts/b"]:
        assert view.total == total


def test_what_differs_is_kept() -> None:
    settle("index", ["texts"])
    write("texts/new.txt")
    write("texts/b.txt.html", "海洋生态保护")
    Path("texts/b-.txt").unlink()
    shutil.rmtree("texts/b")
    view = seen("index", ["texts"])
    assert not view.is_whole
    assert set(view.files.stamps) == {"texts/a.zip", "texts/new.txt", "texts/b.txt.html"}
    gone = {"texts/b-.txt", "texts/b/c.txt", "texts/b/d/e.md"}
    assert set(view.indexed) == {"texts/a.zip", "texts/b.txt.html", *gone}
    assert view.same == 3
    assert skipped_of(view.unread) == {"texts/a.zip/photo.psd": "drawing"}


def link() -> None:
    Path("texts/link.txt").symlink_to("b.txt")


def folder_behind_link() -> None:
    Path("texts").rename("elsewhere")
    Path("texts").symlink_to("elsewhere")


def most_is_gone() -> None:
    for name in NAMES[1:6]:
        Path("texts", name).unlink()


def nothing_is_there() -> None:
    shutil.rmtree("texts")
    Path("texts").mkdir()


def another_encoding() -> None:
    Path(os.fsdecode("texts/通知.txt".encode("gbk"))).write_text("国土", "utf-8")


@posix
@pytest.mark.parametrize(
    "change", [link, folder_behind_link, most_is_gone, nothing_is_there, another_encoding]
)
def test_all_files_are_compared_where_one_may_be_another(change: Callable[[], None]) -> None:
    settle("index", ["texts"])
    change()
    assert seen("index", ["texts"]).is_whole


@pytest.mark.parametrize("roots", [["texts", "texts"], [".", "texts"], ["texts/b.txt"], ["gone"]])
def test_all_files_are_compared_where_roots_are_no_folders_apart(roots: list[str]) -> None:
    update("index", ["texts"])
    assert seen("index", roots).is_whole


def test_documents_are_found_by_file_as_in_the_list_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    update("index", ["."])
    write("texts/b.txt", "海洋生态保护")
    write("more/a.zip", "海洋生态保护")
    Path("texts/a.zip.txt").unlink()
    update("index", ["."])
    with open_engine("index") as engine:
        state = cast("FolderEngine", engine)._snapshot
        sources = [*engine.stamps(), "texts/a", "texts/b", "texts/a.zip.txt", "nothing"]
        stored = [f"../{source}" for source in sources]
        single = [sorted(state.documents(source)) for source in stored]
        monkeypatch.setattr(snapshot, "_FEW", 0)
        listed = [sorted(state.documents(source)) for source in stored]
    assert single == listed
    assert sum(map(len, single)) == 2 * len(NAMES) - 1 + 2


NO_CHANGE = """
import sys
import lsq
with lsq.open_index("index") as index:
    summary = index.update(["texts"])
assert summary.unchanged == {count}, summary
print(*(name for name in sys.modules if name.partition(".")[0] in ("whoosh", "rjieba", "jieba")))
"""


def test_nothing_is_imported_to_write_with_when_nothing_has_changed() -> None:
    settle("index", ["texts"])
    code = NO_CHANGE.format(count=len(NAMES))
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr) == ("", "")


def test_leftovers_of_a_killed_update_are_deleted_by_one_without_changes() -> None:
    settle("index", ["texts"])
    data = next(Path("index").glob("data-*"))
    leftover = data / "killed.tmp"
    leftover.write_bytes(b"1")
    update("index", ["texts"])
    assert not leftover.exists()


def test_memory_does_not_grow_with_files_that_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path_order, "_FORGET", 100)
    peaks = []
    for count in (2000, 6000):
        root = f"many{count}"
        for number in range(count):
            write(f"{root}/{number // 50:02}/{number:04}.txt")
        time.sleep(2 * changes._STEP / 1e9)  # until the times of all files are trusted
        update(f"index{count}", [root])
        update(f"index{count}", [root])
        with lsq.open_index(f"index{count}") as index:
            tracemalloc.start()
            summary = index.update([root])
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        assert summary.unchanged == count
    assert peaks[1] - peaks[0] < 16 * 4000
