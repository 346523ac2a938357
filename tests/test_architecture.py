"""The architecture: imports go one way, and each library has one package."""

import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from tools.constraints import FOR_USERS

from lsq.cli.commands import COMMANDS
from lsq.readers.formats import _SUFFIXES
from tests.conftest import ROOT, UNMEASURED, Program
from tests.source import MODULES, SOURCE, name_of

# A file imports only from layers above its own, or from its own package.
LAYERS = [
    {"disk", "messages"},
    {"errors", "text"},
    {"model"},
    {"hit"},
    {"readers", "repair", "segment", "query"},
    {"extract"},
    {"engines"},
    {"indexing", "search"},
    {"counting", "relations"},
    {"index"},
    {"output"},
    {"mcp", "serve"},
    {"cli"},
    {"__main__"},
]
LAYER = {package: number for number, packages in enumerate(LAYERS) for package in packages}

# What is imported by another name than it is installed by; None if only by others.
CALLED = {
    "onnxruntime": None,
    "opencv_python_headless": "cv2",
    "opensearch_py": "opensearchpy",
    "pillow": "PIL",
    "vl_convert_python": "vl_convert",
    "python_docx": "docx",
}

# Library → the only packages that import it.
PACKAGES_OF = {
    "click": ["lsq.cli"],
    "PIL": ["lsq.readers.image"],
    "colorama": ["lsq.cli.display"],
    "cv2": ["lsq.readers.ocr.recogniser"],
    "filelock": ["lsq.engines.folder"],
    "anyio": ["lsq.mcp.server"],
    "jieba": ["lsq.segment"],
    "jsonschema": ["lsq.mcp.server"],
    "mcp": ["lsq.mcp.server"],
    "mcp_types": ["lsq.mcp.server"],
    "lxml": ["lsq.readers"],
    "docx": ["lsq.output.office.word_file"],
    "numpy": ["lsq.readers.ocr"],
    "olefile": ["lsq.readers"],
    "openpyxl": ["lsq.output.office.excel_file"],
    "opensearchpy": ["lsq.engines.opensearch"],
    "platformdirs": ["lsq.engines.opensearch.stored_dictionary", "lsq.readers.ocr.recognition"],
    "psutil": ["lsq.indexing.workers.bounds", "lsq.indexing.workers.machine"],
    "pypdfium2": ["lsq.readers.pdf"],
    "rapidocr": ["lsq.readers.ocr.recogniser"],
    "python_calamine": ["lsq.readers.sheets"],
    "regex": ["lsq.query.patterns"],
    "rich": ["lsq.output.terminal", "lsq.output.progress"],
    "rjieba": ["lsq.segment"],
    "striprtf": ["lsq.readers.rtf"],
    "stringzilla": ["lsq.text.find"],
    "vl_convert": ["lsq.output.plots"],
    "waitress": ["lsq.serve.sockets"],
    "watchfiles": ["lsq.indexing.watching"],
    "werkzeug": ["lsq.serve"],
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


def package_of(module: str) -> str:
    return module.split(".")[1]


@cache
def imports() -> list[tuple[str, str]]:
    """Each module with each name that it imports."""
    return [(name_of(file), name) for file in MODULES for name in imported(file)]


def goes_up(module: str, name: str) -> bool:
    """Whether a module imports a name of lsq from its own layer or from one below."""
    if module == "lsq" or not name.startswith("lsq.") or name == "lsq.__version__":
        return False  # the public API is above nothing; it loads lazily
    package, other = package_of(module), package_of(name)
    return other != package and LAYER[other] >= LAYER[package]


def is_at_home(module: str, name: str) -> bool:
    """Whether a module may know the library that a name is imported from."""
    library = name.partition(".")[0]
    if library == "lsq" or library in sys.stdlib_module_names:
        return True
    return any(f"{module}.".startswith(f"{package}.") for package in PACKAGES_OF.get(library, ()))


def test_imports_go_one_way() -> None:
    assert not [f"{module} imports {name}" for module, name in imports() if goes_up(module, name)]


def needs(file: Path, modules: set[str]) -> set[str]:
    """The modules of lsq that a file imports, at its top or later, but not for types alone."""
    found = set()
    nodes: list[ast.AST] = [ast.parse(file.read_text("utf-8"))]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom):
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            found |= {name if name in modules else node.module or "" for name in names}
        nodes += ast.iter_child_nodes(node)
    return found & modules - {name_of(file)}


def test_no_imports_go_in_a_circle() -> None:
    modules = {name_of(file) for file in MODULES}
    left = {name_of(file): needs(file, modules) for file in MODULES}
    while leaves := {module for module, names in left.items() if not names}:
        left = {one: names - leaves for one, names in left.items() if one not in leaves}
    assert not left


