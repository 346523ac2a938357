"""A plain search is answered without click, and prints the same as with click."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsq.cli.quick import PlainSearch, parse
from tests.conftest import Program, clean_environment, python

PLAIN = [
    (["search", "国土"], PlainSearch(("国土",))),
    (["search", "国土", "空间"], PlainSearch(("国土", "空间"))),
    (["search", "-n", "3", "国土"], PlainSearch(("国土",), limit=3)),
    (["search", "国土", "--limit", "0"], PlainSearch(("国土",), limit=0)),
    (["search", "-i", "a/b", "国土", "-n", "007"], PlainSearch(("国土",), "a/b", 7)),
    (["search", "--index", "https://h/x", "国土"], PlainSearch(("国土",), "https://h/x")),
    (["search", "search"], PlainSearch(("search",))),
    (["search", "-l", "国土"], PlainSearch(("国土",), way="files")),
    (["search", "国土", "--count"], PlainSearch(("国土",), way="count")),
    (["search", "-o", "-n", "2", "国土"], PlainSearch(("国土",), limit=2, way="matches")),
    (["search", "--format", "jsonl", "国土"], PlainSearch(("国土",), format_="jsonl")),
]
OTHER = [
    [],
    ["国土"],
    ["search"],
    ["index", "国土"],
    ["search", ""],
    ["search", "国土", ""],
    ["search", "-"],
    ["search", "--", "国土"],
    ["search", "-空间", "国土"],
    ["search", "-n3", "国土"],
    ["search", "-n", "国土"],
    ["search", "-n", "-1", "国土"],
    ["search", "-n", "+1", "国土"],
    ["search", "-n", "１", "国土"],
    ["search", "-n", "1_0", "国土"],
    ["search", "-n", "1234567890", "国土"],
    ["search", "-n", "1", "-n", "2", "国土"],
    ["search", "--limit=3", "国土"],
    ["search", "国土", "-n"],
    ["search", "国土", "-i"],
    ["search", "-i", "", "国土"],
    ["search", "-i", "-n", "3", "国土"],
    ["search", "-n", "3"],
    ["search", "--any", "国土"],
    ["search", "-l", "-c", "国土"],
    ["search", "-l", "-l", "国土"],
    ["search", "-lc", "国土"],
    ["search", "-q", "国土"],
    ["search", "-l", "--format", "jsonl", "国土"],
    ["search", "--format", "html", "国土"],
    ["search", "--format", "yaml", "国土"],
    ["search", "--format=jsonl", "国土"],
    ["search", "--format", "jsonl", "--format", "jsonl", "国土"],
    ["search", "国土", "--format"],
    ["search", "-h"],
    ["-n", "3", "search", "国土"],
]


@pytest.mark.parametrize(("args", "plain"), PLAIN)
def test_a_plain_search_is_recognised(args: list[str], plain: PlainSearch) -> None:
    assert parse(args) == plain


@pytest.mark.parametrize("args", OTHER)
def test_anything_else_is_left_to_click(args: list[str]) -> None:
    assert parse(args) is None


# Runs what each line of standard input says, one way or the other, in one process: its own
# start would take longer than all else.
BOTH = """
import ast, io, os, sys
from lsq.cli import main, quick, streams

class Kept(io.TextIOWrapper):
    def __init__(self): super().__init__(io.BytesIO(), "utf-8", "surrogateescape", newline="")
    def fileno(self): return 1

way, plain = sys.stdout, quick.quick_search
streams.prepare = lambda: None
for line in sys.stdin.buffer:
    by_click, args = ast.literal_eval(line.decode())
    quick.quick_search = (lambda _: None) if by_click else plain
    sys.argv = ["lsq", *args]
    sys.stdout, sys.stderr = out, err = Kept(), Kept()
    code = main()
    out.flush(), err.flush()
    print(repr((code, out.buffer.getvalue(), err.buffer.getvalue())), file=way, flush=True)
