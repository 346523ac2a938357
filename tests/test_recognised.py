"""An index of scanned pages and pictures: which are recognised, when, and what is said of it."""

import json
import os
import signal
import sys
from pathlib import Path
from threading import Event

import pytest

import lsq
from lsq.engines.stamps import Notes, content_digest, noted, notes_of
from lsq.indexing import Progress
from lsq.indexing.extraction import itself
from lsq.indexing.indexer import Options, Summary
from lsq.indexing.workers import work
from lsq.readers import ocr
from lsq.readers.ocr import Picture, Recognition
from tests.conftest import Program
from tests.readers.samples import zipped
from tests.recognising import Recogniser, page, recogniser, saved

__all__ = ["recogniser"]


def scans(*numbers: int) -> bytes:
    return saved(*map(page, numbers), form="PDF", resolution=75)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with scans, pictures, and what holds some."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("国土空间规划", "utf-8")
    (folder / "b.pdf").write_bytes(scans(1, 2))
    (folder / "c.png").write_bytes(saved(page(3)))
    (folder / "d.zip").write_bytes(
        zipped({"e.txt": "丽水", "f.pdf": scans(4), "g.jpg": saved(page(0), form="JPEG")})
    )
    (folder / "h.png").write_bytes(saved(page(0)))
    (folder / "i.svg").write_text("<svg/>")
    return folder


def update(*paths: str, options: Options | None = None) -> Summary:
    with lsq.open_index("index") as index:
        return index.update(paths or ["in"], options)


def recognised() -> tuple[int, int]:
    with lsq.open_index("index", create=False) as index:
        info = index.info()
        return info.recognised_pages, info.recognised_articles


def flags() -> dict[str, bool]:
    """Of each article that has the words, whether it was recognised."""
    with lsq.open_index("index", create=False) as index:
        hits = index.search("国土空间规划 OR 丽水", limit=None)
        return {Path(hit.article.path).as_posix(): hit.article.ocr for hit in hits}


ALL = {"in/a.txt": False, "in/d.zip/e.txt": False}
ALL |= {"in/b.pdf": True, "in/c.png": True, "in/d.zip/f.pdf": True}


def test_scans_and_pictures_are_recognised_once(recogniser: Recogniser) -> None:
    summary = update()
    assert not summary.failures
    assert flags() == ALL
    assert summary.recognised == 4
    assert recognised() == (4, 3)
    assert summary.left_out == {"wordless": 2}
    assert summary.skipped == {"drawing": 1}
    calls = sorted(recogniser.calls)
    assert calls == [0, 0, 1, 2, 3, 4]
    assert update().unchanged == 5
    assert update(options=Options(rebuild=True)).recognised == 4
    assert sorted(recogniser.calls) == calls
    assert recognised() == (4, 3)


@pytest.mark.usefixtures("recogniser")
def test_what_was_skipped_is_recognised_once_that_can_be_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as without:
        without.setattr(ocr, "is_installed", lambda: False)
        summary = update()
        assert summary.skipped == {"picture": 3, "drawing": 1}
        named = {Path(one.path).as_posix() for one in summary.failures}
        assert named == {"in/b.pdf", "in/d.zip/f.pdf"}
        assert all("pip install 'lsq-bulletins[ocr]'" in str(one) for one in summary.failures)
        assert update().unchanged == 2  # the archive is not read over and over
        assert flags() == {"in/a.txt": False, "in/d.zip/e.txt": False}
    assert not update().failures
    assert flags() == ALL
    assert update().unchanged == 5
    # Not wanted any more, they stay; only new ones are passed over.
    assert update(options=Options(ocr="never")).unchanged == 5
    assert flags() == ALL


