"""Links that others put where lsq writes change no file of the user's, whenever they put them."""

import errno
import json
import os

import pytest

from lsq.engines.folder import FolderEngine, data
from lsq.engines.folder.mark import HOLDER
from lsq.engines.registry import store_of
from lsq.errors import ForeignIndexError, StorageError
from tests.conftest import ROOT, Program, python

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs links")

# What the planter is to have done at least, if it plants at all.
LEAST = 100


@pytest.mark.parametrize(
    "kind",
    [
        "file",
        pytest.param("hard", marks=pytest.mark.slow),
        pytest.param("dangling", marks=pytest.mark.slow),
        pytest.param("folder", marks=pytest.mark.slow),
    ],
)
def test_no_link_is_followed_whenever_it_is_put_there(kind: str) -> None:
    ran = python("-m", "tests.planter", kind, folder=ROOT)
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    assert said["wrong"] == []
    assert said["tried"] > LEAST


@pytest.mark.parametrize("name", ["lsq.json", "lsq.json.new", "writer.json", "writer.lock"])
def test_a_planted_link_is_replaced_or_named(indexed: Program, name: str) -> None:
    indexed.shell("cp -r index other; cp -r index good; echo mine >victim")
    link = indexed.folder / "index" / name
    for command, target in (
        ("index seeds", "victim"),
        ("index --rebuild seeds", "nothing"),
        ("forget seeds", "victim"),
        ("copy other index --replace", "victim"),
    ):
        indexed.shell("rm -r index; cp -r good index")
        link.unlink(missing_ok=True)
        link.symlink_to(indexed.folder / target)
        ran = indexed(*command.split())
        assert (indexed.folder / "victim").read_text("utf-8") == "mine\n"
        assert not (indexed.folder / "nothing").exists()
        assert ran.returncode == 0 or ran.stderr.startswith("lsq: index")
        assert "defect" not in ran.stderr
        if ran.returncode == 0 and name != "lsq.json.new":  # which a rebuild alone writes
            assert not link.is_symlink()


def test_a_file_of_an_index_that_became_a_link_is_named(indexed: Program) -> None:
    refused = "this is a link; lsq follows no links"
    for pattern, reason in {
        "*.toc": refused,
        "*.seg": refused,
        "*.text": refused,
        "*.words": os.strerror(errno.ELOOP),
    }.items():
        (file,) = indexed.folder.glob(f"index/data-*/{pattern}")
        file.rename(indexed.folder / "elsewhere")
        file.symlink_to(indexed.folder / "elsewhere")
        for command in (["search", "国土"], ["info"], ["index", "seeds"]):
            ran = indexed(*command)
            assert ran.returncode == 2
            assert str(file.relative_to(indexed.folder)) in ran.stderr
            assert reason in ran.stderr
        (indexed.folder / "elsewhere").replace(file)
    assert indexed("search", "国土").returncode == 0


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(indexed: Program) -> None:
    for pattern in ("lsq.json", "data-*/*.toc", "data-*/*.seg", "data-*/*.text", "data-*/*.words"):
        (file,) = indexed.folder.glob(f"index/{pattern}")
        file.rename(indexed.folder / "elsewhere")
        os.mkfifo(file)
        for command in (["search", "国土"], ["info"], ["index", "seeds"]):
            ran = indexed(*command)
            assert ran.returncode == 2
            assert ran.stderr.startswith(f"lsq: {file.relative_to(indexed.folder)}: ")
            assert "not a regular file" in ran.stderr
        (indexed.folder / "elsewhere").replace(file)
    (indexed.folder / "index" / HOLDER).unlink(missing_ok=True)
    os.mkfifo(indexed.folder / "index" / HOLDER)
    assert indexed("index", "seeds").returncode == 0


def test_a_lock_that_is_a_file_of_the_users_is_left_alone(fresh: Program) -> None:
    mine = fresh.folder / "mine.txt"
    mine.write_text("mine", "utf-8")
    (fresh.folder / "index").mkdir()
    os.link(mine, fresh.folder / "index" / data.LOCK)
    ran = fresh("index", "seeds")
    assert ran.returncode == 2
    assert f"index/{data.LOCK}: {os.strerror(errno.EMLINK)}" in ran.stderr
    assert mine.read_text("utf-8") == "mine"


def test_a_lock_that_is_a_folder_is_called_one(begun: Program) -> None:
    (begun.folder / "index" / data.LOCK).unlink(missing_ok=True)
    (begun.folder / "index" / data.LOCK / "inner").mkdir(parents=True)
    ran = begun("index", "seeds")
    assert ran.returncode == 2
    assert f"index/{data.LOCK}: {os.strerror(errno.EISDIR)}" in ran.stderr


def test_an_index_whose_backup_has_the_same_files_is_written_to(indexed: Program) -> None:
    indexed.shell("cp -al index backup")
    before = {path: path.read_bytes() for path in indexed.folder.glob("backup/data-*/*")}
    (indexed.folder / "seeds" / "new.txt").write_text("海洋", "utf-8")
    for command in (
        ["index", "seeds"],
        ["forget", "seeds/new.txt"],
        ["index", "--rebuild", "seeds"],
    ):
        assert indexed(*command).returncode == 0
    assert {path: path.read_bytes() for path in indexed.folder.glob("backup/data-*/*")} == before


def test_a_name_that_is_taken_just_now_is_told(
    indexed: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(indexed.folder)
    monkeypatch.setattr(os, "unlink", lambda _: None)
    holder = indexed.folder / "index" / HOLDER
    holder.symlink_to("nowhere")
    with FolderEngine("index", store_of) as engine:
        with (
            pytest.raises(ForeignIndexError, match="this is a link; lsq follows no links"),
            engine.update(),
        ):
            pass
        monkeypatch.undo()
        monkeypatch.chdir(indexed.folder)
        holder.unlink(missing_ok=True)
        monkeypatch.setattr(os, "unlink", lambda _: None)
        holder.write_text("", "utf-8")
        with pytest.raises(StorageError, match=os.strerror(errno.EEXIST)), engine.update():
            pass
