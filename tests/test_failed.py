"""Files that cannot be read are in the index with the reason, until they can be or are gone."""

import errno
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import lsq
from lsq.engines import Stamp
from lsq.engines.stamps import failed_of, failure_stamp, notes_of, outdated_stamp, read_of
from lsq.indexing import changes
from lsq.indexing.indexer import Options, Summary
from tests.conftest import Program
from tests.readers.samples import docx, paragraph, zipped

GOOD = "国土空间规划"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/good.txt").write_text(GOOD, "utf-8")
    Path("in/bad.pdf").write_text("no PDF", "utf-8")
    Path("in/part.zip").write_bytes(zipped({"a.txt": GOOD, "b.pdf": "no PDF"}))
    Path("in/none.zip").write_bytes(zipped({"c.pdf": "no PDF"}))
    return tmp_path


FAILED = ["in/bad.pdf", "in/none.zip/c.pdf", "in/part.zip/b.pdf"]
FAILED_HERE = [path.removeprefix("in/") for path in FAILED]


def update(*paths: str, options: Options | None = None, location: str = "index") -> Summary:
    with lsq.open_index(location) as index:
        return index.update(paths or ["in"], options)


def failed(location: str = "index") -> dict[str, str]:
    with lsq.open_index(location, create=False) as index:
        found = {Path(path).as_posix(): reason for path, reason in index.failed().items()}
        assert index.info().failed == len(found)
        return found


def text() -> list[str]:
    with lsq.open_index("index", create=False) as index:
        return [Path(hit.article.path).as_posix() for hit in index.search(GOOD, sort="path")]


def test_they_are_kept_with_the_reasons_that_were_reported() -> None:
    summary = update()
    assert list(failed()) == FAILED
    reported = {Path(one.path).as_posix(): one.reason for one in summary.failures}
    assert failed() == reported
    with lsq.open_index("index", create=False) as index:
        assert [Path(path).name for path in index.paths()] == ["good.txt", "part.zip"]
        assert index.info().files == 2


@pytest.mark.parametrize(
    "link", [False, pytest.param(True, marks=pytest.mark.skipif(os.name == "nt", reason="links"))]
)
@pytest.mark.parametrize("root", ["..", "../.."])
def test_an_update_of_the_folders_around_the_current_one_finds_the_same(
    monkeypatch: pytest.MonkeyPatch, root: str, link: bool
) -> None:
    Path("in/deep").mkdir()
    Path("in/deep/worse.pdf").write_text("no PDF", "utf-8")
    Path("in/deep/good.txt").write_text(GOOD, "utf-8")
    Path("in/deep/photo.psd").write_text("8BPS", "utf-8")
    if link:  # then all files are compared
        Path("in/link.txt").symlink_to("good.txt")
    monkeypatch.chdir("in")
    update("..", location="../index")
    before = failed("../index")
    assert list(before) == sorted([*FAILED_HERE, "deep/worse.pdf"])
    monkeypatch.chdir("deep")
    for _ in range(2):
        summary = update(root, location="../../index")
        assert (summary.added, summary.unchanged, summary.dropped) == (0, 3, 0)
        assert len(failed("../../index")) == len(before)
        assert failed("../../index")["worse.pdf"]
        with lsq.open_index("../../index", create=False) as index:
            assert index.skipped() == {"photo.psd": "drawing"}
    Path("good.txt").unlink()
    Path("worse.pdf").unlink()
    Path("photo.psd").unlink()
    summary = update(root, location="../../index")
    assert (summary.added, summary.unchanged, summary.dropped) == (0, 2, 1)
    assert len(failed("../../index")) == len(before) - 1
    with lsq.open_index("../../index", create=False) as index:
        assert not index.skipped()


def test_an_archive_that_is_not_read_again_keeps_its_failures() -> None:
    update()
    summary = update()
    assert {Path(one.path).as_posix() for one in summary.failures} == set(FAILED[:2])
    assert list(failed()) == FAILED


@pytest.mark.parametrize(
    ("repair", "gone"),
    [
        (lambda: Path("in/bad.pdf").unlink(), "in/bad.pdf"),
        (lambda: Path("in/part.zip").unlink(), "in/part.zip/b.pdf"),
        (lambda: Path("in/none.zip").unlink(), "in/none.zip/c.pdf"),
        (lambda: Path("in/bad.pdf").write_bytes(b""), "in/bad.pdf"),
        (
            lambda: Path("in/none.zip").write_bytes(zipped({"c.txt": GOOD})),
            "in/none.zip/c.pdf",
        ),
        (lambda: Path("in/part.zip").write_bytes(zipped({"a.txt": GOOD})), "in/part.zip/b.pdf"),
    ],
)
def test_what_can_be_read_again_or_is_gone_has_not_failed(
    repair: Callable[[], object], gone: str
) -> None:
    update()
    repair()
    update()
    assert list(failed()) == [path for path in FAILED if path != gone]