def test_a_run_that_is_ended_has_lost_no_page(recogniser: Recogniser) -> None:
    Path("in/b.pdf").write_bytes(scans(1, 2, 3, 4, 5))
    known = recogniser.recognise

    def recognise(picture, threads):  # type: ignore[no-untyped-def]
        if len(recogniser.calls) == 3:
            raise KeyboardInterrupt
        return known(picture, threads)

    module = sys.modules["lsq.readers.ocr.recogniser"]
    module.recognise = recognise  # type: ignore[attr-defined]
    with pytest.raises(KeyboardInterrupt):
        update("in/b.pdf")
    assert recogniser.calls == [1, 2, 3]
    module.recognise = known  # type: ignore[attr-defined]
    assert update("in/b.pdf").recognised == 5
    assert recogniser.calls == [1, 2, 3, 4, 5]


@pytest.mark.skipif(os.name != "posix", reason="knows processes by signals")
def test_an_interrupt_does_not_wait_for_a_page(
    recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules["lsq.readers.ocr.recogniser"]
    may_end, has_ended = Event(), Event()

    def recognise(picture: Picture, threads: int) -> Recognition:
        try:
            os.kill(os.getpid(), signal.SIGINT)
            may_end.wait(10)
        except KeyboardInterrupt:  # as it looks to what is not Python
            may_end.wait(1)
        has_ended.set()
        return recogniser.recognise(picture, threads)

    monkeypatch.setattr(module, "recognise", recognise)
    with pytest.raises(KeyboardInterrupt):
        update("in/c.png", options=Options(jobs=0))
    assert not has_ended.is_set()
    may_end.set()
    assert has_ended.wait(60)


@pytest.mark.usefixtures("recogniser")
def test_progress_is_told_by_page() -> None:
    told: list[Progress] = []
    update("in/b.pdf", "in/c.png", options=Options(tell=told.append))
    read = [one for one in told if not one.writing]
    assert [one.page for one in read] == [(1, 2), (2, 2), None, (1, 1), None]
    done = [one.done for one in read]
    assert done == sorted(done)
    assert done[0] == os.path.getsize("in/b.pdf") // 2
    assert done[-1] == told[-1].total


@pytest.mark.usefixtures("recogniser")
def test_a_moved_file_leaves_its_old_place() -> None:
    update()
    os.rename("in/b.pdf", "in/moved.pdf")
    update("in/moved.pdf")
    with lsq.open_index("index", create=False) as index:
        assert "in/b.pdf" not in map(str, index.paths())
    assert recognised() == (4, 3)


@pytest.mark.parametrize("notes", [Notes(), Notes(1, 1, 0), Notes(0, 0, 3)])
def test_what_is_noted_of_a_file_is_kept_with_its_digest(notes: Notes) -> None:
    digest = noted("00ff", notes)
    assert notes_of(digest) == notes
    assert content_digest(digest) == "00ff"
    assert notes_of("00ff+x") == notes_of("00ff+1.2") == Notes()


ON_LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="the cache of processes is found by XDG_CACHE_HOME"
)

# A library that reads the same on every picture, and writes down which process asked it.
FAKE = """
import os
import numpy as np

class Output:
    def __init__(self, box):
        self.txts, self.boxes, self.word_results = ("国土空间规划",), np.array([box]), ((),)

class RapidOCR:
    def __init__(self, params):
        self.threads = params["EngineConfig.onnxruntime.intra_op_num_threads"]
        self.batch = params["Rec.rec_batch_num"]

    def __call__(self, pixels):
        with open(os.environ["CALLS"], "a") as file:
            file.write(f"{os.getpid()} {self.threads} {pixels[0, 0, 0]}\\n")
        if pixels[0, 0, 0] > 180:
            os.kill(os.getpid(), 9)
        return Output([[100, 100], [220, 100], [220, 122], [100, 122]])
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The fake library in the place of the real one, for processes; what it wrote down."""
    place = tmp_path / "fake"
    place.mkdir()
    (place / "rapidocr.py").write_text(FAKE, "utf-8")
    calls = tmp_path / "calls"
    monkeypatch.setenv("PYTHONPATH", str(place))
    monkeypatch.syspath_prepend(place)  # for processes that are spawned
    monkeypatch.setenv("CALLS", str(calls))
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    return calls


