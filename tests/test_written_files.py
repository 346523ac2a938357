"""Every place in the code that opens a file to write is known, and why it may."""

import ast
from collections.abc import Iterator

from tests.source import MODULES, name_of

# What makes, changes or renames a file or folder, by what it is called.
MAKERS = {
    "FileLock",
    "NamedTemporaryFile",
    "SpooledTemporaryFile",
    "TemporaryDirectory",
    "TemporaryFile",
    "ZipFile",
    "TarFile",
    "change",
    "copy2",
    "copyfile",
    "copytree",
    "create",
    "create_file",
    "fdopen",
    "link",
    "makedirs",
    "mkdir",
    "mkdtemp",
    "mkfifo",
    "mkstemp",
    "move",
    "open",
    "rename",
    "rename_file",
    "replace",
    "symlink",
    "symlink_to",
    "touch",
    "truncate",
    "write_bytes",
    "write_file",
    "write_text",
}
PRIVATE = "in a new folder that nobody else may enter"
NOTHING = "the file that takes everything and has nothing"
CAREFUL = "by way of lsq.disk, which follows no link"
MADE = "makes a folder, which is no way to another"
NAMES = "gives a file its name: replaces a link, does not follow it"

ALLOWED = {
    ("lsq.disk", "open"): "follows no link, and makes a new file or none",
    ("lsq.disk", "replace"): NAMES,
    ("lsq.disk", "create"): "itself",
    ("lsq.disk", "rename"): "itself",
    ("lsq.cli.serve", "open"): "opens an address in a browser",
    ("lsq.cli.streams", "open"): NOTHING,
    ("lsq.cli.recent", "write_file"): CAREFUL,
    ("lsq.cli.recent", "makedirs"): MADE,
    ("lsq.relations.watches", "write_file"): CAREFUL,
    ("lsq.relations.watches", "makedirs"): MADE,
    ("lsq.engines.folder.data", "create"): CAREFUL,
    ("lsq.engines.folder.data", "mkdir"): MADE,
    ("lsq.engines.folder.data", "rename"): NAMES,
    ("lsq.engines.folder.data", "FileLock"): "follows no link from its version 3.20.3 on",
    ("lsq.engines.folder.sealed", "change"): CAREFUL,
    ("lsq.engines.folder.signatures", "create"): CAREFUL,
    ("lsq.engines.folder.signatures", "rename"): NAMES,
    ("lsq.engines.folder.texts", "create"): CAREFUL,
    ("lsq.engines.folder.texts", "rename"): NAMES,
    ("lsq.engines.opensearch.stored_dictionary", "TemporaryDirectory"): PRIVATE,
    ("lsq.engines.opensearch.stored_dictionary", "write_file"): CAREFUL,
    ("lsq.engines.opensearch.stored_dictionary", "mkdir"): MADE,
    ("lsq.engines.whoosh.library", "change"): CAREFUL,
    ("lsq.engines.whoosh.library", "create"): CAREFUL,
    ("lsq.engines.whoosh.library", "rename_file"): NAMES,
    ("lsq.engines.whoosh.postings", "create_file"): CAREFUL,
    ("lsq.indexing.workers.service", "open"): NOTHING,
    ("lsq.readers.word", "TemporaryDirectory"): PRIVATE,
    ("lsq.readers.word", "write_bytes"): PRIVATE,
    ("lsq.readers.packed", "TemporaryDirectory"): PRIVATE,
    ("lsq.readers.packed", "write_bytes"): PRIVATE,
    ("lsq.output.plots", "open"): "makes a new file, or none",
    ("lsq.readers", "open"): "reads: its flags say so",
    ("lsq.readers.image", "open"): "reads bytes",
    ("lsq.readers.ocr.recognition", "write_file"): CAREFUL,
    ("lsq.readers.ocr.recognition", "mkdir"): MADE,
    ("lsq.readers.package", "ZipFile"): "reads bytes",
    ("lsq.readers.package", "open"): "reads a member of an archive",
    ("lsq.segment.making", "create"): CAREFUL,
    ("lsq.segment.making", "rename"): NAMES,
}


def makers() -> Iterator[tuple[str, str, int]]:
    """Every call that may write a file: the module, what is called, the line."""
    for file in MODULES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (name := called(node)) and may_write(name, node):
                yield name_of(file), name, node.lineno


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def may_write(name: str, node: ast.Call) -> bool:
    """Whether a call is one that writes a file, as far as its form tells."""
    match node.func:
        case ast.Attribute(value=ast.Name(id="os" | "shutil" | "tempfile")):
            reads = "os.O_RDONLY" in map(ast.unparse, node.args)
        case ast.Attribute(attr="replace"):
            # Of a text, which takes two, or of a change to an index, which takes three.
            reads = len(node.args) != 1
        case ast.Attribute(value=ast.Attribute(attr="indices")):
            reads = True  # of a cluster
        case ast.Attribute(attr="open"):
            reads = not any(map(writes, node.args[:1]))
        case ast.Name(id="replace"):
            reads = True  # a value, of a dataclass
        case ast.Name(id="open"):
            mode = [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "mode")]
            reads = not any(map(writes, mode))
        case _:
            reads = False
    return name in MAKERS and not reads


def writes(mode: ast.expr) -> bool:
    """Whether a mode, as `open` takes it, is not known to be one of reading."""
    return not (isinstance(mode, ast.Constant) and set(str(mode.value)) <= set("rbt"))


def test_whatever_may_write_a_file_is_known_and_has_a_reason() -> None:
    found = list(makers())
    unknown = [
        f"{module}:{line}: {name}" for module, name, line in found if (module, name) not in ALLOWED
    ]
    assert not unknown, "opens a file to write; use lsq.disk, or say here why it may"
    gone = ALLOWED.keys() - {(module, name) for module, name, _ in found}
    assert not gone
