"""Compile the catalogue of messages when lsq is built, for a wheel and for `pip install -e`.

Called by hatchling (https://hatch.pypa.io/latest/plugins/build-hook/custom/).
"""

import os
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUE = "src/lsq/locale/zh/LC_MESSAGES/lsq.po"


class CompileCatalogue(BuildHookInterface[Any]):
    """Compiles `lsq.po` to `lsq.mo`, which is not committed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        """Compile, before hatchling gathers files.

        The file is replaced in one step: other builds of the same sources, and programs that
        run from them, never read half of it.
        """
        po = Path(self.root, CATALOGUE)
        compiled = BytesIO()
        with po.open("rb") as source:
            write_mo(compiled, read_po(source, locale="zh", domain="lsq"))
        unfinished = po.with_suffix(f".{os.getpid()}.mo")
        unfinished.write_bytes(compiled.getvalue())
        unfinished.replace(po.with_suffix(".mo"))
        build_data["artifacts"].append(str(Path(CATALOGUE).with_suffix(".mo").as_posix()))
