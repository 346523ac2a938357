"""An index follows its files: added, replaced, unchanged, dropped, failed."""

import errno
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import lsq
from lsq.engines.folder.mark import FORMAT_VERSION
from lsq.errors import (
    DamagedError,
    ForeignIndexError,
    LockedError,
    NoIndexError,
)
from lsq.indexing import Progress, workers
from lsq.indexing.indexer import Options, Summary
from tests.conftest import Program

pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("texts").mkdir()
    Path("texts/a.txt").write_text("国土空间规划。\n", "utf-8")
    Path("texts/b.md").write_text("# 标题\n\n生态产品价值。\n", "utf-8")
    return tmp_path


def update(*paths: str) -> Summary:
    with lsq.open_index("index") as index:
        return index.update(paths)


def counts(summary: Summary) -> tuple[int, int, int, int, int]:
    return (
        summary.added,
        summary.replaced,
        summary.unchanged,
        summary.dropped,
        len(summary.failures),
    )


def found(query: str) -> list[str]:
    with lsq.open_index("index", create=False) as index:
        return [hit.article.path for hit in index.search(query)]


def test_the_life_of_a_file() -> None:
    assert counts(update("texts")) == (2, 0, 0, 0, 0)
    assert counts(update("texts")) == (0, 0, 2, 0, 0)
    Path("texts/a.txt").write_text("海洋规划。\n", "utf-8")
    assert counts(update("texts")) == (0, 1, 1, 0, 0)
    assert found("国土") == []
    assert found("海洋") == ["texts/a.txt"]
    Path("texts/a.txt").unlink()
    assert counts(update("texts")) == (0, 0, 1, 1, 0)
    assert found("规划") == []
    assert update("texts").articles == 1


def test_only_what_is_below_the_paths_named_is_looked_at() -> None:
    update("texts/a.txt", "texts/b.md")
    Path("texts/a.txt").unlink()
    assert counts(update("texts/b.md")) == (0, 0, 1, 0, 0)
    assert found("国土") == ["texts/a.txt"]


def test_what_is_beside_the_folder_is_not_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert counts(update("texts")) == (2, 0, 0, 0, 0)
    Path("texts/inner").mkdir()
    Path("beside").mkdir()
    monkeypatch.chdir("beside")
    with lsq.open_index("../index") as index:
        assert counts(index.update(["."])) == (0, 0, 0, 0, 0)
        assert index.forget(["."]) == 0
    monkeypatch.chdir("../texts/inner")
    with lsq.open_index("../../index") as index:
        assert index.forget([".."]) == 2


def test_a_path_that_is_not_there_fails_and_costs_nothing() -> None:
    update("texts")
    shutil.move("texts", "elsewhere")
    summary = update("texts", "elsewhere/a.txt")
    assert counts(summary) == (1, 0, 0, 1, 1)
    assert str(summary.failures[0]).startswith("texts: ")
    assert "lsq forget texts" in str(summary.failures[0])
    assert found("国土") == ["elsewhere/a.txt"]  # which was moved
    assert found("生态") == ["texts/b.md"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("broken.pdf", b"%PDF-1.7\njunk", "damaged"),
        ("broken.docx", b"PK\x03\x04junk", "damaged"),
        ("binary.txt", bytes(range(256)) * 4, "not text"),
    ],
)
def test_a_file_that_cannot_be_read_is_reported_and_the_rest_goes_on(
    name: str, content: bytes, reason: str
) -> None:
    Path("texts", name).write_bytes(content)
    summary = update("texts")
    assert counts(summary) == (2, 0, 0, 0, 1)
    assert summary.failures[0].path == os.path.join("texts", name)
    assert reason in summary.failures[0].reason


def test_a_file_that_became_unreadable_keeps_what_the_index_has_of_it() -> None:
    update("texts")
    Path("texts/a.txt").write_bytes(b"%PDF-1.7\njunk")
    assert counts(update("texts")) == (0, 0, 1, 0, 1)
    assert found("国土") == ["texts/a.txt"]


def test_a_file_without_an_article_is_known_too() -> None:
    Path("texts/empty.txt").write_text("", "utf-8")
    assert counts(update("texts")) == (3, 0, 0, 0, 0)
    assert counts(update("texts")) == (0, 0, 3, 0, 0)
    Path("texts/a.txt").write_text("海洋规划。", "utf-8")
    assert counts(update("texts")) == (0, 1, 2, 0, 0)
    Path("texts/empty.txt").write_text("国土。", "utf-8")
    assert counts(update("texts")) == (0, 1, 2, 0, 0)
    Path("texts/empty.txt").write_text("", "utf-8")
    assert counts(update("texts")) == (0, 1, 2, 0, 0)
    assert found("国土") == []
    Path("texts/empty.txt").unlink()
    assert counts(update("texts")) == (0, 0, 2, 1, 0)


