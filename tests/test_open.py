"""`lsq open`: a hit of the last search at a terminal, or an article, in an editor or a viewer."""

import json
import multiprocessing
import os
import stat
import sys
from pathlib import Path

import pytest

from lsq.cli import recent
from lsq.cli.viewers import viewer_command
from lsq.errors import OpenError
from lsq.hit import Hit, Snippet, StoredArticle
from lsq.model import Place
from tests.conftest import FIRST, Program
from tests.factories import article
from tests.readers.samples import pdf
from tests.terminal import Seen, at_terminal

# An editor that prints its arguments.
EDITOR = f"{sys.executable} -c 'import sys; print(sys.argv[1:])'"


def hit(number: int, path: str = "a.txt") -> Hit:
    found = StoredArticle(article("国土", path=path), "国土", ())
    return Hit(number, 1.0, found, (Snippet("国土", Place(7, None)),))


def remember(*hits: Hit) -> None:
    with recent.remembered() as written:
        for one in hits:
            written(one)


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of stored hits, for terminal A."""
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(recent, "_here", lambda: ("A", 1))
    return Path(recent.folder())


def at(lsq: Program, command: str, **environment: str) -> Seen:
    """The output of a shell at a terminal."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return at_terminal(
        ["bash", "-c", command],
        lsq.folder,
        environment={"PATH": path, "EDITOR": EDITOR, "LSQ_PAGER": "cat"} | environment,
    )


def test_a_number_is_a_hit_of_the_last_search(lsq: Program, tmp_path: Path) -> None:
    vim = tmp_path / "vim"
    vim.write_text('#!/bin/sh\necho "$@"\n')
    vim.chmod(0o755)
    asked = (
        "lsq search 丽水 --offset 1 > /dev/null; lsq search 丽水; lsq search 超市 | cat; lsq open 2"
    )
    shown = at(lsq, asked, EDITOR=str(vim))
    assert shown.code == 0, shown.text
    hits = [
        json.loads(line) for line in lsq("search", "丽水", "--format", "jsonl").stdout.splitlines()
    ]
    line, path = hits[1]["snippets"][0]["line"], hits[1]["path"]
    assert shown.text.splitlines()[-1] == f"+{line} {lsq.folder.resolve() / path}"
    # From another folder, and in a session of its own: the newest search.
    there = lsq("open", "3", folder="seeds", EDITOR=EDITOR)
    assert there.returncode == 0, there.stderr
    assert there.stdout == f"[{str(lsq.folder.resolve() / hits[2]['path'])!r}]\n"


def test_hits_shown_by_any_are_numbered_too(lsq: Program) -> None:
    shown = at(lsq, "lsq search 国土空间归划; lsq open 1")
    assert shown.code == 0, shown.text
    assert str(lsq.folder.resolve() / "seeds") in shown.text.splitlines()[-1]


def test_a_hit_of_a_pipe_is_not_remembered(lsq: Program, tmp_path: Path) -> None:
    lsq("search", "丽水", XDG_STATE_HOME=str(tmp_path))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", [f"{FIRST}#2", "“中国超市创业之乡”合作协议"])
def test_an_article_is_opened(lsq: Program, name: str) -> None:
    ran = lsq("open", name, EDITOR=EDITOR)
    assert ran.stdout == f"[{str(lsq.folder.resolve() / FIRST)!r}]\n", ran.stderr


@pytest.mark.parametrize("name", [f"{FIRST}#99", "9" * 5000])
def test_an_article_that_is_not_there_is_an_error(lsq: Program, name: str) -> None:
    ran = lsq("open", name, EDITOR=EDITOR)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"{name}: no article" in ran.stderr


def test_open_reports_what_it_cannot_find(state: Path) -> None:
    with pytest.raises(OpenError, match="no search at a terminal is remembered"):
        recent.find(1)
    remember()
    with pytest.raises(OpenError, match="the last search showed no hit"):
        recent.find(1)
    remember(hit(11), hit(12))
    assert recent.find(12).place == Place(7, None)
    with pytest.raises(OpenError, match="hits 11 to 12; there is no hit 1"):
        recent.find(1)
    (file,) = state.iterdir()
    for damaged in (
        "",
        "[]",
        "{}",
        '{"format": 2}',
        '{"format": 1, "session": 1, "hits": [[1, 2]]}',
    ):
        file.write_text(damaged, "utf-8")
        with pytest.raises(OpenError, match="no search at a terminal is remembered"):
            recent.find(12)


