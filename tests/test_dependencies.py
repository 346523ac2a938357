"""What tests say of dependencies, they know: markers, extras, names, and circles."""

import importlib.metadata

import pytest

from tests.dependencies import closure

NEEDS = {
    "a": ["B_b>=1", "c; sys_platform == 'never'", "d[x]", "e; extra == 'more'"],
    "b-b": ["A"],
    "d": ["f; extra == 'x'", "g; extra == 'y'"],
    "e": ["h"],
    "f": [],
    "h": None,
}


@pytest.mark.parametrize(
    ("extras", "expected"),
    [((), {"b-b", "d", "f"}), (("more",), {"b-b", "d", "f", "e", "h"})],
)
def test_all_that_is_needed_here(
    monkeypatch: pytest.MonkeyPatch, extras: tuple[str, ...], expected: set[str]
) -> None:
    monkeypatch.setattr(importlib.metadata, "requires", NEEDS.__getitem__)
    assert closure("a", frozenset(extras)) == expected
