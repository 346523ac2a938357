"""The house keeps its rules: imports go one way, and each library has one room."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT, UNMEASURED, Program
from tests.source import MODULES, SOURCE, name_of

# A file imports only from layers above its own, or from its own package.
LAYERS = [
    {"messages"},
    {"errors", "text", "disk"},
    {"model"},
    {"readers", "repair", "segment", "query"},
    {"extract"},
    {"engines"},
    {"indexing", "search"},
    {"index"},
    {"output"},
    {"cli"},
    {"__main__"},
]
LAYER = {room: number for number, rooms in enumerate(LAYERS) for room in rooms}

# Library → the only rooms that know it.
ROOMS_OF = {
    "click": ["lsq.cli"],
    "colorama": ["lsq.cli.output_options"],
    "filelock": ["lsq.engines.folder"],
    "jieba": ["lsq.segment"],
    "lxml": ["lsq.readers"],
    "olefile": ["lsq.readers"],
    "opensearchpy": ["lsq.engines.opensearch"],
    "platformdirs": ["lsq.engines.opensearch.dictionary"],
    "psutil": ["lsq.indexing.workers.bounds", "lsq.indexing.workers.machine"],
    "pypdfium2": ["lsq.readers.pdf"],
    "python_calamine": ["lsq.readers.sheets"],
    "regex": ["lsq.query.patterns"],
    "rich": ["lsq.output.terminal", "lsq.output.progress"],
    "rjieba": ["lsq.segment"],
    "striprtf": ["lsq.readers.rtf"],
    "stringzilla": ["lsq.engines.folder.texts"],
    "whoosh": ["lsq.engines.whoosh"],
    "xxhash": ["lsq.engines.folder"],
}


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}: relative import"
            if node.module == "lsq":
                yield from (f"lsq.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def room_of(module: str) -> str:
    return module.split(".")[1]


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_imports_go_one_way(file: Path) -> None:
    module = name_of(file)
    if module == "lsq":
        return  # the public API, above which there is nothing; it loads lazily
    room = room_of(module)
    for name in imported(file):
        if name.startswith("lsq.") and name != "lsq.__version__" and room_of(name) != room:
            assert LAYER[room_of(name)] < LAYER[room], f"{module} imports {name}"


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_a_library_is_known_in_one_room(file: Path) -> None:
    module = name_of(file)
    for name in imported(file):
        library = name.split(".")[0]
        if library == "lsq" or library in sys.stdlib_module_names:
            continue
        assert library in ROOMS_OF, f"{module}: {name}"
        rooms = ROOMS_OF[library]
        assert any(f"{module}.".startswith(f"{room}.") for room in rooms), f"{module}: {name}"


def test_every_library_that_is_required_has_a_room() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    required = project["dependencies"] + project["optional-dependencies"]["opensearch"]
    names = {
        Requirement(line).name.replace("-py", "py").replace("-", "_").lower() for line in required
    }
    assert names == set(ROOMS_OF)


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_a_module_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text("utf-8")))


@pytest.mark.parametrize("engine", ["folder", "opensearch", "whoosh"])
def test_an_engine_says_which_modules_it_is_made_of(engine: str) -> None:
    folder = SOURCE / "lsq/engines" / engine
    told = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    modules = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert not modules - set(re.findall(r"\w+", told))


@pytest.mark.parametrize(
    ("args", "unwanted"),
    [
        (["--help"], {"jieba", "whoosh", "rich"}),
        (["search", "--help"], {"jieba", "whoosh", "rich"}),
        (
            ["search", "国土", "--format", "plain"],
            {"rich", "rjieba", "filelock", "lxml", "subprocess", "shlex", "csv"},
        ),
        (["search", "国土", "--sort", "date"], {"rich", "lsq.search.explain", "lsq.search.hints"}),
        (["search", '"国土空间" -“超市”'], {"rich", "rjieba", "jieba", "regex", "difflib"}),
        (["search", "同句(“国土” “空间”)", "--since", "2020"], {"rich", "rjieba", "regex"}),
        (["search", "/国土/"], {"rich", "rjieba", "jieba"}),
        (["show", "seeds/000_6870835c1c1f66f0.txt"], {"rich", "jieba", "whoosh", "subprocess"}),
        (["info"], {"jieba", "rich"}),
    ],
    ids=" ".join,
)
def test_a_command_loads_only_what_it_needs(
    lsq: Program, args: list[str], unwanted: set[str]
) -> None:
    traced = lsq(*args, PYTHONPROFILEIMPORTTIME="1", **UNMEASURED)
    modules = {
        line.split("|")[-1].strip()
        for line in traced.stderr.splitlines()
        if line.startswith("import time:")
    }
    loaded = modules | {module.split(".")[0] for module in modules}
    assert "lsq" in loaded
    assert not loaded & unwanted
