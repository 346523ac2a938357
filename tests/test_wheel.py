"""The wheel works in an environment with only its declared dependencies."""

import email
import json
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import jsonschema
import pytest

import lsq
from tests.conftest import ROOT, SEEDS, clean_environment
from tests.dependencies import DISTRIBUTION, closure

pytestmark = pytest.mark.packaging
RELEASE = f"{DISTRIBUTION.replace('-', '_')}-{lsq.__version__}"  # as files of a wheel are named
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built of the source archive, which so is whole as well; without a network."""
    made = tmp_path_factory.mktemp("made")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(made), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=300)
    return next(made.glob("*.whl"))


class Installed:
    """A virtual environment with the wheel in it, and the folder that it is used from."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.home = folder / "environment"
        venv.create(self.home)
        self.python = self.home / SCRIPTS / Path(sys.executable).name
        self.folder = folder / "elsewhere"
        shutil.copytree(SEEDS, self.folder / "seeds")
        packages = Path(self.python_prints("import site; print(site.getsitepackages()[-1])"))
        for name in closure(DISTRIBUTION):
            _copy(name, packages)
        pip = (sys.executable, "-m", "pip", "--python", str(self.python))
        self._run(*pip, "install", "--no-index", "--no-deps", str(wheel))

    def __call__(self, *args: str, **environment: str) -> str:
        """The output of the installed lsq."""
        return self._run(self.home / SCRIPTS / "lsq", *args, **environment)

    def python_prints(self, program: str) -> str:
        """What a program prints that the environment's Python runs."""
        return self._run(self.python, "-c", program)

    def _run(self, *command: str | Path, **environment: str) -> str:
        # The environment of the tests must not be visible.
        kept = {name: one for name, one in clean_environment().items() if "PYTHON" not in name}
        ran = subprocess.run(
            list(map(str, command)),
            cwd=self.folder,
            env=kept | {"PYTHONUTF8": "1"} | environment,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()


def _copy(name: str, packages: Path) -> None:
    """Install a package as it is installed here: without a network."""
    found = distribution(name)
    for file in found.files or ():
        if ".." not in file.parts and "__pycache__" not in file.parts:
            target = packages / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(found.locate_file(file)), target)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    new = Installed(tmp_path_factory.mktemp("clean"), wheel)
    new("index", "seeds")
    return new


@pytest.mark.parametrize(
    "file",
    [
        "lsq/text/fold.txt",
        "lsq/search/hints/readings.txt",
        "lsq/search/thesaurus/table.txt",
        "lsq/locale/zh/LC_MESSAGES/lsq.mo",
        "lsq/output/schema.json",
        "lsq/py.typed",
        f"{RELEASE}.data/data/share/man/man1/lsq.1",
        f"{RELEASE}.data/data/share/man/zh_CN/man1/lsq.1",
        f"{RELEASE}.dist-info/licenses/LICENSE",
        f"{RELEASE}.dist-info/licenses/LICENSES.md",
    ],
)
def test_the_wheel_holds_what_is_no_code(wheel: Path, file: str) -> None:
    assert file in zipfile.ZipFile(wheel).namelist()


def test_the_wheel_holds_lsq_alone(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"lsq", f"{RELEASE}.data", f"{RELEASE}.dist-info"}


def test_the_version_stands_in_one_place(wheel: Path, installed: Installed) -> None:
    held = zipfile.ZipFile(wheel).read(f"{RELEASE}.dist-info/METADATA")
    assert email.message_from_bytes(held)["Version"] == lsq.__version__
    assert installed("--version") == f"lsq {lsq.__version__}"
    assert lsq.__version__ not in (ROOT / "pyproject.toml").read_text("utf-8")


def test_what_runs_is_what_was_installed(installed: Installed) -> None:
    where = installed.python_prints("import lsq; print(lsq.__file__)")
    assert installed.home in Path(where).parents


def test_an_article_is_found_and_shown(installed: Installed) -> None:
    path, line, snippet = installed("search", "习近平").splitlines()[0].split(":", 2)
    lines = (installed.folder / path).read_text("utf-8").splitlines()
    # In the file, the name is broken over two lines.
    assert "习近平" in snippet
    assert "习近平".startswith(lines[int(line) - 1][-2:])
    assert "习近平" in installed("show", path)


def test_a_hit_is_as_the_schema_says_that_is_installed(installed: Installed) -> None:
    schema = installed.python_prints(
        "import lsq.output, pathlib;"
        "print((pathlib.Path(lsq.output.__file__).parent / 'schema.json').read_text('utf-8'))"
    )
    found = json.loads(installed("search", "国土空间规划", "--format", "json"))
    jsonschema.validate(found, json.loads(schema))
    assert found["total"] == 1


@pytest.mark.parametrize("place", ["man1", "zh_CN/man1"])
def test_its_manual_is_where_man_looks(installed: Installed, place: str) -> None:
    page = installed.home / "share" / "man" / place / "lsq.1"
    assert page.read_text("utf-8").startswith(".TH")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_it_completes(installed: Installed, shell: str) -> None:
    assert "lsq" in installed("completion", shell)
    words = {"COMP_WORDS": "lsq se", "COMP_CWORD": "1"}
    if shell == "bash":
        assert "search" in installed(**words, _LSQ_COMPLETE="bash_complete")


def test_it_speaks_chinese(installed: Installed) -> None:
    assert re.search(r"[\u4e00-\u9fff]{4}", installed("--help", LANG="zh_CN.UTF-8"))


@pytest.mark.parametrize(("kind", "code"), [("str", 0), ("int", 1)])
def test_a_type_checker_knows_its_types(
    installed: Installed, tmp_path: Path, kind: str, code: int
) -> None:
    program = f"import lsq\npaths: list[{kind}] = lsq.open_index('index').paths()\n"
    (tmp_path / "program.py").write_text(program)
    mypy = (sys.executable, "-m", "mypy", "--strict", "--python-executable", str(installed.python))
    ran = subprocess.run(
        [*mypy, "--cache-dir", "cache", "--config-file", "", "program.py"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert ran.returncode == code, ran.stdout
