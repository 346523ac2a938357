"""An open index answers whatever others do to its files, or reports damage."""

import shutil
import threading
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest

import lsq
from lsq.disk import PieceFile
from lsq.engines import Engine, Match, Stamp
from lsq.engines.folder import engine as folder_engine
from lsq.engines.folder import file_stamps, ranking
from lsq.engines.folder.mark import Mark, read_mark
from lsq.engines.folder.sealed import Sealed
from lsq.engines.folder.snapshot import Snapshot
from lsq.errors import DamagedError, DictionaryError
from lsq.index import Index
from lsq.indexing.indexer import Options
from lsq.query.nodes import Literal
from tests.conftest import python

TEXTS = {f"{name}.txt": f"{name}县国土空间规划的通知\n\n生态产品价值。\n" for name in "甲乙丙丁"}
QUERY = "国土空间规划的通知"
REBUILD = Options(rebuild=True)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with texts and their index, with a user's dictionary."""
    folder = tmp_path_factory.mktemp("good")
    (folder / "texts").mkdir()
    for name, text in TEXTS.items():
        (folder / "texts" / name).write_text(text, "utf-8")
    (folder / "names.txt").write_text("国土空间规划的通知 100\n", "utf-8")
    options = Options(rebuild=True, user_dict="names.txt")
    with chdir(folder), lsq.open_index("index") as index:
        index.update(["texts"], options)
    return folder


@pytest.fixture
def folder(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that, which is the current folder."""
    shutil.copytree(good, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rebuild() -> None:
    with lsq.open_index("index") as other:
        other.update(["texts"], REBUILD)


@pytest.mark.usefixtures("folder")
def test_an_opened_index_can_be_searched_after_a_rebuild() -> None:
    with lsq.open_index("index", create=False) as index:
        rebuild()
        rebuild()
        assert len(index.search(QUERY)) == len(TEXTS)
        assert index._engine.segmenter.query_words(QUERY) == (QUERY,)  # as it was opened


@pytest.mark.usefixtures("folder")
def test_an_opened_index_can_be_copied_after_a_rebuild() -> None:
    with lsq.open_index("index", create=False) as index, lsq.open_index("copy") as target:
        rebuild()
        assert target.copy_from(index) == len(TEXTS)
        assert target._engine.segmenter.user_words() == {QUERY: 100}


@pytest.mark.usefixtures("folder")
def test_opening_during_one_rebuild_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    left = [3]

    def read_and_lose(location: str) -> Mark:
        mark = read_mark(location)
        if left[0]:
            left[0] -= 1
            rebuilding = threading.Thread(target=rebuild)  # another, as another process would
            monkeypatch.setattr(folder_engine, "read_mark", read_mark)
            rebuilding.start()
            rebuilding.join()
            monkeypatch.setattr(folder_engine, "read_mark", read_and_lose)
        return mark

    monkeypatch.setattr(folder_engine, "read_mark", read_and_lose)
    with lsq.open_index("index", create=False) as index:
        assert len(index.search(QUERY)) == len(TEXTS)
    assert left == [0]


CUT = """
import os, sys, lsq
with lsq.open_index("index", create=False) as index:
    for name in os.listdir(data := "index/" + next(n for n in os.listdir("index") if n[:5] == "data-")):
        if name.endswith(sys.argv[1]):
            os.truncate(os.path.join(data, name), int(sys.argv[2]))
    try:
        print(len(list(index.search("国土空间规划的通知"))), len(index.paths()))
    except lsq.errors.LsqError as error:
        print(type(error).__name__)
"""  # noqa: E501


@pytest.mark.parametrize("suffix", [".seg", ".text", ".words"])
@pytest.mark.parametrize("left", [0, 100, 4096])
def test_a_file_cut_short_while_it_is_open_is_reported(
    folder: Path, suffix: str, left: int
) -> None:
    # In another process: a mapped file would end it with a signal.
    ran = python("-c", CUT, suffix, str(left), folder=folder)
    assert ran.returncode == 0, ran
    assert ran.stdout.strip() in {
        DamagedError.__name__,
        DictionaryError.__name__,
        f"{len(TEXTS)} {len(TEXTS)}",
    }


FIRST_MATCH = Match(1.0, "texts/丁.txt", 1, 0)


@pytest.mark.parametrize(
    "ask",
    [
        lambda engine: list(engine.stamps()),
        lambda engine: list(engine.stamps([Stamp(1, 2, "")])),
        lambda engine: list(engine.files_below("texts")),
        lambda engine: list(engine.ids("")),
        lambda engine: engine.search(Literal(QUERY)),
        lambda engine: engine.count(Literal(QUERY)),
        lambda engine: list(engine.words()),
        lambda engine: engine.doc_freq("国土"),
        lambda engine: list(engine.word_totals()),
        *(
            lambda engine, name=name: list(getattr(engine, name)([FIRST_MATCH]))
            for name in ("found", "facts", "texts", "spaces")
        ),
        lambda engine: engine.satisfying(Literal(QUERY), [FIRST_MATCH]),
        lambda engine: engine.term_scores(Literal(QUERY), [FIRST_MATCH]),
    ],
)
@pytest.mark.usefixtures("folder")
def test_every_method_reports_damaged_files(
    ask: Callable[[Engine], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_file: PieceFile, _start: int, size: int) -> bytes:
        return bytes(size)

    monkeypatch.setattr(Sealed, "_keep", lambda *_: None)
    with lsq.open_index("index", create=False) as index:
        monkeypatch.setattr(PieceFile, "read", read)
        with pytest.raises(DamagedError):
            ask(index._engine)


@pytest.mark.usefixtures("folder")
def test_a_bug_in_a_search_is_not_reported_as_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("a defect")

    with lsq.open_index("index", create=False) as index:
        monkeypatch.setattr(Snapshot, "doc_freq", fail)
        with pytest.raises(KeyError, match="a defect"):
            index.search(QUERY)
        monkeypatch.setattr(file_stamps, "shown_path", fail)
        monkeypatch.setattr(ranking, "shown_path", fail)
        for ask in (Index.paths, lambda index: index.search("*")):
            with pytest.raises(KeyError, match="a defect"):
                ask(index)
