"""Compile the catalogue of messages when lsq is built, for a wheel and for `pip install -e`.

Called by hatchling (https://hatch.pypa.io/latest/plugins/build-hook/custom/).
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUE = "src/lsq/locale/zh/LC_MESSAGES/lsq.po"


class CompileCatalogue(BuildHookInterface[Any]):
    """Writes `lsq.mo` beside `lsq.po`; the former is not committed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        """Compile, before hatchling gathers files."""
        po = Path(self.root, CATALOGUE)
        with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale="zh", domain="lsq"))
        build_data["artifacts"].append(str(Path(CATALOGUE).with_suffix(".mo").as_posix()))