def test_forgetting_forgets_failures_and_counts_what_was_read() -> None:
    update()
    with lsq.open_index("index", create=False) as index:
        assert index.forget(["in/bad.pdf"]) == 0
        assert index.forget(["in/part.zip"]) == 1
    assert list(failed()) == ["in/none.zip/c.pdf"]


def test_a_copy_and_a_rebuild_have_them_too() -> None:
    update()
    with lsq.open_index("index", create=False) as index, lsq.open_index("copy") as copy:
        copy.copy_from(index)
        assert list(copy.search("*")) == list(index.search("*"))
    assert failed("copy") == failed()
    update(options=Options(rebuild=True))
    assert list(failed()) == FAILED


def test_articles_of_an_earlier_content_stay_and_the_failure_is_told() -> None:
    content = docx(paragraph(GOOD))
    good = Path("in/good.docx")
    good.write_bytes(content)
    before = good.stat()
    update()
    for damaged in (content[:100], content[:200]):
        good.write_bytes(damaged)
        assert len(update().failures) == 3
        assert len(update().failures) == 3
        assert "in/good.docx" in text()
        assert set(failed()) == {*FAILED, "in/good.docx"}
    # As it was, even to its times: it is read again, and has not failed.
    good.write_bytes(content)
    os.utime(good, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert update().replaced == 1
    assert list(failed()) == FAILED


def test_members_of_an_archive_that_all_fail_leave_its_articles() -> None:
    update()
    content = Path("in/part.zip").read_bytes()
    Path("in/part.zip").write_bytes(zipped({"a.pdf": "no PDF"}))
    assert len(update().failures) == 3
    assert "in/part.zip/a.txt" in text()
    assert set(failed()) == {*FAILED[:2], "in/part.zip/a.pdf"}
    Path("in/part.zip").write_bytes(content)
    update()
    assert list(failed()) == FAILED


def test_a_file_that_the_system_refuses_to_look_at_keeps_its_articles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    update()
    real = os.stat

    def refusing(path: Any, **options: Any) -> os.stat_result:
        if str(path).endswith("good.txt"):
            raise PermissionError(errno.EACCES, "no")
        return real(path, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", refusing)
        update()
    assert "in/good.txt" in text()
    assert "in/good.txt" in failed()
    update()
    assert list(failed()) == FAILED


def test_nothing_is_committed_where_nothing_changes() -> None:
    time.sleep(2 * changes._STEP / 1e9)  # until the times of all files are trusted
    update()
    commits = sorted(Path("index").rglob("*.toc"))
    update()
    assert sorted(Path("index").rglob("*.toc")) == commits


def test_only_what_lies_in_the_folders_looked_at_is_judged() -> None:
    Path("other").mkdir()
    Path("other/e.pdf").write_text("no PDF", "utf-8")
    update("in", "other")
    Path("in/bad.pdf").unlink()
    update("other")
    assert list(failed()) == [*FAILED, "other/e.pdf"]
    update("nowhere")  # a name typed wrong is no file of the index
    assert list(failed()) == [*FAILED, "other/e.pdf"]


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root reads all")
def test_a_folder_that_the_system_refuses_is_told() -> None:
    Path("in/secret").mkdir()
    Path("in/secret/a.pdf").write_text("no PDF", "utf-8")
    update()
    assert "in/secret/a.pdf" in failed()
    Path("in/secret").chmod(0)
    update()
    assert {"in/secret", "in/secret/a.pdf"} < set(failed())
    Path("in/secret").chmod(0o700)
    update()
    assert "in/secret" not in failed()


def test_the_program_tells(begun: Program) -> None:
    assert begun("index", "in").returncode == 2
    assert "failed: 3 (lsq info --failed lists them)\n" in begun("info").stdout
    listed = begun("info", "--failed").stdout.splitlines()
    assert [line.split(": ")[0] for line in listed] == [str(Path(path)) for path in FAILED]
    assert all(line.split(": ", 1)[1] for line in listed)
    assert json.loads(begun("info", "--format", "json").stdout)["failed"] == len(FAILED)
    names = json.loads(begun("info", "--failed", "--format", "json").stdout)["failed"]
    assert [Path(name).as_posix() for name in names] == FAILED
    both = begun("info", "--failed", "--skipped")
    assert both.returncode == 2
    assert "use one of them" in both.stderr


def test_stamps_of_failures() -> None:
    reason = "坏了\x1b[31m " + "长" * 1000
    stamp = failure_stamp(reason)
    assert failed_of({"a": stamp}) == {"a": reason[:500]}
    assert not read_of({"a": stamp})
    known = Stamp(5, 6, "abc+2.1.0", 7, 8)
    outdated = outdated_stamp(known, "x")
    assert outdated_stamp(outdated, "x") == outdated
    assert failed_of({"a": outdated}) == {"a": "x"}
    assert read_of({"a": outdated})
    assert notes_of(outdated.digest) == notes_of(known.digest)
    stale, touched = changes.compared({"a": known}, {"a": outdated}, 0)
    assert (list(stale), touched) == (["a"], {})
    assert failed_of({"a": Stamp(1, 1, "abc!\xff")}) == {"a": ""}
