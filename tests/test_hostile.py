"""What is no bulletin costs itself alone: the real program on folders made to do harm."""

import errno
import json
import os
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lsq
from lsq.errors import ReadError
from lsq.indexing import workers
from lsq.indexing.extraction import Recovered
from lsq.indexing.indexer import Options
from lsq.model import Bulletin
from lsq.readers import LARGEST, is_plain, load, markup, sizes
from lsq.readers.sizes import LONGEST_LINE, MOST_LINES
from tests.conftest import Program, copied
from tests.readers.samples import docx, paragraph, zipped

posix = pytest.mark.skipif(os.name != "posix", reason="not what this system has")


@pytest.fixture
def program(tmp_path: Path, empty_index: Path) -> Program:
    """The program in a folder with one good text, `texts/good.txt`, and an index of nothing."""
    copied(empty_index, tmp_path / "index")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "good.txt").write_text("国土空间规划。\n", "utf-8")
    return Program(tmp_path)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def link_to_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def link_to_nothing(path: Path) -> None:
    path.symlink_to("nothing.txt")


def make_huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)  # a line of zeros, which takes no room


def make_unreadable(path: Path) -> None:
    path.write_text("国土", "utf-8")
    path.chmod(0)


@posix
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (make_pipe, "not a regular file"),
        (link_to_device, "not a regular file"),
        (link_to_itself, os.strerror(errno.ELOOP)),
        (link_to_nothing, os.strerror(errno.ENOENT)),
        (make_huge, "larger than 256 MB; split it"),
        pytest.param(
            make_unreadable,
            os.strerror(errno.EACCES),
            marks=pytest.mark.skipif(
                hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads everything"
            ),
        ),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_what_is_no_file_of_text(
    program: Program, make: Callable[[Path], None], reason: str
) -> None:
    names = ["bad.pdf", "bad.txt"]
    for name in names:
        make(program.folder / "texts" / name)
    ran = program("index", "texts")
    assert ran.returncode == 2
    *failures, summary = ran.stderr.splitlines()
    assert "files: 1 added, 2 failed; articles: 1;" in summary
    for name, failure in zip(names, failures, strict=True):
        assert failure.startswith(f"lsq: texts/{name}: ")
        assert reason in failure
    shown = program("show", "texts/bad.txt")
    assert (shown.returncode, shown.stdout) == (2, "")


@posix
def test_links_that_lead_in_circles_are_not_followed(program: Program) -> None:
    inner = program.folder / "texts" / "inner"
    inner.mkdir()
    (inner / "up").symlink_to("..")
    (inner / "up.txt").symlink_to("..")
    ran = program("index", "texts")
    assert ran.returncode == 0
    assert "files: 1 added;" in ran.stderr


# A line end, an escape sequence, what is not UTF-8, a turn of direction, an option, a long one.
NAMES = [b"a\nb", b"a\x1b]0;owned\x07", b"a\xff", "a\u202etxt".encode(), b"-rf", b"a" * 200]


@posix
def test_names_that_do_harm(program: Program) -> None:
    texts = os.fsencode(program.folder / "texts")
    try:
        for name in NAMES:
            Path(os.fsdecode(texts + b"/" + name + b".txt")).write_text("国土空间", "utf-8")
            Path(os.fsdecode(texts + b"/" + name + b".pdf")).write_bytes(b"%PDF-1.7 junk")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such names")
    ran = program("index", "texts")
    assert ran.returncode == 2
    good = [name for name in NAMES if name != b"a\xff"]
    failed = len(NAMES) + 1
    assert f"files: {len(good) + 1} added, {failed} failed;" in ran.stderr
    assert len(ran.stderr.splitlines()) == failed + 1
    for form in ("plain", "terminal", "json"):
        found = program("search", "国土", "--format", form, "--color", "never")
        assert found.returncode == 0
        assert not OBEYED.search(ran.stderr + found.stdout)
    paths = [os.fsencode(hit["path"]) for hit in json.loads(found.stdout)["hits"]]
    # Data for programs, whole.
    assert sorted(paths) == sorted(
        [b"texts/good.txt", *(b"texts/" + name + b".txt" for name in good)]
    )


# Escape sequences, other controls and turns of direction, but no colours of our own.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
COLOUR = re.compile("\x1b\\[[0-9;]*m")
HARM = (
    "国土\x1b[2J\x1b]0;owned\x07\x1b]8;;http://x\x1b\\空间\u2028\x9b31m\x08\x08\u202e规划。\r覆盖\n"
)


