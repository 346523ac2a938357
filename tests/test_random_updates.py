"""Whatever has happened to files and to their index, an update makes it what a new one is."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import lsq
from lsq.engines.whoosh import transaction
from lsq.hit import Hit
from lsq.index import Index
from lsq.indexing.indexer import Options, Summary
from lsq.query.filters import Filters
from tests.conftest import copied
from tests.mutation import ROOTS, Folder

# How many sequences are tried, of so many steps each.
SEEDS = int(os.environ.get("LSQ_STRESS_UPDATES", "6"))
FIRST = int(os.environ.get("LSQ_STRESS_UPDATES_FROM", "0"))
STEPS = 12
REBUILD = Options(rebuild=True)

SEARCHES: dict[str, Callable[[Index], Any]] = {
    "words": lambda index: index.search("国土空间规划的生态"),
    "literal": lambda index: index.search('"绿水青山" OR "海洋"'),
    "but": lambda index: index.search("公告 -国土"),
    "regex": lambda index: index.search("/第[0-9]*[13579]号/"),
    "fields": lambda index: index.search("机关:国务院 OR 文号:7号 OR title:公园"),
    "date": lambda index: index.search("date:2020-03", sort="date"),
    "sentence": lambda index: index.search("同句(公告 生态)"),
    "any": lambda index: index.search("百山祖国家公园在哪里", any_word=True),
    "filtered": lambda index: index.search("*", filters=Filters(since="2020-06")),
}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs links")


@pytest.fixture(autouse=True)
def _nothing_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)


class History:
    """An index and its texts, and what it should hold.

    Args:
        empty: an index without texts.
        seed: decides what happens.
    """

    def __init__(self, empty: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.folder = Folder(self.chance)
        self.named: set[str] = set()  # what is read because it was named itself
        self._empty = empty
        self._count = 0
        self._location = "index"
        copied(empty, "index")

    def step(self) -> None:
        for _ in range(self.chance.randrange(3)):
            self.folder.change()
        ways = [self.update, self.update, self.update_part, self.rebuild, self.copy, self.forget]
        ways += [self.name_one, self.update_from_inside]
        way = self.chance.choice(ways)
        self.folder.log.append(way.__name__)
        way()

    def update(self) -> None:
        """Update everything: then the index is what a new one would be."""
        with self._open() as index:
            summary = index.update(ROOTS)
        self._check(summary)

    def update_from_inside(self) -> None:
        """The same, called from another folder."""
        here = Path.cwd()
        above = [os.path.relpath(here / root, here / "far") for root in ROOTS]
        location = os.path.relpath(here / self._location, here / "far")
        os.chdir("far")
        try:
            with lsq.open_index(location) as index:
                summary = index.update(above)
        finally:
            os.chdir(here)
        self._check(summary, names=False)

    def update_part(self) -> None:
        with self._open() as index:
            index.update([str(self.folder.inside())])
        self.update()

    def rebuild(self) -> None:
        with self._open() as index:
            summary = index.update(ROOTS, REBUILD)
        self.named.clear()
        self._check(summary, scores=True)

    def copy(self) -> None:
        """Copy the index, and go on with the copy."""
        self._count += 1
        location = f"copy{self._count}"
        copied(self._empty, location)
        with self._open() as index, lsq.open_index(location) as target:
            before = list(index.search("*"))
            assert target.copy_from(index) == len(before)
            assert list(target.search("*")) == before
            assert target.paths() == index.paths()
            assert target.skipped() == index.skipped()
            assert target.failed() == index.failed()
        shutil.rmtree(self._location)
        self._location = location
        self.update()

    def forget(self) -> None:
        gone = str(self.folder.inside())
        with self._open() as index:
            before = index.paths()
            kept = [path for path in before if f"{path}/".startswith(f"{gone}/") is False]
            assert index.forget([gone]) == len(before) - len(kept)
            assert index.paths() == kept
            assert index.article_count() == len(list(index.search("*")))
        self.named = {path for path in self.named if path in kept}
        if self.chance.random() < 0.5:
            self.update()

    def name_one(self) -> None:
        path = self.folder.unread()
        if path is None or any(map(os.path.islink, (path, *path.parents))):
            return
        with self._open() as index:
            index.update([str(path)])
            self.named.add(str(path))
        self.update()

    def _open(self) -> Index:
        return lsq.open_index(self._location)

    def _check(self, summary: Summary, *, names: bool = True, scores: bool = False) -> None:
        # What was named and is gone by now has to be named again.
        self.named = {path for path in self.named if os.path.isfile(path)}
        copied(self._empty, "fresh")
        with self._open() as index, lsq.open_index("fresh") as fresh:
            new = fresh.update([*ROOTS, *sorted(self.named)])
            if names:
                assert failed(summary) == failed(new)
            assert summary.articles == new.articles
            assert dict(summary.skipped) == dict(new.skipped)
            if told := list(differences(seen(index, scores), seen(fresh, scores))):
                raise AssertionError("\n".join(told))
            again = index.update(ROOTS)
            assert (again.added, again.replaced, again.dropped) == (0, 0, 0)
            assert failed(again) == failed(new)
        shutil.rmtree("fresh")


def failed(summary: Summary) -> set[str]:
    """The files that cannot be read. Of an archive that is not read again, nothing is said."""
    return {failure.path for failure in summary.failures if os.path.lexists(failure.path)}


def real(path: str) -> str:
    """The path of a file, or of what is in one, that has no link in it."""
    file = path
    while file and not os.path.lexists(file):
        file = os.path.dirname(file)
    return os.path.realpath(file) + path.removeprefix(file)


def canonical(hit: Hit, scores: bool) -> tuple[Any, ...]:
    """A hit, whichever of several links to its file the index calls it by."""
    article = hit.article._replace(path=real(hit.article.path))
    score = round(hit.score, 9) if scores else None
    return (article.path, article.ordinal, article, score, hit.snippets, hit.match)


def seen(index: Index, scores: bool) -> dict[str, Any]:
    """All that can be seen of an index.

    Args:
        index: that.
        scores: with the scores. Documents that are deleted count for them, as in Lucene,
            until their segment is merged.
    """
    found = {
        name: sorted(canonical(hit, scores) for hit in search(index))
        for name, search in SEARCHES.items()
    }
    every = [canonical(hit, scores=False) for hit in index.search("*")]
    ids = [(*file_and_ordinal(one),) for one in index.ids()]
    assert len(ids) == len(set(ids)) == len(every)
    return found | {
        "all": {one[:2]: one[2] for one in every},
        "ids": sorted(ids),
        "count": [index.article_count()],
        "files": sorted(map(real, index.paths())),
        "skipped": {real(path): kind for path, kind in index.skipped().items()},
        "failed": sorted(map(real, index.failed())),
    }


def differences(here: dict[str, Any], there: dict[str, Any]) -> Iterator[str]:
    """What one index has and the other has not, a line each."""
    for name, one in here.items():
        if one != (other := there[name]):
            in_one, in_other = (
                list(each.items()) if isinstance(each, dict) else list(each)
                for each in (one, other)
            )
            yield from (
                f"{name}, not in a new one: {each}" for each in in_one if each not in in_other
            )
            yield from (f"{name}, in a new one: {each}" for each in in_other if each not in in_one)
            yield f"{name}: differs"


def file_and_ordinal(name: str) -> Iterator[str]:
    path, _, ordinal = name.rpartition("#")
    yield real(path)
    yield ordinal


def run(seed: int, empty: Path, folder: Path) -> list[str]:
    """Go through a history; what has happened if something was different in the end."""
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        chance = random.Random(-seed)
        patched.setattr(transaction, "MERGED", chance.choice([2, 4]))
        patched.setattr(transaction, "FLUSH", chance.choice([50, 1_000_000]))
        history = History(empty, seed)
        try:
            for _ in range(STEPS):
                history.step()
        except Exception as error:
            return [f"seed {seed}", *history.folder.log, f"{type(error).__name__}: {error}"[:3000]]
    return []


@pytest.mark.parametrize("part", range(2))
def test_an_update_makes_of_any_index_what_a_new_one_is(
    part: int, empty_index: Path, tmp_path: Path
) -> None:
    wrong: list[str] = []
    for seed in range(FIRST + part, FIRST + SEEDS, 2):
        folder = tmp_path / str(seed)
        folder.mkdir()
        wrong += run(seed, empty_index, folder)
        shutil.rmtree(folder)
    assert not wrong, "\n".join(wrong)