@pytest.mark.parametrize("hidden", ["texts/inner", "texts/inner/c.txt"])
def test_what_cannot_be_looked_at_is_not_gone(hidden: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("texts/inner").mkdir()
    Path("texts/inner/c.txt").write_text("海洋规划。", "utf-8")
    update("texts")
    for function in ("stat", "scandir"):
        monkeypatch.setattr(os, function, refusing(hidden, getattr(os, function)))
    summary = update("texts")
    assert counts(summary) == (0, 0, 2, 0, 1)
    assert str(summary.failures[0]).startswith(f"{hidden}: ")
    assert found("海洋") == ["texts/inner/c.txt"]


def refusing(hidden: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """That call of the system's where one file or folder may not be looked at."""

    def refuse(path: Any, *args: Any, **options: Any) -> Any:
        if path == hidden:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return call(path, *args, **options)

    return refuse


def test_other_files_hidden_ones_and_indexes_are_passed_by() -> None:
    Path("texts/photo.png").write_bytes(b"\x89PNG")
    Path("texts/.hidden.txt").write_text("国土", "utf-8")
    Path("texts/.git").mkdir()
    Path("texts/.git/c.txt").write_text("国土", "utf-8")
    assert counts(update(".")) == (2, 0, 0, 0, 0)
    assert counts(update(".")) == (0, 0, 2, 0, 0)
    assert found("国土") == ["texts/a.txt"]


def test_a_folder_and_its_index_can_move_together(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update("texts")
    Path("moved").mkdir()
    shutil.move("texts", "moved/texts")
    shutil.move("index", "moved/index")
    monkeypatch.chdir(folder / "moved" / "texts")
    with lsq.open_index("../index", create=False) as index:
        assert [hit.article.path for hit in index.search("国土")] == ["a.txt"]


def test_the_gitignore_of_an_index_stays() -> None:
    Path("index").mkdir()
    Path("index/.gitignore").write_text("*\n", "utf-8")
    update("texts")
    assert Path("index/.gitignore").read_text("utf-8") == "*\n"


def test_where_there_is_no_index_none_is_made_by_looking() -> None:
    with pytest.raises(NoIndexError, match="lsq index PATH"):
        lsq.open_index("index", create=False)
    assert not Path("index").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("data-2020", "a.txt"), ("data-0123abcd", "a.txt"), ("data-2020", "MAIN_1.toc")],
)
def test_only_what_lsq_has_made_is_deleted(name: str, content: str) -> None:
    update("texts")
    for place in ("index", "texts"):
        Path(place, name).mkdir()
        Path(place, name, content).write_text("国土", "utf-8")
    with lsq.open_index("index") as index:
        index.update(["texts"])
        index.update(["texts"], Options(rebuild=True))
    with pytest.raises(ForeignIndexError):
        lsq.open_index("texts")
    assert Path("index", name, content).exists()
    assert Path("texts", name, content).exists()


def test_what_an_interrupted_rebuild_has_left_is_deleted() -> None:
    update("texts")
    (data,) = Path("index").glob("data-*")
    shutil.copytree(data, "index/data-0123abcd")
    Path("index/data-0123abcd/x1.tmp").touch()
    Path("index/data-89abcdef").mkdir()
    Path("texts/a.txt").unlink()
    update("texts")
    assert list(Path("index").glob("data-*")) == [data]


def test_a_folder_with_something_else_is_left_alone() -> None:
    with pytest.raises(ForeignIndexError, match="not an lsq index"):
        lsq.open_index("texts")
    assert sorted(path.name for path in Path("texts").iterdir()) == ["a.txt", "b.md"]


@pytest.mark.parametrize(
    ("mark", "error", "reason"),
    [
        ('{"format_version": 0}', ForeignIndexError, "another version"),
        ("{", DamagedError, "damaged"),
        (
            f'{{"format_version": {FORMAT_VERSION}, "data": "data-gone", "dictionary": ""}}',
            DamagedError,
            "damaged",
        ),
    ],
)
def test_an_index_that_cannot_be_read_is_refused_and_can_be_rebuilt(
    mark: str, error: type[Exception], reason: str
) -> None:
    update("texts")
    Path("index/lsq.json").write_text(mark, "utf-8")
    with pytest.raises(error, match=reason) as caught:
        lsq.open_index("index")
    assert "lsq index --rebuild PATH" in str(caught.value)
    with lsq.open_index("index", damaged=True) as index:
        assert counts(index.update(["texts"], Options(rebuild=True))) == (2, 0, 0, 0, 0)
    assert found("国土") == ["texts/a.txt"]


def test_a_rebuild_starts_from_the_paths_named_and_leaves_nothing_of_the_old() -> None:
    update("texts")
    with lsq.open_index("index") as index, lsq.open_index("index") as reader:
        index.update(["texts/b.md"], Options(rebuild=True))
        assert index.paths() == ["texts/b.md"]
        assert reader.paths() == ["texts/a.txt", "texts/b.md"]  # until it opens it again
    assert found("国土") == []
    assert len(list(Path("index").glob("data-*"))) == 1


def test_a_rebuild_that_fails_leaves_the_old_index() -> None:
    update("texts")
    with lsq.open_index("index") as index:
        with pytest.raises(KeyError), index._engine.rebuild():
            raise KeyError
        assert index.article_count() == 2
    assert found("国土") == ["texts/a.txt"]
    assert len(list(Path("index").glob("data-*"))) == 1


def test_a_file_touched_but_not_changed_is_unchanged() -> None:
    update("texts")
    os.utime("texts/a.txt", ns=(1, 1))
    assert counts(update("texts")) == (0, 0, 2, 0, 0)
    Path("texts/a.txt").write_text("国土空间规画。\n", "utf-8")  # as long as before
    assert counts(update("texts")) == (0, 1, 1, 0, 0)


def test_files_can_be_forgotten() -> None:
    update("texts")
    Path("texts/a.txt").unlink()
    with lsq.open_index("index") as index:
        assert index.forget(["texts/a.txt"]) == 1
        assert index.forget(["texts/a.txt", "nowhere"]) == 0
        assert index.paths() == ["texts/b.md"]
        assert index.forget(["."]) == 1
        assert index.article_count() == 0


def test_an_archive_is_one_file_with_many_bulletins() -> None:
    with zipfile.ZipFile("texts/all.zip", "w") as archive:
        archive.writestr("2020/c.txt", "大花园建设。")
        archive.writestr("d.txt", "百山祖国家公园。")
        archive.writestr("broken.pdf", b"%PDF-1.7")
    assert counts(update("texts")) == (3, 0, 0, 0, 1)
    assert found("大花园") == ["texts/all.zip/2020/c.txt"]
    assert counts(update("texts")) == (0, 0, 3, 0, 0)
    with zipfile.ZipFile("texts/all.zip", "w") as archive:
        archive.writestr("d.txt", "百山祖国家公园。")
    assert counts(update("texts")) == (0, 1, 2, 0, 0)
    assert found("大花园") == []
    assert found("百山祖") == ["texts/all.zip/d.txt"]


def test_the_number_of_jobs_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(workers, "BATCH_FILES", 3)
    for number in range(20):
        Path(f"texts/{number}.txt").write_text(f"第{number}条 国土空间规划。\n" * number, "utf-8")
    results = []
    for jobs in (1, 2):
        with lsq.open_index(f"index{jobs}") as index:
            index.update(["texts"], Options(jobs=jobs))
            hits = list(index.search("国土 规划 OR 生态"))
        results.append([(hit.score, hit.article, hit.snippets) for hit in hits])
    assert len(results[0]) == 21
    assert results[0] == results[1]


def test_progress_is_told_in_bytes_and_then_that_it_writes() -> None:
    told: list[Progress] = []
    with lsq.open_index("index") as index:
        index.update(["texts"], Options(tell=told.append))
    total = sum(path.stat().st_size for path in Path("texts").iterdir())
    assert [progress.total for progress in told] == [total] * 3
    assert [progress.done == total for progress in told] == [False, True, True]
    assert [progress.writing for progress in told] == [False, False, True]


def test_one_writes_at_a_time_and_the_other_is_told() -> None:
    with lsq.open_index("index") as first, lsq.open_index("index") as second:
        with (
            first._engine_to_write().update(),
            pytest.raises(LockedError, match=r"process .* is writing to it; wait with --wait S"),
        ):
            second.update(["texts"])
        assert counts(second.update(["texts"])) == (2, 0, 0, 0, 0)


def test_an_update_that_fails_changes_nothing() -> None:
    update("texts")

    def fail(index: lsq.Index) -> None:
        with index._engine.update() as changes:
            changes.drop("texts/a.txt")
            raise KeyError

    with lsq.open_index("index") as index:
        with pytest.raises(KeyError):
            fail(index)
        assert index.article_count() == 2
    assert found("国土") == ["texts/a.txt"]


def test_a_file_name_that_is_not_utf_8_is_reported(fresh: Program, tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(bytes(tmp_path) + b"/seeds/\xff.txt")).write_text("国土", "utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such name")
    ran = fresh("index", "seeds")
    assert ran.returncode == 2
    assert "not UTF-8; rename it" in ran.stderr
    assert "files: 2 added, 1 failed;" in ran.stderr
