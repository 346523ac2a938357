"""What goes wrong is called by its name, and nothing is made, left behind or slow by a slip."""

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import lsq
from lsq.engines.folder import data
from lsq.engines.folder.mark import HOLDER
from lsq.errors import ForeignIndexError, NoIndexError, QueryError, StorageError
from lsq.query import parse
from lsq.query.patterns import Patterns, within
from tests.conftest import FIRST, SEEDS, Program, clean_environment, copied, python

posix = pytest.mark.skipif(os.name != "posix", reason="a shell with ulimit, and devices")


def test_a_mistyped_location_makes_no_index(tmp_path: Path) -> None:
    location = tmp_path / "typo"
    with lsq.open_index(str(location)) as index:
        assert not index.exists
        for ask in (
            lambda: index.search("国土"),
            lambda: index.count("国土"),
            index.article_count,
            index.paths,
            lambda: index.forget(["x"]),
        ):
            with pytest.raises(NoIndexError):
                ask()
    assert not location.exists()


def test_the_first_update_makes_it(tmp_path: Path) -> None:
    with lsq.open_index(str(tmp_path / "new")) as index:
        index.update([str(SEEDS)])
        assert index.exists
        assert index.article_count()


def test_what_cannot_become_an_index_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    with pytest.raises(ForeignIndexError):
        lsq.open_index(str(tmp_path))
    with pytest.raises(StorageError):
        lsq.open_index(str(tmp_path / "mine.txt" / "index"))


def test_no_holder_stays_where_its_name_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(json, "dumps", full)
    with (
        pytest.raises(StorageError, match=os.strerror(errno.ENOSPC)),
        data.writer_lock(str(tmp_path), 0),
    ):
        pass
    monkeypatch.undo()
    assert not (tmp_path / HOLDER).exists()
    with data.writer_lock(str(tmp_path), 0):  # and the lock is free
        assert (tmp_path / HOLDER).exists()


FAILING = """
import sys, lsq.cli.{module} as module
from lsq import cli
def fail(*_, **__): raise OSError({number}, "as told", "some/file")
import lsq.index; lsq.index.open_index = fail
sys.argv = ["lsq", "info"]
sys.exit(cli.main())
"""


@pytest.mark.parametrize("number", [errno.EMFILE, errno.EIO, errno.ENOSPC])
def test_what_the_system_answers_is_no_defect(number: int, tmp_path: Path) -> None:
    ran = python("-c", FAILING.format(module="info", number=number), folder=tmp_path)
    assert ran.returncode == 2
    assert ran.stderr.startswith("lsq: some/file: as told; ")  # and what to do
    assert ran.stderr.count("\n") == 1


@posix
@pytest.mark.parametrize(
    ("command", "left"),
    [("watch add mine 丽水", "data"), ("trend 丽水 --by folder --plot picture.svg", "picture.svg")],
)
def test_a_full_disk_leaves_no_part_of_a_file(indexed: Program, command: str, left: str) -> None:
    """A limit of the size of files stands in for a full disk."""
    ran = indexed.shell(f"export XDG_DATA_HOME=$PWD/data; ulimit -f 0; lsq {command} 2>&1; echo $?")
    assert os.strerror(errno.EFBIG) in ran
    assert ran.endswith("\n2\n")
    assert left in ran  # the path
    place = indexed.folder / left
    assert not [file for file in (place, *place.rglob("*")) if file.is_file()]


@posix
@pytest.mark.parametrize(
    "command", ["index --rebuild --user-dict {} seeds", "search --synonyms {} 丽水"]
)
def test_a_list_that_never_ends_is_refused(indexed: Program, command: str) -> None:
    ran = indexed(*command.format("/dev/zero").split())
    assert ran.returncode == 2
    assert "/dev/zero" in ran.stderr
    assert "64 MB" in ran.stderr


@posix
@pytest.mark.parametrize("options", ["", "-0 "])
def test_paths_that_never_end_are_refused(indexed: Program, options: str) -> None:
    ran = indexed.shell(f"lsq index {options}- </dev/zero; echo $?")
    assert "more than 256 MB of paths" in ran
    assert ran.endswith("\n2\n")


