"""What is gone leaves the index, and what may only be out of sight stays in it."""

import errno
import os
import re
import shutil
from pathlib import Path

import pytest

import lsq
from lsq.errors import RootError
from lsq.indexing.indexer import Options, Summary
from tests.conftest import Program

REBUILD = Options(rebuild=True)
DROP = Options(drop_missing=True)
posix = pytest.mark.skipif(os.name == "nt", reason="needs links")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{text}。\n", "utf-8")
    return path


def many(folder: str, count: int) -> None:
    for number in range(count):
        write(f"{folder}/{number:02}.txt", f"公告{number}")


def update(*paths: str, options: Options | None = None) -> Summary:
    with lsq.open_index("index") as index:
        return index.update(paths, options)


def held() -> list[str]:
    with lsq.open_index("index", create=False) as index:
        return index.paths()


def told(summary: Summary) -> str:
    return "\n".join(map(str, summary.failures))


@pytest.mark.parametrize("drop", [False, True])
def test_a_rebuild_from_a_path_that_is_not_there_replaces_nothing(drop: bool) -> None:
    write("texts/a.txt", "国土")
    write("more/b.txt", "海洋")
    update("texts", "more")
    for paths in (["sedes"], ["moer", "texts"], ["texts", "more/c.txt", "./sedes", "sedes"]):
        with pytest.raises(RootError, match="; the index stays as it is") as caught:
            update(*paths, options=Options(rebuild=True, drop_missing=drop))
        told = [failure.path for failure in caught.value.failures]
        assert told == [path for path in paths if path in {"sedes", "moer", "more/c.txt"}]
    assert held() == ["more/b.txt", "texts/a.txt"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a user who may not read all"
)
@pytest.mark.parametrize("name", ["texts", "texts/a.txt"])
def test_a_rebuild_from_what_cannot_be_read_replaces_nothing(name: str) -> None:
    write("texts/a.txt", "国土")
    update(name)
    Path(name).chmod(0)
    try:
        with pytest.raises(RootError, match=os.strerror(errno.EACCES)):
            update(name, options=REBUILD)
    finally:
        Path(name).chmod(0o700)
    assert held() == ["texts/a.txt"]


def test_a_rebuild_from_an_empty_folder_replaces_nothing_unasked() -> None:
    write("texts/a.txt", "国土")
    Path("empty").mkdir()
    update("texts")
    with pytest.raises(RootError, match="lsq index --drop-missing empty"):
        update("empty", options=REBUILD)
    assert held() == ["texts/a.txt"]
    update("empty", options=Options(rebuild=True, drop_missing=True))
    assert held() == []


def test_all_paths_that_keep_an_index_from_being_built_anew_are_named(begun: Program) -> None:
    for name in ("one", "two", "three"):
        shutil.copytree(begun.folder / "seeds", begun.folder / name)
    paths = ["one", "seeds", "two", "three"]
    assert begun("index", *paths).returncode == 0
    for name in ("one", "two"):
        shutil.rmtree(begun.folder / name)
    ran = begun("index", "--rebuild", *paths)
    assert ran.returncode == 2
    assert ran.stderr.splitlines() == [
        f"lsq: one: {os.strerror(errno.ENOENT)}",
        f"lsq: two: {os.strerror(errno.ENOENT)}",
        "lsq: the index stays as it is",
    ]
    for name in ("one", "two"):
        (begun.folder / name).mkdir()
    ran = begun("index", "--rebuild", *paths)
    assert ran.returncode == 2
    *lines, last = ran.stderr.splitlines()
    for name, line in zip(("one", "two"), lines, strict=True):
        assert line.startswith(f"lsq: {name}: no files here, but the index contains 2; ")
        assert line.endswith(f"lsq index --drop-missing {name}")
    assert last == "lsq: the index stays as it is"
    assert "articles: 12\n" in begun("info").stdout
    assert begun("index", "--rebuild", "--drop-missing", *paths).returncode == 0
    assert "articles: 6\n" in begun("info").stdout


def test_a_root_that_has_become_empty_keeps_its_files_until_one_says_so() -> None:
    write("share/a.txt", "国土")
    write("own/b.txt", "海洋")
    update("share", "own")
    Path("share/a.txt").unlink()
    write("own/c.txt", "生态")
    for options in (None, REBUILD):
        if options is None:
            summary = update("share", "own", options=options)
            assert (summary.added, summary.dropped) == (1, 0)
            assert "share: no files here, but the index contains 1" in told(summary)
        else:
            with pytest.raises(RootError, match="share: no files here, but the index contains 1"):
                update("share", "own", options=options)
        assert held() == ["own/b.txt", "own/c.txt", "share/a.txt"]
    assert update("share", "own", options=DROP).dropped == 1
    assert held() == ["own/b.txt", "own/c.txt"]


@pytest.mark.parametrize(
    ("count", "gone", "kept"), [(20, 11, True), (20, 10, False), (19, 11, False)]
)
def test_more_than_half_of_an_index_is_not_dropped_unasked(
    count: int, gone: int, kept: bool
) -> None:
    many("texts", count)
    update("texts")
    for path in sorted(Path("texts").iterdir())[:gone]:
        path.unlink()
    summary = update("texts")
    assert summary.dropped == (0 if kept else gone)
    assert ("lsq index --drop-missing texts" in told(summary)) == kept
    assert len(held()) == (count if kept else count - gone)
    update("texts", options=DROP)
    assert len(held()) == count - gone


def test_a_folder_that_is_renamed_is_no_loss() -> None:
    many("texts/old", 30)
    update("texts")
    Path("texts/old").rename("texts/new")
    summary = update("texts")
    assert (summary.added, summary.dropped, summary.failures) == (30, 30, ())


