"""At a terminal: colours, links, the pager, and the editor, by the real program."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.conftest import FIRST, SECOND, Program
from tests.readers.samples import docx, mht, paragraph
from tests.terminal import Seen, at_terminal

needs_less = pytest.mark.skipif(not shutil.which("less"), reason="needs less")


def seen(
    lsq: Program,
    *args: str,
    size: tuple[int, int] = (80, 50),
    keys: tuple[tuple[str, str], ...] = (),
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Seen:
    command = [sys.executable, "-m", "lsq", *args]
    return at_terminal(command, lsq.folder, size=size, keys=keys, environment=environment)


RED = "\x1b[1;31m"
LINK = "\x1b]8;"


@pytest.mark.parametrize(
    ("option", "environment", "coloured", "linked"),
    [
        ("auto", {}, True, True),
        ("auto", {"NO_COLOR": "1"}, False, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, False, False),
        ("auto", {"TERM": "dumb"}, False, False),
        ("auto", {"TERM": "dumb", "CLICOLOR_FORCE": "1"}, True, False),
        ("auto", {"TERM": "linux"}, True, False),
        ("never", {"CLICOLOR_FORCE": "1"}, False, False),
        ("always", {"NO_COLOR": "1"}, True, True),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, True, False),
        ("auto", {"LSQ_HYPERLINK_FORMAT": "none"}, True, False),
    ],
)
def test_colours_and_links_at_a_terminal(
    lsq: Program, option: str, environment: dict[str, str], coloured: bool, linked: bool
) -> None:
    shown = seen(lsq, "search", "国土空间规划", "--color", option, environment=environment)
    assert shown.code == 0
    assert (RED in shown.raw) == coloured
    assert (LINK in shown.raw) == linked


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}], ids=str)
def test_plain_lines_at_a_terminal(lsq: Program, environment: dict[str, str]) -> None:
    shown = seen(lsq, "search", "国土空间规划", "--format", "plain", environment=environment)
    assert (RED in shown.raw) == (not environment)


@pytest.mark.parametrize(
    ("options", "environment", "coloured"),
    [
        ([], {}, False),
        ([], {"CLICOLOR_FORCE": "1"}, True),
        ([], {"CLICOLOR_FORCE": "0"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"CLICOLOR_FORCE": "1"}, False),
    ],
    ids=str,
)
def test_colours_in_a_pipe(
    lsq: Program, options: list[str], environment: dict[str, str], coloured: bool
) -> None:
    said = lsq("search", "百山祖", *options, **environment).stdout
    red = f"{RED}百山祖\x1b[0m"
    assert said.count(red) == (2 if coloured else 0)
    assert said.replace(red, "百山祖") == lsq("search", "百山祖").stdout


# A pager that reports itself and copies its input.
PAGER = f"{sys.executable} -c 'import sys; print(\"PAGED\"); sys.stdout.write(sys.stdin.read())'"


@pytest.mark.parametrize(
    ("args", "rows", "environment", "paged"),
    [
        (("国土空间规划",), 50, {}, True),
        (("国土空间规划",), 8, {}, True),
        (("国土空间规划", "--format", "plain"), 2, {}, True),
        (("国土空间规划", "--format", "json"), 4, {}, True),
        (("国土空间规划", "--pager", "never"), 8, {}, False),
        (("国土空间规划", "--pager", "always"), 50, {}, True),
        (("国土空间规划",), 8, {"TERM": "dumb"}, False),
        (("国土空间规划",), 8, {"LSQ_PAGER": "cat"}, False),
        (("国土空间规划",), 8, {"LSQ_PAGER": ""}, False),
        (("国土空间规划", "-c"), 8, {}, False),
    ],
)
def test_output_to_a_terminal_goes_through_the_pager(
    lsq: Program, args: tuple[str, ...], rows: int, environment: dict[str, str], paged: bool
) -> None:
    shown = seen(
        lsq, "search", *args, size=(80, rows), environment={"LSQ_PAGER": PAGER, **environment}
    )
    assert shown.code == 0
    assert ("PAGED" in shown.text) == paged
    whole = seen(lsq, "search", *args, "--pager", "never", environment=environment)
    assert shown.text.replace("PAGED\n", "") == whole.text


def test_a_pager_that_is_not_less_gets_no_links(lsq: Program) -> None:
    shown = seen(
        lsq, "search", "国土空间规划", "--pager", "always", environment={"LSQ_PAGER": PAGER}
    )
    assert RED in shown.raw
    assert LINK not in shown.raw


def test_lsqs_pager_goes_before_that_of_all(lsq: Program) -> None:
    shown = seen(
        lsq,
        "search",
        "国土",
        "--pager",
        "always",
        environment={"LSQ_PAGER": PAGER, "PAGER": "false"},
    )
    assert "PAGED" in shown.text


def test_a_pager_that_is_missing(lsq: Program) -> None:
    refused = seen(lsq, "search", "国土", environment={"LSQ_PAGER": "no-such-pager -x"})
    assert (refused.code, "no such program" in refused.text) == (2, True)
    assert seen(lsq, "search", "国土", environment={"PAGER": "no-such-pager"}).code == 0


def test_a_pager_that_cannot_run(fresh: Program) -> None:
    pager = fresh.folder / "pager"
    pager.write_bytes(b"\x7fELF")
    pager.chmod(0o755)
    refused = seen(fresh, "show", FIRST, "--pager", "always", environment={"LSQ_PAGER": str(pager)})
    assert refused.code == 2
    assert "the pager" in refused.text
    assert "defect" not in refused.text


def test_a_pager_that_is_left_at_once_ends_quietly(fresh: Program) -> None:
    (fresh.folder / "long.txt").write_text("国土空间规划。\n" * 20_000, "utf-8")  # no pipe holds it
    for format_ in ("terminal", "plain", "json"):
        shown = seen(
            fresh, "show", "long.txt", "--format", format_, environment={"LSQ_PAGER": "true"}
        )
        assert (shown.code, shown.text) == (0, "")


@needs_less
@pytest.mark.parametrize("less", [{}, {"LESS": "R"}], ids=str)
def test_less_leaves_at_once_what_fits_the_screen(lsq: Program, less: dict[str, str]) -> None:
    keys = (("(END)", "q"),) if less else ()
    shown = seen(lsq, "search", "国土空间规划", keys=keys, environment=less)
    assert shown.code == 0
    assert ("(END)" in shown.text) == bool(less)


@needs_less
def test_less_is_left_early_quietly(lsq: Program) -> None:
    shown = seen(lsq, "search", "国土空间规划", size=(80, 8), keys=((":", "q"),))
    assert shown.code == 0
    assert "Traceback" not in shown.text
    assert "1 article found" not in shown.text


@needs_less
def test_less_stays_if_it_is_wanted_always(lsq: Program) -> None:
    command = ("search", "国土空间规划", "--pager", "always")
    shown = seen(lsq, *command, keys=(("END", "q"),))
    assert shown.code == 0
    assert "(END)" in shown.text
    assert LINK in shown.raw


@needs_less
def test_an_interrupt_is_for_less_alone(lsq: Program) -> None:
    shown = seen(lsq, "search", "国土空间规划", size=(80, 8), keys=((":", "\x03"), (":", "Gq")))
    assert shown.code == 0
    assert "Traceback" not in shown.text


@needs_less
def test_show_begins_at_the_first_match(lsq: Program) -> None:
    shown = seen(lsq, "show", SECOND, "--highlight", "百山祖", size=(80, 10), keys=((":", "q"),))
    assert shown.code == 0
    assert f"{RED}百山祖" in shown.raw
    assert "怎么干" not in shown.text


def test_show_in_a_pipe_is_plain(lsq: Program) -> None:
    assert lsq("show", FIRST).stdout == lsq("show", FIRST, "--highlight", "国土").stdout
    assert "\x1b" not in lsq("show", FIRST, "--highlight", "国土").stdout


def test_show_refuses_what_is_no_query(lsq: Program) -> None:
    refused = seen(lsq, "show", FIRST, "--highlight", '"国土')
    assert refused.code == 2
    assert "not closed" in refused.text


@pytest.mark.parametrize("columns", [40, 120])
def test_nothing_is_wider_than_the_terminal(lsq: Program, columns: int) -> None:
    from lsq.output.linebreaks import width

    for args in (("search", "丽水", "-n", "0"), ("show", FIRST, SECOND, "--highlight", "丽水")):
        shown = seen(lsq, *args, "--pager", "never", size=(columns, 50))
        assert shown.code == 0
        lines = shown.text.splitlines()
        assert max(map(width, lines)) <= columns
        assert max(map(width, lines)) > columns - 3


# An editor that prints its arguments.
EDITOR = f"{sys.executable} -c 'import sys; print(sys.argv[1:])'"


@pytest.mark.parametrize("name", ["VISUAL", "EDITOR"])
def test_the_first_hit_is_opened(lsq: Program, name: str) -> None:
    shown = seen(lsq, "search", "--open", "百山祖", environment={"EDITOR": "false", name: EDITOR})
    assert shown.code == 0
    assert shown.text == f"[{str(lsq.folder.resolve() / FIRST)!r}]\n"


def test_an_editor_is_told_the_line(indexed: Program) -> None:
    vim = indexed.folder / "vim"
    vim.write_text('#!/bin/sh\necho "$@"\n')
    vim.chmod(0o755)
    shown = indexed("search", "--open", "浙西南", EDITOR=f"{vim} -R")
    assert shown.returncode == 0, shown.stderr
    line, path = shown.stdout.removeprefix("-R +").split()
    assert "浙西南" in Path(path).read_text("utf-8").splitlines()[int(line) - 1]


@pytest.mark.parametrize(
    ("environment", "args", "code", "said"),
    [
        ({"EDITOR": "no-such-editor"}, ("国土",), 2, "no program no-such-editor"),
        ({"EDITOR": "false"}, ("国土",), 2, "exit code 1"),
        ({"EDITOR": "'"}, ("国土",), 2, "is not a command"),
        ({"EDITOR": "false"}, ("没有的词",), 1, ""),
        ({"EDITOR": "false"}, ("国土", "-c"), 2, "does not go with"),
        ({"EDITOR": "", "VISUAL": "", "PATH": "/"}, ("国土",), 2, "no viewer"),
    ],
)
def test_what_cannot_be_opened(
    lsq: Program, environment: dict[str, str], args: tuple[str, ...], code: int, said: str
) -> None:
    refused = lsq("search", "--open", *args, **{"VISUAL": "", **environment})
    assert (refused.returncode, refused.stdout) == (code, "")
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="where the viewer is xdg-open")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", docx(paragraph("国土空间规划"))),
        ("a.mht", mht("<p>国土空间规划</p>".encode(), "8bit", "utf-8")),
    ],
)
def test_files_without_lines_open_in_the_viewer(begun: Program, name: str, content: bytes) -> None:
    (begun.folder / name).write_bytes(content)
    viewer = begun.folder / "xdg-open"
    viewer.write_text('#!/bin/sh\necho "viewing $@"\n')
    viewer.chmod(0o755)
    begun("index", name)
    shown = begun(
        "search", "--open", "国土", VISUAL="", EDITOR="false", PATH=f"{begun.folder}:/usr/bin:/bin"
    )
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout == f"viewing {begun.folder.resolve() / name}\n"


def test_missing_files_are_not_opened(indexed: Program) -> None:
    (indexed.folder / FIRST).unlink()
    refused = indexed("search", "--open", "国土空间规划", EDITOR="true", VISUAL="")
    assert refused.returncode == 2
    assert "no such file" in refused.stderr


def test_a_query_without_a_hit_is_answered_with_the_best_by_any(lsq: Program) -> None:
    shown_there = seen(lsq, "search", "国土空间归划")
    assert shown_there.code == 1
    said, rule, shown = shown_there.text.partition("──── the best hits with --any ────")
    assert "no article contains 国土空间归划" in said
    assert rule
    assert "1. " in shown
    assert "--offset" not in shown
    assert "──── the best" not in seen(lsq, "search", "魑魅").text