def test_want_of_memory_is_no_defect(tmp_path: Path) -> None:
    failing = FAILING.format(module="info", number=0).replace("OSError(", "MemoryError(")
    ran = python("-c", failing, folder=tmp_path)
    assert (ran.returncode, ran.stderr) == (2, "lsq: not enough memory; end other programs\n")


@posix
def test_a_list_may_be_piped(indexed: Program) -> None:
    named = indexed.piped(
        "search", "--synonyms", "/dev/stdin", "丽水", given="甲乙\t丙丁\t=\n".encode()
    )
    assert named.returncode == 0, named.stderr


def test_an_old_index_does_not_keep_show_from_highlighting(
    indexed: Program, tmp_path: Path
) -> None:
    (tmp_path / "index" / "lsq.json").write_text('{"format_version": 1}', "utf-8")
    shown = indexed(
        "show", FIRST, "--format", "terminal", "--highlight", "国土", "--pager", "never"
    )
    assert shown.returncode == 0
    assert shown.stdout
    assert shown.stderr.count("\n") == 1
    assert "format 1" in shown.stderr


def test_ids_are_looked_up_by_how_they_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["a/b1.txt", "a/b2.txt", "a/c.txt", "d.txt", "bb/e.txt"]
    for name in names:
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("国土空间规划通知\n\n内容。\n", "utf-8")
    with lsq.open_index("index") as index:
        index.update(["a", "d.txt", "bb"])
        every = [f"{name}#1" for name in names]
        for beginning in ["", "a", "a/", "a/b", "a/b1.txt", "a/b1.txt#", "a/b1.txt#1", "b", "x"]:
            expected = sorted(one for one in every if one.startswith(beginning))
            assert sorted(index.ids(beginning)) == expected, beginning
        monkeypatch.chdir("a")
    with lsq.open_index("../index") as index:
        assert sorted(index.ids("")) == [
            "../bb/e.txt#1",
            "../d.txt#1",
            *(f"{name}#1" for name in ("b1.txt", "b2.txt", "c.txt")),
        ]
        assert list(index.ids("../d")) == ["../d.txt#1"]
        assert list(index.ids("c")) == ["c.txt#1"]
        index._engine.search = None  # type: ignore[assignment]  # nothing is searched
        assert list(index.ids("b2")) == ["b2.txt#1"]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs alarms")
def test_an_alarm_ends_what_the_clock_of_the_process_does_not() -> None:
    with pytest.raises(TimeoutError):
        within(0.01, lambda _limit: time.sleep(60))
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    assert within(60, lambda limit: limit) == 60


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs alarms")
def test_an_alarm_of_the_program_itself_is_left_alone() -> None:
    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    try:
        assert within(60, lambda _limit: signal.getitimer(signal.ITIMER_REAL)) == (0, 0)
    finally:
        signal.signal(signal.SIGALRM, before)
    told: list[object] = []
    thread = threading.Thread(
        target=lambda: told.append(within(60, lambda _: signal.getitimer(signal.ITIMER_REAL)))
    )
    thread.start()
    thread.join()
    assert told == [(0, 0)]


@pytest.mark.parametrize(
    "typed",
    [r"/(?e)(?:abcdefghijklmn){e<=9}/", r"/(?e)(?:国家.{1,40}机关.{1,50}职责丙丁戊){e<=9}/"],
)
def test_fuzzy_expressions_end_in_time(typed: str) -> None:
    expression = parse(typed, lambda _: ())
    text = "国家机关工作人员和人民团体" * 20_000
    with pytest.raises(QueryError, match=r"takes more than 0\.2 s"):
        list(Patterns(limit=0.2).ranges(expression, text))  # type: ignore[arg-type]


WITHOUT_A_WORD = """
import sys
from lsq.cli import run
sys.argv[0] = "lsq"
run()
"""


