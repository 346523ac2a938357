"""Processes that read files: one that dies, hangs or eats memory costs the file it had."""

import errno
import os
import pickle
import signal
import subprocess
import sys
import zipfile
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from lsq import errors
from lsq.errors import LsqError, QueryError, ReadError, WorkerError
from lsq.indexing import workers
from lsq.indexing.extraction import itself, recover
from lsq.indexing.workers import bounds, machine, pool
from lsq.indexing.workers.pool import Pool
from lsq.indexing.workers.service import File, Orders
from lsq.model import Article
from tests.conftest import python
from tests.readers.samples import pdf

# The real program, which meets its bounds soon and has a reader that does what texts say.
# Processes that it starts run this too, except for the last line.
PROGRAM = """
import os, sys, time
from lsq.indexing import workers
from lsq.readers import text
from lsq.indexing.workers import bounds, machine, pool

workers.WORTH_A_PROCESS = 0
bounds._MEMORY, bounds._LEAST = 300 << 20, 300 << 20
bounds.seconds = lambda size: 2 if size == len("hang") else 120
bounds.ENFORCED = bounds.ENFORCED and "--watched" not in sys.argv
read = text.read

def obey(path, data):
    if b"die" in data:
        os.abort()
    if b"leave" in data:
        os._exit(3)
    if b"hang" in data:
        time.sleep(1000)
    if b"eat" in data:
        eaten = [b"x" * (4 << 20) for _ in range(200)]
        time.sleep(1000 * len(eaten))
    return read(path, data)

text.read = obey
from lsq.cli import run
if __name__ == "__main__":
    sys.argv = [argument for argument in sys.argv if argument != "--watched"]
    run()
"""

posix = pytest.mark.skipif(os.name != "posix", reason="knows processes by signals")


def index(folder: Path, *args: str, program: str = PROGRAM) -> "subprocess.CompletedProcess[str]":
    return run(folder, "index", "-i", "index", *args, program=program)


def run(folder: Path, *args: str, program: str = PROGRAM) -> "subprocess.CompletedProcess[str]":
    (folder / "program.py").write_text(program, "utf-8")
    return python("program.py", *args, folder=folder)


def write(folder: Path, **contents: str) -> None:
    (folder / "texts").mkdir()
    for name, content in contents.items():
        (folder / "texts" / f"{name}.txt").write_text(content, "utf-8")


@posix
@pytest.mark.parametrize(
    ("jobs", "orders"),
    [
        ("1", {"die": "ended with SIGABRT", "eat": "takes more memory"}),
        (
            "2",
            {
                "die": "ended with SIGABRT",
                "leave": "ended with exit code 3",
                "hang": "not read within 2 seconds",
                "eat": "takes more memory",
            },
        ),
    ],
    ids=["one process", "two"],
)
def test_a_file_costs_itself_alone(tmp_path: Path, jobs: str, orders: dict[str, str]) -> None:
    write(tmp_path, **{order: order for order in orders}, good="国土", fine="规划", last="空间")
    ran = index(tmp_path, "-j", jobs, "texts")
    assert ran.returncode == 2
    *failures, summary = ran.stderr.splitlines()
    assert f"files: 3 added, {len(orders)} failed; articles: 3;" in summary
    for order, line in zip(sorted(orders), failures, strict=True):
        assert line.startswith(f"lsq: {os.path.join('texts', order)}.txt: ")
        assert orders[order] in line


def test_memory_is_bounded_where_the_system_does_not_enforce_it(tmp_path: Path) -> None:
    write(tmp_path, a="国土", b="eat", c="规划")
    ran = index(tmp_path, "-j", "1", "texts", "--watched")
    assert ran.returncode == 2
    assert "b.txt: reading it takes more memory" in ran.stderr
    assert "files: 2 added, 1 failed;" in ran.stderr


def test_the_member_of_an_archive_is_named(tmp_path: Path) -> None:
    write(tmp_path, a="国土")
    with zipfile.ZipFile(tmp_path / "texts" / "b.zip", "w") as archive:
        archive.writestr("c.txt", "规划")
        archive.writestr("d.txt", "die")
    ran = index(tmp_path, "-j", "1", "texts")
    assert f"lsq: {os.path.join('texts', 'b.zip')}/d.txt: damaged or malicious" in ran.stderr
    assert "files: 1 added, 1 failed;" in ran.stderr


@posix
def test_what_is_shown_is_read_by_another_process_too(tmp_path: Path) -> None:
    write(tmp_path, a="国土", b="die", c="规划")
    names = [os.path.join("texts", f"{name}.txt") for name in "abc"]
    ran = run(tmp_path, "show", *names)
    assert ran.returncode == 2
    assert "国土" in ran.stdout
    assert "规划" in ran.stdout
    assert ran.stderr.startswith(f"lsq: {names[1]}: damaged or malicious")