def test_the_old_place_of_a_folder_that_was_moved_goes() -> None:
    many("d", 3)
    write("d/in/own.txt", "国土")
    update("d")
    Path("d").rename("e")
    summary = update("e")
    assert (summary.added, summary.dropped) == (4, 4)
    assert [path for path in held() if path.startswith("d")] == []
    Path("x").mkdir()
    shutil.move("e", "x/e")
    update("x")
    assert held() == ["x/e/00.txt", "x/e/01.txt", "x/e/02.txt", "x/e/in/own.txt"]


def test_a_copy_of_a_folder_costs_the_folder_nothing() -> None:
    many("d", 3)
    update("d")
    shutil.copytree("d", "e")
    update("e")
    shutil.move("d", "away")
    assert update("e").dropped == 0
    assert len(held()) == 6


def test_what_drops_the_files_of_a_folder_that_is_gone_is_said(begun: Program) -> None:
    folder = begun.folder / "my texts"
    shutil.copytree(begun.folder / "seeds", folder)
    assert begun("index", "my texts", "seeds").returncode == 0
    shutil.rmtree(folder)
    ran = begun("index", "my texts", "seeds")
    assert ran.returncode == 2
    assert (
        "the index still contains 2 files of it; drop them with: lsq forget 'my texts'"
        in ran.stderr
    )
    said = begun.shell("python -m lsq forget 'my texts'; echo $?")
    assert said.endswith("0\n")
    ran = begun("index", "my texts", "seeds")
    assert "lsq forget" not in ran.stderr
    assert ran.returncode == 2


def test_a_folder_that_is_gone_can_be_dropped_by_an_update() -> None:
    many("d", 3)
    update("d")
    shutil.rmtree("d")
    summary = update("d", options=DROP)
    assert (summary.dropped, summary.failures) == (3, ())
    assert held() == []


def test_what_was_named_itself_is_not_dropped_because_of_its_name() -> None:
    many("t", 3)
    for name in ("t/NOTICE", "t/.hidden.txt", "t/.git/c.txt"):
        write(name, "须知")
        update(name)
    summary = update("t")
    assert (summary.added, summary.unchanged, summary.dropped) == (3, 3, 0)
    write("t/NOTICE", "海洋须知")
    Path("t/.hidden.txt").unlink()
    summary = update("t")
    assert (summary.replaced, summary.unchanged, summary.dropped) == (1, 4, 1)


@posix
def test_a_file_has_one_name_however_many_links_lead_to_it() -> None:
    write("a/one.txt", "国土")
    write("outside/two.txt", "海洋")
    Path("a/b").mkdir()
    Path("a/b/up").symlink_to("..")
    Path("a/b/link.txt").symlink_to("../one.txt")
    Path("a/a.txt").symlink_to("b/link.txt")
    Path("sym").symlink_to("a")
    assert update("a").added == 1
    assert held() == ["a/one.txt"]
    assert update("sym").unchanged == 1
    write("a/one.txt", "国土空间")
    assert update("sym").replaced == 1
    Path("a/m.txt").symlink_to("../outside/two.txt")
    Path("a/n.txt").symlink_to("../outside/two.txt")
    assert update("a").added == 1
    assert held() == ["a/m.txt", "a/one.txt"]
    assert update("outside").added == 1
    assert held() == ["a/m.txt", "a/one.txt", "outside/two.txt"]
    assert update("a", "outside").dropped == 1
    assert held() == ["a/one.txt", "outside/two.txt"]
    assert update("a", "outside").unchanged == 2


@posix
def test_a_named_link_is_followed() -> None:
    write("a/one.txt", "国土")
    Path("sym").symlink_to("a")
    Path("file.txt").symlink_to("a/one.txt")
    assert update("sym").added == 1
    assert held() == ["sym/one.txt"]
    assert update("file.txt").unchanged == 0
    assert update("sym").unchanged == 1


@posix
def test_a_link_through_a_folder_that_became_a_file_is_gone() -> None:
    write("other/x.txt", "国土")
    write("t/a.txt", "海洋")
    Path("t/l.txt").symlink_to("../other/x.txt")
    update("t")
    shutil.rmtree("other")
    write("other", "不是文件夹")
    summary = update("t")
    assert (summary.dropped, len(summary.failures)) == (1, 1)
    assert held() == ["t/a.txt"]


@posix
def test_the_parent_of_a_link_is_where_it_leads() -> None:
    write("far/x.txt", "国土")
    write("x.txt", "海洋")
    Path("far/in").mkdir()
    Path("link").symlink_to("far/in")
    assert Path("link/../x.txt").read_text("utf-8") == "国土。\n"
    update("link/../x.txt")
    assert held() == ["far/x.txt"]
    with lsq.open_index("link/../index") as index:
        index.update(["x.txt"])
        assert index.paths() == ["x.txt"]
    assert Path("far/index/lsq.json").exists()
    with lsq.open_index("index") as index:
        index.explain("国土", "link/../x.txt#1")
        assert index.forget(["link/.."]) == 1


@pytest.mark.parametrize("language", ["C.UTF-8", "zh_CN.UTF-8"])
def test_help_says_what_stays_and_what_drops_it(lsq: Program, language: str) -> None:
    said = lsq("index", "--help", LC_ALL=language).stdout
    unbroken = re.sub(r"-\n\s+", "-", said)  # click breaks lines at hyphens too
    paragraphs = " ".join(unbroken.split("lsq index seeds/")[0].split())
    for named in ("--drop-missing", "lsq forget", "--rebuild", "20"):
        assert named in paragraphs
