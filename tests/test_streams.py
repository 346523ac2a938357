"""A good citizen of the shell: streams, encodings, signals, colours, lists on stdin."""

import errno
import json
import os
import re
import signal
import struct
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import FIRST, SECOND, Program, python
from tests.terminal import at_terminal

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX streams and signals")
MANY = 20_000
FULL = f"lsq: standard output: {os.strerror(errno.ENOSPC)}"
ANSWERS = ["json", "jsonl", "tsv", "csv"]


@posix
@pytest.mark.parametrize(
    ("command", "printed"),
    [
        ("lsq search 丽水 >&-", f"lsq: standard output: {os.strerror(errno.EBADF)}"),
        ("lsq search -c 丽水 >&-", f"lsq: standard output: {os.strerror(errno.EBADF)}"),
        ("lsq search 丽水 >/dev/full", FULL),
        ("lsq search -l 丽水 >/dev/full", FULL),
        ("lsq search -c 丽水 >/dev/full", FULL),
        ("lsq search '*' --format json --snippets 99 >/dev/full", FULL),
        (f"lsq show {FIRST} >/dev/full", FULL),
        ("echo '(' | lsq search - --format json >/dev/full", "lsq: standard input, line 1: "),
        ("lsq --help >/dev/full", FULL),
    ],
)
def test_output_that_cannot_be_written_is_an_error(
    lsq: Program, command: str, printed: str
) -> None:
    if "/dev/full" in command and not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    shown = lsq.shell(f"{command}; echo $?")
    assert shown.startswith(printed)
    assert shown.endswith("\n2\n")
    assert "Traceback" not in shown
    assert "internal" not in shown


@posix
def test_streams_that_are_closed_stop_nothing_else(fresh: Program) -> None:
    assert fresh.shell("lsq index seeds <&- >&- 2>&-; echo $?") == "0\n"
    assert fresh.shell("lsq search -l 瓯江 <&- 2>&-") == f"{FIRST}\n"
    assert fresh.shell("lsq search '“瓯' 2>&-; echo $?") == "2\n"
    assert fresh.shell("lsq search - -c <&-; echo $?") == "1\n"


IN_FORMAT = ("search", "-", "--format")
FOUND_AND_REFUSED = "浙西南\n“国土\n".encode()


@pytest.fixture(scope="module")
def usual(lsq: Program) -> dict[str, bytes]:
    """What is printed in each format where all is as lsq likes it."""
    return {name: lsq.piped(*IN_FORMAT, name, given=FOUND_AND_REFUSED).stdout for name in ANSWERS}


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "gb18030:strict"},
        {"LC_ALL": "C"},
        {"LC_ALL": "zh_CN.GB18030", "LANGUAGE": "en"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "en_US.ISO-8859-1", "PYTHONIOENCODING": "latin-1"},
    ],
    ids=str,
)
@pytest.mark.parametrize("format_", ANSWERS)
def test_a_pipe_gets_utf_8_whatever_the_locale(
    lsq: Program, usual: dict[str, bytes], environment: dict[str, str], format_: str
) -> None:
    changed = {"PYTHONUTF8": "0"} | environment
    ran = lsq.piped(*IN_FORMAT, format_, given=FOUND_AND_REFUSED, **changed)
    assert (ran.returncode, ran.stdout) == (2, usual[format_])
    assert "浙西南" in ran.stdout.decode("utf-8")
    assert b"line 2: this quote is not closed" in ran.stderr


@posix
def test_a_terminal_gets_what_it_can_show(lsq: Program) -> None:
    shown = at_terminal(
        [sys.executable, "-m", "lsq", "search", "瓯江", "--format", "plain"],
        lsq.folder,
        environment={"PYTHONIOENCODING": "ascii", "LSQ_PAGER": "cat"},
    )
    assert shown.text.startswith(f"{FIRST}:45:?")


