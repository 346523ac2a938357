"""All regular expressions of the program, and what each is asked, found in its source.

An expression that is made of what only a running function knows is not to be had so:
`MADE_LATER` has one like it for each function that makes such.
"""

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import lsq
from lsq.segment import dictionary
from lsq.text import fold

METHODS = frozenset(
    {"search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "compile"}
)

# Function → an expression like those that it makes.
MADE_LATER: dict[str, "re.Pattern[Any]"] = {
    "_variants": fold._variants(),
    "_holds": re.compile(rb"PK\x01\x02.{42}/?" + re.escape(b"word/document.xml"), re.DOTALL),
    "_numbers": re.compile(re.escape("bulletins") + r"-([0-9]{6,})"),
    "_finder": re.compile("国土|规划"),
    "_patterns_at": re.compile("/bulletins/[^/]*"),
    "usual_spelling": re.compile("一掷干坤|着书"),
    "_respelled": re.compile(r"(?<![a-z])(?:km²|km2|㎢)(?![a-z0-9²³])|…+|\.{3,}"),
    "_one_of": re.compile("[5c糖]"),
    "anchor": re.compile(rb"(?:\xe7\xbd\x9a){1,1}(?:0|1){4,4}"),
    "compile_simple": re.compile("第[一二三]+条"),
    "longest_of": dictionary.longest_of(["5g技术", "5-技", "5--", "555"]),
    "read_regex": re.compile(r"((?:[^\\／]|\\.)*+)／", re.DOTALL),
}


class Asked(NamedTuple):
    """An expression, where it stands, and by which methods it is asked."""

    where: str
    pattern: "re.Pattern[Any]"
    methods: frozenset[str]


def expressions() -> tuple[list[Asked], set[str]]:
    """All expressions; and the functions whose expressions are not to be had."""
    found: dict[re.Pattern[Any], str] = {}
    methods: dict[re.Pattern[Any], set[str]] = defaultdict(set)
    later: set[str] = set()
    for module in _modules():
        variables = vars(module)
        for name, value in variables.items():
            if isinstance(value, re.Pattern):
                found.setdefault(value, f"{module.__name__}.{name}")
        for function, call in _calls(module):
            if not (isinstance(call.func, ast.Attribute) and call.func.attr in METHODS):
                continue
            holder = _known(call.func.value, variables)
            if isinstance(holder, re.Pattern):
                methods[holder].add(call.func.attr)
            elif holder is re and (function or call.func.attr != "compile"):
                parts = call.args if call.func.attr == "compile" else call.args[:1]
                pattern = MADE_LATER.get(function)
                if None in (made := [_known(each, variables) for each in parts]):
                    later.add(function)
                else:
                    pattern = re.compile(*made)
                if pattern:
                    found.setdefault(pattern, f"{module.__name__}.{function}")
                    methods[pattern].add(call.func.attr)
    return [
        Asked(where, pattern, frozenset(methods[pattern] - {"compile"} or {"search", "fullmatch"}))
        for pattern, where in found.items()
    ], later


def _known(node: ast.expr, variables: dict[str, Any]) -> Any:
    """What an expression of Python gives, with the variables of its module; None if unknown."""
    if isinstance(node, ast.Call) and not isinstance(node.func, ast.Attribute):
        return None
    try:
        return eval(compile(ast.Expression(node), "", "eval"), variables)  # noqa: S307  # our own
    except Exception:
        return None


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(lsq.__path__, "lsq."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _calls(module: ModuleType) -> Iterator[tuple[str, ast.Call]]:
    """All calls in a module, each with the function that it stands in."""
    assert module.__file__
    yield from _below(ast.parse(Path(module.__file__).read_text("utf-8")), "")


def _below(tree: ast.AST, function: str) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.iter_child_nodes(tree):
        inside = node.name if isinstance(node, ast.FunctionDef) else function
        if isinstance(node, ast.Call):
            yield inside, node
        yield from _below(node, inside)
