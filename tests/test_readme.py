"""The READMEs are true, and show the same: their commands run, and print what is shown."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Program
from tests.terminal import at_terminal

READMES = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md")}
# A block of code with its kind, or else what begins a heading.
BLOCK_OR_HEADING = re.compile(r"^```(\w+)\n(.*?)^```$|^(#+) ", re.MULTILINE | re.DOTALL)


def blocks(readme: str) -> list[tuple[str, str]]:
    """The blocks of code: of each its kind and its text."""
    return [(kind, text) for kind, text, _ in BLOCK_OR_HEADING.findall(readme) if kind]


def examples(readme: str) -> list[tuple[str, str]]:
    """The commands in blocks of a console, and what they are said to print."""
    return [
        (command, printed)
        for kind, text in blocks(readme)
        if kind == "console"
        for command, _, printed in (
            example.partition("\n") for example in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
        )
    ]


def outline(readme: str) -> list[tuple[str, str]]:
    """Heading levels, and blocks of code without what is written in them for people."""
    comment = re.compile(r" +# [^\n]*|\? .*? \?", re.DOTALL)
    return [
        (kind or level, comment.sub("", text) if kind in {"sh", "ebnf"} else text)
        for kind, text, level in BLOCK_OR_HEADING.findall(readme)
    ]


def first_cells(readme: str) -> list[str]:
    """What stands at the beginnings of the rows of tables, where that is code."""
    return re.findall(r"^\| (`.*?) \|", readme, re.MULTILINE)


INSTALL, TEST = (text.strip() for kind, text in blocks(READMES["README.md"])[:2] if kind == "sh")
SHOWN = next(text for kind, text in blocks(READMES["README.md"]) if kind == "text")
# The other README shows the same, which is tested.
EXAMPLES = examples(READMES["README.md"])
# The Chinese README's names of the articles in the seeds → their ids.
ARTICLES = dict(
    re.findall(r"^\| (\w+) \| `(seeds/\S+)` \|", READMES["README.zh-CN.md"], re.MULTILINE)
)
FOUND = [
    (query, names.split("、"))
    for queries, names in re.findall(
        r"^\| (`.+?) \| .+ \| ([^`|]+) \|$",
        READMES["README.zh-CN.md"].split("| 输入 |")[1].split("\n\n")[0],
        re.MULTILINE,
    )
    for query in re.findall(r"`([^`]+)`", queries)
]


def settled(text: str) -> str:
    """Without what differs from run to run, and without spaces at line ends."""
    text = re.sub(r"\x1b\[\?25l.*\x1b\[2K", "", text, flags=re.DOTALL)  # a bar, if it is slow
    return re.sub(
        r"[0-9.]+ s$", "… s", re.sub(r" +$", "", text, flags=re.MULTILINE), flags=re.MULTILINE
    ).strip()


@pytest.mark.packaging
def test_the_first_command_does_the_main_job_on_a_fresh_machine(tmp_path: Path) -> None:
    made_here = shutil.ignore_patterns(".*", "index", "__pycache__", "build", "dist")
    shutil.copytree(ROOT, tmp_path / "clone", ignore=made_here)
    shown = at_terminal(
        ["bash", "-c", INSTALL],
        tmp_path / "clone",
        environment={"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        patience=600,
    )
    assert shown.code == 0, shown.text
    assert settled(shown.text) == settled(SHOWN)


def test_continuous_integration_runs_the_second_command_and_more() -> None:
    made, installed, tested = TEST.split(" && ")
    ci = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert f"{made} && {installed}" in ci
    assert ci[-1] == f"{tested} -m ''"  # all tests, and their summary last


def test_the_commands_install_exact_versions() -> None:
    for command in (INSTALL, TEST):
        assert "pip install -q -c constraints.txt " in command


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 4


@pytest.mark.parametrize(("command", "printed"), EXAMPLES, ids=[one for one, _ in EXAMPLES])
def test_an_example_prints_what_is_shown(lsq: Program, command: str, printed: str) -> None:
    others = set(re.findall(r"(?:^|\| )(\w+)", command)) - {"lsq", "python"}
    if missing := sorted(other for other in others if not shutil.which(other)):
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert lsq.shell(command) == printed.removesuffix("\n") + "\n"


def test_both_languages_show_the_same() -> None:
    english, chinese = READMES.values()
    assert outline(chinese) == outline(english)
    assert first_cells(chinese) == first_cells(english)
    assert re.findall(r"pictures/[\w.-]+", chinese) == re.findall(r"pictures/[\w.-]+", english)


def test_each_language_links_to_the_other() -> None:
    english, chinese = (readme.split("\n\n")[1] for readme in READMES.values())
    assert "(README.zh-CN.md)" in english
    assert "(README.md)" in chinese


def test_what_every_query_of_the_table_finds_is_said() -> None:
    english = READMES["README.md"].split("| query |")[1].split("\n\n")[0]
    queries = re.findall(r"`([^`]+)`", "".join(first_cells(english)))
    assert [query for query, _ in FOUND] == queries


@pytest.mark.parametrize(("query", "names"), FOUND)
def test_a_query_of_the_table_finds_what_is_said(
    lsq: Program, query: str, names: list[str]
) -> None:
    hits = lsq("search", query, "--format", "jsonl").stdout.splitlines()
    assert sorted(json.loads(hit)["id"] for hit in hits) == sorted(ARTICLES[name] for name in names)


def in_the_readme(beginning: str) -> str:
    """The command of the README that begins so, and is not run as it stands."""
    shell = [text for kind, text in blocks(READMES["README.md"]) if kind == "sh"]
    lines = [line for text in shell for line in text.splitlines()]
    return next(line for line in lines if line.startswith(beginning))


def test_vim_knows_the_places(lsq: Program) -> None:
    command = in_the_readme("vim ")
    places = []
    for line in lsq.shell(command.split("(", 1)[1].removesuffix(")")).splitlines():
        file, number, message = line.split(":", 2)  # what vim calls %f:%l:%m
        assert int(number) <= (lsq.folder / file).read_text("utf-8").count("\n")
        places.append(f"{file}:{number}: {message}")
    assert places
    if not shutil.which("vim"):
        pytest.skip("vim is not installed; its lines are as it wants them")
    quietly = command.replace("vim", "vim -es -u NONE -N --cmd 'set encoding=utf-8'", 1)
    lsq.shell(f"{quietly} -c 'redir! > listed | silent clist | redir END | qa!' < /dev/null")
    listed = (lsq.folder / "listed").read_text("utf-8").splitlines()
    assert [line.split(maxsplit=1)[1] for line in listed if line] == places


def test_fzf_shows_the_place(lsq: Program) -> None:
    command = in_the_readme("lsq search 规划 | fzf")
    shown = re.search(r"--delimiter (.) --preview '(.*)'", command)
    assert shown
    hit = lsq.shell(command.split(" | ", maxsplit=1)[0]).splitlines()[-1]
    file, number, _ = hit.split(shown[1], 2)
    lines = (lsq.folder / file).read_text("utf-8").splitlines()[int(number) - 1 :]
    preview = shown[2].replace("{1}", file).replace("{2}", number)
    assert lsq.shell(preview).splitlines() == lines[:21]