@posix
def test_the_layout_is_drawn_by_another_process_too(tmp_path: Path) -> None:
    write(tmp_path)
    program = PROGRAM.replace("readers import text", "readers import pdf as text").replace(
        "text.read", "text.laid_out"
    )
    for name, page in {"a": "good", "b": "die", "c": "fine"}.items():
        (tmp_path / f"{name}.pdf").write_bytes(pdf(page) + f"% {page}".encode())
    ran = run(tmp_path, "show", "--layout", "a.pdf", "b.pdf", "c.pdf", program=program)
    assert ran.returncode == 2
    assert ran.stdout.count("<svg") == 2
    assert ran.stderr.startswith("lsq: b.pdf: damaged or malicious")


@posix
def test_a_member_is_not_said_to_be_missing_from_an_archive_that_is_not_read(
    tmp_path: Path,
) -> None:
    write(tmp_path)
    with zipfile.ZipFile(tmp_path / "texts" / "b.zip", "w") as archive:
        archive.writestr("c.txt", "规划")
        archive.writestr("d.txt", "die")
    ran = run(tmp_path, "show", "texts/b.zip/c.txt")
    assert ran.returncode == 2
    assert "b.zip/d.txt: damaged or malicious" in ran.stderr


def test_text_is_read_without_another_process_and_all_else_with_one(tmp_path: Path) -> None:
    write(tmp_path, a="国土", b="die")
    alone = PROGRAM.replace("workers.WORTH_A_PROCESS = 0", "")
    assert index(tmp_path, "texts", program=alone).returncode not in {0, 1, 2}
    (tmp_path / "texts" / "c.html").write_text("<html><p>规划", "utf-8")
    assert "files: 2 added, 1 failed;" in index(tmp_path, "texts", program=alone).stderr
    assert index(tmp_path, "--jobs", "0", "texts").returncode not in {0, 1, 2}


def test_where_no_process_can_be_started_the_way_out_is_told(tmp_path: Path) -> None:
    write(tmp_path, a="国土")
    nowhere = "import multiprocessing; multiprocessing.set_executable('nowhere')\n" + PROGRAM
    ran = index(tmp_path, "texts", program=nowhere)
    assert ran.returncode == 2
    assert "cannot start a process" in ran.stderr
    assert "lsq index --jobs 0 PATH…" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert index(tmp_path, "--jobs", "0", "texts", program=nowhere).returncode == 0


def test_one_killed_while_it_has_nothing_to_do_costs_nothing(tmp_path: Path) -> None:
    write(tmp_path, a="国土", b="规划")
    files = [File(str(tmp_path / "texts" / name), 6) for name in ("a.txt", "b.txt")]
    with Pool[Article](1, Orders(itself)) as pool:
        for file in files:
            assert [whole.failures for whole in pool.work_through([[file]])] == [()]
            pool._processes[0]._process.kill()
            pool._processes[0]._process.join()


def impatient_at_first(patched: pytest.MonkeyPatch, module: ModuleType, bound: str) -> None:
    """Let the first process have a second for something, and those after it all the time."""
    replace, usual = pool._Process._replace, getattr(module, bound)

    def replace_patiently(process: "pool._Process[Any]") -> None:
        patched.setattr(module, bound, usual)
        replace(process)

    patched.setattr(module, bound, 1)
    patched.setattr(pool._Process, "_replace", replace_patiently)


@posix
def test_one_stopped_before_it_has_started_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient_at_first(monkeypatch, pool, "_START_SECONDS")
    write(tmp_path, a="国土")
    with Pool[Article](1, Orders(itself)) as processes:
        os.kill(processes._processes[0]._process.pid or 0, signal.SIGSTOP)
        found = processes.work_through([[File(str(tmp_path / "texts" / "a.txt"), 6)]])
        assert [whole.failures for whole in found] == [()]


