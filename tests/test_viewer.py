"""What a name means: a file, a member of an archive, an article by its id."""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from lsq.errors import ReadError
from lsq.indexing import viewer
from lsq.indexing.extraction import Recovered, recover
from lsq.indexing.viewer import view
from lsq.model import Article


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("国土", "utf-8")
    Path("a#1").write_text("规划", "utf-8")
    Path("bad.txt").write_bytes(b"\0\0")
    with zipfile.ZipFile("b.zip", "w") as archive:
        archive.writestr("bad.txt", b"\0\0")
        archive.writestr("c.txt", "空间")
        archive.writestr("d/e.txt", "环境")

    # Here and now: that it happens in another process is tested in test_workers.py.
    def work(
        files: Iterable[tuple[str, int]], make: Callable[[Article], Article], jobs: int, mode: str
    ) -> Iterator[Recovered[Article]]:
        assert (jobs, mode) == (1, "auto")
        return (recover(path, make) for path, _ in files)

    monkeypatch.setattr(viewer, "work", work)


def told(found: Article | ReadError) -> str:
    return found.id if isinstance(found, Article) else str(found)


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["a.txt"], ["a.txt#1"]),
        (["./a.txt"], ["./a.txt#1"]),
        (["a.txt#1"], ["a.txt#1"]),
        (["a#1"], ["a#1#1"]),
        (["a#1#1"], ["a#1#1"]),
        (["b.zip/c.txt"], ["b.zip/c.txt#1"]),
        (["b.zip/d/e.txt#1"], ["b.zip/d/e.txt#1"]),
        (["b.zip/c.txt", "a.txt", "b.zip/c.txt"], ["b.zip/c.txt#1", "a.txt#1", "b.zip/c.txt#1"]),
    ],
    ids=" ".join,
)
def test_what_is_named_is_found(names: list[str], ids: list[str]) -> None:
    assert [told(found) for found in view(names)] == ids


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("none.txt", "no such file"),
        ("none.txt#1", "no such file"),
        ("a.txt#2", "a.txt has no such article; lsq show a.txt shows all its articles"),
        ("a.txt#" + "9" * 5000, "a.txt has no such article"),
        ("a.txt#", "no such file"),
        ("a.txt/c.txt", "a.txt has no such article"),
        ("b.zip/none.txt", "b.zip has no such article"),
        ("b.zip/c.txt#2", "b.zip has no such article"),
        ("bad.txt", "bad.txt: "),
        ("b.zip/bad.txt", "b.zip/bad.txt: "),
    ],
)
def test_what_cannot_be_found_or_read_is_told(name: str, reason: str) -> None:
    (found,) = view([name])
    assert isinstance(found, ReadError)
    assert reason in str(found)


def test_an_archive_has_all_that_can_be_read_and_says_what_cannot() -> None:
    *articles, failure = map(told, view(["b.zip"]))
    assert articles == ["b.zip/c.txt#1", "b.zip/d/e.txt#1"]
    assert failure.startswith("b.zip/bad.txt: ")


def test_a_file_is_read_once_however_often_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def load(path: str) -> bytes:
        asked.append(path)
        return Path(path).read_bytes()

    monkeypatch.setattr("lsq.indexing.extraction.load", load)
    list(view(["b.zip/c.txt", "a.txt", "b.zip", "a.txt#1"]))
    assert asked == ["b.zip", "a.txt"]