@ON_LINUX
def test_processes_recognise_each_with_its_share_of_threads(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lsq.indexing.workers.cores", lambda: 4)
    told: list[tuple[str, int, int]] = []
    Path("in/h.png").write_bytes(saved(page(4)))
    files = [(f"in/{name}", os.path.getsize(f"in/{name}")) for name in ("b.pdf", "c.png", "h.png")]
    done = list(work(files, itself, 2, "auto", lambda *page: told.append(page)))
    assert [whole.notes for whole in done] == [Notes(2, 1, 0), Notes(1, 1, 0), Notes(1, 1, 0)]
    assert sorted(told) == [
        ("in/b.pdf", 1, 2),
        ("in/b.pdf", 2, 2),
        ("in/c.png", 1, 1),
        ("in/h.png", 1, 1),
    ]
    calls = [line.split() for line in library.read_text().splitlines()]
    assert {threads for _, threads, _ in calls} == {"2"}
    assert len({process for process, _, _ in calls}) == 2


@ON_LINUX
def test_a_page_that_kills_its_process_costs_its_file(library: Path) -> None:
    Path("in/b.pdf").write_bytes(scans(1, 2, 9))  # the last one kills
    files = [(f"in/{name}", os.path.getsize(f"in/{name}")) for name in ("b.pdf", "c.png")]
    for _ in range(2):
        first, second = work(files, itself, 1)
        assert first.failures
        assert second.notes.pages == 1
    blue = [int(line.split()[2]) for line in library.read_text().splitlines()]
    # What came before it is not recognised again; the killer is tried each time.
    assert len(blue) == 5
    assert sum(one > 180 for one in blue) == 2


@ON_LINUX
@pytest.mark.usefixtures("library")
def test_the_program_says_what_was_recognised(tmp_path: Path) -> None:
    program = Program(tmp_path)
    environment = {"LSQ_OCR": "auto", **{name: os.environ[name] for name in ("PYTHONPATH",)}}
    told = program("index", "in", **environment)
    assert told.returncode == 0, told.stderr
    assert "index: pages recognised: 6\n" in told.stderr
    assert "recognised: 6 pages, 5 articles\n" in program("info").stdout
    (first, *_) = program("search", "国土空间规划", "--format", "jsonl").stdout.splitlines()
    found = [
        json.loads(line)["ocr"]
        for line in program("search", "国土空间规划", "--format", "jsonl").stdout.splitlines()
    ]
    assert first
    assert found.count(True) == 5
    table = program("search", "国土空间规划", "--format", "tsv").stdout.splitlines()
    assert {row.rpartition("\t")[2] for row in table} == {"ocr", "true", "false"}
    shown = program("show", "in/c.png", **environment)
    assert "in/c.png#1 (page 1, recognised)" in shown.stdout
    record = json.loads(program("show", "in/c.png", "--format", "json", **environment).stdout)
    assert record["articles"][0]["ocr"] is True
    assert program("show", "in/c.png").stderr.endswith("use --ocr auto\n")
    assert "国土空间规划" in program("show", "--layout", "in/c.png", **environment).stdout


@ON_LINUX
def test_the_library_keeps_no_record_of_its_use(tmp_path: Path) -> None:
    """onnxruntime since 1.32 has telemetry, with files in the caches and the temporary folder."""
    pytest.importorskip("rapidocr")
    pytest.importorskip("onnxruntime")
    home = tmp_path / "home"
    home.mkdir()
    program = Program(tmp_path)
    places = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR"), str(home))
    told = program("index", "in/c.png", LSQ_OCR="always", **places)
    assert told.returncode == 0, told.stderr
    assert {entry.name for entry in home.iterdir()} <= {"lsq"}