@posix
@pytest.mark.parametrize("begins", [False, True], ids=["silent", "telling"])
def test_one_that_is_stopped_costs_the_file_it_had(
    tmp_path: Path, begins: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient_at_first(monkeypatch, bounds, "_SECONDS")
    monkeypatch.setattr(pool, "_MESSAGE_SECONDS", 1)
    write(tmp_path, a="stop", b="规划")
    files = [File(str(tmp_path / "texts" / name), 6) for name in ("a.txt", "b.txt")]
    with Pool[Article](1, Orders(partial(stop_at_once, begins=begins))) as processes:
        found = list(processes.work_through([files]))
    assert [len(whole.articles) for whole in found] == [0, 1]
    reason = "was killed" if begins else "not read within 1 seconds"
    assert reason in found[0].failures[0].reason


def stop_at_once(article: Article, begins: bool) -> Article:
    """Stop this process at a text that says so, maybe when it has begun to tell something."""
    if "stop" in article.text:
        if begins:
            frame = sys._getframe()
            while frame.f_back and "connection" not in frame.f_locals:
                frame = frame.f_back
            os.write(frame.f_locals["connection"].fileno(), (1000).to_bytes(4, "big"))
        os.kill(os.getpid(), signal.SIGSTOP)
    return article


@pytest.mark.parametrize("jobs", [0, 2])
def test_what_fails_is_told_among_what_does_not(
    tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(workers, "BATCH_FILES", 2)
    write(tmp_path, a="国土", b="\0\0", c="规划")
    files = [(str(path), 6) for path in sorted((tmp_path / "texts").iterdir())]
    found = list(workers.work(files, itself, jobs))
    assert [whole.path for whole in found] == [path for path, _ in files]
    assert [len(whole.articles) for whole in found] == [1, 0, 1]
    assert [[failure.path for failure in each.failures] for each in found] == [
        [],
        [files[1][0]],
        [],
    ]


def test_a_defect_that_a_text_meets_is_told_as_its_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def extract(*_: object) -> None:
        raise IndexError("7")

    monkeypatch.setattr("lsq.extract.extract", extract)
    write(tmp_path, a="国土")
    path = str(tmp_path / "texts" / "a.txt")
    whole = recover(path, itself)
    assert (whole.articles, whole.digest) == ((), "")
    assert "(IndexError: 7); this is a defect of lsq" in whole.failures[0].reason


@pytest.mark.parametrize(
    "error",
    [
        ReadError("a.txt", "broken"),
        QueryError("国土 (", 3, "unbalanced", "title"),
        errors.UnknownIdError("a#1", "index"),
        errors.LockedError("index", "process 7"),
        errors.StorageError("full"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_can_be_told_by_another_process(error: LsqError) -> None:
    told = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    assert type(told) is type(error)
    assert str(told) == str(error)
    assert vars(told) == vars(error)


def test_bounds_grow_with_the_file_up_to_what_the_machine_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(machine, "memory", lambda: 8 << 30)
    assert bounds.seconds(0) == 120
    assert bounds.seconds(100 << 20) == 520
    assert bounds.memory(0) == 1536 << 20
    assert bounds.memory(10 << 20) == (1536 + 400) << 20
    assert bounds.memory(256 << 20) == 4 << 30
    monkeypatch.setattr(machine, "memory", lambda: 1 << 30)
    assert bounds.memory(0) == 768 << 20
    monkeypatch.setattr(machine, "memory", lambda: 512 << 20)
    assert bounds.memory(0) == 384 << 20


def test_a_process_has_memory_until_it_is_gone() -> None:
    waiting = [sys.executable, "-c", "print(flush=True); input()"]
    pipe = subprocess.PIPE
    with subprocess.Popen(waiting, stdin=pipe, stdout=pipe) as process:
        assert process.stdout
        process.stdout.readline()  # Python is there by now, and not only its process
        assert bounds.used(process.pid) > 1 << 20
        process.communicate(b"\n")
    assert bounds.used(process.pid) == 0


def test_processes_start_before_it_is_known_what_they_do(tmp_path: Path) -> None:
    write(tmp_path, a="规划" * (workers.WORTH_A_PROCESS // 6), b="国土")
    folder = tmp_path / "texts"
    files = [(str(path), path.stat().st_size) for path in sorted(folder.iterdir())]
    with workers.started_for([str(folder)], 3) as started:
        processes = [one.process for one in started]
        found = list(workers.work(files, itself, 2, started=started))
        assert (len(processes), len(started)) == (3, 1)
        assert [whole.failures for whole in found] == [(), ()]
        assert [process.exitcode for process in processes] == [None, 0, 0]
    assert processes[0].exitcode is not None


@pytest.mark.parametrize(("named", "jobs"), [("a.txt", 2), ("gone", 2), ("b.txt", 0)])
def test_no_process_starts_for_little(tmp_path: Path, named: str, jobs: int) -> None:
    write(tmp_path, a="国土", b="规划" * (workers.WORTH_A_PROCESS // 6))
    with workers.started_for([str(tmp_path / "texts" / named)], jobs) as started:
        assert started == []


@pytest.mark.parametrize("what", ["Pipe", "Process"])
def test_a_system_that_has_nothing_left_is_named(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = get_context("spawn")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(context, what, refuse)
    monkeypatch.setattr("lsq.indexing.workers.pool.get_context", lambda _: context)
    with pytest.raises(WorkerError, match=os.strerror(errno.EMFILE)):
        Pool(1, Orders(itself))


def test_a_system_without_a_thread_left_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    with Pool[Article](1, Orders(itself)) as processes:
        monkeypatch.setattr(processes._threads, "submit", refuse)
        with pytest.raises(WorkerError, match="thread"):
            list(processes.work_through([[File("x", 1)]]))