def test_texts_tell_a_terminal_nothing(program: Program) -> None:
    bad = {"bad.txt": HARM, "bad.md": f"# {HARM}", "bad.html": f"<html><p>{HARM}"}
    for name, text in bad.items():
        (program.folder / "texts" / name).write_text(text, "utf-8", newline="")
    assert program("index", "texts").returncode == 0
    plainly = ["--color", "always", "--hyperlink-format", "none"]
    for args in (
        ["search", "国土空间规划 OR 空间", "--format", "terminal", *plainly],
        ["search", "国土空间规划 OR 空间", "--format", "plain", *plainly],
        ["search", "国土", "-o", *plainly],
        ["search", "国土", "--format", "tsv"],
        ["search", "国土", "--format", "json"],
        ["search", "国土", "--format", "jsonl"],
        ["show", *(f"texts/{name}" for name in bad), "--format", "terminal", *plainly],
        ["show", *(f"texts/{name}" for name in bad), "--format", "plain", *plainly],
    ):
        printed = program(*args)
        assert printed.returncode == 0, printed.stderr
        said = COLOUR.sub("", printed.stdout)
        assert said.count("国土") >= len(bad)
        assert not OBEYED.search(said.replace("\t", ""))


def test_a_file_of_any_format_costs_itself_alone(program: Program) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "a"}">' for n in range(10))
    bad = {
        "laughs.docx": zipped({"word/document.xml": f"<!DOCTYPE x [{entities}]><p>&e9;</p>"}),
        "bomb.zip": zipped({"a.txt": bytes(300 << 20)}),
        "nested.zip": zipped({"b.zip": zipped({"c.zip": zipped({"d.zip": zipped({})})})}),
        "deep.html": b"<html>" + b"<div>" * 100_000,
        "pages.pdf": b"%PDF-1.7\n1 0 obj<</Pages 1 0 R/Kids[1 0 R]/Count 9>>endobj\n"
        b"trailer<</Root 1 0 R>>",
        "long.txt": b"\0" * 5_000_000,
        "cut.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    }
    for name, content in bad.items():
        (program.folder / "texts" / name).write_bytes(content)
    (program.folder / "texts" / "good.docx").write_bytes(docx(paragraph("海洋规划")))
    ran = program("index", "texts")
    assert ran.returncode == 2
    assert f"files: 2 added, {len(bad)} failed; articles: 2;" in ran.stderr
    for name in bad:
        assert f"lsq: texts/{name}" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "defect" not in ran.stderr
    assert program("search", "规划", "-l").stdout == "texts/good.docx\ntexts/good.txt\n"


def test_a_file_that_grows_while_it_is_read_is_read_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")
    opened = os.open

    def opened_and_written_to(*args: Any, **options: Any) -> int:
        descriptor = opened(*args, **options)
        status = os.fstat

        def grown(number: int) -> os.stat_result:
            found = status(number)
            with path.open("ab") as file:
                file.write(b", and after")
            return found

        monkeypatch.setattr(os, "fstat", grown)
        return descriptor

    monkeypatch.setattr("lsq.readers.os.open", opened_and_written_to)
    assert load(str(path)) == b"before"


@posix
def test_a_file_that_becomes_a_pipe_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, pipe = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("国土", "utf-8")
    os.mkfifo(pipe)
    real = Path.stat
    monkeypatch.setattr(Path, "stat", lambda path: real(good if path == pipe else path))
    with pytest.raises(ReadError, match="not a regular file"):
        load(str(pipe))
    assert is_plain(str(pipe))


@posix
def test_an_indexed_file_that_becomes_a_pipe_is_not_waited_for(program: Program) -> None:
    bad = program.folder / "texts" / "bad.txt"
    bad.write_bytes(b"")
    assert program("index", "texts").returncode == 0
    bad.unlink()
    os.mkfifo(bad)
    ran = program("index", "texts")
    assert ran.returncode == 2
    assert "bad.txt: not a regular file" in ran.stderr


def test_a_file_that_vanishes_between_being_found_and_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        Path(name).write_text("国土", "utf-8")

    def work(*args: Any, **named: Any) -> Iterator[Recovered[Any]]:
        Path("a.txt").unlink()
        return workers.work(*args, **named)

    monkeypatch.setattr("lsq.indexing.indexer.work", work)
    with lsq.open_index("index") as index:
        summary = index.update(["."], Options())
    assert [failure.path for failure in summary.failures] == ["a.txt"]
    assert summary.added == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("国" * (LONGEST_LINE + 1), "a line of 10,000,001 characters"),
        ("国\r\n" * MOST_LINES, "5,000,001 lines, more than any document has"),
        ("\r" * MOST_LINES, "5,000,001 lines, more than any document has"),
    ],
    ids=["line", "lines", "old line ends"],
)
def test_more_and_longer_lines_than_any_document_has_are_refused_before_they_are_made(
    program: Program, text: str, reason: str
) -> None:
    (program.folder / "texts" / "bad.txt").write_text(text, "utf-8", newline="")
    ran = program("index", "texts")
    assert ran.returncode == 2
    assert f"lsq: texts/bad.txt: {reason}" in ran.stderr
    assert "files: 1 added, 1 failed;" in ran.stderr


