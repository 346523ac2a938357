"""The catalogue is compiled in one step, whoever reads it meanwhile."""

import gettext
from pathlib import Path
from typing import Any

from tools.build_hook import CATALOGUE, CompileCatalogue

from tests.conftest import ROOT


def test_who_reads_the_catalogue_has_a_whole_one(tmp_path: Path) -> None:
    po = tmp_path / CATALOGUE
    po.parent.mkdir(parents=True)
    po.write_bytes((ROOT / CATALOGUE).read_bytes())
    compiled = po.with_suffix(".mo")
    compiled.write_bytes(b"the one before")
    before = compiled.stat().st_ino
    built: dict[str, Any] = {"artifacts": []}
    hook = CompileCatalogue(str(tmp_path), {}, None, None, str(tmp_path), "wheel")  # type: ignore[arg-type]
    hook.initialize("standard", built)
    assert compiled.stat().st_ino != before  # another file: who has opened the old one reads on
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).info()["language"] == "zh"
    assert sorted(po.parent.iterdir()) == [compiled, po]
    assert built["artifacts"] == [compiled.relative_to(tmp_path).as_posix()]
