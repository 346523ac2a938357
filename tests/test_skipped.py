"""Files that no reader takes are counted and listed, but for what nobody wrote."""

import os
from pathlib import Path

import pytest

import lsq
from lsq.indexing.indexer import Options, Summary
from lsq.readers import junk
from tests.conftest import Program
from tests.readers.samples import docx, paragraph, zipped


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, content in {
        "in/a.txt": b"\xe4\xb8\x80",
        "in/b.JPG": b"x",
        "in/c.msg": b"x",
        "in/d/e": b"x",
        "in/f.zip": zipped({"a.txt": "二", "b.png": "x", "__MACOSX/._a.png": "x"}),
        # What nobody wrote:
        "in/~$a.docx": b"x",
        "in/._b.jpg": b"x",
        "in/Thumbs.db": b"x",
        "in/page.htm": b"<html><p>x</p></html>",
        "in/page_files/x.js": b"x",
        "in/page_files/index.html": b"<html><p>x</p></html>",
        # A folder that is only called like that:
        "in/other_files/x.js": b"x",
        "in/empty.pdf": b"",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path


ALL = {
    "in/b.JPG": "picture",
    "in/c.msg": "format",
    "in/d/e": "nameless",
    "in/f.zip/b.png": "picture",
    "in/other_files/x.js": "web",
}


def update(*paths: str, options: Options | None = None) -> Summary:
    with lsq.open_index("index") as index:
        return index.update(paths, options)


def skipped() -> dict[str, str]:
    with lsq.open_index("index", create=False) as index:
        return {Path(path).as_posix(): kind for path, kind in index.skipped().items()}


def test_what_is_skipped_is_counted_by_kind_and_listed() -> None:
    summary = update("in")
    assert summary.skipped == {"picture": 2, "format": 1, "nameless": 1, "web": 1}
    assert not summary.failures
    assert skipped() == ALL
    with lsq.open_index("index", create=False) as index:
        assert [Path(path).name for path in index.paths()] == [
            *("a.txt", "empty.pdf", "f.zip", "page.htm")
        ]


def test_what_an_archive_skips_is_counted_though_nothing_in_it_can_be_read() -> None:
    Path("in/g.zip").write_bytes(zipped({"a.pdf": "no PDF", "b.mp4": "x"}))
    summary = update("in")
    assert len(summary.failures) == 1
    assert summary.skipped["video"] == 1
    assert skipped() == ALL | {"in/g.zip/b.mp4": "video"}
    assert update("in").skipped["video"] == 1
    Path("in/g.zip").unlink()
    update("in")
    assert skipped() == ALL


def test_an_index_follows_what_is_skipped() -> None:
    update("in")
    assert update("in").skipped["picture"] == 2  # the archive was not read again
    assert skipped() == ALL
    os.remove("in/b.JPG")
    Path("in/f.zip").write_bytes(zipped({"a.txt": "三", "c.mp4": "x"}))
    update("in")
    rest = {path: kind for path, kind in ALL.items() if kind != "picture"}
    assert skipped() == rest | {"in/f.zip/c.mp4": "video"}
    os.remove("in/f.zip")
    assert update("in").dropped == 1
    assert skipped() == rest
    update("in", options=Options(rebuild=True))
    assert skipped() == rest


def test_what_is_named_is_read_whatever_its_name() -> None:
    update("in")
    update("in/d/e", "in/a.txt")
    assert "in/d/e" not in skipped()
    assert "nameless" not in update("in").skipped
    assert "in/d/e" not in skipped()


def test_forgetting_forgets_what_was_skipped() -> None:
    update("in")
    with lsq.open_index("index", create=False) as index:
        assert index.forget(["in"]) == 4
    assert skipped() == {}


def test_a_copy_has_them_too() -> None:
    update("in")
    with lsq.open_index("index", create=False) as index, lsq.open_index("copy") as copy:
        copy.copy_from(index)
        assert copy.skipped() == index.skipped()


def test_what_is_left_out_of_texts_is_counted() -> None:
    content = docx(paragraph("一"), header1=paragraph("页眉"), comments="<w:comment/>")
    Path("in/a.docx").write_bytes(content)
    Path("in/b.zip").write_bytes(zipped({"a.docx": content}))
    assert update("in").left_out == {"header": 2, "comment": 2}


def test_the_program_tells(begun: Program) -> None:
    told = begun("index", "in")
    assert told.returncode == 0
    assert "skipped: pictures, which need OCR: 2; in formats" in told.stderr
    assert "skipped: 5\n" in begun("info").stdout
    listed = begun("info", "--skipped").stdout.splitlines()
    assert len(listed) == len(ALL)
    assert listed[0] == f"{Path('in/b.JPG')}: a picture; its text needs OCR: {HOW}"


HOW = "to have it recognised, use --ocr auto"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("a.PNG", "picture"), ("a.docx.crdownload", "download"), ("a.txt~", "backup")),
        *(("a.txt.bak", "backup"), ("README", "nameless"), ("a.xyz", "other"), ("a.", "other")),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert junk.kind(name) == kind
    assert kind in junk.KINDS
