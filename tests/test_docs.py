"""The pages are correct in both languages: their commands run and print what is shown."""

import json
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT, Program, python
from tests.terminal import at_terminal

# Page → the same in Chinese; a page for developers has none.
PAIRS = {"README.md": "README.zh-CN.md"} | {
    f"docs/{name}.md": f"docs/zh/{name}.md"
    for name in (
        "install",
        "query-language",
        "terminal",
        "output",
        "formats",
        "counting",
        "relations",
        "cluster",
        "python",
        "assistants",
        "serve",
    )
}
FOR_DEVELOPERS = ("ARCHITECTURE.md", "docs/development.md", "benchmarks/README.md")
CHINESE = "zh_CN.UTF-8"
# A block of code with its kind, or the beginning of a heading.
BLOCK_OR_HEADING = re.compile(r"^```(\w+)\n(.*?)^```$|^(#+) ", re.MULTILINE | re.DOTALL)
# Printed for people, in the language of the page; or the one grammar, in English.
NOT_THE_SAME = ("text", "ebnf")


class Example(NamedTuple):
    """A command on a page, and its output by the page."""

    page: str
    command: str
    printed: str

    @property
    def language(self) -> str:
        return language_of(self.page)


def language_of(page: str) -> str:
    """The value of LANG by which lsq speaks the language of a page."""
    return CHINESE if page in PAIRS.values() else "C"


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks(page: str) -> list[tuple[str, str]]:
    """The blocks of code: of each its kind and its text."""
    return [(kind, text) for kind, text, _ in BLOCK_OR_HEADING.findall(read(page)) if kind]


def examples(page: str) -> list[Example]:
    """The commands in console blocks, with their stated output."""
    return [
        Example(page, command, printed)
        for kind, text in blocks(page)
        if kind == "console"
        for command, _, printed in (
            example.partition("\n") for example in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
        )
    ]


def outline(page: str) -> list[tuple[str, str]]:
    """Heading levels, and blocks of code without comments and output."""
    comment = re.compile(r" +# [^\n]*")
    return [
        (kind or level, "" if kind == "console" else comment.sub("", text))
        for kind, text, level in BLOCK_OR_HEADING.findall(read(page))
        if kind not in NOT_THE_SAME
    ]


def first_cells(text: str) -> list[str]:
    """The first cells of the rows of tables, if they are code."""
    return re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)


def shell_lines(page: str) -> list[str]:
    """The commands that are shown but not run."""
    return [line for kind, text in blocks(page) if kind == "sh" for line in text.splitlines()]


INSTALL, TEST = shell_lines("README.md")[0], shell_lines("README.md")[-1]
EXAMPLES = [example for pair in PAIRS.items() for page in pair for example in examples(page)]
QUERIES = "docs/zh/query-language.md"
# The Chinese page's names of the articles in the seeds → their ids.
ARTICLES = dict(re.findall(r"^\| (\w+) \| `(seeds/\S+)` \|", read(QUERIES), re.MULTILINE))
FOUND = [
    (query, names.split("、"))
    for queries, names in re.findall(
        r"^\| (`.+?) \| .+ \| ([^`|]+) \|$",
        read(QUERIES).split("| 输入 |")[1].split("\n\n")[0],
        re.MULTILINE,
    )
    for query in re.findall(r"`([^`]+)`", queries)
]


def settled(text: str) -> str:
    """Remove what differs from run to run, and spaces at line ends."""
    text = re.sub(r"\x1b\[\?25l.*\x1b\[2K", "", text, flags=re.DOTALL)  # a bar, if it is slow
    return re.sub(
        r"[0-9.]+ (s|秒)$", "… s", re.sub(r" +$", "", text, flags=re.MULTILINE), flags=re.MULTILINE
    ).strip()


@pytest.mark.packaging
def test_the_first_command_does_the_main_job_on_a_fresh_machine(tmp_path: Path) -> None:
    made_here = shutil.ignore_patterns(".*", "index", "__pycache__", "build", "dist")
    clone = shutil.copytree(ROOT, tmp_path / "clone", ignore=made_here)
    for page in ("README.md", "README.zh-CN.md"):  # the second finds all installed
        shutil.rmtree(clone / "index", ignore_errors=True)
        shown = at_terminal(
            ["bash", "-c", INSTALL],
            clone,
            environment={
                "PIP_DISABLE_PIP_VERSION_CHECK": "1",
                "LSQ_PAGER": "cat",  # another pager moves the cursor
                "LANG": language_of(page),
            },
            patience=600,
        )
        assert shown.code == 0, shown.text
        assert settled(shown.text) == settled(dict(blocks(page))["text"])


def test_continuous_integration_runs_the_test_command_and_more() -> None:
    made, installed, tested = TEST.split(" && ")
    ci = read(".ci/run").splitlines()
    assert f"{made} && {installed}" in ci
    # All tests, and their summary last.
    assert ci[-1] == f"{tested.replace('-n 2', '-n 3')} --dist loadgroup -m ''"


def test_the_variables_of_the_tests_are_documented() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py")]
    named = set(re.findall(r"LSQ_(?:TEST|STRESS)_[A-Z_]+[A-Z]", "\n".join(sources)))
    assert {"LSQ_TEST_COLD", "LSQ_STRESS_UPDATES"} <= named
    page = read("docs/development.md")
    assert [name for name in sorted(named) if f"| `{name}` |" not in page] == []


def test_the_commands_install_exact_versions() -> None:
    for command in (INSTALL, TEST):
        assert "pip install -q -c constraints.txt " in command