def test_a_terminal_has_its_own_last_search(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(hit(1, "a.txt"))
    monkeypatch.setattr(recent, "_here", lambda: ("B", 2))
    remember(hit(1, "b.txt"))
    assert recent.find(1).path == os.path.abspath("b.txt")
    monkeypatch.setattr(recent, "_here", lambda: ("A", 1))
    assert recent.find(1).path == os.path.abspath("a.txt")
    # Its name is given to another terminal: that has not searched.
    monkeypatch.setattr(recent, "_here", lambda: ("A", 3))
    assert recent.find(1).path == os.path.abspath("b.txt")
    assert len(list(state.iterdir())) == 2


def test_only_numbers_and_places_are_stored(lsq: Program, tmp_path: Path) -> None:
    shown = at(
        lsq,
        "lsq search 国土空间规划; stat -c %a $XDG_STATE_HOME/lsq/recent",
        XDG_STATE_HOME=str(tmp_path),
    )
    (file,) = tmp_path.rglob("*.json")
    known = json.loads(file.read_text("utf-8"))
    assert known.keys() == {"format", "session", "hits"}
    assert known["hits"] == [[1, str(lsq.folder.resolve() / FIRST), 1, None]]
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert shown.text.splitlines()[-1] == "700"


def test_a_search_that_cannot_be_remembered_is_answered(lsq: Program, tmp_path: Path) -> None:
    (tmp_path / "lsq").write_text("a file, not a folder", "utf-8")
    shown = at(lsq, "lsq search 国土空间规划", XDG_STATE_HOME=str(tmp_path))
    assert shown.code == 0
    assert "1 article found" in shown.text


def _keep_remembering(number: int, times: int) -> None:
    for _ in range(times):
        remember(*(hit(one, f"{number}.txt") for one in range(1, 50)))


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="no such variables there")
@pytest.mark.parametrize("named", ["", "rel", "./rel"])
def test_a_relative_folder_for_all_programs_is_ignored(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", named)
    assert Path(recent.folder()) == tmp_path / ".local" / "state" / "lsq" / "recent"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / named))
    assert Path(recent.folder()) == tmp_path / named / "lsq" / "recent"


def test_searches_at_the_same_time_do_not_mix(state: Path) -> None:
    remember(hit(1, "0.txt"))
    context = multiprocessing.get_context("fork") if os.name == "posix" else None
    if context is None:
        pytest.skip("needs fork, to have terminal A in other processes")
    running = [context.Process(target=_keep_remembering, args=(n, 60)) for n in range(4)]
    for one in running:
        one.start()
    looked = 0
    while any(one.is_alive() for one in running):
        (known,) = [json.loads(file.read_text("utf-8")) for file in state.glob("*.json")]
        assert len({path for _, path, _, _ in known["hits"]}) == 1
        looked += 1
    assert looked
    assert [one.exitcode for one in running] == [0] * 4
    assert [file.suffix for file in state.iterdir()] == [".json"]


@pytest.mark.parametrize(
    ("chosen", "command"),
    [
        ("okular", ["okular", "--page", "7", "/a b/c.pdf"]),
        ("evince --fullscreen", ["evince", "--fullscreen", "--page-index=7", "/a b/c.pdf"]),
        ("/opt/bin/zathura", ["/opt/bin/zathura", "--page=7", "/a b/c.pdf"]),
        ("firefox", ["firefox", "file:///a%20b/c.pdf#page=7"]),
        ("mine -p{page} '{path}' -x", ["mine", "-p7", "/a b/c.pdf", "-x"]),
        (
            "open -a Chrome {url}#page={page}",
            ["open", "-a", "Chrome", "file:///a%20b/c.pdf#page=7"],
        ),
        ("unknown", ["unknown", "/a b/c.pdf"]),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="paths as POSIX has them")
def test_a_viewer_is_told_the_page(
    monkeypatch: pytest.MonkeyPatch, chosen: str, command: list[str]
) -> None:
    monkeypatch.setenv("LSQ_PDF_VIEWER", chosen)
    assert viewer_command("/a b/c.pdf", 7) == command
    assert viewer_command("/a b/c.ofd", 7) is None


def test_a_path_is_not_filled_in_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LSQ_PDF_VIEWER", "mine {path} {page}")
    path = os.path.abspath("{page}{url}.pdf")
    assert viewer_command(path, 7) == ["mine", path, "7"]


def test_a_viewer_that_is_no_command_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LSQ_PDF_VIEWER", "'")
    with pytest.raises(OpenError, match=r"\$LSQ_PDF_VIEWER is not a command"):
        viewer_command("/a.pdf", 1)


@pytest.mark.skipif(sys.platform != "linux", reason="where xdg-mime names the viewer")
@pytest.mark.parametrize(
    ("desktop", "viewer", "told"),
    [
        ("org.gnome.Evince.desktop", "evince", "--page-index=2 {path}"),
        ("okularApplication_pdf.desktop", "okular", "--page 2 {path}"),
        ("firefox-esr.desktop", "firefox-esr", "{url}#page=2"),
        ("some-other.desktop", "xdg-open", "{path}"),
    ],
)
def test_a_pdf_is_opened_at_its_page(
    begun: Program, tmp_path: Path, desktop: str, viewer: str, told: str
) -> None:
    document = begun.folder / "公报.pdf"
    document.write_bytes(pdf("国土资源的管理和保护。" * 9, "矿产资源的开采。" * 9))
    programs = {"xdg-mime": f"echo {desktop}", viewer: 'echo "$@" > "$SAID"'}
    for name, script in programs.items():
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    assert begun("index", "公报.pdf").returncode == 0
    ways = [("open", "公报.pdf#1")] if "{path}" in told else []
    environment = {
        "PATH": f"{tmp_path}:/usr/bin:/bin",
        "SAID": str(tmp_path / "said"),
        "EDITOR": "false",
    }
    for way in [("search", "--open", "矿产资源"), *ways]:
        opened = begun(*way, **environment)
        assert opened.returncode == 0, opened.stderr
        said = (tmp_path / "said").read_text("utf-8").strip()
        expected = told.format(path=document.resolve(), url=document.resolve().as_uri())
        assert said == (expected if way[0] == "search" else expected.replace("2 ", "1 "))
