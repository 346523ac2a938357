"""jieba's own modules, loaded for lsq alone and without parts that a query does not need.

`import jieba` takes 50 ms, of which 22 ms are its hidden Markov model, which many
queries do not need, and 10 ms modules of the standard library that only its own way of
loading a dictionary needs; more where `pkg_resources` is installed, which lsq does not need
(measured where a bare Python starts in 11 ms). So jieba is loaded here with an
`__import__` of its own, which delays or replaces these. `sys.modules` is not
changed: another thread that imports `logging`, or jieba, gets the real one. No file of
jieba's is changed either, and none of its functions is replaced.
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
    """The module `jieba`: the real one if the program has loaded it, or lsq's own."""
    if _ROOT in sys.modules:
        return import_module(_ROOT)
    with _LOCK:
        return _own()


@cache
def _own() -> ModuleType:
    return _PACKAGE.load(_ROOT)


class _PrivatePackage:
    """Loads the modules of a package, each once, without `sys.modules`."""

    def __init__(self) -> None:
        self._modules: dict[str, ModuleType] = {}
        self._standing_in = {
            "tempfile": _late("tempfile", lambda: import_module("tempfile")),
            "hashlib": _with("hashlib", md5=None),
            "logging": _with("logging", DEBUG=0, StreamHandler=_Silent, getLogger=_Silent),
        }

    def load(self, name: str) -> ModuleType:
        """The module of that name, with dots before a part of the package."""
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
            # Its patterns are plain strings with "\\." in them, compiled for the first time.
            warnings.simplefilter("ignore")
            code = cast("Any", spec.loader).get_code(name)
        module = module_from_spec(spec)
        vars(module)["__builtins__"] = vars(builtins) | {"__import__": self._import}
        self._modules[name] = module  # before it is executed, as its submodules import the package
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
        """The result of an `import` in the package; arguments as for `__import__`."""
        if level:
            package = str((globals_ or {})["__package__"]).split(".")
            base = ".".join(package[: len(package) - level + 1])
            if name:
                return self.load(f"{base}.{name}")
            return self._with_parts(base, names)
        if name == "pkg_resources":
            raise ModuleNotFoundError(name=name)  # which jieba expects
        if name in self._standing_in and name not in sys.modules:
            return self._standing_in[name]
        return builtins.__import__(name, globals_, locals_, names, level)

    def _with_parts(self, base: str, names: Sequence[str]) -> ModuleType:
        """A module, to import some of its parts from, which are loaded when they are used."""
        module = self.load(base)
        for name in names:
            if not hasattr(module, name):
                part = f"{base}.{name}"
                setattr(module, name, _late(part, partial(self.load, part)))
        return module


class _Silent:
    """A logger or a log handler that drops everything."""

    def __init__(self, *_: object) -> None: ...

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


def _with(name: str, **attributes: object) -> ModuleType:
    """A substitute for a module, with only these attributes."""
    module = ModuleType(name)
    vars(module).update(attributes)
    return module


def _late(name: str, load: Callable[[], ModuleType]) -> ModuleType:
    """A substitute for a module, which is loaded when an attribute is accessed."""

    def __getattr__(attribute: str) -> Any:  # noqa: N807  # the name that PEP 562 gives it
        return getattr(load(), attribute)

    module = ModuleType(name)
    module.__getattr__ = __getattr__  # type: ignore[method-assign]
    return module


_PACKAGE = _PrivatePackage()


class Frequencies(Protocol):
    """The protocol of jieba's dictionary, in which prefixes of words have 0."""

    def __contains__(self, text: object, /) -> bool: ...

    def get(self, text: str, default: Any = None, /) -> Any: ...


def new_tokenizer(frequencies: Frequencies, total: int) -> "Tokenizer":
    """A jieba tokenizer with these words.

    Args:
        frequencies: those of words, and 0 for all prefixes of words.
        total: of the frequencies.
    """
    tokenizer = jieba().Tokenizer()
    # Filled by hand: `initialize` would log to stderr, and would read and write a
    # cache under a well-known name in the system's temporary folder.
    tokenizer.FREQ, tokenizer.total = frequencies, total
    tokenizer.initialized = True
    return tokenizer
