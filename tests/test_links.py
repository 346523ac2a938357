"""Places as links: the names and variables that ripgrep has, and URLs that lead there."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.output.links import NAMED, LinkFormat
from tests.conftest import FIRST, Program


@pytest.mark.parametrize(
    ("format_", "url"),
    [
        ("file://{path}", "file:///tmp/a.txt"),
        ("vscode", "vscode://file/tmp/a.txt:7:1"),
        ("grep+", "grep+:///tmp/a.txt:7"),
        ("x:{{{path}}}#{line}", "x:{/tmp/a.txt}#7"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="paths as POSIX has them")
def test_a_format_is_filled_in(format_: str, url: str) -> None:
    assert LinkFormat(format_).url("/tmp/a.txt", 7) == url  # noqa: S108  # a name alone


def test_the_default_names_the_host() -> None:
    url = urlsplit(LinkFormat("default").url("a.txt", None) or "")
    assert url.scheme == "file"
    assert url.netloc == ("" if os.name == "nt" else os.uname().nodename)


def test_a_member_of_an_archive_links_to_the_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").touch()
    url = LinkFormat("file://{path}").url(str(tmp_path / "a.zip" / "b" / "c.txt"), 3)
    assert url == LinkFormat("file://{path}").url(str(tmp_path / "a.zip"), 1)


@pytest.mark.skipif(os.name == "nt", reason="paths as POSIX has them")
@given(st.lists(st.binary(min_size=1) | st.text(min_size=1).map(str.encode), min_size=1))
def test_a_url_is_printable_and_leads_to_the_file(parts: list[bytes]) -> None:
    name = b"/".join(parts).replace(b"\0", b"/").decode("utf-8", "surrogateescape")
    path = os.path.normpath(f"/{name}").replace("//", "/")
    url = LinkFormat("file://{path}").url(path, 1) or ""
    assert url.isascii()
    assert url.isprintable()
    assert unquote(urlsplit(url).path, errors="surrogateescape") == path


@pytest.mark.parametrize(
    ("format_", "reason"),
    [
        ("vscodde", "the URL lacks {path}"),
        ("file://{file}", "there is no {file}"),
        ("file://{path", "an unpaired '{'"),
        ("file://{path}}", "an unpaired '}'"),
        ("file://{path}:{column}", "without {line}"),
        ("{path}:{line}", "scheme"),
        ("file://{line}", "the URL lacks {path}"),
    ],
)
def test_invalid_link_formats_are_refused(format_: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason.replace("{", r"\{")):
        LinkFormat(format_)


def test_the_program_says_what_is_no_format(lsq: Program) -> None:
    said = lsq("search", "国土", "--hyperlink-format", "file://{file}")
    assert (said.returncode, said.stdout) == (2, "")
    assert "there is no {file}" in said.stderr


@pytest.mark.parametrize("name", NAMED)
def test_every_name_is_that_of_a_format(name: str) -> None:
    url = LinkFormat(name).url("a.txt", 7)
    assert (url is None) == (name == "none")
    assert url is None or "a.txt" in url


@pytest.mark.parametrize("name", ["none", "vscode"])
def test_the_environment_names_the_format(lsq: Program, name: str) -> None:
    said = lsq("search", "国土空间规划", "--format", "terminal", "--color", "always", "-n", "1",
               LSQ_HYPERLINK_FORMAT=name)  # fmt: skip  # one command
    assert said.returncode == 0
    assert ("\x1b]8;" in said.stdout) == (name != "none")
    assert FIRST in said.stdout
