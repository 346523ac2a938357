"""Files whose names are in GBK are found, and shown as what the names say."""

import os
from pathlib import Path

import pytest

from lsq.readers.names import actual, shown
from tests.conftest import Program

RAW = os.fsdecode("丽水市规划通知.txt".encode("gbk"))
FOLDER = os.fsdecode("二〇二〇年文件".encode("gbk"))


@pytest.fixture
def folder(begun: Program, tmp_path: Path) -> Path:
    try:
        (tmp_path / "in" / FOLDER).mkdir(parents=True)
        (tmp_path / "in" / FOLDER / RAW).write_text("国土空间规划。", "utf-8")
        (tmp_path / "in" / RAW).write_text("海洋规划。", "utf-8")
        (tmp_path / "in" / f"{RAW}.jpg").write_bytes(b"x")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such name")
    assert begun("index", "in").returncode == 0
    return tmp_path


NAMES = ["in/丽水市规划通知.txt", "in/二〇二〇年文件/丽水市规划通知.txt"]


def test_a_file_has_one_path_wherever_lsq_runs(folder: Path, begun: Program) -> None:
    inside = f"in/{FOLDER}"
    index = ("-i", str(folder / "index"))
    assert "1 unchanged" in begun("index", ".", *index, folder=inside).stderr
    assert (
        begun("search", "-l", "国土空间", *index, folder=inside).stdout
        == f"{Path(NAMES[1]).name}\n"
    )
    # And with an index in there.
    own = ("-i", f"{inside}/index")
    assert "1 added" in begun("index", "-i", "index", ".", folder=inside).stderr
    assert "1 unchanged" in begun("index", inside, *own).stderr
    assert begun("search", "-l", "国土空间", *own).stdout == f"{NAMES[1]}\n"
    assert (
        begun("search", "-l", "-i", "index", "国土空间", folder=inside).stdout
        == f"{Path(NAMES[1]).name}\n"
    )


def test_they_are_found_and_shown(folder: Path, begun: Program) -> None:
    assert begun("search", "-l", "规划", "--sort", "path").stdout.splitlines() == NAMES
    assert begun("search", "国土空间").stdout == f"{NAMES[1]}:1:国土空间规划。\n"
    for name, text in zip(NAMES, ("海洋规划。", "国土空间规划。"), strict=True):
        assert text in begun("show", name).stdout
    assert begun("info", "--skipped").stdout.startswith("in/丽水市规划通知.txt.jpg: a picture")
    again = begun("index", "in")
    assert "2 unchanged" in again.stderr
    exact = begun.piped("search", "-l", "-0", "国土空间").stdout
    assert exact == os.fsencode(f"in/{FOLDER}/{RAW}\0")
    assert os.path.exists(folder / os.fsdecode(exact[:-1]))


def test_their_changes_are_noticed(folder: Path, begun: Program) -> None:
    (folder / "in" / RAW).write_text("海洋生态。", "utf-8")
    assert "1 replaced, 1 unchanged" in begun("index", "in").stderr
    (folder / "in" / RAW).unlink()
    assert "1 unchanged, 1 dropped" in begun("index", "in").stderr


def test_two_files_of_one_name_are_told(folder: Path, begun: Program) -> None:
    (folder / NAMES[0]).write_text("另一份。", "utf-8")
    ran = begun("index", "in")
    assert ran.returncode == 2
    assert "reads like another file's" in ran.stderr
    assert begun("search", "-l", "另一份").stdout == f"{NAMES[0]}\n"


def test_names_that_say_something(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert shown(f"in/{RAW}") == NAMES[0]
    assert actual(NAMES[0]) == f"in/{RAW}"
    assert actual(str(folder / NAMES[1])) == str(folder / "in" / FOLDER / RAW)
    assert actual("in/没有.txt") == "in/没有.txt"
    with pytest.raises(ValueError):  # noqa: PT011
        shown(os.fsdecode(b"\xff.txt"))


def test_a_name_in_gbk_that_is_utf_8_as_well(begun: Program, tmp_path: Path) -> None:
    raw = os.fsdecode("通知.txt".encode("gbk"))
    raw.encode()  # so it is
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / raw).write_text("国土空间规划。", "utf-8")
    for name in ("Überblick.txt", "Договор.txt", "café.txt"):
        (tmp_path / "in" / name).write_text("国土空间规划。", "utf-8")
    assert begun("index", "in").returncode == 0
    shown = {"in/通知.txt", "in/Überblick.txt", "in/Договор.txt", "in/café.txt"}
    assert set(begun("search", "-l", "国土空间").stdout.splitlines()) == shown
    assert begun("show", "in/通知.txt").returncode == 0