def test_whoosh_and_jieba_say_nothing_when_python_compiles_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("国土空间规划通知\n\n内容。\n", "utf-8")
    compiled = {"PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}
    for command in (["index", "--jobs", "0", "a.txt"], ["search", "国土通知"]):
        strict = ["-W", "error::SyntaxWarning", "-W", "error::DeprecationWarning"]
        ran = python(*strict, "-c", WITHOUT_A_WORD, *command, folder=tmp_path, **compiled)
        assert ran.returncode == 0, ran.stderr
        assert "Warning" not in ran.stderr
        assert "whoosh" not in ran.stderr


STUBS = """
import sys
from lsq.segment import Segmenter
before = set(sys.modules)
words = Segmenter(sys.argv[1]).query_words("国土空间规划和珙桐坡")
new = set(sys.modules) - before
print(sorted(name for name in new if name.split(".")[0] in ("jieba", "logging", "tempfile")))
import logging, jieba
print(logging.getLogger.__module__, jieba.__version__, "/".join(words))
print("/".join(jieba.cut("国土空间")) and jieba.finalseg.cut.__module__)
"""


def test_jieba_leaves_no_module_of_its_own_behind(tmp_path: Path) -> None:
    from lsq.segment.making import write_dictionary

    write_dictionary(tmp_path / "words")
    ran = python("-c", STUBS, str(tmp_path / "words"), folder=tmp_path)
    lines = ran.stdout.splitlines()
    assert lines[0] == "[]", ran.stderr
    assert lines[1].startswith("logging 0.42.1 国土/")
    assert lines[2] == "jieba.finalseg"


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.skipif(os.name != "posix", reason="arguments are bytes on POSIX alone")
@pytest.mark.parametrize(
    ("encoding", "locale"),
    [
        ("utf-8", ASCII),
        ("utf-8", {"LC_ALL": "C.UTF-8"}),
        ("utf-8", {"LC_ALL": "C"}),
        ("gb18030", {"LC_ALL": "zh_CN.GB18030"}),
        ("gb18030", {"LANG": "zh_CN.gbk"}),
        ("gb18030", ASCII | {"LC_ALL": "zh_CN.gb2312"}),
    ],
)
def test_a_query_is_read_from_its_bytes(
    tmp_path: Path, empty_index: Path, encoding: str, locale: dict[str, str]
) -> None:
    copied(empty_index, tmp_path / "index")
    name = "通知.txt"
    (tmp_path / name).write_text("国土空间规划通知\n\n内容。\n", "utf-8")
    command = [os.fsencode(sys.executable), b"-m", b"lsq"]
    environment = clean_environment() | locale
    # Paths that a pipe lists are bytes, whatever the locale makes of them.
    made = subprocess.run(
        [*command, b"index", b"--jobs", b"0", b"-0", b"-"],
        input=os.fsencode(name) + b"\0",
        check=False,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
    )
    assert made.returncode == 0, made.stderr
    for asked in ([], [b"--title"]):
        query = [*command, b"search", *asked, "空间规划".encode(encoding), b"-l", b"-0"]
        found = subprocess.run(
            query, check=False, cwd=tmp_path, env=environment, capture_output=True
        )
        assert found.returncode == 0, found.stderr
        assert found.stdout == os.fsencode(name) + b"\0"


COMPILED = """
import re, sys
made = re._compiler.compile
def note(pattern, flags=0):
    if isinstance(pattern, str) and "lsq" in sys._getframe(3).f_globals["__name__"]:
        print(len(pattern), repr(pattern[:40]), file=sys.stderr)
    return made(pattern, flags)
re._compiler.compile = note
from lsq.cli import main
sys.argv[0] = "lsq"
main()
"""


def test_a_search_compiles_only_short_expressions(tmp_path: Path) -> None:
    """To compile a long one, such as an alternative for each label, takes as long as the rest."""
    (tmp_path / "a.txt").write_text("国土空间规划通知\n\n内容。\n", "utf-8")
    assert python("-m", "lsq", "index", "a.txt", folder=tmp_path).returncode == 0
    ran = python("-c", COMPILED, "search", "国土空间", folder=tmp_path)
    assert ran.stdout.startswith("a.txt:1:"), ran.stderr
    lengths = [int(line.split()[0]) for line in ran.stderr.splitlines()]
    assert lengths
    assert max(lengths) < 200, ran.stderr