def test_an_index_in_a_folder_knows_no_store() -> None:
    """`lsq.engines` gives it one; a store knows the folder, and no other engine."""
    known = {"folder": {"folder"}, "whoosh": {"whoosh", "folder"}, "opensearch": {"opensearch"}}
    engines = {folder.parent.name for folder in (SOURCE / "lsq/engines").glob("*/__init__.py")}
    assert engines == known.keys()
    offenders = [
        f"{module} imports {name}"
        for module, name in imports()
        if (own := module.split(".")[2:3]) and own[0] in known and module.startswith("lsq.engines.")
        if (other := name.split(".")[2:3]) and name.startswith("lsq.engines.")
        if other[0] in engines - known[own[0]]
    ]
    assert not offenders


def test_a_library_is_known_in_one_package() -> None:
    assert not [f"{one} imports {name}" for one, name in imports() if not is_at_home(one, name)]


def test_every_library_that_is_required_has_a_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    required = sum((extras[name] for name in FOR_USERS), project["dependencies"])
    names = {Requirement(line).name.replace("-", "_").lower() for line in required}
    assert {CALLED.get(name, name) for name in names} == {*PACKAGES_OF, None}


def test_a_module_says_what_it_is_for() -> None:
    trees = {name_of(file): ast.parse(file.read_text("utf-8")) for file in MODULES}
    assert not [name for name, tree in trees.items() if not ast.get_docstring(tree)]


# Names of classes that are written down more than once, each for one kind of thing.
KINDS = {
    "Container": "a file with files inside, by format",
    "Order": "puts matches in order, by engine",
    "Snapshot": "a state of an index, by engine",
    "Transaction": "a change of an index: a store's protocol, and what a cluster has for it",
}


# What `lsq.output` writes in several forms, or under the name of the module that finds it.
WRITTEN = {
    "citations",
    "concordance",
    "counts",
    "differences",
    "facets",
    "hits",
    "likeness",
    "quotations",
}


def meaning_of(module: str) -> str:
    """The thing that a module is about; several modules of one name may be about the same."""
    package, name = module.rpartition(".")[::2]
    if package == "lsq.cli" and name in COMMANDS:
        return name  # the command has the name of what answers it
    if package == "lsq.readers" and name in set(_SUFFIXES.values()):
        return name  # the reader has the name of the format
    if name in WRITTEN and re.fullmatch(r"lsq\.(output(\.\w+)?|counting|relations)", package):
        return f"found and written: {name}"
    return re.sub(r"^lsq\.engines\.(folder|opensearch|whoosh)\.", "each engine: ", module)


def test_a_name_of_a_module_has_one_meaning() -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for file in MODULES:
        module = name_of(file)
        meanings[module.rpartition(".")[2]].add(meaning_of(module))
    named_alike = {name: found - {name} for name, found in meanings.items()}
    assert not {name: found for name, found in named_alike.items() if len(found) > 1}


def test_a_name_of_a_class_has_one_meaning() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for file in MODULES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name.lstrip("_")].append(name_of(file))
    repeated = {name: found for name, found in places.items() if len(found) > 1}
    assert not {name: found for name, found in repeated.items() if name not in KINDS}
    assert repeated.keys() == KINDS.keys()


@pytest.mark.parametrize(
    ("module", "name", "up", "at_home"),
    [
        ("lsq.query.parser", "lsq.text.fold", False, True),
        ("lsq.query.parser", "lsq.engines", True, True),
        ("lsq.query.parser", "lsq.segment", True, True),
        ("lsq.segment.making", "rjieba", False, True),
        ("lsq.segmenting", "rjieba", False, False),
        ("lsq.query", "unknown.library", False, False),
    ],
)
def test_an_offender_is_seen(module: str, name: str, up: bool, at_home: bool) -> None:
    assert (goes_up(module, name), is_at_home(module, name)) == (up, at_home)


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
            {"rich", "rjieba", "filelock", "lxml", "subprocess", "shlex", "csv", "pathlib"},
        ),
        (["search", "国土", "--sort", "date"], {"rich", "lsq.search.explain", "lsq.search.hints"}),
        (["search", '"国土空间" -“超市”'], {"rich", "rjieba", "jieba", "regex", "difflib"}),
        (["search", "同句(“国土” “空间”)", "--since", "2020"], {"rich", "rjieba", "regex"}),
        (["search", "/国土/"], {"rich", "rjieba", "jieba"}),
        (["show", "seeds/000_6870835c1c1f66f0.txt"], {"rich", "jieba", "whoosh", "subprocess"}),
        (["info"], {"jieba", "rich"}),
        (["index", "seeds"], {"lsq.extract", "lsq.repair", "lsq.segment.making", "jieba", "rich"}),
    ],
    ids=lambda names: " ".join(sorted(names)) if isinstance(names, set) else " ".join(names),
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
