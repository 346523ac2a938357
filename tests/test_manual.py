"""Every command and option is in the manual page, and on a page in both languages."""

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from lsq.cli.commands import lsq
from tests.conftest import ROOT, made_by

MANUALS = {"C": ROOT / "man" / "lsq.1", "zh_CN.UTF-8": ROOT / "man" / "zh_CN" / "lsq.1"}
READMES = ("README.md", "docs/[!d]*.md"), ("README.zh-CN.md", "docs/zh/*.md")
PAGES = [
    "\n".join(page.read_text("utf-8") for name in names for page in sorted(ROOT.glob(name)))
    for names in READMES
]
TOP = click.Context(lsq, info_name="lsq", **lsq.context_settings)


def commands() -> dict[str, click.Command]:
    found = {name: lsq.get_command(TOP, name) for name in lsq.list_commands(TOP)}
    return {name: command for name, command in found.items() if command}


def options(command: click.Command) -> list[str]:
    context = click.Context(command, TOP)
    asked = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    return [name for option in asked for name in option.opts]


def manual(language: str) -> str:
    """The manual page without its markup."""
    return MANUALS[language].read_text("utf-8").replace("\\-", "-")


@pytest.mark.parametrize("language", MANUALS)
def test_the_manual_page_is_up_to_date(language: str) -> None:
    made = made_by("man_page.py", LANG=language)
    name = MANUALS[language].relative_to(ROOT).as_posix()
    up_to_date = made == MANUALS[language].read_text("utf-8")
    assert up_to_date, f"run: LANG={language} python tools/man_page.py > {name}"


@pytest.mark.parametrize("language", MANUALS)
@pytest.mark.parametrize("name", commands())
def test_a_command_and_its_options_are_described(name: str, language: str) -> None:
    text = manual(language)
    section = re.search(rf"^\.SS lsq {name}$(.*?)(?=^\.S)", text, re.MULTILINE | re.DOTALL)
    assert section
    assert all(f"lsq {name}" in text for text in PAGES)
    for option in options(commands()[name]):
        assert re.search(rf"^\.B .*(?<![\w-]){option}(?![\w-])", section[1], re.MULTILINE), option
        if option.startswith("--"):
            typed = re.compile(rf"(?<![\w-]){option}(?![\w-])")
            assert all(map(typed.search, PAGES)), option


def test_every_variable_is_described() -> None:
    source = "".join(file.read_text("utf-8") for file in (ROOT / "src").rglob("*.py"))
    named = set(re.findall(r"LSQ_[A-Z_]+[A-Z]", source))
    assert {"LSQ_INDEX", "LSQ_TOKEN"} <= named
    for text in (*map(manual, MANUALS), *PAGES):
        assert not {name for name in named if name not in text}


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
@pytest.mark.parametrize("page", MANUALS.values(), ids=list(MANUALS))
def test_the_manual_page_is_sound(page: Path) -> None:
    # `man` has lines of Chinese broken like this, too.
    command = ["groff", "-man", "-mzh", "-ww", "-Tutf8", "-Kutf8", str(page)]
    set_ = subprocess.run(command, capture_output=True, check=True)
    assert set_.stderr == b""
    assert "国土空间规划".encode() in set_.stdout
