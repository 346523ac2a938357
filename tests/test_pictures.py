"""The pictures on the pages are up to date with `tools/pictures.py`."""

import re
import shlex
import sys
from html import unescape
from pathlib import Path

import pytest

from tests.conftest import ROOT, Program, python
from tests.terminal import at_terminal

PICTURES = sorted((ROOT / "pictures").iterdir())
INSIDE = pytest.mark.parametrize("picture", PICTURES, ids=[path.stem for path in PICTURES])


def words(svg: str) -> list[str]:
    """The lines of text in a picture, without white space."""
    lines = re.findall(r"<text.*?</text>", svg)
    return ["".join(unescape(re.sub(r"<.*?>", "", line)).split()) for line in lines]


def test_they_are_made_anew_as_they_are(tmp_path: Path) -> None:
    made = python(ROOT / "tools" / "pictures.py", tmp_path)
    assert made.returncode == 0, made.stderr
    drawn = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert drawn == {path.name: path.read_text("utf-8") for path in PICTURES}


@INSIDE
def test_a_picture_shows_what_a_terminal_shows(lsq: Program, picture: Path) -> None:
    svg = picture.read_text("utf-8")
    typed = re.search(r"[$] lsq (.+?)</", svg)
    assert typed is not None
    args = shlex.split(unescape(typed[1]))
    seen = at_terminal(
        [sys.executable, "-m", "lsq", *args], lsq.folder, environment={"PAGER": "cat"}
    )
    assert words(svg)[1:] == [
        "".join(line.split()) for line in seen.text.splitlines() if line.strip()
    ]


@INSIDE
def test_a_picture_needs_and_tells_of_nothing_outside(picture: Path) -> None:
    svg = picture.read_text("utf-8")
    assert re.findall(r"[\w+]+://[^\s\"]*", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"url\(|href|@import|<script|(?<![\w<./])/\w", svg)
    assert len(svg) < 10_000


@INSIDE
@pytest.mark.parametrize("pages", [("README.md", "docs/*.md"), ("README.zh-CN.md", "docs/zh/*.md")])
def test_a_picture_stands_on_a_page_in_each_language(picture: Path, pages: tuple[str, str]) -> None:
    texts = [page.read_text("utf-8") for names in pages for page in ROOT.glob(names)]
    assert any(f'pictures/{picture.name}">' in text for text in texts)
