"""Bring `constraints.txt` up to date: the exact versions that the tests run with.

    python tools/constraints.py           # writes the newest versions
    python tools/constraints.py --lowest  # prints the lowest that pyproject.toml allows

The commands of the README and `.ci/run` install these versions, so that a new release of a
dependency has no effect before this program and the tests have run.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
FILE = ROOT / "constraints.txt"
# The extras for users; the others are for development.
FOR_USERS = ("mcp", "ocr", "office", "opensearch", "plot", "serve", "watch")
# The specifiers that set a lower bound.
LOWER_BOUNDS = frozenset({">=", "~=", "=="})


def required(*extras: str) -> list[Requirement]:
    """The requirements in `pyproject.toml` with these extras, for all systems."""
    project = _project()
    optional = (project["optional-dependencies"][extra] for extra in extras)
    return [Requirement(line) for part in (project["dependencies"], *optional) for line in part]


def _project() -> dict[str, Any]:
    """The table `project` of `pyproject.toml`."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project


def constraints(text: str) -> dict[str, str]:
    """Name → exact version, from a file of constraints."""
    return dict(line.split("==") for line in text.splitlines())


def written(versions: dict[str, str]) -> str:
    """The text of a file of constraints."""
    return "".join(f"{name}=={version}\n" for name, version in sorted(versions.items()))


def lowest(requirements: Iterable[Requirement]) -> Iterator[tuple[str, str]]:
    """Name → lowest allowed version."""
    for one in requirements:
        bounds = [each.version for each in one.specifier if each.operator in LOWER_BOUNDS]
        if len(bounds) != 1:
            raise ValueError(f"{one}: give it one lower bound")
        yield canonicalize_name(one.name), bounds[0]


def newest() -> dict[str, str]:
    """The newest versions of everything the tests need, including packages for other systems."""
    elsewhere = [
        f"{one.name}{one.specifier}"
        for one in required("dev")
        if one.marker and not one.marker.evaluate()
    ]
    pip = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
    ran = subprocess.run(  # noqa: S603  # the names are those of pyproject.toml
        [*pip, "--report", "-", f"{ROOT}[dev]", *elsewhere], check=True, stdout=subprocess.PIPE
    )
    packages = (one["metadata"] for one in json.loads(ran.stdout)["install"])
    versions = {canonicalize_name(one["name"]): one["version"] for one in packages}
    project = _project()["name"]
    return {name: version for name, version in versions.items() if name != project}


def main() -> None:
    """Write the file, or print the lowest versions, with the tools' versions from the file."""
    if sys.argv[1:] == ["--lowest"]:
        usual = constraints(FILE.read_text("utf-8"))
        print(written(usual | dict(lowest(required(*FOR_USERS)))), end="")
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        FILE.write_text(written(newest()), "utf-8")


if __name__ == "__main__":
    main()
