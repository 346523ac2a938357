"""Every article has its own id, whatever an archive calls its members."""

import io
import shutil
import subprocess
import tarfile
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import lsq
from lsq.engines import Stamp
from lsq.engines.bm25 import prepared
from lsq.engines.registry import open_engine
from lsq.indexing.copier import copy
from lsq.indexing.indexer import Options
from lsq.query import Everything
from lsq.readers.names import Distinct
from lsq.segment import Segmenter
from tests.factories import article

# An e with an accent as one character, and as two; ideographs have only the like of `豈`.
ONE, TWO = (unicodedata.normalize(form, "café.txt") for form in ("NFC", "NFD"))
# Names, all different in the archive, of which some are the same without their dots.
NAMES = [
    "a.txt",
    "./a.txt",
    "A/../a.txt",
    "A/a.txt",
    "A//a.txt",
    "../a.txt",
    "a (2).txt",
    "b/公报.txt",
    "b\\..\\公报.txt",
    "a.txt",
    ONE,
    TWO,
    "A.txt",
    "a.TXT",
]


def in_zip(names: Sequence[str], first: int = 0) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that comes twice
        for number, name in enumerate(names, first):
            archive.writestr(name, text(number))
    return buffer.getvalue()


def in_tar(names: Sequence[str]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for number, name in enumerate(names):
            content = text(number).encode()
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def in_7z(names: Sequence[str]) -> bytes:
    """The archive as bsdtar makes it of a tar archive, names as they are."""
    program = shutil.which("bsdtar")
    if program is None:
        pytest.skip("needs bsdtar")
    command = [program, "--format=7zip", "-cf", "-", "@-"]
    return subprocess.run(
        command,
        input=in_tar(names),
        stdout=subprocess.PIPE,
        env={"LC_ALL": "C.UTF-8"},
        check=True,
    ).stdout


def text(number: int) -> str:
    return f"第{number}号公告。\n"


def in_a_zip_of_zips(names: Sequence[str]) -> bytes:
    """Zips with one name but for their dots, and a member called as one inside of one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        half = len(names) // 2
        archive.writestr("in.zip", in_zip(names[:half]))
        archive.writestr("./in.zip", in_zip(names[half:], half))
        archive.writestr("in.zip/a.txt", text(len(names)))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("suffix", "make", "most"),
    [
        # Of two members with one name the later counts, as when it is unpacked.
        ("zip", in_zip, len(NAMES) - 1),
        ("tar", in_tar, len(NAMES) - 1),
        ("7z", in_7z, len(NAMES)),
        ("zip", in_a_zip_of_zips, len(NAMES) + 1),
    ],
    ids=["zip", "tar", "7z", "zips"],
)
def test_every_member_has_its_own_id_and_can_be_copied(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
    make: Callable[[Sequence[str]], bytes],
    most: int,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(f"all.{suffix}").write_bytes(make(NAMES))
    with lsq.open_index("index") as index, lsq.open_index("copy") as target:
        summary = index.update([f"all.{suffix}"])
        assert summary.failures == ()
        ids = sorted(index.ids())
        assert len(ids) == len(set(ids)) == summary.articles == most
        bodies = {hit.article.body for hit in index.search("公告")}
        assert len(bodies) == most
        assert target.copy_from(index) == most
        assert sorted(target.ids()) == ids
        assert list(target.search("公告")) == list(index.search("公告"))
        for name in ids:
            assert index.explain("公告", name)[0] is not None
        # The same when it is read again.
        index.update([f"all.{suffix}"], Options(rebuild=True))
        assert sorted(index.ids()) == ids


def test_articles_that_an_earlier_lsq_gave_one_id_are_copied_with_several(
    tmp_path: Path, segmenter: Segmenter
) -> None:
    bodies = [f"第{number}号公告" for number in range(6)]
    with (
        open_engine(str(tmp_path / "old"), create=True) as old,
        open_engine(str(tmp_path / "new"), create=True) as new,
    ):
        with old.update() as changes:
            articles = [
                article(body, path="all.zip/a.txt", ordinal=1 + number % 2)
                for number, body in enumerate(bodies)
            ]
            documents = [prepared(one, segmenter, old.prepare) for one in articles]
            changes.replace("all.zip", Stamp(0, 0, ""), documents)
        assert copy(old, new) == len(bodies)
        found = [one.article for one in new.found(new.search(Everything()).best)]
        names = {(one.path.rpartition("/")[2], one.ordinal): one.body for one in found}
        assert sorted(names) == [
            (name, ordinal) for name in ("a (2).txt", "a (3).txt", "a.txt") for ordinal in (1, 2)
        ]
        assert sorted(names.values()) == bodies


class Counting(set[str]):
    """A set that counts how often it is asked."""

    asked = 0

    def __contains__(self, name: object) -> bool:
        self.asked += 1
        return super().__contains__(name)


@pytest.mark.parametrize("before", [0, 20_000], ids=["doubles", "doubles of doubles"])
def test_making_names_distinct_takes_linear_time(before: int) -> None:
    count = 20_000
    distinct = Distinct()
    distinct._taken = counting = Counting()
    given = [distinct(f"a ({number}).txt") for number in range(2, before + 2)]
    given += [distinct("a.txt") for _ in range(count)]
    assert len(set(given)) == len(given) == before + count
    assert given[before] == "a.txt"
    assert given[-1] == f"a ({before + count}).txt"
    assert counting.asked <= 4 * (before + count)
