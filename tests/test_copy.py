"""`lsq copy`: an index in another place, in the place of whatever of lsq's was there."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Program


@pytest.fixture
def copied(indexed: Program) -> Program:
    """The seeds, indexed, and a copy of the index."""
    assert indexed("copy", "index/", "copy/").returncode == 0
    return indexed


def test_an_index_with_articles_is_replaced_only_on_request(copied: Program) -> None:
    refused = copied("copy", "index/", "copy/")
    assert refused.returncode == 2
    assert "copy/ already contains articles; replace them with --replace" in refused.stderr
    assert copied("copy", "index/", "copy/", "--replace").returncode == 0


def cut_short(pattern: str) -> Callable[[Path], None]:
    def cut(index: Path) -> None:
        (file,) = index.glob(pattern)
        file.write_bytes(file.read_bytes()[:-1])

    return cut


def made_by_an_earlier_lsq(index: Path) -> None:
    said = {"format_version": 1, "data": "data-00000000", "dictionary": "0" * 64}
    (index / "lsq.json").write_text(json.dumps(said), "utf-8")


@pytest.mark.parametrize(
    "harm",
    [cut_short("data-*/*.toc"), cut_short("data-*/*.words"), made_by_an_earlier_lsq],
    ids=["commit", "dictionary", "version"],
)
def test_a_copy_takes_the_place_of_what_cannot_be_read(
    copied: Program, harm: Callable[[Path], None]
) -> None:
    harm(copied.folder / "copy")
    asked = ("search", "-l", "国土空间规划", "-i", "copy/")
    assert copied(*asked).returncode == 2
    ran = copied("copy", "index/", "copy/", "--replace")
    assert (ran.returncode, ran.stderr) == (0, "copy/: articles: 3\n")
    assert copied(*asked).stdout == copied(*asked[:3]).stdout != ""


def test_a_folder_without_an_index_is_left_alone(copied: Program) -> None:
    before = sorted((copied.folder / "seeds").rglob("*"))
    ran = copied("copy", "index/", "seeds/", "--replace")
    assert ran.returncode == 2
    assert "seeds/" in ran.stderr
    assert sorted((copied.folder / "seeds").rglob("*")) == before
