"""What macOS and Windows do otherwise, with their calls stood in for: neither is at hand."""

import errno
import ntpath
import os
import sys
import time
from pathlib import Path

import pytest

from lsq import disk
from lsq.cli.opening import editor_command
from lsq.cli.streams import _Output
from lsq.engines import paths
from lsq.errors import OutputError
from lsq.readers import word

fcntl = pytest.importorskip("fcntl")
linux = pytest.mark.skipif(not hasattr(os, "eventfd"), reason="needs eventfd")
F_FULLFSYNC, F_GETPATH = 51, 50


@pytest.fixture
def macos(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A system that says that it is macOS; what it answers to fcntl is up to the test."""
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", F_FULLFSYNC, raising=False)
    monkeypatch.setattr(fcntl, "F_GETPATH", F_GETPATH, raising=False)
    return monkeypatch


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(os, "name", "nt")
    return monkeypatch


@pytest.mark.parametrize("knows", [True, False])
def test_macos_brings_a_file_to_the_disk(
    macos: pytest.MonkeyPatch, tmp_path: Path, knows: bool
) -> None:
    asked: list[object] = []

    def answer(_descriptor: int, command: int) -> int:
        asked.append(command)
        if not knows:
            raise OSError(errno.ENOTSUP, "unknown to this file system")
        return 0

    macos.setattr(fcntl, "fcntl", answer)
    macos.setattr(os, "fsync", lambda _descriptor: asked.append("fsync"))
    (tmp_path / "a").touch()
    disk.sync(tmp_path / "a")
    assert asked == ([F_FULLFSYNC] if knows else [F_FULLFSYNC, "fsync"])


def test_macos_names_a_file_as_the_disk_does(macos: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    own = os.fsencode(tmp_path / "Seeds")
    macos.setattr(fcntl, "fcntl", lambda _descriptor, _command, room: own.ljust(len(room), b"\0"))
    assert paths.real_path(str(tmp_path / "seeds")) == str(tmp_path / "Seeds")


def test_macos_cannot_name_what_it_cannot_open(macos: pytest.MonkeyPatch, tmp_path: Path) -> None:
    macos.setattr(fcntl, "fcntl", None)
    assert paths.real_path(str(tmp_path / "gone")) == str(tmp_path / "gone")


@pytest.mark.parametrize("refusals", [0, 3])
def test_windows_replaces_a_file_once_nobody_reads_it(
    windows: pytest.MonkeyPatch, tmp_path: Path, refusals: int
) -> None:
    replace, left = os.replace, [None] * refusals

    def busy(source: str, target: str) -> None:
        if left:
            left.pop()
            raise PermissionError(errno.EACCES, "Access is denied")
        replace(source, target)

    windows.setattr(os, "replace", busy)
    windows.setattr(time, "sleep", lambda _seconds: None)
    source, target = os.path.join(tmp_path, "new"), os.path.join(tmp_path, "old")
    with open(source, "w", encoding="utf-8") as file:
        file.write("新")
    disk.rename(source, target)
    with open(target, encoding="utf-8") as file:
        assert file.read() == "新"


def test_windows_gives_up_on_a_file_that_stays_open(windows: pytest.MonkeyPatch) -> None:
    def busy(_source: str, _target: str) -> None:
        raise PermissionError(errno.EACCES, "Access is denied")

    windows.setattr(os, "replace", busy)
    windows.setattr(disk, "_RETRY_SECONDS", 0.1)
    with pytest.raises(PermissionError):
        disk.rename("new", "old")


def test_elsewhere_a_refusal_is_final(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refused(*_names: str) -> None:
        asked.append(1)
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(PermissionError):
        disk.rename("new", "old")
    assert len(asked) == 1


def test_windows_names_what_is_on_another_drive_by_its_drive(
    windows: pytest.MonkeyPatch,
) -> None:
    windows.setattr(os, "path", ntpath)
    windows.setattr(os, "sep", "\\")
    assert paths.stored_path(r"D:\bulletins\a.txt", r"C:\index") == "D:/bulletins/a.txt"
    assert paths.stored_path(r"C:\bulletins\a.txt", r"C:\index") == "../bulletins/a.txt"
    assert paths.plain_path(r"D:\bulletins\..\a.txt") == r"D:\a.txt"


@linux
@pytest.mark.usefixtures("windows")
def test_windows_says_otherwise_that_nobody_reads_a_pipe() -> None:
    # Linux answers the same when less than eight bytes are written to one of these.
    with _Output(os.eventfd(0), "w") as output, pytest.raises(BrokenPipeError):
        output.write(b"x")


@linux
def test_elsewhere_such_an_answer_is_an_error() -> None:
    with _Output(os.eventfd(0), "w") as output, pytest.raises(OutputError):
        output.write(b"x")


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        (
            r'"C:\Program Files\Notepad++\notepad++.exe" -multiInst',
            [r"C:\Program Files\Notepad++\notepad++.exe", "-multiInst", "-n7", "a.txt"],
        ),
        (r"C:\vim\gvim.exe", [r"C:\vim\gvim.exe", "+7", "a.txt"]),
        ("notepad", ["notepad", "a.txt"]),
    ],
)
@pytest.mark.usefixtures("windows")
def test_windows_has_editors_with_blanks_in_their_paths(editor: str, words: list[str]) -> None:
    assert editor_command(editor, "a.txt", 7) == words


@pytest.mark.parametrize(
    ("platform", "home", "place"),
    [
        ("linux", "opt", "libreoffice24.8/program/soffice"),
        ("darwin", "Applications", "LibreOffice.app/Contents/MacOS/soffice"),
        ("win32", "Program Files", "LibreOffice/program/soffice.exe"),
    ],
)
def test_libreoffice_is_found_where_it_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, home: str, place: str
) -> None:
    program = tmp_path / home / place
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("ProgramFiles", str(tmp_path / home))
    monkeypatch.setattr(sys, "platform", platform)
    usual = word._PLACES[platform]
    moved = tuple(str(tmp_path) + one if one.startswith("/") else one for one in usual)
    monkeypatch.setattr(word, "_PLACES", {platform: moved})
    assert word._program() == str(program)