PARSERS = {
    "text": "lsq.readers.text.Line",
    "markdown": "lsq.readers.markdown._line",
    "delimited": "csv.reader",
    "html": "lsq.readers.markup.html",
    "xml": "lsq.readers.markup.etree.fromstring",
    "mail": "email.message_from_bytes",
    "mht": "email.message_from_bytes",
}
LONG = 5000
PAGE = "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("text", "国\n" + "国" * LONG + "\n国"),
        ("text", "国" * LONG),
        ("markdown", "# 国\r" + "国" * LONG),
        ("delimited", "国,土\n1," + "国" * LONG),
        ("delimited", '国,土\n1,"' + "国" * LONG + '"\n'),
        ("html", "<html><body><p>" + "国" * LONG + "</p></body></html>"),
        ("html", "国" * LONG),
        ("html", "<p>国</p>" * 300 + "<p title='a>b'>" + "国" * LONG),
        ("xml", "<r><t>" + "国" * LONG + "</t></r>"),
        ("mail", "Subject: a\n\n" + "国" * LONG),
        ("mht", PAGE + "国" * LONG + "</p>"),
    ],
)
def test_a_line_that_is_too_long_is_refused_before_it_is_parsed(
    monkeypatch: pytest.MonkeyPatch, form: str, text: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr(sizes, "LONGEST_LINE", 1000)
    monkeypatch.setattr(markup, "_LARGEST", 4 * 1000)  # of markup, the size is bounded
    monkeypatch.setattr(PARSERS[form], fail)
    reader = import_module(f"lsq.readers.{form}")
    with pytest.raises(ReadError, match=r"a line of 5,[0-9]{3} characters|its markup is larger"):
        list(reader.read("a", text.encode()))


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("text", ("国" * 1000 + "\n") * 9 + "国" * 1000),
        ("html", "<p>国<img alt='a>b' src='data:" + "A" * LONG + "'>土</p>"),
        ("html", "<p>国</p><SCRIPT>" + "a" * LONG + "</SCRIPT><p>土</p>"),
        ("html", "<p>国</p><style>" + "a" * LONG + "</style><p>土</p>"),
        ("html", "<pre>" + "国土空间\n" * LONG + "</pre>"),
        ("json", '[{"a": "国"}' + ', {"a": "国"}' * LONG + "]"),
        (
            "mail",
            "Content-Type: multipart/mixed; boundary=x\n\n--x\n\n国土\n--x\n"
            "Content-Disposition: attachment; filename=a.pdf\n"
            "Content-Transfer-Encoding: base64\n\n" + "A" * LONG + "\n--x--\n",
        ),
    ],
)
def test_what_is_long_and_no_line_of_text_is_not_refused(
    monkeypatch: pytest.MonkeyPatch, form: str, text: str
) -> None:
    monkeypatch.setattr(sizes, "LONGEST_LINE", 1000)
    read = import_module(f"lsq.readers.{form}").read("a", text.encode())
    bulletins = [read] if isinstance(read, Bulletin) else list(read)
    assert "国" in "".join(line.text for each in bulletins for line in each.lines)


@given(st.text("ab<"), st.integers(0, 9))
def test_stretches_that_are_long(text: str, most: int) -> None:
    expected = [match.span() for match in re.finditer("[^b<]+", text)]
    expected = [span for span in expected if span[1] - span[0] > most]
    assert list(sizes.long_stretches(text, most, "b", "<")) == expected


@pytest.mark.parametrize(
    ("form", "before", "line", "after"),
    [
        ("text", "", "国\n", ""),
        ("markdown", "", "国\n", ""),
        ("delimited", "国,土\n", "国,土\n", ""),
        ("delimited", "sep=;\n", "国;土\r\n", ""),
        ("html", "<html><body><pre>", "国\n", "</pre>"),
        ("json", '["', "国\\n", '"]'),
        ("json", '{"a": 1}\n', '{"a": 2}\n', ""),
        ("mail", "Subject: a\n\n", "国\n", ""),
    ],
)
def test_a_reader_counts_lines_before_it_makes_them(
    monkeypatch: pytest.MonkeyPatch, form: str, before: str, line: str, after: str
) -> None:
    monkeypatch.setattr(sizes, "MOST_LINES", 1000)
    reader = import_module(f"lsq.readers.{form}")
    with pytest.raises(ReadError, match="lines, more than any document has"):
        list(reader.read("a", (before + line * 1001 + after).encode()))