@posix
@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([b"search", b"\xb9\xfa"], "from here on, this is not UTF-8"),
        ([b"search", b"a", b"--title", b"\xb9\xfa"], "--title: from here on, this is not UTF-8"),
        ([b"search", b"a", b"--since", b"\xb9\xfa"], "--since: not a date"),
        ([b"search", b"a", b"-i", b"\xb9\xfa"], "no index at"),
        ([b"show", b"\xb9\xfa"], "no such file"),
        ([b"index", b"\xb9\xfa"], os.strerror(errno.ENOENT)),
        ([b"forget", b"\xb9\xfa", b"-i", b"\xb9\xfa"], "no index at"),
    ],
)
def test_arguments_that_are_not_utf_8_are_refused(
    lsq: Program, args: list[bytes], said: str
) -> None:
    ran = lsq.piped(*args)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert said in ran.stderr.decode("utf-8")
    assert b"internal" not in ran.stderr


@posix
@pytest.mark.parametrize(
    ("name", "shown", "in_json"),
    [(b"\xb9\xfa", "国", "国".encode()), (b"\xff", "�", b"\xff")],
    ids=["GBK", "no encoding"],
)
def test_a_folder_whose_name_is_not_utf_8(
    indexed: Program, tmp_path: Path, name: bytes, shown: str, in_json: bytes
) -> None:
    moved = os.fsencode(tmp_path) + b"/" + name
    try:
        os.mkdir(moved)
    except OSError:
        pytest.skip("this file system takes no such name")
    os.rename(tmp_path / "seeds", moved + b"/seeds")
    os.rename(tmp_path / "index", moved + b"/index")
    args = (b"search", "瓯江", b"-i", name + b"/index")
    path = b"/" + FIRST.encode()
    assert indexed.piped(*args, "-l0").stdout == name + path + b"\0"
    assert indexed.piped(*args, "-0").stdout.startswith(name + path + b"\x0045:")
    assert indexed.piped(*args, "-l").stdout == f"{shown}/{FIRST}\n".encode()
    hit = json.loads(indexed.piped(*args, "--format", "jsonl").stdout.decode("utf-8"))
    assert os.fsencode(hit["path"]) == in_json + path


@posix
def test_an_interrupt_ends_it_as_it_ends_others(lsq: Program) -> None:
    with lsq.started("search", "-", "--format", "json") as waiting:
        assert waiting.stdin
        assert waiting.stdout
        assert waiting.stderr
        waiting.stdin.write("瓯江\n".encode())
        waiting.stdin.flush()
        assert waiting.stdout.readline()
        waiting.send_signal(signal.SIGINT)
        assert waiting.wait(30) == -signal.SIGINT
        assert waiting.stderr.read().strip() == b""


# An interrupt in a library that turns it into an error of its own.
TURNED = """
import os, signal
import lsq.index
from lsq import cli
def fail(*_, **__):
    try:
        os.kill(os.getpid(), signal.SIGINT)
    except KeyboardInterrupt:
        pass
    raise TypeError("of another")
lsq.index.open_index = fail
cli.run()
"""


@posix
def test_an_interrupt_is_one_whatever_a_library_makes_of_it(tmp_path: Path) -> None:
    ran = python("-c", TURNED, "info", folder=tmp_path)
    assert (ran.returncode, ran.stderr) == (-signal.SIGINT, "")


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program in a folder with an index of a text; no pipe holds all matches in it."""
    folder = tmp_path_factory.mktemp("long")
    (folder / "many.txt").write_text("国土空间规划。\n" * MANY, "utf-8")
    program = Program(folder)
    assert program("index", "many.txt").returncode == 0
    return program


@posix
def test_the_first_hit_is_there_before_the_last(long: Program) -> None:
    with long.started("search", "-o", "国土") as printing:
        assert printing.stdout
        first = printing.stdout.readline().decode("utf-8")
        assert re.fullmatch(r".+:\d+:国土\n", first)
        assert printing.poll() is None
        printing.kill()


@posix
def test_it_ends_with_its_reader_as_others_do(long: Program) -> None:
    with long.started("search", "-o", "国土") as printing:
        assert printing.stdout
        assert printing.stderr
        assert printing.stdout.readline()
        printing.stdout.close()
        assert printing.wait(60) == -signal.SIGPIPE
        assert printing.stderr.read() == b""


@posix
def test_it_ends_with_the_reader_of_its_errors(fresh: Program) -> None:
    ended = fresh.shell("{ lsq index seeds; } 2>&1 | true; echo ${PIPESTATUS[0]}")
    assert ended == f"{128 + signal.SIGPIPE}\n"


BROKEN = """
import os, socket
from lsq.cli import streams
streams.prepare()
ours, theirs = socket.socketpair()
reading, writing = os.pipe()
theirs.close()
os.close(reading)
for send in (lambda: ours.send(b"files"), lambda: os.write(writing, b"files")):
    try:
        send()
    except BrokenPipeError:
        print("reported")