"""


class BothWays:
    """lsq in a process, run with arguments by the quick way and by click."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", BOTH],
            cwd=folder,
            env=clean_environment() | {"PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __call__(self, args: Sequence[str]) -> tuple[bytes, bytes]:
        """The exit codes and the output, without and with click."""
        return self._run(args, by_click=False), self._run(args, by_click=True)

    def _run(self, args: Sequence[str], *, by_click: bool) -> bytes:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(ascii((by_click, list(args))).encode() + b"\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer
        return answer

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="module")
def both_ways(lsq: Program) -> Iterator[BothWays]:
    both = BothWays(lsq.folder)
    yield both
    both.close()


QUERIES = [
    ["国土空间规划"],
    ["百山祖", "国家公园"],
    ["-n", "1", "丽水"],
    ["丽水", "-n", "0"],
    ["国土空间归划"],  # hints
    ["百山祖", "&&", "瓯江"],  # an operator of other programs
    ["丽水", "2020年"],  # a period
    ["超市怎么办"],
    ["seeds/", "超市"],  # a folder among the words
    ["title:超市"],
    ["date:2020..2021", "丽水"],
    ["foo:bar"],
    ["(丽水"],  # errors, each with its place
    ['"丽水'],
    ["/(/"],
    ["NOT", "丽水"],
    ["date:yesterday"],
    ["-l", "丽水"],
    ["-l", "-n", "1", "丽水"],
    ["-l", "国土空间归划"],
    ["-c", "丽水"],
    ["-c", "国土空间归划"],
    ["-c", "-n", "1", "OR"],
    ["-o", "丽水"],
    ["-o", "-n", "1", "同句(丽水 百山祖)"],
    *(["--format", form, "丽水"] for form in ("plain", "json", "jsonl", "tsv", "csv")),
    *(["--format", form, "国土空间归划"] for form in ("json", "jsonl", "tsv", "csv")),
    ["-i", "nowhere", "丽水"],
    ["-i", "seeds", "丽水"],
    ["\udcff"],
    ["丽\x1b[31m水"],
    ["  丽水  "],
    ["丽水", "OR"],
    ["，。"],
    ["x" * 3000],
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: " ".join(query)[:20])
def test_both_ways_print_the_same(both_ways: BothWays, query: list[str]) -> None:
    assert parse(["search", *query]), "not a case for this test"
    quickly, by_click = both_ways(["search", *query])
    assert quickly == by_click


WORDS = st.text(
    st.sampled_from("国土空间规划丽水百山祖瓯江超市的。 \"()/&|!*?:-+~'，“”ORNTandb0129\ud800\x1b"),
    max_size=8,
).filter(lambda word: "\0" not in word)
ARGUMENTS = st.lists(
    WORDS
    | st.sampled_from(
        [
            "-n",
            "--limit",
            "-i",
            "index",
            "-l",
            "-c",
            "-o",
            "--format",
            "jsonl",
            "1",
            "2",
            "OR",
            "NOT",
            "title:",
            "--",
        ]
    ),
    max_size=5,
)


@settings(max_examples=150)
@given(ARGUMENTS)
def test_both_ways_print_the_same_whatever_is_typed(both_ways: BothWays, args: list[str]) -> None:
    quickly, by_click = both_ways(["search", *args])
    assert quickly == by_click


@pytest.mark.parametrize(
    ("environment", "is_quick"),
    [
        ({}, True),
        ({"LSQ_INDEX": "index"}, True),
        ({"LSQ_INDEX": ""}, True),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"LSQ_HYPERLINK_FORMAT": "nonsense{"}, False),
        ({"_LSQ_COMPLETE": "bash_source"}, False),
    ],
    ids=str,
)
def test_the_environment_changes_both_ways_alike(
    lsq: Program, environment: dict[str, str], is_quick: bool
) -> None:
    plain = lsq("search", "丽水", **environment)
    by_click = lsq("search", "--color=auto", "丽水", **environment)
    assert (plain.returncode, plain.stdout, plain.stderr) == (
        by_click.returncode,
        by_click.stdout,
        by_click.stderr,
    )
    traced = python(
        "-X", "importtime", "-m", "lsq", "search", "丽水", folder=lsq.folder, **environment
    )
    assert ("click" not in traced.stderr) == is_quick