def test_every_page_is_tested() -> None:
    folders = {*ROOT.glob("README*.md"), *ROOT.glob("docs/**/*.md")}
    pages = {page.relative_to(ROOT).as_posix() for page in folders}
    assert pages - set(FOR_DEVELOPERS) == {page for pair in PAIRS.items() for page in pair}


@pytest.mark.parametrize("example", EXAMPLES, ids=[one.command for one in EXAMPLES])
def test_an_example_prints_what_is_shown(lsq: Program, example: Example) -> None:
    others = set(re.findall(r"(?:^|\| )(\w+)", example.command)) - {"lsq", "python"}
    if missing := sorted(other for other in others if not shutil.which(other)):
        pytest.skip(f"not installed: {', '.join(missing)}")
    printed = lsq.shell(example.command, LANG=example.language)
    assert printed == example.printed.removesuffix("\n") + "\n"


@pytest.mark.parametrize("page", ["docs/python.md", "docs/zh/python.md"])
def test_a_program_prints_what_is_shown(fresh: Program, page: str) -> None:
    shown = blocks(page)
    programs = list(zip(shown[::2], shown[1::2], strict=True))
    assert programs
    for (kind, program), (_, printed) in programs:
        assert kind == "python"
        assert python("-c", program, folder=fresh.folder).stdout == printed


@pytest.mark.parametrize(("english", "chinese"), PAIRS.items())
def test_both_languages_show_the_same(english: str, chinese: str) -> None:
    assert outline(chinese) == outline(english)
    commands = [[one.command for one in examples(page)] for page in (english, chinese)]
    assert commands[0] == commands[1]
    assert first_cells(read(chinese)) == first_cells(read(english))
    pictures = [re.findall(r"pictures/[\w.-]+", read(page)) for page in (english, chinese)]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(("english", "chinese"), PAIRS.items())
def test_each_language_links_to_the_other(english: str, chinese: str) -> None:
    for page, other in ((english, chinese), (chinese, english)):
        line = read(page).split("\n\n")[1]
        (link,) = re.findall(r"\((.*?)\)", line)
        assert (ROOT / page).parent.joinpath(link).resolve() == ROOT / other


@pytest.mark.parametrize("page", [*PAIRS, *PAIRS.values(), *FOR_DEVELOPERS])
def test_links_lead_to_files(page: str) -> None:
    for link in re.findall(r"(?:\]\(|(?:src|srcset)=\")([^)\"#]+)", read(page)):
        assert "://" in link or (ROOT / page).parent.joinpath(link).exists(), link


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "docs/development.md"])
def test_the_places_that_a_page_names_exist(page: str) -> None:
    code = {file: file.read_text("utf-8") for file in ROOT.glob("[bfst]*/**/*.py")}
    files = {str(file) for file in code}
    text = re.sub(r"^```.*?^```", "", read(page), flags=re.MULTILINE | re.DOTALL)
    for name in re.findall(r"`([\w/]+\.py)`", text):
        if "NAME" not in name:
            assert any(file.endswith(f"/{name}") for file in files), name
    words = set(re.findall(r"\w+", "\n".join(code.values())))
    for name in re.findall(r"`([A-Za-z_]\w*)(?:\([^`]*\))?`", text):
        assert name in words, name
    # `file.py` (`name`, `name`): defined in that file.
    for name, defined in re.findall(r"`([\w/]+\.py)`\s+\(((?:`\w+`(?:, | and )?)+)\)", text):
        source = "".join(code[file] for file in code if str(file).endswith(f"/{name}"))
        for one in re.findall(r"\w+", defined.replace(" and ", " ")):
            assert re.search(rf"^ *(?:def|class) {one}\b|^{one}\b.* = ", source, re.MULTILINE), one


@pytest.mark.parametrize("query", first_cells(read("README.md").split("## Ten")[1].split("## ")[0]))
def test_a_query_of_the_readme_finds_something(lsq: Program, query: str) -> None:
    hits = lsq("search", query.strip("`"), "-q")
    assert hits.returncode == (1 if "date:" in query else 0), hits.stderr  # no seed has a date


def test_the_table_states_the_results_of_every_query() -> None:
    english = read("docs/query-language.md").split("| query |")[1].split("\n\n")[0]
    queries = re.findall(r"`([^`]+)`", "".join(first_cells(english)))
    assert [query for query, _ in FOUND] == queries


@pytest.mark.parametrize(("query", "names"), FOUND)
def test_a_query_of_the_table_finds_the_stated_articles(
    lsq: Program, query: str, names: list[str]
) -> None:
    hits = lsq("search", query, "--format", "jsonl").stdout.splitlines()
    assert sorted(json.loads(hit)["id"] for hit in hits) == sorted(ARTICLES[name] for name in names)


def in_the_docs(beginning: str) -> str:
    """The command on the page about output that begins so, and is not run as it stands."""
    return next(line for line in shell_lines("docs/output.md") if line.startswith(beginning))


def test_vim_knows_the_places(lsq: Program) -> None:
    command = in_the_docs("vim ")
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
    command = in_the_docs("lsq search 规划 | fzf")
    shown = re.search(r"--delimiter (.) --preview '(.*)'", command)
    assert shown
    hit = lsq.shell(command.split(" | ", maxsplit=1)[0]).splitlines()[-1]
    file, number, _ = hit.split(shown[1], 2)
    lines = (lsq.folder / file).read_text("utf-8").splitlines()[int(number) - 1 :]
    preview = shown[2].replace("{1}", file).replace("{2}", number)
    assert lsq.shell(preview).splitlines() == lines[:21]