"""


@posix
def test_the_end_of_a_worker_or_a_node_does_not_end_lsq() -> None:
    assert python("-c", BROKEN).stdout == "reported\n" * 2


@posix
def test_a_pipe_that_does_not_block_is_written_to_the_end(long: Program) -> None:
    out, into = os.pipe()
    os.set_blocking(into, False)
    with long.started("search", "-o", "国土", stdout=into) as writing:
        os.close(into)
        wait_until_full(out)
        with open(out, encoding="utf-8") as lines:
            assert sum(line.endswith(":国土\n") for line in lines) == MANY
        assert writing.stderr
        assert writing.stderr.read() == b""
    assert writing.returncode == 0


def wait_until_full(pipe: int) -> None:
    """Wait until the content of a pipe no longer grows."""
    import fcntl
    import termios

    held = -1
    until = time.monotonic() + 60
    while (now := struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)))[0]) > held:
        assert time.monotonic() < until, "nothing is written"
        held = now or held
        time.sleep(0.1)


@pytest.mark.parametrize("format_", ANSWERS)
def test_queries_from_stdin_are_answered_in_order(lsq: Program, format_: str) -> None:
    queries = "\ufeff百山祖\r\n\n不存在的词语串\n“未闭合\n瓯江\n".encode()
    ran = lsq.piped("search", "-", "--format", format_, given=queries)
    assert ran.returncode == 2
    assert ran.stderr.decode("utf-8").splitlines() == [
        "lsq: standard input, line 4: this quote is not closed",
        "  “未闭合",
        "  ^",
    ]
    lines = ran.stdout.decode("utf-8").splitlines()
    match format_:
        case "json":
            answers = [json.loads(line) for line in lines]
            asked = ["百山祖", "不存在的词语串", "“未闭合", "瓯江"]
            assert [answer["query"] for answer in answers] == asked
            assert [answer.get("total") for answer in answers] == [2, 0, None, 1]
            assert answers[2]["error"] == "this quote is not closed"
        case "jsonl":
            hits = [json.loads(line) for line in lines]
            assert [(hit["query"], hit["rank"]) for hit in hits] == [
                ("百山祖", 1),
                ("百山祖", 2),
                ("瓯江", 1),
            ]
        case _:
            sign = "\t" if format_ == "tsv" else ","
            first = [tuple(line.split(sign)[:2]) for line in lines]
            assert first == [("query", "rank"), ("百山祖", "1"), ("百山祖", "2"), ("瓯江", "1")]


@pytest.mark.parametrize(
    ("queries", "code"),
    [
        ("", 1),
        ("瓯江\n", 0),
        ("不存在的词语串\n", 1),
        ("不存在的词语串\n瓯江", 0),
        ("(\n瓯江\n", 2),
    ],
)
def test_the_exit_code_is_that_of_all_queries(lsq: Program, queries: str, code: int) -> None:
    assert lsq.piped("search", "-", "-c", given=queries.encode()).returncode == code


def test_queries_from_stdin_are_counted(lsq: Program) -> None:
    ran = lsq.piped("search", "-", "-c", "--path", "004", given="百山祖\n瓯江\n(\n*\n".encode())
    assert ran.stdout.decode("utf-8").splitlines() == ["百山祖:1", "瓯江:0", "*:1"]


def test_a_program_can_ask_one_query_after_another(lsq: Program) -> None:
    with lsq.started("search", "-", "--format", "json", "-n", "1") as answering:
        assert answering.stdin
        assert answering.stdout
        for query, total in (("百山祖", 2), ("“", None), ("\udcff", None), ("瓯江", 1)):
            answering.stdin.write(query.encode("utf-8", "surrogateescape") + b"\n")
            answering.stdin.flush()
            answer = json.loads(answering.stdout.readline())
            assert (answer["query"], answer.get("total")) == (query, total)
        answering.stdin.close()
        assert answering.wait(30) == 2


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["search", "-"], "--format json, jsonl, tsv or csv"),
        (["search", "-", "--format", "plain"], "--format json, jsonl, tsv or csv"),
        (["search", "-", "--format", "terminal"], "--format json, jsonl, tsv or csv"),
        (["search", "-", "-l"], "take one query"),
        (["search", "-", "-q"], "take one query"),
        (["search", "-", "--open", "--format", "json"], "take one query"),
        (["search", "-", "--explain-id", "a#1", "--format", "json"], "take one query"),
        (["search", "a", "--explain", "--format", "csv"], "--explain does not go with csv"),
        (["search", "-", "--format", "json", "--title", ""], "--title: this is empty"),
        (["search", "a", "-0", "--format", "csv"], "-0 goes with -l or --format plain"),
        (["search", "a", "-o", "--format", "terminal"], "does not go with terminal"),
        (["search", "a", "-o", "--context", "1"], "does not go with --context"),
        (["search", "a", "-l", "--format", "jsonl"], "--format sets how hits are printed"),
        (["search", "a", "-c", "-0", "--snippets", "2"], "--snippets, -0 sets how hits are"),
        (["search", "a", "--open", "--context", "1"], "does not go with --open"),
        (["search", "a", "-o", "--explain-id", "a#1"], "does not go with --explain-id"),
        (["search", "-i", "nowhere", "a", "-0", "--format", "csv"], "-0 goes with -l or"),
        (["index", "-0", "seeds"], "-0 is for paths on standard input"),
        (["index", "--rebuild", "-"], "would make an empty index"),
    ],
)
def test_what_makes_no_sense_is_refused(lsq: Program, args: list[str], said: str) -> None:
    ran = lsq.piped(*args, given="\n瓯江\n".encode() if args[0] == "search" else b"\n")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert said in " ".join(ran.stderr.decode("utf-8").split())


@pytest.mark.parametrize(
    ("args", "listed"),
    [
        (["-"], f"{FIRST}\n{SECOND}\n"),
        (["-"], f"{FIRST}\r\n{SECOND}"),
        (["-0", "-"], f"{FIRST}\0{SECOND}\0"),
        (["-", FIRST], f"\n{SECOND}\n\n"),
        (["-0", "-", SECOND], f"{FIRST}"),
    ],
)
def test_paths_from_stdin_are_indexed_and_forgotten(
    fresh: Program, args: list[str], listed: str
) -> None:
    ran = fresh.piped("index", *args, given=listed.encode())
    assert b"files: 2 added;" in ran.stderr
    ran = fresh.piped("forget", *args, given=listed.encode())
    assert b"files: 2 dropped;" in ran.stderr


def test_a_list_has_nothing_in_it(indexed: Program) -> None:
    assert b"files: none; articles: 3;" in indexed.piped("index", "-", given=b"").stderr


@posix
def test_names_in_a_list_may_be_any(fresh: Program, tmp_path: Path) -> None:
    name = "a b\nc\t“d”'.txt"
    (tmp_path / name).write_text("国土。", "utf-8")
    ran = fresh.piped("index", "-0", "-", given=f"{name}\0nowhere\x1b[2J\0".encode())
    assert ran.returncode == 2
    assert b"files: 1 added, 1 failed;" in ran.stderr
    assert b"\x1b" not in ran.stderr
    assert fresh.piped("search", "国土", "-l0").stdout == f"{name}\0".encode()
    assert fresh.shell("lsq search 国土 -l0 | xargs -0 cat") == "国土。"
