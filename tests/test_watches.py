"""A watch reports new articles once, and loses none when it is interrupted."""

import json
import signal
import sys
from pathlib import Path

import pytest

from lsq import disk, open_index
from lsq.errors import WatchError
from lsq.relations import watches
from lsq.relations.watches import Watch
from tests.conftest import Program


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own, for this process and the programs that it starts."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    if sys.platform == "darwin":
        monkeypatch.setenv("HOME", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def papers(tmp_path: Path) -> Program:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text("水利厅召开会议，部署节水工作。\n", "utf-8")
    program = Program(folder)
    assert program("index", ".").returncode == 0
    return program


def told(program: Program, *args: str) -> tuple[int, list[str]]:
    """The exit code of a run, and the files that it tells of."""
    ran = program("watch", "run", *args)
    assert "Traceback" not in ran.stderr
    return ran.returncode, [line.split(":")[0] for line in ran.stdout.splitlines()]


def write(program: Program, name: str, text: str) -> None:
    (program.folder / name).write_text(f"{text}\n", "utf-8")
    assert program("index", ".").returncode == 0


def test_only_new_articles_are_reported(papers: Program) -> None:
    assert papers("watch", "add", "水", "节水").returncode == 0
    assert told(papers) == (0, ["a.txt"])
    assert told(papers) == (1, [])
    write(papers, "b.txt", "县里也部署节水。")
    write(papers, "c.txt", "与此无关。")
    assert told(papers) == (0, ["b.txt"])
    write(papers, "b.txt", "县里也部署节水，并开会。")  # another text
    assert told(papers, "水") == (0, ["b.txt"])
    assert papers("index", "--rebuild", ".").returncode == 0
    assert told(papers) == (1, [])


def test_an_article_that_only_moved_is_not_new(papers: Program) -> None:
    text = (papers.folder / "a.txt").read_text("utf-8")
    papers("watch", "add", "水", "节水")
    with open_index(str(papers.folder / "index"), create=False) as index:
        one = Watch("水", "节水", str(papers.folder / "index"), {})
        first = index.news(one)
        (key,) = first.found
        path = key.partition("#")[0]
        moved = one._replace(seen={f"{path}#7": first.found[key]})
        assert text
        assert len(index.news(moved).results) == 0
        elsewhere = one._replace(seen={"b.txt#1": first.found[key]})
        assert len(index.news(elsewhere).results) == 1


def test_a_watch_runs_from_any_folder(papers: Program) -> None:
    papers("watch", "add", "水", "节水", folder=".")
    assert told(papers)[0] == 0
    other = Program(papers.folder.parent)
    assert other("watch", "run").returncode == 1


def test_a_watch_keeps_filters_and_accepts_formats(papers: Program) -> None:
    write(papers, "b.txt", "县里也部署节水。")
    assert papers("watch", "add", "只有b", "--path", "b.txt").returncode == 0
    ran = papers("watch", "run", "--format", "jsonl")
    (row,) = [json.loads(line) for line in ran.stdout.splitlines()]
    assert row["path"] == "b.txt"
    assert row["rank"] == 1
    assert papers("watch", "add", "全", "*").returncode == 0
    both = papers("watch", "run", "--format", "tsv").stdout.splitlines()
    assert len(both) == 3
    assert both[0].startswith("query\t")
    assert papers("watch", "list").stdout.count("\n") == 2


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_unread_output_is_reported_again(papers: Program) -> None:
    for number in range(60):
        (papers.folder / f"{number:02}.txt").write_text(f"{'节水' * 400}{number}。\n", "utf-8")
    papers("index", ".")
    papers("watch", "add", "水", "节水")
    # It is stopped while it writes, for nobody reads: the pipe is full, the mark not made.
    running = papers.started("watch", "run", "--format", "jsonl", "--context", "1")
    assert running.stdout
    assert running.stdout.readline()
    running.send_signal(signal.SIGKILL)
    running.wait()
    running.communicate()
    code, files = told(papers)
    assert code == 0
    assert len(files) == 61
    # A reader that closes the pipe has not seen the rest.
    write(papers, "neu.txt", f"{'节水' * 400}。")
    assert told(papers)[1] == ["neu.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_failed_output_marks_nothing_as_seen(papers: Program) -> None:
    papers("watch", "add", "水", "节水")
    with open("/dev/full", "wb") as full:
        running = papers.started("watch", "run", stdout=full.fileno())
        assert running.communicate()[1]
        assert running.returncode == 2
    assert told(papers) == (0, ["a.txt"])


def test_after_a_kill_before_marking_articles_are_reported_again(
    papers: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = str(papers.folder / "index")
    watches.add(Watch("水", "节水", location, {}))
    monkeypatch.setattr(disk, "rename", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with open_index(location, create=False) as index:
        found = index.news(watches.find("水"))
        with pytest.raises(KeyboardInterrupt):
            watches.mark(watches.find("水"), found.found)
    monkeypatch.undo()
    monkeypatch.setenv("XDG_DATA_HOME", str(papers.folder.parent / "data"))
    assert told(papers) == (0, ["a.txt"])


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["run", "没有"], "no watch"),
        (["remove", "没有"], "no watch"),
        (["remove"], "Name the watches"),
        (["add", "名"], "a query or a filter"),
        (["add"], "a query or a filter"),
        (["add", "坏", "(水"], "watch"),
        (["run", "--since", "2020"], "goes with lsq watch add"),
        (["run", "--explain"], "--explain"),
        (["grow"], "grow"),
    ],
)
def test_invalid_watches_are_refused(papers: Program, args: list[str], said: str) -> None:
    ran = papers("watch", *args)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert said in ran.stderr or args[0] == "add"
    assert "Traceback" not in ran.stderr
    assert papers("watch", "list").returncode == 1


def test_names_are_any_text_and_files_are_private(papers: Program, data: Path) -> None:
    name = "../a/b\t“水”"
    assert papers("watch", "add", name, "节水").returncode == 0
    assert papers("watch", "add", name, "节水").returncode == 2
    (file,) = (data / "lsq" / "watches").iterdir()
    assert papers("watch", "list").stdout.startswith("../a/b “水”\t节水\t")
    file.write_text("{}", "utf-8")
    with pytest.raises(WatchError):
        watches.watches()
    assert papers("watch", "run").returncode == 2
    assert papers("watch", "remove", name).returncode == 2
