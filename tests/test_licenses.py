"""LICENSES.md names the licence of all that is installed with lsq, as that says itself."""

import re
from importlib.metadata import metadata
from itertools import chain

import pytest

from tests.conftest import ROOT
from tests.dependencies import DISTRIBUTION, closure

TABLE = (ROOT / "LICENSES.md").read_text("utf-8").partition("|---|")[2]
ROWS = dict(re.findall(r"^\| (\S+) \| (.+?) \| .+ \|$", TABLE, re.MULTILINE))
# The extras for users, not those for development.
EXTRAS = frozenset(metadata(DISTRIBUTION).get_all("Provides-Extra", [])) - {
    "bench",
    "dev",
    "fuzz",
    "mutate",
}
DEPENDENCIES = closure(DISTRIBUTION, EXTRAS)
# What licences are called, in SPDX's expressions and in older words.
FAMILIES = ("MIT", "BSD", "Apache", "CNRI", "MPL", "Unlicense", "PSF", "ZPL")


def stated(package: str) -> str:
    """What an installed package says of its licence: as it should, or as it used to be said."""
    about = metadata(package)
    classifiers = [each for each in about.get_all("Classifier", []) if each.startswith("License")]
    named = (about.get_all(field, []) for field in ("License-Expression", "License"))
    # Some put all the text of their licences there, and those of their parts after it.
    return " ".join([*(text.partition("\n")[0] for text in chain(*named)), *classifiers])


def families(words: str) -> set[str]:
    return {family for family in FAMILIES if family in words}


@pytest.mark.parametrize("package", sorted(DEPENDENCIES))
def test_a_dependency_has_the_licence_that_is_written_down(package: str) -> None:
    words = stated(package)
    assert families(words), f"{package} says of its licence: {words!r}"
    assert families(words) <= families(ROWS[package])


@pytest.mark.parametrize("package", sorted(DEPENDENCIES))
def test_a_dependency_leaves_its_users_free(package: str) -> None:
    assert "GPL" not in ROWS[package]


def test_each_is_written_down() -> None:
    # And more, such as what other systems need.
    assert set(ROWS) >= DEPENDENCIES
