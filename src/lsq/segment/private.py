"""Load a private copy of jieba without the parts that a query does not need.

`import jieba` takes 50 ms: 22 ms for its hidden Markov model, which many queries do not need,
10 ms for modules of the standard library that it needs only to load its own dictionary, and
more where `pkg_resources` is installed (measured where a bare Python starts in 11 ms). So jieba
is loaded here with a special `__import__` that delays or replaces these. `sys.modules` stays
unchanged: another thread that imports `logging` or jieba gets the real module. jieba's files
and functions stay unchanged too.
"""

import builtins
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from jieba import Tokenizer

_ROOT = "jieba"
_LOCK = RLock()


def jieba() -> Any:
    """The module `jieba`: the real one if it is imported already, else the private copy."""
    if _ROOT in sys.modules:
        return import_module(_ROOT)
    with _LOCK:
        return _private_copy()


@cache
def _private_copy() -> ModuleType:
    return _PACKAGE.load(_ROOT)


class _PrivatePackage:
    """Loads the modules of a package once each, without `sys.modules`."""

    def __init__(self) -> None:
        self._modules: dict[str, ModuleType] = {}
        self._substitutes = {
            "tempfile": _lazy("tempfile", lambda: import_module("tempfile")),
            "hashlib": _stub("hashlib", md5=None),
            "logging": _stub("logging", DEBUG=0, StreamHandler=_Silent, getLogger=_Silent),
        }

    def load(self, name: str) -> ModuleType:
        """Load a module by its full dotted name."""
        with _LOCK:
            if name not in self._modules:
                self._modules[name] = self._new(name)
            return self._modules[name]

    def _new(self, name: str) -> ModuleType:
        parent = name.rpartition(".")[0]
        spec = PathFinder.find_spec(name, self.load(parent).__path__ if parent else None)
        if spec is None or spec.loader is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        with warnings.catch_warnings():
            # jieba's patterns are plain strings with "\\.", about which compiling warns.
            warnings.simplefilter("ignore")
            code = cast("Any", spec.loader).get_code(name)
        module = module_from_spec(spec)
        vars(module)["__builtins__"] = vars(builtins) | {"__import__": self._import}
        self._modules[name] = module  # before execution: submodules import the package
        try:
            exec(code, vars(module))  # noqa: S102  # as an import does
        except BaseException:
            del self._modules[name]
            raise
        return module

    def _import(
        self,
        name: str,
        globals_: Mapping[str, Any] | None = None,
        locals_: Mapping[str, Any] | None = None,
        names: Sequence[str] = (),
        level: int = 0,
    ) -> Any:
        """Import for the modules of the package; arguments as for `__import__`."""
        if level:
            package = str((globals_ or {})["__package__"]).split(".")
            base = ".".join(package[: len(package) - level + 1])
            if name:
                return self.load(f"{base}.{name}")
            return self._with_submodules(base, names)
        if name == "pkg_resources":
            raise ModuleNotFoundError(name=name)  # jieba has a fallback
        if name in self._substitutes and name not in sys.modules:
            return self._substitutes[name]
        return builtins.__import__(name, globals_, locals_, names, level)

    def _with_submodules(self, base: str, names: Sequence[str]) -> ModuleType:
        """A package with these submodules as attributes, each loaded on first use."""
        module = self.load(base)
        for name in names:
            if not hasattr(module, name):
                submodule = f"{base}.{name}"
                setattr(module, name, _lazy(submodule, partial(self.load, submodule)))
        return module


class _Silent:
    """A logger or a log handler that drops everything."""

    def __init__(self, *_: object) -> None: ...

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


def _stub(name: str, **attributes: object) -> ModuleType:
    """A substitute for a module that has only these attributes."""
    module = ModuleType(name)
    vars(module).update(attributes)
    return module


def _lazy(name: str, load: Callable[[], ModuleType]) -> ModuleType:
    """A substitute for a module that loads the real one when an attribute is accessed."""

    def __getattr__(attribute: str) -> Any:  # noqa: N807  # the name that PEP 562 gives it
        return getattr(load(), attribute)

    module = ModuleType(name)
    module.__getattr__ = __getattr__  # type: ignore[method-assign]
    return module


_PACKAGE = _PrivatePackage()


class Frequencies(Protocol):
    """The protocol of jieba's `FREQ`, in which prefixes of words have the frequency 0."""

    def __contains__(self, text: object, /) -> bool: ...

    def get(self, text: str, default: Any = None, /) -> Any: ...


def new_tokenizer(frequencies: Frequencies, total: int) -> "Tokenizer":
    """Create a jieba tokenizer with these words.

    Args:
        frequencies: the frequencies of words, and 0 for all their prefixes.
        total: the sum of the frequencies.
    """
    tokenizer = jieba().Tokenizer()
    # Not `initialize`, which logs to stderr, and reads and writes a cache under a well-known
    # name in the system's temporary folder.
    tokenizer.FREQ, tokenizer.total = frequencies, total
    tokenizer.initialized = True
    return tokenizer
