"""The modules of lsq: their files and names."""

from pathlib import Path

from tests.conftest import ROOT

SOURCE = ROOT / "src"
MODULES = sorted(SOURCE.rglob("*.py"))


def name_of(file: Path) -> str:
    """The name of the module in a file, with dots."""
    parts = file.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
