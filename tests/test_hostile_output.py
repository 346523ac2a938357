"""Whatever files and their names hold, no command sends a terminal what it would obey."""

import os
import re
import shlex
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Program
from tests.readers.samples import docx, paragraph
from tests.terminal import at_terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs such names")

# Escape sequences (ECMA-48): clear the screen, a title, a link, ask for an answer; one in a
# single character. Turns of direction, and line ends that are none.
EVIL = "\x1b[2J\x1b]0;owned\x07\x1b]8;;http://x\x1b\\\x9b31m\x1b[6n\x08\x0c\x7f\u202e\u2066\u200f\u2028"
IN_NAMES = EVIL.replace("/", "")
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
TEXT = f"国土{EVIL}空间规划。\n\n第一段{EVIL}\0\r\n"
LONG = 300_000


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program in a folder with texts and names made to do harm, indexed."""
    folder = tmp_path_factory.mktemp("evil")
    texts = folder / "texts"
    inner = texts / f"d{IN_NAMES}"
    inner.mkdir(parents=True)
    (texts / "a.txt").write_text(TEXT, "utf-8", newline="")
    (texts / "b.html").write_text(f"<html><title>{TEXT}</title><body><p>{TEXT}<p>国土", "utf-8")
    (texts / "c.md").write_text(f"# {TEXT}\n\n发文字号：国土{EVIL}〔2020〕1号\n", "utf-8")
    (texts / "e.eml").write_text(f"Subject: {TEXT.splitlines()[0]}\n\n{TEXT}", "utf-8")
    (texts / "f.csv").write_text(f"名称{EVIL},国土\n{EVIL},规划\n", "utf-8")
    (texts / "g.json").write_text(
        '{"标题": "国土\\u001b[2J\\u202e", "\\u001b]0;x": "规划"}', "utf-8"
    )
    (texts / "long.txt").write_text("国土" + "长" * LONG + EVIL, "utf-8")
    (texts / "h.docx").write_bytes(docx(paragraph("国土\u202e规划\u2066")))
    (texts / "nul.txt").write_bytes("国土\0\0空间\0规划".encode())
    (inner / f"name{IN_NAMES}.txt").write_text(TEXT, "utf-8")
    (inner / f"broken{IN_NAMES}.pdf").write_bytes(b"%PDF-1.7 junk")
    (inner / f"picture{IN_NAMES}.png").write_bytes(b"\x89PNG")
    (inner / f"nothing{IN_NAMES}.txt").symlink_to(f"nowhere{IN_NAMES}")
    with zipfile.ZipFile(texts / "z.zip", "w") as archive:
        archive.writestr(f"in{EVIL}.txt", TEXT)
        archive.writestr(f"in{EVIL}.pdf", b"%PDF-1.7 junk")
        archive.writestr(f"in{EVIL}.png", b"\x89PNG")
    program = Program(folder)
    made = program("index", "texts", "-i", "index")
    assert made.returncode == 2
    assert "Traceback" not in made.stderr
    return program


def lone_surrogates(folder: Path) -> None:
    """Files of names that are in no encoding, where the system takes such."""
    try:
        for suffix in ("txt", "pdf", "png"):
            Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xed\xa0\x80." + suffix.encode())).touch()
    except OSError:
        return


def commands(folder: Path) -> Iterator[list[str]]:
    """What is run, with the arguments as a shell's own patterns would put them in."""
    inner = Path("texts", f"d{IN_NAMES}")
    yield ["index", "texts"]
    yield ["index", "--rebuild", "texts"]
    yield ["index", f"gone{IN_NAMES}"]
    yield ["index", "--rebuild", f"gone{IN_NAMES}"]
    yield ["index", "texts", "-i", f"other{IN_NAMES}"]
    yield ["info", "-i", f"other{IN_NAMES}"]
    yield ["info", "-i", f"none{IN_NAMES}"]
    yield ["copy", "index", f"copy{IN_NAMES}"]
    yield ["copy", "index", f"copy{IN_NAMES}"]
    yield ["forget", f"gone{IN_NAMES}", "-i", f"other{IN_NAMES}"]
    yield ["info"]
    yield ["info", "--skipped"]
    yield ["info", "--failed"]
    for form in ("terminal", "plain"):
        files = sorted(str(path.relative_to(folder)) for path in (folder / "texts").glob("*.*"))
        files += map(str, sorted((folder / inner).iterdir()))
        files += [f"texts/z.zip/in{EVIL}.txt", f"gone{IN_NAMES}"]
        yield ["show", *files, "--format", form]
    yield ["show", "--layout", str(inner / f"broken{IN_NAMES}.pdf"), f"gone{IN_NAMES}"]
    for form in ("terminal", "plain"):
        yield ["search", "国土", "--format", form, "--snippets", "9"]
    yield ["search", "国土", "-o"]
    for form in ("terminal", "plain", "tsv", "csv", "jsonl"):
        yield ["kwic", "国土", "--format", form]
        yield ["trend", "国土", "--by", "folder", "--versus", EVIL, "--format", form]
        yield ["facets", "国土", "--format", form]
        yield ["phrases", "国土", "--min-articles", "1", "--format", form]
        yield ["phrases", "国土", "--min-articles", "1", "--quoted", "--format", form]
        yield ["collocates", "国土", "--min", "1", "--min-articles", "1", "--format", form]
    yield ["search", "国土", "--context", "3"]
    yield ["search", "国土", "-l"]
    yield ["search", "国土", "--explain"]
    yield ["search", f"国土{EVIL}没有"]
    yield ["search", f"国土{EVIL} ("]
    yield ["search", f"字段{EVIL}:国土"]
    yield ["search", f"--sort={EVIL}", "国土"]
    yield ["search", f"--没有{EVIL}", "国土"]
    yield ["search", "国土", "--explain-id", f"none{EVIL}#1"]
    yield ["search", "国土", "--since", EVIL]
    yield ["search", "国土", "--path", EVIL]
    yield [f"nothing{EVIL}"]


