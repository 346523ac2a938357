"""Damaged indexes, full disks and other folders are reported, and nothing is lost."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from whoosh.index import TOC

import lsq
from lsq.engines.folder.damage import DamageError, translate_errors
from lsq.engines.folder.mark import FORMAT_VERSION
from lsq.engines.whoosh.commit import INDEX_NAME, load_contents
from lsq.engines.whoosh.library import SCHEMA, DurableStorage
from lsq.engines.whoosh.transaction import CLASSES
from lsq.errors import DamagedError, DictionaryError, ForeignIndexError, LsqError, StorageError
from lsq.indexing.indexer import Options
from tests.conftest import SEEDS, UNMEASURED, Program, python

QUERIES = ["国土空间规划", '"绿水青山"', "丽水 -超市"]


@pytest.fixture
def location(tmp_path: Path) -> Path:
    with lsq.open_index(str(tmp_path / "index")) as index:
        index.update([str(SEEDS)])
    return tmp_path / "index"


def answers(location: Path) -> list[list[str]]:
    with lsq.open_index(str(location), create=False) as index:
        return [[hit.article.id for hit in index.search(query)] for query in QUERIES]


def test_an_intact_index_is_not_reported_as_damaged(location: Path) -> None:
    assert all(answers(location))


@pytest.mark.parametrize("suffix", [".toc", ".seg", ".text", ".words"])
@pytest.mark.parametrize("left", [0.0, 0.1, 0.5, 0.9])
def test_a_truncated_file_is_detected(location: Path, suffix: str, left: float) -> None:
    expected = answers(location)
    (file,) = location.glob(f"data-*/*{suffix}")
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * left)])
    with pytest.raises((DamagedError, DictionaryError)) as caught:
        assert answers(location) == expected
    assert "lsq index --rebuild" in str(caught.value)
    with lsq.open_index(str(location), damaged=True) as index:
        index.update([str(SEEDS)], Options(rebuild=True))
    assert answers(location) == expected


@pytest.mark.parametrize("suffix", [".toc", ".seg", ".text", ".words"])
def test_a_missing_file_is_detected(location: Path, suffix: str) -> None:
    (file,) = location.glob(f"data-*/*{suffix}")
    file.unlink()
    with pytest.raises((DamagedError, DictionaryError), match="lsq index --rebuild"):
        answers(location)


def test_another_dictionary_is_detected(location: Path, tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("国土空间规划 100\n", "utf-8")
    with lsq.open_index(str(tmp_path / "other")) as index:
        index.update([str(SEEDS)], Options(rebuild=True, user_dict=str(tmp_path / "names.txt")))
    (mine,) = location.glob("data-*/*.words")
    (other,) = (tmp_path / "other").glob("data-*/*.words")
    mine.write_bytes(other.read_bytes())
    with pytest.raises(DictionaryError, match="lsq index --rebuild"):
        answers(location)


def test_words_of_a_user_dictionary_are_segmented_and_found(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("國土空間規劃\n", "utf-8")
    with lsq.open_index(str(tmp_path / "index")) as index:
        index.update([str(SEEDS)], Options(rebuild=True, user_dict=str(tmp_path / "names.txt")))
        assert index._engine.segmenter.query_words("国土空间规划") == ("国土空间规划",)
        assert len(index.search("国土空间规划")) == 1
        index.update([str(SEEDS)])  # keeps the dictionary
        assert index._engine.segmenter.query_words("国土空间规划") == ("国土空间规划",)


def test_a_missing_user_dictionary_leaves_the_index_unchanged(
    location: Path, tmp_path: Path
) -> None:
    expected = answers(location)
    options = Options(rebuild=True, user_dict=str(tmp_path / "names.txt"))
    with (
        lsq.open_index(str(location)) as index,
        pytest.raises(DictionaryError, match=r"names\.txt"),
    ):
        index.update([str(SEEDS)], options)
    assert answers(location) == expected
    assert len(list(location.glob("data-*"))) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'"format_version": {FORMAT_VERSION}', '"format_version": 99'),
        ('"data": "data-', '"data": "../data-'),
        ('"data": "data-', '"data": "other-'),
        ('"dictionary": "', '"dictionary": "0'),
        ('"check"', '"chock"'),
        ('"folder_owner": ', '"folder_owner": 1'),
        ("{", "["),
        ("{", "[" * 100_000),
        ("{", ""),
    ],
)
def test_a_changed_mark_is_detected(location: Path, before: str, after: str) -> None:
    mark = location / "lsq.json"
    assert before in mark.read_text("utf-8")
    mark.write_text(mark.read_text("utf-8").replace(before, after, 1), "utf-8")
    with pytest.raises(DamagedError):
        answers(location)


class Harmful:
    """When it is unpickled, makes a folder where one is."""

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, ("harm",)


@pytest.mark.parametrize(
    ("raised", "told", "message"),
    [
        (DamageError("a block"), DamagedError, "lsq index --rebuild"),
        (FileNotFoundError(2, "gone", "a/b"), StorageError, "^a/b: gone"),
        (PermissionError(13, "no"), StorageError, "^index: no"),
        (OSError(28, "full", b"index/new"), StorageError, "^index/new: full"),
        (MemoryError(), StorageError, "index: not enough memory"),
        (AttributeError("a defect"), AttributeError, "a defect"),
        (KeyError("a defect"), KeyError, "a defect"),
        (ValueError("a defect"), ValueError, "a defect"),
    ],
    ids=lambda case: type(case).__name__ if isinstance(case, Exception) else "",
)
def test_errors_are_not_all_reported_as_damage(
    raised: Exception, told: type[Exception], message: str
) -> None:
    with pytest.raises(told, match=message), translate_errors("index"):
        raise raised


def test_no_class_of_a_pickle_in_a_commit_is_called(
    location: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (data,) = location.glob("data-*")
    TOC(SCHEMA, [Harmful()], 99).write(DurableStorage(str(data)), INDEX_NAME)
    with pytest.raises(DamagedError):
        answers(location)
    with pytest.raises(DamagedError), lsq.open_index(str(location)) as index:
        index.update([str(SEEDS)])
    with pytest.raises(DamageError, match="mkdir is not allowed"):
        load_contents(str(data), CLASSES)
    assert not Path("harm").exists()


@pytest.mark.parametrize("version", [1, 2])
def test_an_earlier_format_is_distinguished_from_damage(location: Path, version: int) -> None:
    said = {"format_version": version, "data": "data-00000000", "dictionary": "0" * 64}
    (location / "lsq.json").write_text(json.dumps(said), "utf-8")
    with pytest.raises(ForeignIndexError, match=rf"format {version}, this one reads.*--rebuild"):
        answers(location)


def test_a_location_that_cannot_be_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for location in (tmp_path / "file", tmp_path / "file" / "index"):
        with pytest.raises(LsqError, match="file"):
            lsq.open_index(str(location))


@pytest.mark.skipif(sys.platform == "win32", reason="needs resource limits")
def test_a_full_disk_is_an_error_and_leaves_the_last_commit(location: Path, tmp_path: Path) -> None:
    # A limit on the size of files fails writes as a full disk does.
    expected = answers(location)
    (tmp_path / "big.txt").write_text("国土空间规划与生态产品价值。" * 20_000, "utf-8")
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "
        "from lsq.cli import main; sys.exit(main())"
    )
    command = ["index", "-i", str(location), str(tmp_path / "big.txt")]
    ran = python("-c", program, *command, **UNMEASURED)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"lsq: {location}: ")
    assert "Traceback" not in ran.stderr
    assert answers(location) == expected
    with lsq.open_index(str(location)) as index:
        before = index.count("生态产品价值")
        index.update([str(tmp_path / "big.txt")])
        assert index.count("生态产品价值") == before + 1


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_an_index_in_a_read_only_folder_can_be_searched(location: Path) -> None:
    expected = answers(location)
    location.chmod(0o500)
    try:
        with lsq.open_index(str(location)) as index, pytest.raises(StorageError):
            index.update([str(SEEDS)])
        assert answers(location) == expected
    finally:
        location.chmod(0o700)


def test_a_waiting_writer_names_the_holder_of_the_lock(indexed: Program, tmp_path: Path) -> None:
    with lsq.open_index(str(tmp_path / "index")) as index, index._engine.update():
        ran = indexed("index", "--wait", "0.1", "seeds")
        holder = json.loads((tmp_path / "index" / "writer.json").read_text("utf-8"))
    assert ran.returncode == 2
    assert f"process {os.getpid()} on {holder['host']}" in ran.stderr
    assert indexed("search", "百山祖").returncode == 0
    assert indexed("index", "seeds").returncode == 0