def test_in_a_pipe_nothing_is_printed_that_a_terminal_obeys(evil: Program) -> None:
    lone_surrogates(evil.folder / "texts")
    for command in commands(evil.folder):
        ran = evil.piped(*command)
        said = (ran.stdout + ran.stderr).decode("utf-8", "surrogateescape")
        assert not OBEYED.search(said.replace("\r\n", "\n")), command
        assert "Traceback" not in said, command
        assert "defect of lsq" not in said, command
        assert ran.returncode in {0, 1, 2}, command


def test_nor_is_anything_at_a_terminal(evil: Program) -> None:
    """All commands in a row, in one shell: starting a terminal for each takes its time."""
    lone_surrogates(evil.folder / "texts")
    program = [sys.executable, "-m", "lsq"]
    script = evil.folder / "script"
    every = [[*command] for command in commands(evil.folder) if command[0] in {"show", "info"}]
    every += [["index", "texts"], ["index", "--rebuild", f"gone{IN_NAMES}"], ["search", "国土"]]
    lines = [shlex.join([*program, *command]) for command in every]
    script.write_bytes(os.fsencode("\n".join(lines)))
    seen = at_terminal(
        ["bash", str(script)],
        evil.folder,
        environment={"LSQ_PAGER": "cat", "LC_ALL": "zh_CN.UTF-8", "LSQ_HYPERLINK_FORMAT": "none"},
        patience=240,
    )
    # The progress bar hides the cursor, goes back to the start of its line and clears it.
    own = re.compile(r"\x1b\[(\?25[lh]|[0-9]*K|[0-9]+A|[0-9;]*m)|\r")
    text = own.sub("", seen.raw)
    assert "国土" in text
    assert "2J" in text  # what is left of an escape is shown as text
    assert not OBEYED.search(text), text[OBEYED.search(text).start() - 200 :][:400]  # type: ignore[union-attr]
    assert "Traceback" not in text
